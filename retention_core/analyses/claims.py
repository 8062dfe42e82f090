"""What may be said of two shares: more, fewer, as often, or that no difference can be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from retention_core.analyses.intervals import FEW, SURE, TOO_FEW, Share, difference
from retention_core.filters import CompareWith
from retention_core.periods import Period

Says = Literal["more", "fewer", "seen_once", "as_often", "not_shown"]

CLAIMED: tuple[Says, ...] = ("more", "fewer")
COMPARED = 3  # neighbouring cohorts on either side
AS_OFTEN_WITHIN = 0.03  # a difference that lies within three points on either side is none that matters
LOOKS_A_YEAR = 12  # who looks every month makes so many comparisons of the same figure
WARM_UP_DAYS = 180  # at the beginning of the data many seem new who had bought before
_PERIODS_A_YEAR = {"day": 364, "week": 52, "month": 12, "quarter": 4, "year": 1}


def said_of(low: float, high: float) -> Says:
    """Return what the interval of a difference (first minus second, -1 to 1) allows to say of the first."""
    if low > 0 or high < 0:
        return "more" if low > 0 else "fewer"
    return "as_often" if low >= -AS_OFTEN_WITHIN and high <= AS_OFTEN_WITHIN else "not_shown"


@dataclass(frozen=True)
class Comparison:
    """One share against another, chosen before anybody looked.

    first, second: the shares of different customers. looks: how many comparisons of the kind are made, so that all of
    them together claim something by luck no more often than one at 95 % would (Bonferroni).
    """

    first: Share
    second: Share
    looks: int = 1

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of first minus second (Newcombe), -1 to 1, whatever the number of looks."""
        return difference(self.first, self.second)[1:]

    @property
    def is_known(self) -> bool:
        """Whether both sides have enough customers to be compared."""
        return min(self.first.total, self.second.total) >= FEW

    @property
    def says(self) -> Says:
        """What the figures allow: `seen_once` where one look shows a difference, but not so many of them."""
        once = said_of(*self.interval)
        if once not in CLAIMED or self.looks == 1:
            return once
        surely = said_of(*difference(self.first, self.second, 1 - (1 - SURE) / self.looks)[1:])
        return surely if surely in CLAIMED else "seen_once"

    @property
    def is_claimed(self) -> bool:
        """Whether a difference is stated."""
        return self.says in CLAIMED


@dataclass(frozen=True)
class Stretches:
    """The youngest cohorts and those they are compared with: numbers of neighbouring periods, the last included."""

    recent: tuple[int, int]
    other: tuple[int, int]

    @property
    def is_before(self) -> bool:
        """Whether the one lies right before the other."""
        return self.other[1] + 1 == self.recent[0]

    def labels(self, period: Period) -> tuple[tuple[str, str], tuple[str, str]]:
        """Return the names of the first and last period of either stretch."""
        (a, b), (c, d) = self.recent, self.other
        return (period.label(a), period.label(b)), (period.label(c), period.label(d))


def stretches(
    last: int, first: int, period: Period, compare_with: CompareWith, compared: int = COMPARED
) -> Stretches | None:
    """Return the last cohorts and those to compare them with; None where the data does not reach back so far.

    last: the youngest cohort that is complete. first: the oldest that may be compared, see `first_comparable`.
    compare_with: the same time last year, or the stretch before, which also stands in where last year is not there.
    compared: how many neighbours on either side.
    """
    start = last - compared + 1
    back = {"last_year": max(compared, _PERIODS_A_YEAR[period.unit]), "before": compared}
    for shift in (back[compare_with], compared):
        if start - shift >= first:
            return Stretches((start, last), (start - shift, last - shift))
    return None


def youngest(cohorts: Sequence[int], customers: Sequence[int]) -> int:
    """Return the last cohort of the youngest neighbours that hold ten customers together; the very last if none do.

    So a stray order long after the others does not make an empty stretch the youngest.
    """
    sizes = dict(zip(map(int, cohorts), map(int, customers), strict=True))
    for last in sorted(sizes, reverse=True):
        if sizes[last] and sum(sizes.get(last - back, 0) for back in range(COMPARED)) >= TOO_FEW:
            return last
    return max(sizes)


def first_comparable(first: int, period: Period) -> int:
    """Return the first cohort of which it can be hoped that its customers are new.

    first: the earliest cohort of the data. Those that begin within half a year of it hold many who had bought before the
    data begins, and come back more often than new ones.
    """
    begins = period.starts_on(first).toordinal()
    while period.starts_on(first).toordinal() < begins + WARM_UP_DAYS:
        first += 1
    return first
