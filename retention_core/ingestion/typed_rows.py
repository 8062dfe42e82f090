"""The SQL that turns staged text into typed rows, and typed rows into rows of a canonical table."""

from collections.abc import Sequence

from retention_core.engines.duckdb_tables import stored_columns
from retention_core.ingestion.understand import Understanding
from retention_core.tables import Column

_NOT_READABLE = {
    "moment": "is not a date that we can read",
    "time": "is not a time of day",
    "money": "is not a number",
    "number": "is not a number",
    "score": "is not a number",
    "truth": "is neither yes nor no",
}


def typed_sql(understood: Understanding, only: Sequence[str] = (), extra: str = "") -> str:
    """Return a query of one row per record of the file: row_number and its columns, typed; `$path` is bound later.

    only: canonical columns wanted (default: all). extra: one more SQL column.
    """
    columns = [
        f"{reading.expression(_staged_name(understood, name))} AS {name}"
        for name, reading in understood.readings.items()
        if not only or name in only
    ]
    listed = ", ".join(["row_number", *columns, *([extra] if extra else [])])
    raw = "" if only or not extra else ", *"
    return f"SELECT {listed}{raw and ', ' + _raw_columns(understood)} FROM read_parquet($path)"  # noqa: S608


def problem_sql(understood: Understanding) -> tuple[str, dict[str, object]]:
    """Return an expression over typed rows: what keeps a record out (column, value, reason), or NULL; and its values."""
    cases, values = list[str](), dict[str, object]()
    for name in understood.readings:
        column, raw = understood.match.table.column(name), f"raw_{name}"
        for condition, reason in _problems(column, raw):
            values[f"reason_{len(cases)}"] = reason
            values[f"header_{name}"] = understood.match.headers[name]
            cases.append(
                f"WHEN {condition} THEN {{'column_name': $header_{name}, 'value': {raw}, "
                f"'reason': $reason_{len(cases)}}}"
            )
    return f"CASE {' '.join(cases)} ELSE NULL END", values


def stored_rows_sql(understood: Understanding, upload_id: int, has_repeats: bool) -> tuple[str, dict[str, object]]:
    """Return the statement that inserts the kept records into the stored table, and the values it binds."""
    table = understood.match.table
    names = [name for name, _ in stored_columns(table)]
    kept = (
        f"SELECT typed.*, {_key('customer', understood)} AS customer_key, {_key('other_id', understood)} AS other_key, "
        f"{_moment(understood)} AS moment FROM ({typed_sql(understood)}) AS typed "
        f"{_join('customer', understood)} {_join('other_id', understood)} "
        "WHERE row_number NOT IN (SELECT row_number FROM rejected_rows WHERE upload_id = $upload_id)"
    )
    merge = {"add_up": _added_up, "keep_last": _last_kept, "keep_all": _each_kept}
    rows = merge[table.repeats](understood, kept) if has_repeats else _each_kept(understood, kept)
    values = {"upload_id": upload_id, "path": str(understood.staged.path)}
    return f"INSERT INTO stored_{table.name} SELECT {', '.join(names)} FROM ({rows})", values  # noqa: S608


def _each_kept(understood: Understanding, kept: str) -> str:
    """Every record is a row."""
    columns = ", ".join(_columns(understood, lambda name, value: f"{value} AS {name}"))
    return f"SELECT {columns} FROM (SELECT *, 1 AS line_count FROM ({kept}))"  # noqa: S608


def _last_kept(understood: Understanding, kept: str) -> str:
    """Records with one key are updates of one row: the last one counts, by its number or its place in the file."""
    key = understood.match.table.key
    order = "revision DESC NULLS LAST, row_number DESC" if "revision" in understood.readings else "row_number DESC"
    one_row = f"PARTITION BY coalesce({key}, 'row ' || row_number)"
    columns = ", ".join(_columns(understood, lambda name, value: f"{value} AS {name}"))
    return (
        f"SELECT {columns} FROM (SELECT *, count(*) OVER ({one_row}) AS line_count FROM ({kept}) "  # noqa: S608
        f"QUALIFY row_number() OVER ({one_row} ORDER BY {order}) = 1)"
    )


def _added_up(understood: Understanding, kept: str) -> str:
    """Records with one key and customer are lines of one row: sums are added, the rest comes from the first line."""
    lines = f"SELECT {', '.join(_columns(understood, lambda name, value: f'{value} AS {name}', refund=False))} "
    lines += f"FROM (SELECT *, 1 AS line_count FROM ({kept}))"  # noqa: S608
    merged = {"row_number": "min(row_number)", "line_count": "count(*)", "moment": "min(moment)"}
    merged |= {name: f"sum({name})" for name in ("amount", "quantity")}
    grouped = ("customer_key", understood.match.table.key)
    names = [name for name, _ in stored_columns(understood.match.table) if name != "is_refund"]
    columns = ", ".join(
        name
        if name in grouped
        else "min(day) AS day"
        if name == "day"
        else f"{merged.get(name, f'arg_min({name}, row_number)')} AS {name}"
        for name in names
    )
    one_row = f"customer_key, {grouped[1]}, CASE WHEN {grouped[1]} IS NULL THEN row_number END"
    return f"SELECT *, {_REFUND} AS is_refund FROM (SELECT {columns} FROM ({lines}) GROUP BY {one_row})"  # noqa: S608


_REFUND = "coalesce(amount < 0 OR (coalesce(amount, 0) = 0 AND quantity < 0), FALSE)"


def _columns(understood: Understanding, write, refund: bool = True) -> list[str]:  # type: ignore[no-untyped-def]
    """Return the SQL of every stored column in order, NULL where the file has none."""
    table = understood.match.table
    values = {name: name for name in understood.readings}
    values |= {"upload_id": "$upload_id::INTEGER", "row_number": "row_number", "line_count": "line_count"}
    values |= {"customer_key": "customer_key", "other_key": "other_key", "day": "moment::DATE", table.moment: "moment"}
    if {"quantity", "unit_price"} <= set(understood.readings):
        values.setdefault("amount", "(quantity::DOUBLE * unit_price::DOUBLE)::DECIMAL(18,4)")
    amount, quantity = values.get("amount", "NULL::DECIMAL"), values.get("quantity", "NULL::DECIMAL")
    values["is_refund"] = _REFUND.replace("amount", amount).replace("quantity", quantity) if refund else "NULL"
    return [
        write(name, values.get(name, f"NULL::{kind}"))
        for name, kind in stored_columns(table)
        if refund or name != "is_refund"
    ]


def _moment(understood: Understanding) -> str:
    """Return the SQL of the moment of a record: its date, completed by the time of day from another column."""
    moment = understood.match.table.moment
    if moment not in understood.readings:
        return "NULL::TIMESTAMP"
    if "ordered_time" in understood.readings:
        return f"{moment}::DATE + coalesce(ordered_time, TIME '00:00')"
    return moment


def _key(column: str, understood: Understanding) -> str:
    return f"{column}_ids.customer_key" if column in understood.readings else "NULL::INTEGER"


def _join(column: str, understood: Understanding) -> str:
    if column not in understood.readings:
        return ""
    return f"LEFT JOIN customer_ids AS {column}_ids ON {column}_ids.customer = typed.{column}"


def _staged_name(understood: Understanding, name: str) -> str:
    return understood.staged.column(understood.match.headers[name])


def _raw_columns(understood: Understanding) -> str:
    """Return the columns as they stand in the file, named raw_ and the canonical column."""
    return ", ".join(f"present({_staged_name(understood, name)}) AS raw_{name}" for name in understood.readings)


def _problems(column: Column, raw: str) -> list[tuple[str, str]]:
    """Return the conditions under which a record is kept out because of one column, each with its reason."""
    problems = []
    if column.is_required:
        problems.append((f"{raw} IS NULL", f"no {column.label.lower()}"))
    if column.kind in _NOT_READABLE:
        problems.append((f"{raw} IS NOT NULL AND {column.name} IS NULL", _NOT_READABLE[column.kind]))
    return problems
