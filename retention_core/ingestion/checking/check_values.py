"""What looks odd in the values of a file, column by column, and what that would do to the charts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.engines.duckdb_tables import seconds_of
from retention_core.ingestion.checking.finding import ENOUGH_ROWS, Finding, figures
from retention_core.ingestion.checking.reasons import most_frequent
from retention_core.ingestion.understanding.typed_rows import problems, typed_sql
from retention_core.ingestion.understanding.understand import Understanding
from retention_core.words.lists import all_of, quoted
from retention_core.words.numbers import decimal, whole
from retention_core.words.say import counted, say, sentence

FAR_FROM_MEDIAN = 1000
NEARLY_CONSTANT = 0.98
LEFT_OUT = {
    "orders": sentence("What lies in the future counts nowhere until somebody says that it is right."),
    "satisfaction": sentence("What lies in the future counts nowhere until somebody says that it is right."),
    "complaints": sentence(
        "A complaint opened in the future counts nowhere, and an answer in the future as not given yet, until somebody "
        "says that it is right."
    ),
    "customers": sentence("A date in the future is taken as unknown until somebody says that it is right."),
}
LONG_GAP = 10  # times the usual distance between two days with rows, and at least a month


@dataclass(frozen=True)
class OfTheFuture(Finding):
    """Rows hold a moment after today, which counts nowhere unless somebody says that it is right."""


def _future_dates(engine: DuckDBEngine, understood: Understanding, today: date) -> Finding | None:
    """Do dates lie in the future?"""
    table, headers = understood.match.table, understood.match.headers
    moments = [name for name in understood.readings if table.column(name).kind in ("moment", "end")]
    if not moments:
        return None
    is_later = [f"coalesce({name}::DATE > $today, FALSE)" for name in moments]
    counts = ", ".join(f"count(CASE WHEN {each} THEN 1 END)" for each in (" OR ".join(is_later), *is_later))
    rows, late, *each_late = figures(engine, understood, f"SELECT count(*), {counts} FROM typed", today=today)
    if not late:
        return None
    others = [headers[name] for name, n in zip(moments, each_late, strict=True) if n and name != table.moment]
    return OfTheFuture(
        _future_words(late, rows, today, others),
        say(LEFT_OUT[table.name]),
        say("Check how the dates are written; if they are right, say so."),
    )


def _future_words(late: float, rows: float, today: date, headers: Sequence[str]) -> str:
    """Return how many rows lie in the future. headers: columns besides that of the moment by which some do."""
    places: dict[str, Any] = {"late": whole(late), "rows": whole(rows), "today": today}
    if not headers:
        return say("{late} of {rows} rows lie in the future of {today}.", **places)
    named = all_of([quoted(header) for header in headers])
    return say("{late} of {rows} rows lie in the future of {today}, some by {headers}.", headers=named, **places)


def _extreme_amounts(engine: DuckDBEngine, understood: Understanding, _: date) -> Finding | None:
    """Do a few amounts dwarf the others, as when a mark was read in the wrong way?"""
    if "amount" not in understood.readings:
        return None
    rows, median, extreme = figures(
        engine,
        understood,
        f"""SELECT count(amount), median(abs(amount)), count(CASE WHEN abs(amount) > {FAR_FROM_MEDIAN} *
        (SELECT median(abs(amount)) FROM typed) THEN 1 END) FROM typed""",
    )
    if rows < ENOUGH_ROWS or not median or not extreme:
        return None
    return Finding(
        counted(
            "{n} amount is more than {times} times the usual {usual}.",
            "{n} amounts are more than {times} times the usual {usual}.",
            int(extreme),
            times=FAR_FROM_MEDIAN,
            usual=decimal(median, 2),
        ),
        say("Sums and averages of money would be theirs alone."),
        say("Check how the numbers are written, and whether a total stands among the rows."),
    )


def _ends_before(engine: DuckDBEngine, understood: Understanding, _: date) -> Finding | None:
    """Are complaints answered before they were opened?"""
    ends = [name for name in ("first_response_at", "resolved_at", "closed_at") if name in understood.readings]
    if understood.match.table.name != "complaints" or "opened_at" not in understood.readings or not ends:
        return None
    before = " OR ".join(
        f"coalesce({seconds_of(name)} < 0, instant({name}) < earlier_instant(opened_at))" for name in ends
    )
    rows, negative = figures(engine, understood, f"SELECT count(*), count(CASE WHEN {before} THEN 1 END) FROM typed")
    if not negative:
        return None
    return Finding(
        say(
            "{negative} of {rows} complaints are answered, resolved or closed before they were opened.",
            negative=whole(negative),
            rows=whole(rows),
        ),
        say("Their waits are left out of every figure, and listed."),
        say("Check whether two columns are mixed up, or dates and times written in different zones."),
    )


def _long_gap(engine: DuckDBEngine, understood: Understanding, today: date) -> Finding | None:
    """Is there a long time without any row, up to today?"""
    moment = understood.match.table.moment
    if moment not in understood.readings or understood.match.table.name == "customers":
        return None
    row = engine.query(
        f"""WITH days AS (SELECT DISTINCT moment::DATE AS day FROM ({_moments(understood, moment)})
                          WHERE moment::DATE <= $today),
        gaps AS (SELECT day, day - lag(day) OVER (ORDER BY day) AS gap FROM days WHERE day IS NOT NULL)
        SELECT count(*), quantile_disc(gap, 0.9), max(gap), (max_by(day, gap) - max(gap)::INT)::VARCHAR,
               max_by(day, gap)::VARCHAR FROM gaps""",
        {**understood.values, "today": today},
    ).iloc[0]
    days, usual, longest, first, last = row
    if days < ENOUGH_ROWS or longest < max(31, LONG_GAP * usual):
        return None
    return Finding(
        say(
            "Between {first} and {last}, for {days} days, there is not a single row.",
            first=date.fromisoformat(first),
            last=date.fromisoformat(last),
            days=whole(longest),
        ),
        say("Nobody can come back in that time: retention drops there whatever customers do."),
        say("If a part of the export is missing, upload it as well."),
    )


def _nearly_constant(engine: DuckDBEngine, understood: Understanding, _: date) -> Finding | None:
    """Does the score, or the customer, hardly ever change?"""
    names = [name for name in ("customer", "score") if name in understood.readings]
    for name in names:
        rows, commonest = figures(
            engine,
            understood,
            f"SELECT sum(n), max(n) FROM (SELECT count(*) AS n FROM typed WHERE {name} IS NOT NULL GROUP BY {name})",
        )
        if rows >= ENOUGH_ROWS and commonest >= NEARLY_CONSTANT * rows:
            return Finding(
                say(
                    "“{header}” is the same in {same} of {rows} rows.",
                    header=understood.match.headers[name],
                    same=whole(commonest),
                    rows=whole(rows),
                ),
                say("Figures by it would be those of one value."),
                say(
                    "Check whether it is the right column; a customer that stands for “none” makes one who always returns."
                ),
            )
    return None


def _cut_ids(engine: DuckDBEngine, understood: Understanding, _: date) -> Finding | None:
    """Has a spreadsheet written long ids with an exponent, and so cut their digits?"""
    if "customer" not in understood.readings:
        return None
    (cut,) = figures(
        engine,
        understood,
        "SELECT count(*) FROM typed WHERE regexp_full_match(customer, '[0-9][.,]?[0-9]*[eE][+][0-9]+')",
    )
    if not cut:
        return None
    return Finding(
        counted(
            "{n} id in “{header}” is written like 1.7E+04.",
            "{n} ids in “{header}” are written like 1.7E+04.",
            int(cut),
            header=understood.match.headers["customer"],
        ),
        say("A spreadsheet has cut their digits: different customers may have become one."),
        say("Export the file anew, or format the column as text before saving it as CSV."),
    )


def _rejected(engine: DuckDBEngine, understood: Understanding, _: date) -> Finding | None:
    """How many rows cannot be kept, and why?"""
    reasons = problems(understood)
    if not reasons:
        return None
    cases = " ".join(f"WHEN {each.condition} THEN {number}" for number, each in enumerate(reasons))
    counts = engine.query(
        f"SELECT CASE {cases} END AS problem, count(*) AS n FROM ({typed_sql(understood, with_presence=True)}) "
        "WHERE problem IS NOT NULL GROUP BY problem ORDER BY n DESC",
        understood.values,
    )
    rejected, rows = int(counts["n"].sum()), understood.staged.rows_read
    if not rejected:
        return None
    found = [(reasons[int(row.problem)], int(row.n)) for row in counts.itertuples()]
    shown = most_frequent(
        [
            (say("{n} {reason} (“{header}”)", n=count, reason=problem.reason, header=problem.header), count)
            for problem, count in found
        ]
    )
    return Finding(
        say("{rejected} of {rows} rows will not be loaded: {shown}.", rejected=rejected, rows=rows, shown=shown),
        say("They count in no figure."),
        say("They are listed after loading, to be mended and uploaded again."),
        rejected,
    )


def _moments(understood: Understanding, moment: str) -> str:
    header = understood.match.headers[moment]
    return f"SELECT {understood.readings[moment].expression(understood.staged, header)} AS moment FROM {understood.records}"


CHECKS = (
    _rejected,
    _future_dates,
    _long_gap,
    _ends_before,
    _extreme_amounts,
    _nearly_constant,
    _cut_ids,
)
