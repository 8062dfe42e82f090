"""A real change, or noise? The share answered within the limit by period, with the limits within which chance moves it."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from retention_core.analyses.complaints.response_times import ResponseTimes
from retention_core.analyses.intervals import FEW

SIGMAS = 3
ENOUGH = 12  # periods, below which nobody can say how much the share moves by itself
_MOVING_RANGE = 1.128  # mean range of two values of a normal distribution with a deviation of one


@dataclass(frozen=True)
class ControlChart:
    """The answer.

    points: one row per period all of whose complaints are known: period, label, complaints, within_limit, rate, low and
    high (the limits, 0 to 1), is_outside (of periods with 30 complaints or more: whether the rate lies beyond them).
    centre: the share of all of them together. spread: how many times as much the periods scatter as chance alone makes them.
    """

    points: pd.DataFrame
    centre: float
    spread: float

    @property
    def is_enough(self) -> bool:
        """Whether there are enough periods to tell how much the share moves by itself."""
        return len(self.points) >= ENOUGH

    @property
    def judged(self) -> pd.DataFrame:
        """The points of periods with enough complaints to lie outside."""
        return self.points[self.points["complaints"] >= FEW]


def control_chart(times: ResponseTimes) -> ControlChart | None:
    """Return the control chart of the share within the limit; None where fewer than two periods are known.

    A p' chart: the limits lie three deviations of a share of so many complaints from the common share, as many times as
    wide as the periods scatter more (or less) than chance alone lets them, by the mean moving range of their deviations.
    Source: D. B. Laney, Quality Engineering 14 (2002) 531.
    """
    rows = times.settled
    rows = rows[rows["complaints"] > 0] if len(rows) else rows
    if len(rows) < 2:
        return None
    rate = rows["within_limit"] / rows["complaints"]
    centre = float(rows["within_limit"].sum() / rows["complaints"].sum())
    deviation = np.sqrt(centre * (1 - centre) / rows["complaints"])
    spread = float(((rate - centre) / deviation).diff().abs().mean() / _MOVING_RANGE) if 0 < centre < 1 else 1.0
    low, high = (centre + sign * SIGMAS * spread * deviation for sign in (-1, 1))
    points = rows[["period", "label", "complaints", "within_limit"]].assign(
        rate=rate,
        low=low.clip(lower=0.0),
        high=high.clip(upper=1.0),
        is_outside=((rate < low) | (rate > high)) & (rows["complaints"] >= FEW),
    )
    return ControlChart(points.reset_index(drop=True), centre, spread)
