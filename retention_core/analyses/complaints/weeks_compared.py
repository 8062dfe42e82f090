"""Does it get faster? The share answered within the limit in the last four complete weeks, against four others."""

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from retention_core.analyses.claims import CLAIMED, Comparison, Stretches, said_of, stretches
from retention_core.analyses.complaints.control import control_chart
from retention_core.analyses.complaints.response_times import DAY, LIMITS_IN_DAYS, ResponseTimes, measure_within
from retention_core.analyses.intervals import Share
from retention_core.periods import Period

WEEKS = 4
_SURELY_MISSING = 3.0  # none of three expected: e to the power of -3 is 5 %
Days = tuple[date, date]
"""First and last day, both included."""


@dataclass(frozen=True)
class WeeksCompared:
    """Four weeks against four others, by the share answered within the limit.

    comparison: the last weeks first. stretches: the numbers of the weeks. period: of weeks. missing: how many complaints
    would be open at least by the usual waits, where none is; 0 where one is. spread: how many times as much the share
    scatters from week to week as chance alone would let it, see `control_chart`; 1 where too few weeks tell.
    """

    comparison: Comparison
    stretches: Stretches
    period: Period
    missing: float = 0.0
    spread: float = 1.0

    @property
    def is_cut(self) -> bool:
        """Whether the file seems to hold closed complaints alone: of so many missing ones, none would be open once in 20."""
        return self.missing >= _SURELY_MISSING

    @property
    def is_known(self) -> bool:
        """Whether it can be told whether it got faster."""
        return self.comparison.is_known and not self.is_cut

    @property
    def is_usual(self) -> bool:
        """Whether a difference that chance alone does not bring is still no more than the weeks usually scatter."""
        first, second = self.comparison.first.rate, self.comparison.second.rate
        ends = (first - second + max(1.0, self.spread) * (end - first + second) for end in self.comparison.interval)
        return self.comparison.is_claimed and said_of(*ends) not in CLAIMED

    @property
    def days(self) -> Days:
        """The days in which those of the last weeks were opened."""
        return self._days(self.stretches.recent)

    @property
    def other_days(self) -> Days:
        """The days in which those were opened that they are compared with."""
        return self._days(self.stretches.other)

    def _days(self, stretch: tuple[int, int]) -> Days:
        return self.period.starts_on(stretch[0]), self.period.ends_on(stretch[1])


def weeks_compared(weekly: ResponseTimes) -> WeeksCompared | None:
    """Return the last four complete weeks against those that `compare_with` of the filters asks for.

    A week is complete where all its complaints are older than the limit by `as_of`, and where the filters' dates leave
    out none of its days. None where there are no eight such weeks since the first complaint.
    weekly: the waits by week.
    """
    if weekly.is_empty or weekly.as_of is None:
        return None
    question = weekly.question
    period, filters = question.period, question.filters
    first = int(weekly.periods["period"].iloc[0])
    if filters.first_day:
        first = max(first, period.number(filters.first_day - timedelta(days=1)) + 1)
    until = min(filters.last_day or weekly.as_of, weekly.as_of - timedelta(days=question.limit_days))
    found = stretches(period.number(until + timedelta(days=1)) - 1, first, period, filters.compare_with, WEEKS)
    if found is None:
        return None
    comparison = Comparison(_within_limit(weekly.periods, found.recent), _within_limit(weekly.periods, found.other))
    control = control_chart(weekly)
    spread = control.spread if control and control.is_enough else 1.0
    return WeeksCompared(comparison, found, period, _missing(weekly, weekly.as_of), spread)


def _missing(weekly: ResponseTimes, as_of: date) -> float:
    """Return how many complaints would be open at least, if those opened last waited as all did; 0 where any is open.

    Each is taken for as old as the first of its week can be, and the share that waits so long for that of the next longer
    wait that is known: 1, 3 or 5 days, and the 90th percentile.
    """
    overall = weekly.overall
    if overall["still_open"] or not overall["complaints"]:
        return 0.0
    waits = [(days * DAY, 1 - overall[measure_within(days)] / overall["complaints"]) for days in LIMITS_IN_DAYS]
    if overall["p90_seconds"] > waits[-1][0]:
        waits.append((overall["p90_seconds"], 0.1))
    ages = [(as_of - day).days * DAY + DAY for day in weekly.periods["starts_on"]]
    still_waiting = [next((share for wait, share in waits if age <= wait), 0.0) for age in ages]
    return float(sum(weekly.periods["complaints"] * still_waiting))


def _within_limit(weeks: pd.DataFrame, stretch: tuple[int, int]) -> Share:
    rows = weeks[weeks["period"].between(*stretch)]
    return Share(int(rows["within_limit"].sum()), int(rows["complaints"].sum()))
