"""What can be claimed of a cohort table: segments against each other, young cohorts against older ones."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy.stats import fisher_exact

from retention_core.analyses.claims import Comparison, first_comparable, stretches, youngest
from retention_core.analyses.customers.cohort_question import CohortQuestion
from retention_core.analyses.customers.cohort_retention import CohortRetention
from retention_core.analyses.intervals import SURE, Share, difference
from retention_core.filters import CompareWith
from retention_core.periods import Period


@dataclass(frozen=True)
class Change:
    """The share back in one column: of the youngest complete cohorts against those they are compared with.

    column: period number or bracket. comparison: the two shares. labels: first and last cohort of either side. p_value:
    of Fisher's exact test. is_before: whether these lie right
    before, instead of a year. is_real: whether a difference remains after correction for the number of columns (S. Holm,
    Scand. J. Statist. 6 (1979) 65; computed by statsmodels).
    """

    column: int
    comparison: Comparison
    labels: tuple[tuple[str, str], tuple[str, str]]
    p_value: float
    is_before: bool
    is_real: bool = False

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
    complete = retention.cells[(retention.cells["state"] == "complete") & (retention.cells["base"] > 0)]
    columns = list(_columns(complete[complete["period_number"] > 0]))
    first = retention.first_cohort
    if question.cohort_by != "joined":
        first = first_comparable(first, question.period)
    first = max(first, int(retention.cells["cohort"].min()))
    for compare_with in dict.fromkeys((question.filters.compare_with, "before")):
        found = [_change(column, question.period, first, compare_with) for column in columns]
        if any(found):
            return _corrected([change for change in found if change])
    return []


@dataclass(frozen=True)
class _Column:
    """The complete cells of one column: their cohorts, customers back and of how many."""

    number: int
    cohorts: np.ndarray
    back: np.ndarray
    base: np.ndarray


def _columns(complete: pd.DataFrame) -> Iterator[_Column]:
    """Yield the columns in order; taken apart by pandas each of many would take a millisecond."""
    cells = complete[["period_number", "cohort", "customers", "base"]].to_numpy("int64")
    cells = cells[np.argsort(cells[:, 0], kind="stable")]
    numbers, starts = np.unique(cells[:, 0], return_index=True)
    for place, number in enumerate(numbers):
        rows = cells[starts[place] : starts[place + 1] if place + 1 < len(starts) else None]
        yield _Column(int(number), rows[:, 1], rows[:, 2], rows[:, 3])


def _change(column: _Column, period: Period, first: int, compare_with: CompareWith) -> Change | None:
    """Return the change in one column; None where it holds too few complete cells."""
    cohorts, back, base = column.cohorts, column.back, column.base
    both = stretches(youngest(cohorts.tolist(), base.tolist()), first, period, compare_with)
    if both is None or (compare_with == "last_year" and both.is_before):
        return None
    inside = [(cohorts >= since) & (cohorts <= until) for since, until in (both.recent, both.other)]
    recent, other = (Share(int(back[each].sum()), int(base[each].sum())) for each in inside)
    comparison = Comparison(recent, other)
    if not comparison.is_known:
        return None
    return Change(column.number, comparison, both.labels(period), _p_value(recent, other), both.is_before)


def _p_value(first: Share, second: Share) -> float:
    return float(fisher_exact([[each.count, each.total - each.count] for each in (first, second)]).pvalue)


def _corrected(found: list[Change]) -> list[Change]:
    real = holm([change.p_value for change in found])
    return [replace(change, is_real=each) for change, each in zip(found, real, strict=True)]


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
    return rows.assign(is_real=holm([_p_value(*pair) for pair in zip(own, others, strict=True)]))
