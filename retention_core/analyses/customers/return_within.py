"""Of those who came for the first time, how many came again within so many days?"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import pandas as pd

from retention_core.analyses.claims import COMPARED, Comparison, first_comparable, stretches, youngest
from retention_core.analyses.intervals import Share, wilson
from retention_core.analyses.steps import Filling, kept_rows, statement
from retention_core.engines.engine import Engine
from retention_core.filters import CompareWith, Filters
from retention_core.observed import Observed, observed
from retention_core.periods import Period

_COUNTS = ["customers", "known", "came_back", "repeat_customers"]


@dataclass(frozen=True)
class ReturnWithin:
    """The answer.

    period: of the cohorts. first_cohort: number of the earliest in the data, whether or not the filters' days choose it.
    cohorts: one row per period of first purchase: cohort, label, starts_on, customers, known (their days have
    passed), came_back (of the known), repeat_customers (more than one
    purchase, whenever), return_rate, low, high (0 to 1), state (`complete` when all are
    known, else `running`).
    """

    days: int
    cohorts: pd.DataFrame
    as_of: date | None
    period: Period = Period()
    first_cohort: int = 0

    @cached_property
    def complete(self) -> pd.DataFrame:
        """The cohorts of which all customers are known."""
        return self.cohorts[self.cohorts["state"] == "complete"] if len(self.cohorts) else self.cohorts

    def headline(self, compare_with: CompareWith = "last_year", looks: int = 1) -> "Headline | None":
        """Return the youngest complete cohorts and what they are compared with; None where none is complete.

        looks: how many comparisons of the kind are made, see `Comparison`.
        """
        if not len(self.complete):
            return None
        earliest = int(self.cohorts["cohort"].min())  # of those that the dates choose
        first = first_comparable(self.first_cohort, self.period)
        last = youngest(list(self.complete["cohort"]), list(self.complete["known"]))
        recent = max(last - COMPARED + 1, earliest), last
        own, both = self._headline_share(recent), stretches(last, max(first, earliest), self.period, compare_with)
        if both is None:
            is_cut = stretches(last, first, self.period, compare_with) is not None
            return Headline(own, self._labels(recent), None, ("", ""), is_cut=is_cut)
        comparison = Comparison(own, self._headline_share(both.other), looks)
        used: CompareWith = "before" if both.is_before else compare_with
        return Headline(own, self._labels(recent), comparison, self._labels(both.other), used)

    def _headline_share(self, stretch: tuple[int, int]) -> Share:
        return self.share(self.complete[self.complete["cohort"].between(*stretch)])

    def _labels(self, stretch: tuple[int, int]) -> tuple[str, str]:
        return self.period.label(stretch[0]), self.period.label(stretch[1])

    def share(self, cohorts: pd.DataFrame | None = None) -> Share:
        """Return the share back within the days, over these cohorts or all."""
        rows = self.cohorts if cohorts is None else cohorts
        return Share(int(rows["came_back"].sum()), int(rows["known"].sum())) if len(rows) else Share(0, 0)

    @property
    def repeat_purchase(self) -> Share:
        """The share of all customers who have bought more than once at all."""
        if self.cohorts.empty:
            return Share(0, 0)
        return Share(int(self.cohorts["repeat_customers"].sum()), int(self.cohorts["customers"].sum()))


@dataclass(frozen=True)
class Headline:
    """What a page says first: the share back of the youngest complete cohorts.

    labels: first and last of them. comparison: with other cohorts, None where no customers of other cohorts are surely
    new, or where the dates leave them out (is_cut). other_labels: first and last of those. compare_with: what they are,
    which is the stretch before where last year is not there.
    """

    share: Share
    labels: tuple[str, str]
    comparison: Comparison | None
    other_labels: tuple[str, str]
    compare_with: CompareWith | None = None
    is_cut: bool = False


def return_within(engine: Engine, filters: Filters, days: int = 90, period: Period | None = None) -> ReturnWithin:
    """Return, by period of first purchase, how many bought again on a later day, at most `days` days after the first.

    The horizon is the same for everyone: a customer counts only once their days have passed by `as_of`. The filters' days
    choose customers by the day of their first purchase.
    """
    period = period or Period()
    seen = observed(engine, filters)
    if seen is None:
        return ReturnWithin(days, pd.DataFrame(), None, period)
    days_of_first = _by_first_day(engine, filters, days, period, seen)
    rows = days_of_first[days_of_first["first_day"].between(seen.first_day.toordinal(), seen.last_day.toordinal())]
    rows = rows.groupby("cohort", as_index=False)[_COUNTS].sum()
    if rows.empty:
        return ReturnWithin(days, rows, seen.as_of, period)
    low, high = wilson(rows["came_back"], rows["known"])
    ends_on = rows["cohort"].map(lambda number: period.ends_on(int(number)))
    rows.insert(1, "label", rows["cohort"].map(lambda number: period.label(int(number))))
    rows.insert(2, "starts_on", rows["cohort"].map(lambda number: period.starts_on(int(number))))
    rows["return_rate"] = rows["came_back"] / rows["known"].where(rows["known"] > 0)
    rows["low"], rows["high"] = low, high
    rows["state"] = ["complete" if day + timedelta(days=days) <= seen.as_of else "running" for day in ends_on]
    return ReturnWithin(days, rows, seen.as_of, period, int(days_of_first["cohort"].min()))


def _by_first_day(engine: Engine, filters: Filters, days: int, period: Period, seen: Observed) -> pd.DataFrame:
    """Return the customers by day of their first purchase, as the step says: counted once, whichever days are chosen."""
    holes: dict[str, Filling] = {"orders_looked_at": filters.conditions("orders"), "period": period.sql}
    values = seen.values("as_of_number") | {"days": days}
    steps = {"landmarks": "landmarks_of_first_purchases"}
    rows = kept_rows(engine, *statement("return_within", holes, values, steps))
    return rows.astype(dict.fromkeys(_COUNTS, "int64"))
