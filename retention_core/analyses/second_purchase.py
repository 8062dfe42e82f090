"""How long does it take until a customer buys for the second time?"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from statsmodels.duration.survfunc import SurvfuncRight

from retention_core.analyses.cohort_retention import last_day
from retention_core.analyses.statement import statement
from retention_core.engines.engine import Engine
from retention_core.filters import Filters

MARKS = (30, 90, 180, 365)
NORMAL_95 = 1.959964  # of a normal variable, 95 % lie within so many standard deviations


@dataclass(frozen=True)
class SecondPurchase:
    """The answer.

    curve: one row per day on which anybody came back: days (since the first purchase), share_back, low, high (0 to 1),
    at_risk (customers followed for at least so long who had not come back before). customers: how many are followed.
    came_back: how many of them bought again on a later day.
    """

    curve: pd.DataFrame
    customers: int
    came_back: int

    @property
    def median_days(self) -> float:
        """The days after which half of all customers are back; NaN where it is fewer than half, as far as is known."""
        reached = self.curve[self.curve["share_back"] >= 0.5] if len(self.curve) else self.curve
        return float(reached["days"].iloc[0]) if len(reached) else float("nan")

    def back_after(self, days: int) -> tuple[float, float, float]:
        """Return the share back after so many days, with its interval; NaN beyond what anybody was followed."""
        known = self.curve[self.curve["days"] <= days] if len(self.curve) else self.curve
        if known.empty:
            return float("nan"), float("nan"), float("nan")
        last = known.iloc[-1]
        return float(last["share_back"]), float(last["low"]), float(last["high"])


def second_purchase(engine: Engine, filters: Filters) -> SecondPurchase:
    """Return the share of customers who have bought for the second time, by days since their first purchase.

    Customers who have not yet are followed up to the last day of the data and count for as long as they are (Kaplan
    and Meier, J. Am. Stat. Assoc. 53 (1958) 457; computed by statsmodels); the interval is Greenwood's on the log-log
    scale, which stays within 0 and 1.
    """
    as_of = filters.as_of or last_day(engine)
    empty = pd.DataFrame(columns=["days", "share_back", "low", "high", "at_risk"])
    if as_of is None:
        return SecondPurchase(empty, 0, 0)
    looked_at, values = filters.conditions("orders")
    values |= {
        "as_of_number": as_of.toordinal(),
        "first_number": (filters.first_day or date.min).toordinal(),
        "last_number": min(filters.last_day or as_of, as_of).toordinal(),
    }
    kept = engine.keep(statement("second_purchase", looked_at=looked_at), values)
    counted = engine.query(f"SELECT days, came_back, customers FROM {kept} ORDER BY days, came_back").astype("int64")
    total, back = int(counted["customers"].sum()), int(counted.loc[counted["came_back"] == 1, "customers"].sum())
    if not back:
        return SecondPurchase(empty, total, 0)
    return SecondPurchase(_curve(counted), total, back)


def _curve(counted: pd.DataFrame) -> pd.DataFrame:
    survival = SurvfuncRight(counted["days"], counted["came_back"], freq_weights=counted["customers"].to_numpy(float))
    still_away, events, at_risk = (
        np.asarray(each, float) for each in (survival.surv_prob, survival.n_events, survival.n_risk)
    )
    with np.errstate(divide="ignore", invalid="ignore"):  # statsmodels' own error is that of weights, not of counts
        error = np.sqrt(np.cumsum(events / (at_risk * (at_risk - events))))
        width = NORMAL_95 * error / np.abs(np.log(still_away))
        low, high = still_away ** np.exp(width), still_away ** np.exp(-width)
    unknown = ~np.isfinite(low) | (still_away <= 0) | (still_away >= 1)
    return pd.DataFrame(
        {
            "days": np.asarray(survival.surv_times, int),
            "share_back": 1 - still_away,
            "low": 1 - np.where(unknown, still_away, high),
            "high": 1 - np.where(unknown, still_away, low),
            "at_risk": at_risk.astype(int),
        }
    )
