"""What can be claimed of a cohort table: segments against each other, young cohorts against older ones."""

from dataclasses import dataclass

import pandas as pd

from retention_core.analyses.cohort_question import CohortQuestion
from retention_core.analyses.cohort_retention import CohortRetention
from retention_core.analyses.intervals import FEW, Share, difference

COMPARED = 3


@dataclass(frozen=True)
class Change:
    """The share back in one column: of the youngest complete cohorts against those before them.

    column: period number or bracket. recent, before: the two shares, over `COMPARED` cohorts each. low, high: 95 %
    interval of their difference. labels: first and last cohort of either side.
    """

    column: int
    recent: Share
    before: Share
    low: float
    high: float
    labels: tuple[str, str, str, str]

    @property
    def is_real(self) -> bool:
        """Whether the interval of the difference excludes zero."""
        return self.low > 0 or self.high < 0


def unfit(question: CohortQuestion, *, over_time: bool = True) -> str:
    """Return why shares of this table must not be compared, as the name of a sentence; empty where they may.

    over_time: young cohorts with older ones, instead of segments with each other.
    """
    if question.share != "cohort":
        return "unfit_previous"
    if question.cohort_by == "every_purchase" or (question.segment and question.segment_of == "each_purchase"):
        return "unfit_several"
    return "unfit_longer" if over_time and question.returned == "in_or_after" else ""


def changes(retention: CohortRetention) -> list[Change]:
    """Return the change in every column that has twice as many complete cohorts as are compared, with enough customers."""
    found: list[Change] = []
    if unfit(retention.question):
        return found
    cells = retention.cells[(retention.cells["state"] == "complete") & (retention.cells["base"] > 0)]
    for column, rows in cells[cells["period_number"] > 0].groupby("period_number", sort=True):
        rows = rows.sort_values("cohort")
        recent, before = rows.tail(COMPARED), rows.iloc[-2 * COMPARED : -COMPARED]
        shares = [Share(int(part["customers"].sum()), int(part["base"].sum())) for part in (recent, before)]
        if len(before) < COMPARED or min(share.total for share in shares) < FEW:
            continue
        _, low, high = difference(*shares)
        labels = tuple(str(part["cohort_label"].iloc[place]) for part in (recent, before) for place in (0, -1))
        found.append(Change(int(str(column)), shares[0], shares[1], low, high, labels))  # type: ignore[arg-type]
    return found


def segment_differences(retention: CohortRetention, column: int) -> pd.DataFrame:
    """Return the pooled share of each segment in one column, and its difference from all other segments together.

    Columns: segment, customers, base, retention_rate, low, high, difference, difference_low, difference_high (Newcombe
    95 %; NaN where nothing is left to compare with).
    """
    rows = retention.pooled[retention.pooled["period_number"] == column]
    rows = rows[["segment", "customers", "base", "retention_rate", "low", "high"]].reset_index(drop=True)
    total = Share(int(rows["customers"].sum()), int(rows["base"].sum()))
    if unfit(retention.question, over_time=False):
        return rows.assign(difference=float("nan"), difference_low=float("nan"), difference_high=float("nan"))
    differences = [
        difference(
            Share(int(row.customers), int(row.base)),
            Share(total.count - int(row.customers), total.total - int(row.base)),
        )
        for row in rows.itertuples()
    ]
    named = ["difference", "difference_low", "difference_high"]
    return rows.assign(**{name: [each[place] for each in differences] for place, name in enumerate(named)})
