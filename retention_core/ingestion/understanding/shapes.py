"""How the records of a file make rows of a table where it is not one record for one row.

Several records with one number; an order whose later lines leave its customer and date blank; a log with one record for
each event of a complaint.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.ingestion.known_exports.known_export import KnownExport
from retention_core.ingestion.reading.staged import StagedTable
from retention_core.ingestion.understanding.match_columns import TableMatch
from retention_core.ingestion.understanding.readings import Question, Reading
from retention_core.ingestion.understanding.words import words
from retention_core.words.lists import any_of, quoted
from retention_core.words.say import say

_OWN_OF_LINE = ("amount", "quantity", "unit_price", "product", "refunded_amount")
_SHOWN = 12
_MOSTLY_FINAL = 0.9  # of the complaints that ever had a status, how many end in it
_SEPARATOR = "\x1f"
_MOSTLY_LAST = 0.5


@dataclass(frozen=True)
class EventLog:
    """A log of events: several records with one complaint's number, each with its moment and status.

    closing: the statuses that mean resolved, one or several; a complaint is resolved at its last event where that has
    one of them.
    """

    closing: tuple[str, ...]


def records_sql(staged: StagedTable, match: TableMatch, filled: tuple[str, ...], *, runs_on: bool) -> str:
    """Return the SQL of the staged records, with the blanks of later lines of an order filled in.

    filled: columns taken from the first line with the same number. runs_on: rows without number, customer and date are
    lines of the order above.
    """
    if runs_on:
        return _run_on_sql(staged, match)
    if not filled:
        return "read_parquet($path)"
    key = _of("records", staged.cell(match.headers[match.table.key]))
    columns = [staged.column(match.headers[name]) for name in filled]
    firsts = ", ".join(f"arg_min(present({column}), row_number) AS {column}" for column in columns)
    replaced = ", ".join(f"coalesce(present(records.{column}), first_lines.{column}) AS {column}" for column in columns)
    return (
        f"(SELECT records.* REPLACE ({replaced}) FROM read_parquet($path) AS records LEFT JOIN "
        f"(SELECT {key} AS its_key, {firsts} FROM read_parquet($path) AS records WHERE its_key IS NOT NULL "
        f"GROUP BY its_key) AS first_lines ON first_lines.its_key = {key})"
    )


def has_repeats(
    engine: DuckDBEngine, staged: StagedTable, match: TableMatch, readings: Mapping[str, Reading], records: str
) -> bool:
    """Tell whether several records share a key that makes them one row (or, hardly ever, only its hash).

    records: their SQL, see `records_sql`.
    """
    table = match.table
    if table.repeats == "keep_all" or table.key not in readings:
        return False
    key = readings[table.key].expression(staged, match.headers[table.key])
    found = engine.query(
        f"SELECT count(*) > count(DISTINCT hash({key})) AS repeats FROM {records} WHERE {key} IS NOT NULL",
        {"path": str(staged.path)},
    )
    return bool(found["repeats"].iloc[0])


def runs_on(engine: DuckDBEngine, staged: StagedTable, match: TableMatch, readings: Mapping[str, Reading]) -> bool:
    """Tell whether rows without number, customer and date are further lines of the order above, as in merged cells.

    They are where every such row names a product and stands below an order, and none is a total.
    """
    needed = ("order_id", "customer", "ordered_at")
    if match.table.name != "orders" or not {*needed, "product"} <= set(readings):
        return False
    if all(staged.is_plain(match.headers[name]) for name in needed):
        return False
    blank = " AND ".join(f"{staged.cell(match.headers[name])} IS NULL" for name in needed)
    totals = "|".join(words()["rows"]["total"])
    product = staged.cell(match.headers["product"])
    counts = engine.query(
        f"SELECT count(*) AS n, count({product}) AS named, min(row_number) AS first, count(*) FILTER "
        f"(regexp_matches(lower({product}), '^({totals})\\b')) AS totals FROM read_parquet($path) WHERE {blank}",
        {"path": str(staged.path)},
    ).iloc[0]
    return bool(counts["n"] and counts["named"] == counts["n"] and not counts["totals"])


def _run_on_sql(staged: StagedTable, match: TableMatch) -> str:
    """Return the SQL that fills what is blank in a row without a number from the last row that has one."""
    names = [name for name in match.headers if name not in _OWN_OF_LINE]
    columns = {staged.column(match.headers[name]) for name in names}
    key = staged.cell(match.headers[match.table.key])
    replaced = ", ".join(
        f"CASE WHEN is_first THEN {column} ELSE last_{column} END AS {column}" for column in sorted(columns)
    )
    lasts = ", ".join(
        f"last_value(CASE WHEN {key} IS NOT NULL THEN {column} END IGNORE NULLS) OVER (ORDER BY row_number) AS last_{column}"
        for column in sorted(columns)
    )
    return f"(SELECT * REPLACE ({replaced}) FROM (SELECT *, {key} IS NOT NULL AS is_first, {lasts} FROM read_parquet($path)))"


def _of(name: str, cell: str) -> str:
    """Return the SQL of a cell with its column named as one of a table's."""
    return re.sub(r"\b(c\d+)\b", rf"{name}.\1", cell)


def filled_columns(engine: DuckDBEngine, staged: StagedTable, match: TableMatch) -> tuple[str, ...]:
    """Return the columns of orders that stand on the first line of each order only, to be taken from there."""
    table = match.table
    needed = [column.name for column in table.columns if column.is_required and column.name in match.headers]
    required = [staged.cell(match.headers[name]) for name in needed]
    blank = [cell for cell in required if "(" in cell]  # the cell of a plain column, which has no blanks, is bare
    if table.repeats != "add_up" or table.key not in match.headers or not blank:
        return ()
    key = staged.cell(match.headers[table.key])
    some = " OR ".join(f"count({cell}) BETWEEN 1 AND count(*) - 1" for cell in blank)
    lines = engine.query(
        f"SELECT count(*) AS n FROM (SELECT {key} AS its_key FROM read_parquet($path) WHERE its_key IS NOT NULL "
        f"GROUP BY its_key HAVING {some})",
        {"path": str(staged.path)},
    )["n"].iloc[0]
    names = [name for name in match.headers if name not in (table.key, *_OWN_OF_LINE)]
    return tuple(name for name in names if not staged.is_plain(match.headers[name])) if lines else ()


def event_log(
    engine: DuckDBEngine,
    staged: StagedTable,
    match: TableMatch,
    readings: Mapping[str, Reading],
    chosen: Sequence[str],
    known: KnownExport | None = None,
) -> tuple[EventLog | None, Question | None]:
    """Return how a log of events is read, and what is asked about it: which statuses mean resolved.

    chosen: the statuses that a person named; several may close. Words such as “closed” are known and need no answer;
    codes are asked about. Neither where the table is no log.
    """
    wanted = {"complaint_id", "opened_at", "status"}
    if match.table.name != "complaints" or not wanted <= set(readings) or {"revision", "resolved_at"} & set(readings):
        return None, None
    columns = {name: readings[name].expression(staged, match.headers[name]) for name in wanted}
    lasts = engine.query(
        f"""WITH events AS (SELECT {columns["complaint_id"]} AS id, {columns["opened_at"]} AS moment, row_number,
            {columns["status"]} AS status FROM read_parquet($path)),
        logged AS (SELECT arg_max(status, (moment, row_number)) AS status, count(DISTINCT moment) > 1 AS has_events
                   FROM events WHERE id IS NOT NULL GROUP BY id),
        seen AS (SELECT status, count(DISTINCT id) AS had FROM events WHERE id IS NOT NULL GROUP BY status)
        SELECT status, count(*) AS n, sum(has_events::INT) AS several, any_value(had) AS had
        FROM logged LEFT JOIN seen USING (status) GROUP BY status ORDER BY n DESC, status""",
        {"path": str(staged.path)},
    )
    complaints = int(lasts["n"].sum())
    if not complaints or lasts["several"].sum() < _MOSTLY_LAST * complaints:
        return None, None
    seen = [str(status) for status in lasts["status"].dropna()]
    named = {*words()["status"]["closed"], *(status.lower() for status in (known.closed if known else ()))}
    closing = tuple(status for status in seen if status.lower() in named) or (tuple(seen) if len(seen) == 1 else ())
    shown = lasts.dropna(subset=["status"]).head(_SHOWN)
    options = tuple(Reading(str(row.status), quoted(str(row.status)), "NULL") for row in shown.itertuples())
    evidence = tuple(
        say("the last event of {n} of the {had} complaints that had it", n=int(row.n), had=int(row.had))
        for row in shown.itertuples()
    )
    header = match.headers["status"]
    asked = say(
        "Each complaint has several rows. Which values of “{header}” mean that it is resolved? There may be several.",
        header=header,
    )
    final = {str(row.status) for row in shown.itertuples() if row.n > 1 and row.n >= _MOSTLY_FINAL * row.had}
    is_known = bool(closing) and final <= set(closing)  # nothing that we do not know ends complaints as well
    default = Reading(_SEPARATOR.join(closing), any_of(closing), "NULL") if is_known else None
    question = Question("resolved_at", header, options, {}, evidence, asked, default, is_many=True)
    answered = tuple(status for status in chosen if status in seen)
    chosen_ones = answered or (closing if is_known or len(seen) == 1 else ())
    return EventLog(chosen_ones) if chosen_ones else None, question if len(seen) > 1 else None
