"""Of those who came for the first time, how many came again within so many days?"""

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from retention_core.analyses.cohort_retention import last_day
from retention_core.analyses.intervals import Share, wilson
from retention_core.analyses.statement import statement
from retention_core.engines.engine import Engine
from retention_core.filters import Filters
from retention_core.periods import Period


@dataclass(frozen=True)
class ReturnWithin:
    """The answer.

    cohorts: one row per period of first purchase: cohort, label, starts_on, customers, known (their days have
    passed), came_back (of the known), repeat_customers (more than one
    purchase, whenever), return_rate, low, high (0 to 1), state (`complete` when all are
    known, else `running`).
    """

    days: int
    cohorts: pd.DataFrame
    as_of: date | None

    def share(self, cohorts: pd.DataFrame | None = None) -> Share:
        """Return the share back within the days, over these cohorts or all."""
        rows = self.cohorts if cohorts is None else cohorts
        return Share(int(rows["came_back"].sum()), int(rows["known"].sum())) if len(rows) else Share(0, 0)

    @property
    def repeat_purchase(self) -> Share:
        """The share of all customers who have bought more than once at all."""
        if self.cohorts.empty:
            return Share(0, 0)
        return Share(int(self.cohorts["repeat_customers"].sum()), int(self.cohorts["customers"].sum()))


def return_within(engine: Engine, filters: Filters, days: int = 90, period: Period | None = None) -> ReturnWithin:
    """Return, by period of first purchase, how many bought again on a later day, at most `days` days after the first.

    The horizon is the same for everyone: a customer counts only once his days have passed by `as_of`.
    """
    period = period or Period()
    as_of = filters.as_of or last_day(engine)
    if as_of is None:
        return ReturnWithin(days, pd.DataFrame(), None)
    looked_at, values = filters.conditions("orders")
    sql = statement("return_within", period=period.sql, looked_at=looked_at)
    values |= {
        "days": days,
        "as_of_number": as_of.toordinal(),
        "first_period": period.number(filters.first_day) if filters.first_day else 0,
        "last_period": period.number(min(filters.last_day or as_of, as_of)),
    }
    rows = engine.query(f"SELECT * FROM {engine.keep(sql, values)} ORDER BY cohort")
    if rows.empty:
        return ReturnWithin(days, rows, as_of)
    counts = ["customers", "known", "came_back", "repeat_customers"]
    rows[counts] = rows[counts].astype("int64")
    low, high = wilson(rows["came_back"], rows["known"])
    ends_on = rows["cohort"].map(lambda number: period.ends_on(int(number)))
    rows.insert(1, "label", rows["cohort"].map(lambda number: period.label(int(number))))
    rows.insert(2, "starts_on", rows["cohort"].map(lambda number: period.starts_on(int(number))))
    rows["return_rate"] = rows["came_back"] / rows["known"].where(rows["known"] > 0)
    rows["low"], rows["high"] = low, high
    rows["state"] = ["complete" if day + timedelta(days=days) <= as_of else "running" for day in ends_on]
    return ReturnWithin(days, rows, as_of)
