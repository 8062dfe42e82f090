"""Rows that are no rows of the table, and rows that a person may want to leave out: totals, notes, tests, cancelled orders."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.ingestion.reading.staged import StagedTable
from retention_core.ingestion.understanding.match_columns import TableMatch
from retention_core.ingestion.understanding.readings import Reading
from retention_core.ingestion.understanding.words import words

OWN = "own"
_SAME = "lower(trim({cell})) = '{header}'"


@dataclass(frozen=True)
class Rule:
    """Rows that are left out together, if a person agrees.

    name: how it is remembered. words: what it leaves out, with its figure. reason: as the list of rejected rows says
    it. header: the column it looks at. condition: SQL over a record. rows: how many records it concerns.
    """

    name: str
    words: str
    reason: str
    header: str
    condition: str
    rows: int


def no_rows(staged: StagedTable, match: TableMatch, readings: Mapping[str, Reading]) -> list[tuple[str, str]]:
    """Return what tells that a record is no row of the table: condition and reason, the surest first.

    Only records without a readable moment are meant, so that no row with a date is ever taken for a total.
    """
    moment = match.table.moment
    if moment not in readings or len(staged.header) < 3:
        return []
    undated = f"({readings[moment].expression(staged, match.headers[moment])}) IS NULL"
    first_cells = [f"lower(trim(c{index}))" for index in range(min(3, len(staged.header)))]
    totals = " OR ".join(
        f"regexp_matches({cell}, '^({'|'.join(words()['rows']['total'])})\\b')" for cell in first_cells
    )
    filled = " + ".join(f"(c{index} <> '')::INT" for index in range(len(staged.header)))
    own_header = staged.column(match.headers[moment])
    is_header = _SAME.format(cell=own_header, header=match.headers[moment].lower().replace("'", "''"))
    return [
        (f"{undated} AND {is_header}", "the header again"),
        (f"{undated} AND ({totals})", "a total of other rows"),
        (f"{undated} AND ({filled}) = 1", "a note, not a row of the table"),
    ]


def rules(engine: DuckDBEngine, staged: StagedTable, match: TableMatch) -> tuple[Rule, ...]:
    """Return the rules that would leave rows of this table out; none that concerns no row or every row."""
    found = []
    if match.table.name == "orders" and "status" in match.headers:
        found.append(_not_bought(engine, staged, match.headers["status"]))
    if "customer" in match.headers:
        found.append(_tests(engine, staged, match.headers["customer"]))
    return tuple(rule for rule in found if 0 < rule.rows < staged.row_count)


def own_rule(staged: StagedTable, match: TableMatch, text: str) -> Rule | None:
    """Return the rule of a person who leaves out every customer whose id holds a text (bound as `$left_out`)."""
    if not text.strip() or "customer" not in match.headers:
        return None
    header = match.headers["customer"]
    condition = f"contains(lower({staged.column(header)}), lower($left_out))"
    return Rule(OWN, "", f"left out: the customer holds “{text.strip()}”", header, condition, -1)


def _not_bought(engine: DuckDBEngine, staged: StagedTable, header: str) -> Rule:
    """Return the rule for orders whose status says that nothing was bought in the end."""
    known = _listed(words()["status"]["not_bought"])
    condition = f"lower({staged.text(header)}) IN ({known})"
    counts = _counts(engine, staged, header, f"lower(value) IN ({known})")
    shown = ", ".join(f"“{row.value}” ({row.n:,})" for row in counts.head(4).itertuples())
    rows = int(counts["n"].sum())
    told = f"{rows:,} rows that “{header}” calls cancelled, refunded or the like: {shown}"
    return Rule("not_bought", told, "left out: the order was cancelled or refunded", header, condition, rows)


def _tests(engine: DuckDBEngine, staged: StagedTable, header: str) -> Rule:
    """Return the rule for customers that are tests by their name or address."""
    names = "|".join(words()["rows"]["test"])
    looks_so = (
        "regexp_matches(lower({text}), '(^|[^\\pL0-9])(" + names + ")([^\\pL]|$)') OR lower({text}) LIKE '%@example.%'"
    )
    condition = looks_so.replace("{text}", staged.text(header))
    counts = _counts(engine, staged, header, looks_so.replace("{text}", "value"))
    shown = ", ".join(f"“{row.value}”" for row in counts.head(4).itertuples())
    rows = int(counts["n"].sum())
    return Rule(
        "tests",
        f"{rows:,} rows of customers that look like tests: {shown}",
        "left out: a test",
        header,
        condition,
        rows,
    )


def _counts(engine: DuckDBEngine, staged: StagedTable, header: str, condition: str) -> pd.DataFrame:
    """Return each value of a column that meets a condition over `value`, and its number of records n, most first."""
    return engine.query(
        f"SELECT * FROM (SELECT {staged.text(header)} AS value, count(*) AS n FROM read_parquet($path) GROUP BY ALL) "
        f"WHERE {condition} ORDER BY n DESC, value",
        {"path": str(staged.path)},
    )


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)
