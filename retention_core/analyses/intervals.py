"""How sure a share is, and the difference of two: Wilson's and Newcombe's intervals, Fisher's exact test."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaln
from scipy.stats import hypergeom
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

SURE = 0.95
FEW = 30
TOO_FEW = 10
_AS_LIKELY = 1e-14  # two probabilities that differ by no more, as a part of themselves, are the same
_SURELY_RARER = 1e-7  # difference of logarithms beyond all rounding


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


def wilson(counts: ArrayLike, totals: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Return lower and upper ends of the 95 % Wilson score interval of count / total; NaN where total is 0.

    Source: E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209; computed by statsmodels.
    """
    count, total = np.asarray(counts, float), np.asarray(totals, float)
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


def p_values(first: Sequence[Share], second: Sequence[Share]) -> list[float]:
    """Return the p-value of Fisher's exact test, on both sides, for each pair of shares of different customers.

    Source: R. A. Fisher, The Design of Experiments, 1935; as `scipy.stats.fisher_exact`, which takes a millisecond for
    each pair. Given all who came back, so many of the first share's would by luck; as rare as the count found is what
    lies from it outwards, and beyond the first count as rare on the other side of the likeliest.
    """
    if not first:
        return []
    count, size = _as_arrays(first)
    other_count, other_size = _as_arrays(second)
    everybody, back = size + other_size, count + other_count
    is_low = count <= _likeliest(everybody, size, back)  # else the other share has fewer than luck would give it
    low, size = np.where(is_low, count, other_count), np.where(is_low, size, other_size)
    found = hypergeom.cdf(low, everybody, size, back)
    found += hypergeom.sf(_as_rare(low, everybody, size, back) - 1, everybody, size, back)
    sure: list[float] = np.minimum(1.0, found).tolist()
    return sure


def _as_arrays(shares: Sequence[Share]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([share.count for share in shares]), np.array([share.total for share in shares])


def _likeliest(everybody: np.ndarray, size: np.ndarray, back: np.ndarray) -> np.ndarray:
    """Return how many of a group most likely are among those back."""
    likeliest: np.ndarray = (back + 1) * (size + 1) // (everybody + 2)
    return likeliest


def _as_rare(low: np.ndarray, everybody: np.ndarray, size: np.ndarray, back: np.ndarray) -> np.ndarray:
    """Return the first count above the likeliest that is as rare as the low one, of each pair.

    Found by halving, with probabilities good to seven digits; whether the last count before it is just as rare, as where
    both groups are of one size, is asked of exact ones.
    """

    def rarity(count: np.ndarray) -> np.ndarray:
        cells = (count, size - count, back - count, everybody - size - back + count)
        summed: np.ndarray = sum(gammaln(cell + 1) for cell in cells)
        return summed

    limit, within, beyond = rarity(low) + _SURELY_RARER, _likeliest(everybody, size, back), np.minimum(size, back) + 1
    while (beyond - within > 1).any():
        middle = (within + beyond) // 2
        is_rarer = rarity(middle) > limit
        within, beyond = np.where(is_rarer, within, middle), np.where(is_rarer, middle, beyond)
    last, own = (hypergeom.pmf(count, everybody, size, back) for count in (beyond - 1, low))
    as_rare: np.ndarray = beyond - (last <= own * (1 + _AS_LIKELY))
    return as_rare
