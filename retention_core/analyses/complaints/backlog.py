"""How does the pile of open complaints grow and shrink? Opened, answered, and open at the end of each day."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from retention_core.analyses.complaints.response_times import ANSWERED_AT, WAITED_FOR, ResponseQuestion, known_until
from retention_core.analyses.steps import Filling, kept_rows, statement
from retention_core.engines.engine import Engine
from retention_core.observed import observed
from retention_core.periods import Period, Unit

_MOST = 400  # days, or weeks, that one chart can show


@dataclass(frozen=True)
class Backlog:
    """The answer.

    periods: one row per period from the first opening to the day as_of, with period, label, starts_on, ends_on (as_of,
    where the period goes on), opened, closed_apart (of these, those closed at a moment unknown), answered, and
    open_at_end (at the end of ends_on: all opened so far, but those closed apart, less all answered so far). Complaints
    answered before they were opened are in none of it. unit: day; week beyond 400 days, month beyond 400 weeks. as_of: the
    last day of the data.
    """

    question: ResponseQuestion
    periods: pd.DataFrame
    unit: Unit
    as_of: date | None

    @property
    def is_last_whole(self) -> bool:
        """Whether the last period ends with the day as_of, so that nothing of it is still to come."""
        last = self.periods.iloc[-1]
        return bool(self.period.ends_on(int(last["period"])) == last["ends_on"])

    @property
    def period(self) -> Period:
        """How its days are put together."""
        return Period(self.unit, self.question.period.calendar, self.question.period.week_start)

    @property
    def is_empty(self) -> bool:
        """Whether no complaint is looked at."""
        return bool(self.periods.empty)

    def total(self, column: str) -> int:
        """Return the sum of opened, closed_apart or answered."""
        return int(self.periods[column].sum())


def backlog(engine: Engine, question: ResponseQuestion) -> Backlog:
    """Return how many complaints were opened, answered and open at the end of each day, among those looked at."""
    seen = observed(engine, question.filters, "complaints")
    if seen is None:
        return Backlog(question, pd.DataFrame(), "day", None)
    values = seen.values("first_day", "last_day", "as_of") | {"known_until": known_until(engine, seen.as_of)}
    holes: dict[str, Filling] = {
        "complaints_looked_at": question.filters.conditions("complaints"),
        "answered_at": ANSWERED_AT[question.awaited],
    }
    moved = kept_rows(engine, *statement("backlog", holes, values, {"awaited": WAITED_FOR[question.awaited]}))
    if moved.empty:
        return Backlog(question, pd.DataFrame(), "day", seen.as_of)
    days = _day_by_day(moved, seen.as_of)
    period = Period(_unit(len(days)), question.period.calendar, question.period.week_start)
    return Backlog(question, _by_period(days, period), period.unit, seen.as_of)


def _unit(days: int) -> Unit:
    return "day" if days <= _MOST else "week" if days <= 7 * _MOST else "month"


def _day_by_day(moved: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Return one row per day, none left out: opened, closed_apart, answered, open_at_end."""
    moved = moved.assign(opened_on=pd.to_datetime(moved["opened_on"]), answered_on=pd.to_datetime(moved["answered_on"]))
    days = pd.date_range(moved["opened_on"].min(), pd.Timestamp(as_of), freq="D")

    def count(rows: pd.DataFrame, column: str) -> pd.Series:
        return rows.groupby(column)["complaints"].sum().reindex(days, fill_value=0).astype("int64")

    counts = pd.DataFrame(
        {
            "opened": count(moved, "opened_on"),
            "closed_apart": count(moved[moved["is_apart"] == 1], "opened_on"),
            "answered": count(moved.dropna(subset=["answered_on"]), "answered_on"),
        }
    )
    return counts.assign(open_at_end=(counts["opened"] - counts["closed_apart"] - counts["answered"]).cumsum())


def _by_period(days: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Return the days put together; of what is open, the last of each period counts."""
    moments = [day.date() for day in days.index]
    grouped = days.assign(ends_on=moments).groupby([period.number(day) for day in moments])
    rows = grouped.agg(
        ends_on=("ends_on", "last"),
        opened=("opened", "sum"),
        closed_apart=("closed_apart", "sum"),
        answered=("answered", "sum"),
        open_at_end=("open_at_end", "last"),
    )
    numbers = [int(number) for number in rows.index]
    rows.insert(0, "period", numbers)
    rows.insert(1, "label", [period.label(number) for number in numbers])
    rows.insert(2, "starts_on", [period.starts_on(number) for number in numbers])
    return rows.reset_index(drop=True)
