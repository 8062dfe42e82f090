"""Two groups compared among customers alike: strata of the same history before the answer."""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import norm

from retention_core.analyses.claims import CLAIMED, Says, said_of
from retention_core.analyses.intervals import FEW, SURE, TOO_FEW

_REACH = float(norm.ppf((1 + SURE) / 2))


@dataclass(frozen=True)
class Alike:
    """The share back in a first and a second group, among customers of either that have somebody alike in the other.

    first_rate, second_rate: shares back, over the strata weighed alike. difference: of the first over the second, with
    its 95 % interval low to high; NaN where nobody is compared. compared_first, compared_second: customers compared.
    left_out: customers of either group that have nobody alike in the other. strata: how many hold both groups.
    came_back: of the compared. bought_once: of the compared, how many had bought once before.
    """

    first_rate: float
    second_rate: float
    difference: float
    low: float
    high: float
    compared_first: int
    compared_second: int
    left_out: int
    strata: int
    came_back: int
    bought_once: int

    @property
    def compared(self) -> int:
        """How many customers are compared."""
        return self.compared_first + self.compared_second

    @property
    def is_known(self) -> bool:
        """Whether enough are compared to speak of a difference: 30 of either group, 10 who came back, 10 who did not."""
        enough = min(self.compared_first, self.compared_second) >= FEW
        return enough and min(self.came_back, self.compared - self.came_back) >= TOO_FEW

    @property
    def says(self) -> Says:
        """What the figures allow to say of the first group."""
        return said_of(self.low, self.high) if self.is_known else "not_shown"

    @property
    def is_claimed(self) -> bool:
        """Whether a difference is stated."""
        return self.says in CLAIMED

    @property
    def history_is_thin(self) -> bool:
        """Whether at least half of those compared had bought only once, so that being alike says little about them."""
        return 2 * self.bought_once >= self.compared


NOBODY = Alike(*(math.nan,) * 5, compared_first=0, compared_second=0, left_out=0, strata=0, came_back=0, bought_once=0)


def alike(strata: pd.DataFrame) -> Alike:
    """Return the difference of two groups over strata of customers alike.

    strata: one row per stratum: purchases (the least of its customers), in_first, first_back, in_second, second_back
    (customers of either group, and those of them who came back).
    """
    both = strata[(strata["in_first"] > 0) & (strata["in_second"] > 0)]
    people = both["in_first"] + both["in_second"]
    columns = (both[name].to_numpy(float) for name in ("in_first", "first_back", "in_second", "second_back"))
    return Alike(
        *_weighed(*columns),
        compared_first=int(both["in_first"].sum()),
        compared_second=int(both["in_second"].sum()),
        left_out=int(strata["in_first"].sum() + strata["in_second"].sum() - people.sum()),
        strata=len(both),
        came_back=int(both["first_back"].sum() + both["second_back"].sum()),
        bought_once=int(people[both["purchases"] == 1].sum()),
    )


def _weighed(
    first: np.ndarray, first_back: np.ndarray, second: np.ndarray, second_back: np.ndarray
) -> tuple[float, float, float, float, float]:
    """Return the share back in either group, their difference by Mantel and Haenszel, and its 95 % interval.

    Each stratum weighs first * second / (first + second). The variance is that of T. Sato, Biometrics 45 (1989) 1323,
    after S. Greenland and J. M. Robins, Biometrics 41 (1985) 55; it holds for a few large strata and for many small ones.
    """
    if not len(first):
        return (math.nan,) * 5
    people = first + second
    weights = first * second / people
    first_rate = float((weights * first_back / first).sum() / weights.sum())
    second_rate = float((weights * second_back / second).sum() / weights.sum())
    difference = first_rate - second_rate
    slope = (first**2 * second_back - second**2 * first_back + first * second * (second - first) / 2) / people**2
    level = (first_back * (second - second_back) + second_back * (first - first_back)) / (2 * people)
    variance = float(difference * slope.sum() + level.sum()) / float(weights.sum()) ** 2
    reach = _REACH * math.sqrt(max(0.0, variance))
    return first_rate, second_rate, difference, max(-1.0, difference - reach), min(1.0, difference + reach)
