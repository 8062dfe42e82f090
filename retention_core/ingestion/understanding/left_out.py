"""Rows that are no rows of the table, and rows that a person may want to leave out: totals, notes, tests, cancelled orders."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

import pandas as pd

from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.ingestion.known_exports.known_export import KnownExport
from retention_core.ingestion.reading.staged import StagedTable
from retention_core.ingestion.understanding.match_columns import TableMatch
from retention_core.ingestion.understanding.readings import Reading
from retention_core.ingestion.understanding.words import list_sql, words
from retention_core.words.lists import listed, quoted
from retention_core.words.say import counted, say

OWN = "own"
_SAY_NOT_BOUGHT = {"status", "row_type"}
_IN_PART = "partial|partly|teilweise|partiel|parcial|kısmi|جزئی"
_SAYS_NOT_BOUGHT = (
    f"(list_contains({list_sql('status', 'not_bought')}, lower({{text}})) OR (NOT regexp_matches(lower({{text}}), '{_IN_PART}') "
    f"AND regexp_matches(lower({{text}}), '(^|[^\\pL])({'|'.join(words()['status']['surely_not_bought'])})([^\\pL]|$)')))"
)
_IS_TEST = (
    f"(regexp_matches(lower({{text}}), '(^|[^\\pL0-9])({'|'.join(words()['rows']['test'])})([^\\pL]|$)') "
    "OR lower({text}) LIKE '%@example.%')"
)
_SHOWN = 8
_MOST_FREQUENT = 5000  # customers, among whom one that stands for nobody is looked for
_SEVERAL, _MANY, _FAR = 3, 0.2, 5  # customers; share of all rows of one of them; times the rows of the next
_SAME = "lower(trim({cell})) = '{header}'"


@dataclass(frozen=True)
class Rule:
    """Rows that are left out together, if a person agrees.

    name: how it is remembered. words: what it leaves out, with its figure. reason: as the list of rejected rows says
    it. header: the column it looks at. condition: SQL over a record. rows: how many records it concerns. values: what
    the condition binds.
    """

    name: str
    words: str
    reason: str
    header: str
    condition: str
    rows: int
    values: Mapping[str, object] = field(default_factory=dict)


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
        (f"{undated} AND {is_header}", say("the header again")),
        (f"{undated} AND ({totals})", say("a total of other rows")),
        (f"{undated} AND ({filled}) = 1", say("a note, not a row of the table")),
    ]


def rules(
    engine: DuckDBEngine, staged: StagedTable, match: TableMatch, known: KnownExport | None = None
) -> tuple[Rule, ...]:
    """Return the rules that would leave rows of this table out; none that concerns no row or every row."""
    found = list[Rule]()
    if match.table.name == "orders":
        found += [
            _not_bought(engine, staged, match.headers[name], name, known)
            for name in _SAY_NOT_BOUGHT & set(match.headers)
        ]
    if match.table.name == "satisfaction" and "status" in match.headers:
        header = match.headers["status"]
        counts = _counts(engine, staged, header, _IS_TEST.replace("{text}", "value"))
        found.append(replace(_tests(staged, header, counts), name="test_answers"))
    if "customer" in match.headers:
        found += _of_customers(engine, staged, match.headers["customer"])
    return tuple(rule for rule in sorted(found, key=lambda each: each.name) if 0 < rule.rows < staged.row_count)


def own_rule(staged: StagedTable, match: TableMatch, text: str) -> Rule | None:
    """Return the rule of a person who leaves out every customer whose id holds a text (bound as `$left_out`)."""
    if not text.strip() or "customer" not in match.headers:
        return None
    header = match.headers["customer"]
    condition = f"contains(lower({staged.column(header)}), lower($left_out))"
    reason = say("left out: the customer holds “{text}”", text=text.strip())
    return Rule(OWN, "", reason, header, condition, -1, {"left_out": text.strip()})


def currency_rule(staged: StagedTable, match: TableMatch, currency: str) -> Rule:
    """Return the rule that leaves out what is in another currency than the chosen one (bound as `$currency`)."""
    name = "currency" if "currency" in match.headers else "amount" if "amount" in match.headers else "unit_price"
    header = match.headers[name]
    text = staged.text(header)
    other = f"upper({text}) <> $currency" if name == "currency" else f"NOT contains(upper({text}), $currency)"
    reason = say("left out: not in {currency}", currency=currency)
    return Rule("currency", "", reason, header, f"coalesce({other}, TRUE)", -1, {"currency": currency})


def _not_bought(engine: DuckDBEngine, staged: StagedTable, header: str, column: str, known: KnownExport | None) -> Rule:
    """Return the rule for rows whose status, or kind, says that nothing was bought in the end."""
    condition = _SAYS_NOT_BOUGHT
    if column == "status" and known and known.bought:
        condition = f"NOT list_contains($bought, lower({{text}})) OR {condition}"
    if known and known.not_bought:
        condition = f"list_contains($not_bought, lower({{text}})) OR {condition}"
    values: dict[str, object] = {"bought": [], "not_bought": []}
    values |= {name: [each.lower() for each in getattr(known, name)] for name in values} if known else {}
    counts = _counts(engine, staged, header, condition.replace("{text}", "value"), values)
    shown = [say("“{status}” ({n})", status=row.value, n=int(row.n)) for row in counts.head(_SHOWN).itertuples()]
    rows = int(counts["n"].sum())
    told = counted(
        "{n} row that “{header}” calls cancelled, refunded, lost, failed or the like: {shown}",
        "{n} rows that “{header}” calls cancelled, refunded, lost, failed or the like: {shown}",
        rows,
        header=header,
        shown=listed(shown),
    )
    name = "not_bought" if column == "status" else f"not_bought_{column}"
    reason = say("left out: the order was cancelled or refunded, or never paid")
    return Rule(name, told, reason, header, condition.replace("{text}", staged.text(header)), rows, values)


def _of_customers(engine: DuckDBEngine, staged: StagedTable, header: str) -> list[Rule]:
    """Return the rules for rows of tests and of nobody in particular, whose customers are counted once for both."""
    counts = engine.query(
        f"""WITH counted AS MATERIALIZED ({_counted_sql(staged, header)})
        (SELECT *, TRUE AS is_test FROM counted WHERE {_IS_TEST.replace("{text}", "value")}) UNION ALL
        (SELECT *, FALSE FROM counted WHERE value IS NOT NULL ORDER BY n DESC, value LIMIT {_MOST_FREQUENT})
        ORDER BY n DESC, value""",
        {"path": str(staged.path)},
    )
    return [_tests(staged, header, counts[counts["is_test"]]), _nobody(staged, header, counts[~counts["is_test"]])]


def _nobody(staged: StagedTable, header: str, counts: pd.DataFrame) -> Rule:
    """Return the rule for rows of nobody in particular: a word such as “Guest”, or one id with far too many rows.

    counts: the most frequent customers and their number of records n, most first.
    """
    is_word = counts["value"].map(lambda value: _plain_words(value) in _nobodies())
    told = list(counts["value"][is_word])
    if len(counts) > _SEVERAL and counts["n"].iloc[0] > max(_MANY * counts["n"].sum(), _FAR * counts["n"].iloc[1]):
        told = list(dict.fromkeys([*told, counts["value"].iloc[0]]))
    rows = int(counts["n"][counts["value"].isin(told)].sum())
    shown = listed([quoted(value) for value in told[:4]])
    return Rule(
        "nobody",
        counted(
            "{n} row of {names} in “{header}”, who may be nobody in particular",
            "{n} rows of {names} in “{header}”, who may be nobody in particular",
            rows,
            names=shown,
            header=header,
        ),
        say("left out: no customer in particular"),
        header,
        f"coalesce(list_contains($nobody, {staged.text(header)}), FALSE)",
        rows,
        {"nobody": told},
    )


def _plain_words(text: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", text.lower()).split())


@lru_cache(maxsize=1)
def _nobodies() -> frozenset[str]:
    return frozenset(map(_plain_words, words()["nobody"]["customer"]))


def _tests(staged: StagedTable, header: str, counts: pd.DataFrame) -> Rule:
    """Return the rule for what is a test by its name or address. counts: such values and their number of records n."""
    shown = listed([quoted(value) for value in counts["value"].head(4)])
    rows = int(counts["n"].sum())
    return Rule(
        "tests",
        counted(
            "{n} row that looks like a test in “{header}”: {names}",
            "{n} rows that look like tests in “{header}”: {names}",
            rows,
            header=header,
            names=shown,
        ),
        say("left out: a test"),
        header,
        _IS_TEST.replace("{text}", staged.text(header)),
        rows,
    )


def _counts(
    engine: DuckDBEngine, staged: StagedTable, header: str, condition: str, values: Mapping[str, object] | None = None
) -> pd.DataFrame:
    """Return each value of a column that meets a condition over `value`, and its number of records n, most first."""
    return engine.query(
        f"SELECT * FROM ({_counted_sql(staged, header)}) WHERE {condition} ORDER BY n DESC, value",
        {"path": str(staged.path), **(values or {})},
    )


def _counted_sql(staged: StagedTable, header: str) -> str:
    """Return the SQL of the values of a column, and the number of records n of each."""
    return f"SELECT {staged.text(header)} AS value, count(*) AS n FROM read_parquet($path) GROUP BY ALL"
