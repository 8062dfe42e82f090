"""The SQL that turns staged text into typed records, finds those that cannot be kept, and makes rows of the others.

Every statement binds `Understanding.values` (the staged file, what the rules look for) and `$upload_id`; names of
columns are our own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from retention_core.engines.duckdb_tables import seconds_of, stored_columns
from retention_core.ingestion.understanding.derived import derives_amount
from retention_core.ingestion.understanding.left_out import no_rows
from retention_core.ingestion.understanding.readings import Reading
from retention_core.ingestion.understanding.typed_values import ends, told_seconds
from retention_core.ingestion.understanding.typed_values import value_sql as value_sql
from retention_core.ingestion.understanding.understand import Understanding
from retention_core.tables import Column
from retention_core.words.say import say, sentence, stored

_NOT_READABLE = {
    "moment": sentence("is not a date that we can read"),
    "end": sentence("is neither a date nor a time that passed"),
    "length": sentence("is not a time that passed"),
    "time": sentence("is not a time of day"),
    "money": sentence("is not a number, or larger than any sum of money"),
    "number": sentence("is not a number"),
    "score": sentence("is no score that we know"),
    "truth": sentence("is neither yes nor no"),
}
# A purchase is undone by a negative sum, or, without any sum, by a negative quantity.
_REFUND = "coalesce({amount} < 0 OR (coalesce({amount}, 0) = 0 AND {quantity} < 0), FALSE)"
_NOT_REJECTED = "row_number NOT IN (SELECT row_number FROM rejected_rows WHERE upload_id = $upload_id)"


@dataclass(frozen=True)
class Problem:
    """What keeps a record out: a condition over typed records (`has_x`: the cell holds something), where and why."""

    condition: str
    staged_column: str
    header: str
    reason: str


def typed_sql(understood: Understanding, only: Sequence[str] = (), *, with_presence: bool = False) -> str:
    """Return a query of one row per record: row_number and its canonical columns, typed (only those named, if any).

    Beside each end `x_at` stands `x_seconds`: the time that passed until then, where the file tells it.
    with_presence: add, for each column x, `has_x`: whether its cell holds anything, and `left_out_n` for what keeps
    whole rows out.
    """
    staged, headers = understood.staged, understood.match.headers
    names = [name for name in understood.readings if not only or name in only]
    columns = [f"{value_sql(understood, name)} AS {name}" for name in names]
    columns += [] if only else [f"{told_seconds(understood, name)} AS {seconds_of(name)}" for name in ends(understood)]
    if with_presence:
        columns += [f"{staged.cell(headers[name])} IS NOT NULL AS has_{name}" for name in names]
        whole = _whole_rows(understood)
        columns += [f"coalesce({each.condition}, FALSE) AS left_out_{number}" for number, each in enumerate(whole)]
    return f"SELECT {', '.join(['row_number', *columns])} FROM {understood.records}"


def problems(understood: Understanding) -> list[Problem]:
    """Return everything that may keep a record out.

    It is no row of the table, a rule leaves it out, a required value is missing, or a value cannot be read.
    """
    whole = [replace(each, condition=f"left_out_{number}") for number, each in enumerate(_whole_rows(understood))]
    return whole + [
        Problem(condition, _place(understood, name), understood.match.headers[name], reason)
        for name, reading in understood.readings.items()
        for condition, reason in _conditions(
            understood.match.table.column(name), reading, understood.staged.is_plain(understood.match.headers[name])
        )
    ]


def _whole_rows(understood: Understanding) -> list[Problem]:
    """Return what keeps whole rows out, with conditions over staged records; totals and notes only where dates fail."""
    staged, match = understood.staged, understood.match
    moment = match.table.moment
    may_be_no_row = moment in understood.readings and not understood.readings[moment].reads_all
    may_be_no_row = may_be_no_row or (moment in match.headers and not staged.is_plain(match.headers[moment]))
    found = [
        Problem(condition, "c0", staged.header[0], reason)
        for condition, reason in (no_rows(staged, match, understood.readings) if may_be_no_row else [])
    ]
    return found + [
        Problem(each.condition, staged.column(each.header), each.header, each.reason) for each in understood.left_out
    ]


def rejected_sql(understood: Understanding) -> tuple[str, dict[str, object]]:
    """Return a query of the rejected records as rows of `rejected_rows`, and the values it binds.

    Reasons are bound as they are kept, see `words.say.stored`. The records are found first and fetched with all their
    cells afterwards, which keeps the wide rows out of the first pass.
    """
    found = problems(understood)
    cases = " ".join(f"WHEN {each.condition} THEN {number}" for number, each in enumerate(found, start=1))
    values = " ".join(f"WHEN {number} THEN {each.staged_column}" for number, each in enumerate(found, start=1))
    cells = ", ".join(f"c{index}" for index in range(len(understood.staged.header)))
    sql = f"""
        WITH judged AS (SELECT row_number, CASE {cases} END AS problem FROM ({typed_sql(understood, with_presence=True)})),
        found AS (SELECT row_number, problem FROM judged WHERE problem IS NOT NULL)
        SELECT $upload_id, found.row_number, $headers[found.problem], CASE found.problem {values} END,
               $reasons[found.problem], [{cells}]
        FROM read_parquet($path) AS records JOIN found ON found.row_number = records.row_number"""
    bound: dict[str, object] = {
        "headers": [each.header for each in found],
        "reasons": [stored(each.reason) for each in found],
    }
    return sql, bound


def stored_rows_sql(understood: Understanding) -> str:
    """Return the statement that makes rows of the canonical table of the kept records.

    Those of one customer are stored side by side, in order of time: what is asked of customers then takes a fraction of
    the time (docs/decisions/0014).
    """
    table = understood.match.table
    make = {"add_up": _added_up, "keep_last": _last_kept, "keep_all": _each_kept}
    if understood.events:
        rows = _of_events(understood)
    else:
        rows = make[table.repeats](understood) if understood.has_repeats else _each_kept(understood)
    in_order = [name for name in ("customer_key", "day") if name in _values(understood)]
    return f"INSERT INTO stored_{table.name} BY NAME {rows}" + (f" ORDER BY {', '.join(in_order)}" if in_order else "")


def _kept(understood: Understanding) -> str:
    """Every kept record with the keys of its customer, its moment, and its amount."""
    keys, joins, typed = [], [], "typed.*"
    for column, key in (("customer", "customer_key"), ("other_id", "other_key")):
        if column in understood.readings:
            keys.append(f"{column}_ids.customer_key AS {key}")
            joins.append(f"LEFT JOIN customer_ids AS {column}_ids ON {column}_ids.customer = typed.{column}")
    derived = [f"{_moment(understood)} AS moment"]
    if derives_amount(understood):
        derived.append("try_cast(quantity::DOUBLE * unit_price::DOUBLE AS DECIMAL(18,4)) AS amount")
    if {"amount", "refunded_amount"} <= set(understood.readings):
        typed = "typed.* REPLACE (amount - coalesce(abs(refunded_amount), 0) AS amount)"
    listed = ", ".join([typed, *keys, *derived])
    kept = _NOT_REJECTED if problems(understood) else "TRUE"
    return f"SELECT {listed} FROM ({typed_sql(understood)}) AS typed {' '.join(joins)} WHERE {kept}"


def _each_kept(understood: Understanding) -> str:
    """Every record is a row."""
    columns = [f"{sql} AS {name}" for name, sql in _values(understood).items()]
    return f"SELECT {', '.join(columns)} FROM ({_kept(understood)})"


def _last_kept(understood: Understanding) -> str:
    """Records with one key are updates of one row: the last one counts, by its number or its place in the file."""
    key = understood.match.table.key
    order = "revision DESC NULLS LAST, row_number DESC" if "revision" in understood.readings else "row_number DESC"
    one_row = f"PARTITION BY coalesce({key}, 'row ' || row_number)"
    columns = [f"{sql} AS {name}" for name, sql in (_values(understood) | {"line_count": "lines"}).items()]
    return (
        f"SELECT {', '.join(columns)} FROM (SELECT *, count(*) OVER ({one_row}) AS lines FROM ({_kept(understood)}) "
        f"QUALIFY row_number() OVER ({one_row} ORDER BY {order}) = 1)"
    )


def _added_up(understood: Understanding) -> str:
    """Records with one key and customer are lines of one row: sums are added, the rest comes from the first line."""
    key = understood.match.table.key
    values = _values(understood)
    merged = {"upload_id": "$upload_id::INTEGER", "row_number": "min(row_number)", "line_count": "count(*)"}
    merged |= {"customer_key": "customer_key", "day": "min(moment)::DATE", key: key}
    once = understood.money.amount_of == "order"  # the total stands on every line, or on the first alone
    amount = "arg_min(amount, row_number)" if once else "try_cast(sum(amount) AS DECIMAL(18,4))"
    merged |= {understood.match.table.moment: "min(moment)", "amount": amount}
    merged["quantity"] = "try_cast(sum(quantity) AS DECIMAL(18,4))"
    merged["is_refund"] = _refund(understood, "sum({})")
    columns = [f"{merged.get(name, f'arg_min({name}, row_number)')} AS {name}" for name in values]
    one_row = f"customer_key, {key}, CASE WHEN {key} IS NULL THEN row_number END"
    return f"SELECT {', '.join(columns)} FROM ({_kept(understood)}) GROUP BY {one_row}"


def _of_events(understood: Understanding) -> str:
    """Records with one number are events of one complaint: it is opened by the first, resolved by the
    last where that closes (`$closing`: the statuses that do).
    """
    last = "arg_max(status, (opened_at, row_number))"
    values = _values(understood) | {"resolved_at": ""}
    made = {"upload_id": "$upload_id::INTEGER", "row_number": "min(row_number)", "line_count": "count(*)"}
    made |= {
        "complaint_id": "complaint_id",
        "opened_at": "min(opened_at)",
        "day": "min(opened_at)::DATE",
        "status": last,
    }
    made |= {"resolved_seconds": "NULL::BIGINT"}
    made |= {"resolved_at": f"CASE WHEN list_contains($closing, {last}) THEN max(opened_at) END"}
    columns = [f"{made.get(name, f'arg_min({name}, row_number)')} AS {name}" for name in values]
    one_row = "complaint_id, CASE WHEN complaint_id IS NULL THEN row_number END"
    return f"SELECT {', '.join(columns)} FROM ({_kept(understood)}) GROUP BY {one_row}"


def _values(understood: Understanding) -> dict[str, str]:
    """Return the SQL of every stored column that this file fills, over its kept records."""
    table, readings = understood.match.table, understood.readings
    values = {"upload_id": "$upload_id::INTEGER", "row_number": "row_number", "line_count": "1"}
    values |= {"customer_key": "customer_key"} if "customer" in readings else {}
    values |= {"other_key": "other_key"} if "other_id" in readings else {}
    values |= {"amount": "amount"} if derives_amount(understood) else {}
    stored = {name for name, _ in stored_columns(table)}
    values |= {name: name for name in readings if name in stored}
    values |= {seconds_of(name): seconds_of(name) for name in ends(understood)}
    values |= {"day": "moment::DATE", table.moment: "moment"} if table.moment in readings else {}
    if table.name == "orders":
        values["is_refund"] = _refund(understood, "{}")
    if understood.closed:
        values["is_closed"] = "list_contains($closed, status)"
    if understood.scales:
        is_marked = set(understood.scales) != {""}
        place = "list_position($marks, coalesce(scale, ''))" if is_marked else "1"
        values["scale_top"] = f"$scale_tops[{place}]"
    return values


def _refund(understood: Understanding, figure: str) -> str:
    """Return the SQL that tells whether a row is a refund; figure: a column or its sum over the lines of the order."""
    known = set(understood.readings) | ({"amount"} if derives_amount(understood) else set())
    amount, quantity = (figure.format(name) if name in known else "NULL::INTEGER" for name in ("amount", "quantity"))
    refund = _REFUND.format(amount=amount, quantity=quantity)
    if not {"amount", "refunded_amount"} <= known:
        return refund
    return f"{refund} OR coalesce({amount} <= 0 AND {figure.format('abs(refunded_amount)')} > 0, FALSE)"


def _moment(understood: Understanding) -> str:
    """Return the SQL of the moment of a record: its date, completed by the time of day from another column."""
    moment = understood.match.table.moment
    if moment not in understood.readings:
        return "NULL::TIMESTAMP"
    if "ordered_time" in understood.readings:
        return f"{moment}::DATE + coalesce(ordered_time, TIME '00:00')"
    return moment


def _place(understood: Understanding, name: str) -> str:
    return understood.staged.column(understood.match.headers[name])


def _conditions(column: Column, reading: Reading, is_plain: bool) -> list[tuple[str, str]]:
    """Return the conditions under which one column keeps a record out, each with its reason; none that cannot occur."""
    found = list[tuple[str, str]]()
    if column.is_required and not is_plain:
        found.append((f"NOT has_{column.name}", say("no {column}", column=say(column.within))))
    if column.kind in _NOT_READABLE and not reading.reads_all:
        found.append((f"has_{column.name} AND {column.name} IS NULL", say(_NOT_READABLE[column.kind])))
    return found
