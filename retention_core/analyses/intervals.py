"""How sure a share is: Wilson intervals, and Newcombe's interval for the difference of two shares."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

SURE = 0.95
FEW = 30
TOO_FEW = 10


@dataclass(frozen=True)
class Share:
    """A share with its 95 % interval. count of total; rate, low and high are 0 to 1, NaN where total is 0."""

    count: int
    total: int

    @property
    def rate(self) -> float:
        """The share itself."""
        return self.count / self.total if self.total else float("nan")

    @property
    def interval(self) -> tuple[float, float]:
        """The Wilson interval."""
        low, high = wilson([self.count], [self.total])
        return float(low[0]), float(high[0])

    @property
    def is_headline(self) -> bool:
        """Whether there are enough cases to speak of a percentage at all."""
        return self.total >= TOO_FEW


def wilson(counts: Iterable[int], totals: Iterable[int]) -> tuple[np.ndarray, np.ndarray]:
    """Return lower and upper ends of the 95 % Wilson score interval of count / total; NaN where total is 0.

    Source: E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209; computed by statsmodels.
    """
    count, total = np.asarray(list(counts), float), np.asarray(list(totals), float)
    with np.errstate(invalid="ignore", divide="ignore"):
        low, high = proportion_confint(count, np.where(total > 0, total, np.nan), method="wilson")
    return np.clip(low, 0, 1), np.clip(high, 0, 1)


def difference(first: Share, second: Share, sure: float = SURE) -> tuple[float, float, float]:
    """Return first minus second rate, with its 95 % interval by Newcombe's method 10.

    sure: how sure another interval shall be, 0 to 1.
    Source: R. G. Newcombe, Statist. Med. 17 (1998) 873; computed by statsmodels. NaN where a total is 0.
    """
    if not first.total or not second.total:
        return float("nan"), float("nan"), float("nan")
    low, high = confint_proportions_2indep(
        first.count, first.total, second.count, second.total, compare="diff", method="newcomb", alpha=1 - sure
    )
    return first.rate - second.rate, float(low), float(high)
