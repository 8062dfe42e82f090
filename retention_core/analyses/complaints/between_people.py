"""How much of what differs between people is more than chance, and what each share would be without it?"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import norm

from retention_core.analyses.intervals import FEW, SURE, TOO_FEW

FUNNEL = {
    part: float(norm.ppf((1 + part) / 2)) for part in (0.95, 0.998)
}  # part of people within the limits by chance -> z
_DRAWS = 2_000
_WINSORISED = 0.1  # of the people at either end


@dataclass(frozen=True)
class BetweenPeople:
    """What differs between people, or between teams.

    people: how many have at least ten complaints that are known; all that follows is of them. common: their share
    together. above_chance: which part of the variance of their shares is more than chance brings, 0 to 1. spread: the
    standard deviation of the shares behind the chance, 0 to 1. is_real: whether people differ by more than chance.
    dispersion: how many times wider than by the binomial the limits of the funnel are, squared; 1 or more. shrunk: for
    each row given, the share moved towards the common one, by as much as its few complaints may mislead; NaN where none
    is known.
    """

    people: int
    common: float
    above_chance: float
    spread: float
    is_real: bool
    dispersion: float
    shrunk: np.ndarray

    def limits(self, totals: np.ndarray, part: float) -> tuple[np.ndarray, np.ndarray]:
        """Return the ends between which so large a part of the shares lies by chance. totals: complaints of each."""
        reach = FUNNEL[part] * np.sqrt(self.dispersion * self.common * (1 - self.common) / totals)
        return np.clip(self.common - reach, 0, 1), np.clip(self.common + reach, 0, 1)


def between_people(rows: pd.DataFrame) -> BetweenPeople | None:
    """Return how much people differ; None where fewer than two have ten complaints, or fewer than 30 are known at all.

    rows: known and within_limit of each.
    Sources: beta-binomial by moments, J. C. Kleinman, J. Am. Stat. Assoc. 68 (1973) 46; limits of the funnel with the
    dispersion of winsorised z-scores, D. J. Spiegelhalter, Stat. Med. 24 (2005) 1185.
    """
    count, total = rows["within_limit"].to_numpy(float), rows["known"].to_numpy(float)
    is_enough = total >= TOO_FEW
    if is_enough.sum() < 2 or total[is_enough].sum() < FEW:
        return None
    own, of = count[is_enough], total[is_enough]
    common = own.sum() / of.sum()
    chance = common * (1 - common)
    if not chance:
        return BetweenPeople(len(own), common, 0.0, 0.0, False, 1.0, _shrunk(count, total, common, 0.0))
    squares = float((of * (own / of - common) ** 2).sum())
    by_chance = chance * (len(own) - 1)
    alike = (squares - by_chance) / (chance * (of.sum() - (of**2).sum() / of.sum() - (len(own) - 1)))
    alike = float(np.clip(alike, 0, 1))
    return BetweenPeople(
        people=len(own),
        common=common,
        above_chance=max(0.0, 1 - by_chance / squares) if squares else 0.0,
        spread=float(np.sqrt(alike * chance)),
        is_real=_p_value(own, of) <= 1 - SURE,
        dispersion=_dispersion((own / of - common) / np.sqrt(chance / of)),
        shrunk=_shrunk(count, total, common, alike),
    )


def _shrunk(count: np.ndarray, total: np.ndarray, common: float, alike: float) -> np.ndarray:
    """Return each share moved towards the common one. alike: how alike two complaints of one person are, 0 to 1."""
    weight = alike * total / (1 + alike * (total - 1))
    with np.errstate(invalid="ignore", divide="ignore"):
        own = np.where(total > 0, count / total, np.nan)
    return weight * own + (1 - weight) * common


def _p_value(count: np.ndarray, total: np.ndarray) -> float:
    """Return how often shares would differ as much by chance alone, given all counts: by drawing, always the same draws.

    The limit that books have for this (chi-squared) claims too much where few of a person's complaints are late.
    """
    drawn = np.random.default_rng(1).multivariate_hypergeometric(
        total.astype(np.int64), int(count.sum()), size=_DRAWS, method="marginals"
    )
    common = count.sum() / total.sum()
    squares, own = ((drawn / total - common) ** 2) @ total, ((count / total - common) ** 2) @ total
    return float((1 + (squares >= own * (1 - 1e-12)).sum()) / (1 + _DRAWS))


def _dispersion(z_scores: np.ndarray) -> float:
    """Return the mean square of the z-scores, those of the tenths at the ends drawn in; 1 where it may be chance."""
    low, high = np.quantile(z_scores, [_WINSORISED, 1 - _WINSORISED])
    found = float((np.clip(z_scores, low, high) ** 2).mean())
    return found if found > 1 + 2 * np.sqrt(2 / len(z_scores)) else 1.0
