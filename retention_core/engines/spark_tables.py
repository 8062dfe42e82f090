"""The views of a workspace over the tables of a cluster: given ones made whole, then the canonical ones."""

import re
from collections.abc import Mapping
from pathlib import Path

from retention_core.tables import TABLES, Column, Kind, Table

CANONICAL = Path(__file__).parent / "canonical_views" / "spark.sql"

_TYPES: dict[Kind, str] = {
    "id": "STRING",
    "text": "STRING",
    "moment": "TIMESTAMP_NTZ",
    "end": "TIMESTAMP_NTZ",
    "money": "DECIMAL(18,4)",
    "number": "DECIMAL(18,4)",
    "score": "DECIMAL(18,4)",
    "truth": "BOOLEAN",
}
# Columns that files are not asked for, and that a view may give: name -> type, and what holds where it does not.
_TOLD: dict[str, dict[str, tuple[str, str]]] = {
    "orders": {
        "is_refund": ("BOOLEAN", "coalesce({amount} < 0, {quantity} < 0, FALSE)"),
        "row_number": ("BIGINT", "xxhash64({order_id}, {amount}, {product})"),
    },
    "complaints": {
        "is_closed": ("BOOLEAN", "CAST(NULL AS BOOLEAN)"),
        "row_number": ("BIGINT", "xxhash64({complaint_id})"),
    },
    "satisfaction": {
        "scale_top": ("INT", "CAST(NULL AS INT)"),
        "row_number": ("BIGINT", "xxhash64({answer_id}, {score})"),
    },
    "customers": {"row_number": ("BIGINT", "CAST(NULL AS BIGINT)")},
}
_WHOLE = ("tinyint", "smallint", "int", "bigint")
_TOKENS = re.compile(r"'(?:[^'\\]|\\.|'')*'|\"(?:[^\"\\]|\\.)*\"|`[^`]*`|--[^\n]*|/\*.*?\*/|;|[^'\"`;/-]+|.", re.DOTALL)
_CREATES_A_VIEW = re.compile(r"CREATE\s+(OR\s+REPLACE\s+)?(TEMP|TEMPORARY)\s+VIEW\s+\w", re.IGNORECASE)


def statements(text: str) -> list[str]:
    """Return the statements of a SQL file, without its comments."""
    parts = [""]
    for piece in _TOKENS.findall(text):
        if piece == ";":
            parts.append("")
        elif not piece.startswith(("--", "/*")):
            parts[-1] += piece
    return [part.strip() for part in parts if part.strip()]


def is_a_view(statement: str) -> bool:
    """Tell whether a statement does nothing but name a view for this session."""
    return bool(_CREATES_A_VIEW.match(statement))


def unknown_columns(table: str, given: Mapping[str, str]) -> list[str]:
    """Return the columns of a given view that no canonical table has: most likely mistyped."""
    known = {column.name for column in _columns(TABLES[table])} | set(_TOLD[table])
    return sorted(set(given) - known)


def missing_columns(table: str, given: Mapping[str, str]) -> list[str]:
    """Return the required columns that a given view lacks."""
    return [column.name for column in TABLES[table].columns if column.is_required and column.name not in given]


def keys_are_ids(given: Mapping[str, Mapping[str, str]]) -> bool:
    """Tell whether every id of a customer in the cluster is a whole number, and so can be its own key."""
    kinds = [columns["customer"] for columns in given.values() if "customer" in columns]
    return all(kind in _WHOLE for kind in kinds)


def stored_view(table: str, given: Mapping[str, str], time_zone: str, *, is_id: bool) -> str:
    """Return the statement of the view `stored_…`, with every column of a canonical table in its type.

    given: the columns of the view `cluster_…` and their types in the cluster; none where there is no such view. is_id:
    whether the id of a customer is its key. For each moment `x_at` there are `x_earlier` and `x_later`, its instants in
    seconds: two where the clock shows it twice, else the same.
    """
    columns = _columns(TABLES[table])
    own = [f"{_local(column, given)} AS {column.name}" for column in columns]
    own += [f"{sql} AS {name}" for column in columns for name, sql in _instants(column, given, time_zone)]
    own += [f"{_told(table, name, given)} AS {name}" for name in _TOLD[table]]
    key = "CAST(customer AS BIGINT)" if is_id else "xxhash64(CAST(customer AS STRING))"
    own += [f"{key if 'customer' in given else 'CAST(NULL AS BIGINT)'} AS hashed", "CAST(NULL AS INT) AS replaced_by"]
    moment = TABLES[table].moment
    has_day = f"CAST({_local(TABLES[table].column(moment), given)} AS DATE) AS day" if table != "customers" else ""
    source = f"cluster_{table}" if given else "(SELECT 1 AS nothing)"
    wanted = (
        [f"{column.name} IS NOT NULL" for column in TABLES[table].columns if column.is_required] if given else ["FALSE"]
    )
    inner = ", ".join([*own, *([has_day] if has_day else [])])
    return (
        f"CREATE OR REPLACE TEMPORARY VIEW stored_{table} AS SELECT *, CASE WHEN customer IS NOT NULL THEN hashed END AS "
        f"customer_key FROM (SELECT {inner} FROM {source}) AS typed"
        + (f" WHERE {' AND '.join(wanted)}" if wanted else "")
    )


def day_ends_view(time_zone: str) -> str:
    """Return the statement of the view with one row per day: the second at which it ends."""
    ends = "CAST(date_add(day, 1) AS TIMESTAMP_NTZ)"
    return f"CREATE OR REPLACE TEMPORARY VIEW day_ends AS SELECT day, {_later(ends, time_zone)} AS ends_second FROM calendar"


def canonical_views() -> list[str]:
    """Return the statements of the canonical views over the stored ones."""
    return statements(CANONICAL.read_text(encoding="utf-8"))


def _columns(table: Table) -> list[Column]:
    """Return the canonical columns; that one id is another's is told by the views of the cluster themselves."""
    return [column for column in table.stored() if column.name != "other_id"]


def _local(column: Column, given: Mapping[str, str]) -> str:
    return f"CAST({column.name if column.name in given else 'NULL'} AS {_TYPES[column.kind]})"


def _told(table: str, name: str, given: Mapping[str, str]) -> str:
    kind, otherwise = _TOLD[table][name]
    if name in given:
        return f"CAST({name} AS {kind})"
    return otherwise.format(**{column.name: _local(column, given) for column in _columns(TABLES[table])})


def _instants(column: Column, given: Mapping[str, str], time_zone: str) -> list[tuple[str, str]]:
    """Return the names and the SQL of the two instants of a moment; none for other columns."""
    if column.kind not in ("moment", "end"):
        return []
    stem = column.name.removesuffix("_at")
    if given.get(column.name) == "timestamp":  # an instant already: the cluster knows more than its local time
        exact = _seconds(column.name)
        return [(f"{stem}_earlier", exact), (f"{stem}_later", exact)]
    local = _local(column, given)
    return [(f"{stem}_earlier", _seconds(f"CAST({local} AS TIMESTAMP)")), (f"{stem}_later", _later(local, time_zone))]


def _later(local: str, time_zone: str) -> str:
    """Return the SQL of the instant of a local time: the later one, in an hour that the clock shows twice.

    Spark takes the earlier one; the later is that by the clock of three hours after, where that shows this time.
    """
    earlier = f"CAST({local} AS TIMESTAMP)"
    if time_zone == "UTC":
        return _seconds(earlier)
    by_clock_after = f"(CAST({local} + INTERVAL '3' HOUR AS TIMESTAMP) - INTERVAL '3' HOUR)"
    shows_it = f"CAST({by_clock_after} AS TIMESTAMP_NTZ) = {local}"
    return f"CASE WHEN {shows_it} THEN {_seconds(by_clock_after)} ELSE {_seconds(earlier)} END"


def _seconds(instant: str) -> str:
    return f"CAST(round(unix_micros({instant}) / 1000000) AS BIGINT)"
