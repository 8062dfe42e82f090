"""What can be claimed of a cohort table: segments against each other, young cohorts against older ones."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from retention_core.analyses.claims import Comparison, Stretches, first_comparable, stretches, youngest
from retention_core.analyses.customers.cohort_question import CohortQuestion
from retention_core.analyses.customers.cohort_retention import CohortRetention
from retention_core.analyses.intervals import SURE, Share, difference, p_values
from retention_core.filters import CompareWith
from retention_core.periods import Period


@dataclass(frozen=True)
class Change:
    """The share back in one column: of the youngest complete cohorts against those they are compared with.

    column: period number or bracket. comparison: the two shares. cohorts: of either side. period: what their numbers
    count. p_value: of Fisher's exact test. is_real: whether a difference remains after correction for the number of
    columns, see `holm`.
    """

    column: int
    comparison: Comparison
    cohorts: Stretches
    period: Period
    p_value: float
    is_real: bool

    @property
    def labels(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """The names of the first and last cohort of either side."""
        return self.cohorts.labels(self.period)

    @property
    def is_before(self) -> bool:
        """Whether the cohorts compared with lie right before, instead of a year."""
        return self.cohorts.is_before

    @property
    def stands_out(self) -> bool:
        """Whether it would be claimed if it were the only column looked at."""
        return self.p_value < 1 - SURE


def unfit(question: CohortQuestion) -> str:
    """Return why shares of this table must not be compared, as the name of a sentence; empty where they may."""
    if question.share != "cohort":
        return "unfit_previous"
    if question.cohort_by == "every_purchase" or (question.segment and question.segment_of == "each_purchase"):
        return "unfit_several"
    return "unfit_longer" if question.returned == "in_or_after" else ""


def changes(retention: CohortRetention) -> list[Change]:
    """Return the change in every column that has enough neighbouring complete cohorts, with enough customers.

    All columns are compared with the same time last year, or all with the cohorts before, where the data does not reach
    back so far or that is asked for.
    """
    question = retention.question
    if unfit(question) or retention.is_empty:
        return []
    columns = list(_columns(retention.cells))
    first = retention.first_cohort
    if question.cohort_by != "joined":
        first = first_comparable(first, question.period)
    first = max(first, int(retention.cells["cohort"].min()))
    for compare_with in dict.fromkeys((question.filters.compare_with, "before")):
        pairs = [pair for column in columns if (pair := _pair(column, question.period, first, compare_with))]
        if pairs:
            return _judged(pairs, question.period)
    return []


@dataclass(frozen=True)
class _Column:
    """The complete cells of one column: their cohorts, customers back and of how many."""

    number: int
    cohorts: np.ndarray
    back: np.ndarray
    base: np.ndarray

    def share(self, since: int, until: int) -> Share:
        """Return the share back of the cohorts with these numbers, the last included."""
        inside = (self.cohorts >= since) & (self.cohorts <= until)
        return Share(int(self.back[inside].sum()), int(self.base[inside].sum()))


def _columns(cells: pd.DataFrame) -> Iterator[_Column]:
    """Yield the columns after the first, in order; taken apart by pandas each of many would take a millisecond."""
    number, cohort, back, base = (cells[name].to_numpy() for name in ("period_number", "cohort", "customers", "base"))
    is_counted = (cells["state"] == "complete").to_numpy() & (base > 0) & (number > 0)
    rows = np.flatnonzero(is_counted)[np.argsort(number[is_counted], kind="stable")]
    starts = np.flatnonzero(np.diff(number[rows], prepend=0))
    for one in np.split(rows, starts)[1:]:
        yield _Column(int(number[one[0]]), cohort[one], back[one], base[one])


@dataclass(frozen=True)
class _Pair:
    """What is compared in a column, and of which cohorts it is."""

    column: int
    comparison: Comparison
    cohorts: Stretches


def _pair(column: _Column, period: Period, first: int, compare_with: CompareWith) -> _Pair | None:
    """Return what is compared in one column; None where it holds too few complete cells."""
    both = stretches(youngest(column.cohorts.tolist(), column.base.tolist()), first, period, compare_with)
    if both is None or (compare_with == "last_year" and both.is_before):
        return None
    comparison = Comparison(column.share(*both.recent), column.share(*both.other))
    return _Pair(column.number, comparison, both) if comparison.is_known else None


def _judged(pairs: list[_Pair], period: Period) -> list[Change]:
    """Return the changes, corrected for their number."""
    found = p_values([pair.comparison.first for pair in pairs], [pair.comparison.second for pair in pairs])
    return [
        Change(pair.column, pair.comparison, pair.cohorts, period, p_value, is_real)
        for pair, p_value, is_real in zip(pairs, found, holm(found), strict=True)
    ]


def holm(p_values: list[float]) -> list[bool]:
    """Return which of many comparisons remain after correction for their number.

    Source: S. Holm, Scand. J. Statist. 6 (1979) 65: the smallest against 0.05 / n, the next against 0.05 / (n - 1) and so
    on, up to the first that is too large. Written here since statsmodels collects garbage in it, for 0.1 s each time.
    """
    ranked = sorted(range(len(p_values)), key=lambda place: p_values[place])
    limits = [(1 - SURE) / (len(p_values) - rank) for rank in range(len(p_values))]
    kept = set[int]()
    for place, limit in zip(ranked, limits, strict=True):
        if p_values[place] > limit:
            break
        kept.add(place)
    return [place in kept for place in range(len(p_values))]


def segment_differences(retention: CohortRetention, column: int) -> pd.DataFrame:
    """Return the pooled share of each segment in one column, and its difference from all other segments together.

    Columns: segment, customers, base, retention_rate, low, high, difference, difference_low, difference_high (Newcombe
    95 %; NaN where nothing is left to compare with), is_real (whether the difference remains after correction for the
    number of segments).
    """
    rows = retention.pooled[retention.pooled["period_number"] == column]
    rows = rows[["segment", "customers", "base", "retention_rate", "low", "high"]].reset_index(drop=True)
    named = ["difference", "difference_low", "difference_high"]
    if unfit(retention.question):
        return rows.assign(**dict.fromkeys(named, float("nan")), is_real=False)
    total = Share(int(rows["customers"].sum()), int(rows["base"].sum()))
    own = [Share(int(row.customers), int(row.base)) for row in rows.itertuples()]
    others = [Share(total.count - share.count, total.total - share.total) for share in own]
    found = [difference(*pair) for pair in zip(own, others, strict=True)]
    rows = rows.assign(**{name: [each[place] for each in found] for place, name in enumerate(named)})
    return rows.assign(is_real=holm(p_values(own, others)))
