"""How long does it take until a customer buys again: for the second time, or from any purchase to the next?"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from retention_core.analyses.intervals import FEW, TOO_FEW, wilson
from retention_core.analyses.steps import Filling, statement
from retention_core.engines.engine import Engine
from retention_core.filters import Filters
from retention_core.observed import observed

MARKS = (30, 90, 180, 365)
STEPS = (1, 2, 3, 4)


@dataclass(frozen=True)
class SecondPurchase:
    """The answer.

    curve: one row per day since the purchase that is followed, from 0 to the last on which enough customers are: days,
    share_back, low and high (0 to 1; NaN where fewer than 30 are followed), at_risk (customers followed for so long who
    had not come back before), followed (all who are followed for so long, come back or not). customers: how many made
    the purchase. came_back: how many of them bought again on a later day. step: 1 from the first purchase to the
    second, 2 from the second to the third, and so on.
    """

    curve: pd.DataFrame
    customers: int
    came_back: int
    step: int = 1

    @property
    def median_days(self) -> float:
        """The days after which half of all customers are back; NaN where it is fewer than half, as far as is known."""
        reached = self.curve[self.curve["share_back"] >= 0.5]
        return float(reached["days"].iloc[0]) if len(reached) else float("nan")

    @property
    def longest_known_mark(self) -> int:
        """The longest of 30, 90, 180 and 365 days after which a share is known; 0 where it is none."""
        return max((days for days in MARKS if self.followed_for(days)), default=0)

    def back_after(self, days: int) -> tuple[float, float, float]:
        """Return the share back after so many days, with its interval.

        All are NaN where fewer than 10 customers are followed for so long, the interval where fewer than 30 are.
        """
        if not 0 <= days < len(self.curve):
            return float("nan"), float("nan"), float("nan")
        row = self.curve.iloc[days]
        return float(row["share_back"]), float(row["low"]), float(row["high"])

    def followed_for(self, days: int) -> int:
        """Return how many customers are followed for so many days; 0 where they are too few for a share."""
        return int(self.curve["followed"].iloc[days]) if 0 <= days < len(self.curve) else 0


def second_purchase(engine: Engine, filters: Filters, step: int = 1) -> SecondPurchase:
    """Return the share of customers who have bought again, by days since their first (or second, third …) purchase.

    The filters' first and last day choose customers by the day of their first purchase. Those who have not come back
    count for as long as they are followed (Kaplan and Meier, J. Am. Stat. Assoc. 53 (1958) 457).
    """
    seen = observed(engine, filters)
    if seen is None:
        return SecondPurchase(_no_curve(), 0, 0, step)
    holes: dict[str, Filling] = {"days": _days(engine, filters, step)}
    values = seen.values("first_number", "last_number", "as_of_number")
    waits = engine.query(*statement("waits_for_next", holes, values)).astype("int64")
    if waits.empty:
        return SecondPurchase(_no_curve(), 0, 0, step)
    followed = engine.query(*statement("followed_for", holes, values)).astype("int64")
    return SecondPurchase(
        follow_up_curve(waits, followed), int(waits["customers"].sum()), int(waits["came_back"].sum()), step
    )


def _days(engine: Engine, filters: Filters, step: int) -> str:
    """Return the name of the kept table of the customers who bought on so many different days, as the step `next_days` says."""
    orders: dict[str, Filling] = {"orders_looked_at": filters.conditions("orders")}
    days = engine.keep(*statement("first_days", orders))
    for _ in range(step):
        days = engine.keep(*statement("next_days", orders | {"days": days}))
    return days


def follow_up_curve(waits: pd.DataFrame, followed: pd.DataFrame) -> pd.DataFrame:
    """Return the curve of a `SecondPurchase`, as far as 10 customers are followed.

    waits: one row per number of days until customers came back, or as far as they are followed without: days,
    came_back, customers. followed: one row per number of days from the purchase to the last day of the data: days,
    customers. The interval is Wilson's with the effective number of customers (S. J. Cutler and F. Ederer, J. Chron.
    Dis. 8 (1958) 699; F. J. Dorey and E. L. Korn, Statist. Med. 6 (1987) 679); benchmarks/curve_coverage.py tries it.
    """
    length = int(followed["days"].max()) + 1
    back = np.bincount(waits["days"], waits["came_back"], length)
    at_risk = _so_long(waits, length)
    for_so_long = _so_long(followed, length)
    away = np.cumprod(1 - back / np.maximum(at_risk, 1))
    low, high = _interval(away, back, at_risk, for_so_long)
    curve = pd.DataFrame({"days": np.arange(length), "share_back": 1 - away, "low": low, "high": high})
    curve = curve.assign(at_risk=at_risk.astype(int), followed=for_so_long.astype(int))
    return curve[curve["followed"] >= TOO_FEW]


def _so_long(counted: pd.DataFrame, length: int) -> np.ndarray:
    """Return how many customers have at least so many days, for 0 to length - 1."""
    return np.bincount(counted["days"], counted["customers"], length)[::-1].cumsum()[::-1]


def _interval(
    away: np.ndarray, back: np.ndarray, at_risk: np.ndarray, followed: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the ends of the interval of each share back; NaN where fewer than 30 customers are followed.

    The effective number is that of customers, all followed to the end, whose share would vary as much as the curve
    does (Greenwood). As long as nobody, or once everybody, is back it is what is known of: those followed, or the last.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = away**2 * np.cumsum(back / (at_risk * (at_risk - back)))
        effective = pd.Series(away * (1 - away) / variance).where((away > 0) & (away < 1)).ffill()
    number = effective.fillna(pd.Series(followed)).where(followed >= FEW)
    return wilson((1 - away) * number, number)


def _no_curve() -> pd.DataFrame:
    return pd.DataFrame(columns=["days", "share_back", "low", "high", "at_risk", "followed"])
