"""How the records of a file make rows of a table where it is not one record for one row.

An order whose later lines leave its customer and date blank; a log with one record for each event of a complaint.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.ingestion.match_columns import TableMatch
from retention_core.ingestion.readings import Question, Reading
from retention_core.ingestion.staged import StagedTable
from retention_core.ingestion.words import words

_OWN_OF_LINE = ("amount", "quantity", "unit_price", "product", "refunded_amount")
_SHOWN = 5
_MOSTLY_LAST = 0.5


@dataclass(frozen=True)
class EventLog:
    """A log of events: several records with one complaint's number, each with its moment and status.

    closing: the statuses that mean resolved; a complaint is resolved at its last event where that has one of them.
    """

    closing: tuple[str, ...]


def records_sql(staged: StagedTable, match: TableMatch, filled: tuple[str, ...]) -> str:
    """Return the SQL of the staged records; blanks of the columns `filled` are taken from the order's first line."""
    if not filled:
        return "read_parquet($path)"
    key = staged.cell(match.headers[match.table.key])
    cells = {staged.column(match.headers[name]): staged.cell(match.headers[name]) for name in filled}
    firsts = ", ".join(f"arg_min({cell}, row_number) AS {column}" for column, cell in cells.items())
    replaced = ", ".join(f"coalesce({cell}, first_lines.{column}) AS {column}" for column, cell in cells.items())
    replaced = replaced.replace("present(c", "present(records.c")
    return (
        f"(SELECT records.* REPLACE ({replaced}) FROM read_parquet($path) AS records LEFT JOIN "
        f"(SELECT {key} AS its_key, {firsts} FROM read_parquet($path) WHERE its_key IS NOT NULL GROUP BY its_key) "
        f"AS first_lines ON first_lines.its_key = {key.replace('(c', '(records.c') if '(' in key else 'records.' + key})"
    )


def filled_columns(engine: DuckDBEngine, staged: StagedTable, match: TableMatch) -> tuple[str, ...]:
    """Return the columns of orders that stand on the first line of each order only, to be taken from there."""
    table = match.table
    required = [staged.cell(match.headers[column.name]) for column in table.columns if column.is_required]
    blank = [cell for cell in required if "(" in cell]  # a plain column has no blanks
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
    engine: DuckDBEngine, staged: StagedTable, match: TableMatch, readings: Mapping[str, Reading], chosen: str | None
) -> EventLog | Question | None:
    """Return how a log of events is read, the question which status means resolved, or None where it is no log.

    chosen: the status that a person named. Words such as “closed” are known; codes are asked about.
    """
    wanted = {"complaint_id", "opened_at", "status"}
    if match.table.name != "complaints" or not wanted <= set(readings) or {"revision", "resolved_at"} & set(readings):
        return None
    columns = {name: readings[name].expression(staged, match.headers[name]) for name in wanted}
    lasts = engine.query(
        f"""WITH events AS (SELECT {columns["complaint_id"]} AS id, {columns["opened_at"]} AS moment, row_number,
            {columns["status"]} AS status FROM read_parquet($path)),
        logged AS (SELECT arg_max(status, (moment, row_number)) AS status, count(DISTINCT moment) > 1 AS has_events
                   FROM events WHERE id IS NOT NULL GROUP BY id)
        SELECT status, count(*) AS n, sum(has_events::INT) AS several FROM logged GROUP BY status ORDER BY n DESC, status""",
        {"path": str(staged.path)},
    )
    complaints = int(lasts["n"].sum())
    if not complaints or lasts["several"].sum() < _MOSTLY_LAST * complaints:
        return None
    seen = [str(status) for status in lasts["status"].dropna()]
    if chosen in seen:
        return EventLog((chosen,))
    closing = tuple(status for status in seen if status.lower() in words()["status"]["closed"])
    if closing or len(seen) == 1:
        return EventLog(closing or (seen[0],))
    shown = lasts.dropna(subset=["status"]).head(_SHOWN)
    header = match.headers["status"]
    options = tuple(Reading(str(row.status), f"“{row.status}”", "NULL") for row in shown.itertuples())
    evidence = tuple(f"the last event of {row.n:,} of {complaints:,} complaints" for row in shown.itertuples())
    asked = f"Each complaint has several rows. Which “{header}” means that it is resolved?"
    return Question("resolved_at", header, options, {}, evidence, asked)
