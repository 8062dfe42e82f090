"""Which words in the status of a complaint say that it is closed: what tells it where no moment of the end does."""

import re
from collections.abc import Mapping, Sequence

import pandas as pd

from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.ingestion.known_exports.known_export import KnownExport
from retention_core.ingestion.reading.staged import StagedTable
from retention_core.ingestion.understanding.match_columns import TableMatch
from retention_core.ingestion.understanding.readings import Question, Reading
from retention_core.ingestion.understanding.shapes import EventLog
from retention_core.ingestion.understanding.words import words
from retention_core.words.lists import all_of, quoted
from retention_core.words.say import say

IS_CLOSED = "is_closed"
_NONE_OF_THESE = ""
_SHOWN = 12
_ENDS = ("resolved_at", "closed_at", "resolved_after")
_SURELY_CLOSED = re.compile(rf"({'|'.join(words()['status']['surely_closed'])})([\W\d_]|$)")


def closed_statuses(
    engine: DuckDBEngine,
    staged: StagedTable,
    match: TableMatch,
    readings: Mapping[str, Reading],
    chosen: Sequence[str],
    known: KnownExport | None = None,
    events: EventLog | None = None,
) -> tuple[tuple[str, ...], Question | None]:
    """Return the statuses that mean closed, and the question about them where complaints lack a moment of their end.

    chosen: the statuses that a person named, or only an empty one for none. Nothing where there is no status,
    and in a log of events, where the last one is the moment of the end.
    """
    if match.table.name != "complaints" or "status" not in readings or events is not None:
        return (), None
    counts = _counts(engine, staged, match, readings)
    told = tuple(status for status in counts["status"] if says_closed(status, known.closed if known else ()))
    asked = counts[counts["endless"] > 0].head(_SHOWN)
    if not set(told) & set(asked["status"]):
        return told, None
    seen = tuple(status for status in counts["status"] if status in chosen)
    return seen if chosen else told, _question(match.headers["status"], asked, told)


def says_closed(status: str, known: Sequence[str] = ()) -> bool:
    """Tell whether a status means closed, by its words or as one of those that the export is known for."""
    text = status.strip().lower()
    named = {*words()["status"]["closed"], *(each.lower() for each in known)}
    return text in named or _SURELY_CLOSED.match(text) is not None


def _counts(
    engine: DuckDBEngine, staged: StagedTable, match: TableMatch, readings: Mapping[str, Reading]
) -> pd.DataFrame:
    """Return one row per status, of each complaint the last one: status, n, endless (without a moment of the end)."""
    read = {name: readings[name].expression(staged, match.headers[name]) for name in readings}
    ends = [name for name in _ENDS if name in readings] or [name for name in ("first_response_at",) if name in readings]
    endless = " AND ".join(f"{staged.cell(match.headers[name])} IS NULL" for name in ends) or "FALSE"
    key = f"coalesce({read.get('complaint_id', 'NULL')}, 'row ' || row_number)"
    return engine.query(
        f"""WITH lasts AS (SELECT {read["status"]} AS status, {endless} AS is_endless FROM read_parquet($path)
            QUALIFY row_number() OVER (PARTITION BY {key}
                                       ORDER BY {read.get("revision", "NULL")} DESC NULLS LAST, row_number DESC) = 1)
        SELECT status, count(*) AS n, count(*) FILTER (is_endless) AS endless FROM lasts WHERE status IS NOT NULL
        GROUP BY status ORDER BY endless DESC, n DESC, status""",
        {"path": str(staged.path)},
    )


def _question(header: str, asked: pd.DataFrame, told: Sequence[str]) -> Question:
    """Ask which statuses mean closed, with the number of complaints of each that lack a moment of their end."""
    options = [Reading(row.status, quoted(row.status), "NULL") for row in asked.itertuples()]
    evidence = [
        say("{endless} of {n} complaints have no moment of their end", endless=int(row.endless), n=int(row.n))
        for row in asked.itertuples()
    ]
    options.append(Reading(_NONE_OF_THESE, say("none of these: all of them still wait"), "NULL"))
    closing = [
        say("“{status}” ({n})", status=row.status, n=int(row.endless))
        for row in asked.itertuples()
        if row.status in told
    ]
    default = say("{statuses} count as closed at a moment unknown", statuses=all_of(closing))
    words = say(
        "Which values of “{header}” mean that a complaint is closed, though no moment says when? "
        "These are counted apart and wait no longer. There may be several.",
        header=header,
    )
    return Question(
        IS_CLOSED,
        header,
        tuple(options),
        {},
        (*evidence, ""),
        words,
        Reading("closed", default, "NULL"),
        is_many=True,
    )
