"""On how many different days do the customers of a period buy?"""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from retention_core.analyses.intervals import Share, wilson
from retention_core.analyses.steps import statement
from retention_core.engines.engine import Engine
from retention_core.filters import Filters
from retention_core.observed import observed
from retention_core.periods import Period

MOST_DAYS = 10


@dataclass(frozen=True)
class DaysActive:
    """The answer for one period.

    rows: one row per number of days with a purchase, from 1 to the most, ten and more together: days, customers, share
    (of all who bought in the period), low, high. label: name of the period. known_until: its last day, or that of the
    data where it is still running.
    """

    rows: pd.DataFrame
    label: str
    known_until: date
    is_complete: bool

    @property
    def on_several(self) -> Share:
        """The share of customers who bought on more than one day."""
        customers = self.rows.set_index("days")["customers"]
        return Share(int(customers[customers.index > 1].sum()), int(customers.sum()))


def days_active(engine: Engine, filters: Filters, period: Period, number: int) -> DaysActive | None:
    """Return how many customers bought on 1, 2, 3 … different days of the period with this number.

    The filters' first and last day are of no matter: the period is chosen. None where there are no orders at all.
    """
    seen = observed(engine, filters)
    if seen is None:
        return None
    ends_on = min(period.ends_on(number), seen.as_of)
    values = {"most": MOST_DAYS, "starts_on": period.starts_on(number), "ends_on": ends_on}
    holes = {"orders_looked_at": filters.conditions("orders")}
    counted = engine.query(*statement("days_active", holes, values)).astype("int64")
    rows = counted.set_index("days").reindex(range(1, int(counted["days"].max()) + 1) if len(counted) else [])
    rows = rows.fillna(0).astype("int64").rename_axis("days").reset_index()
    total = int(rows["customers"].sum())
    low, high = wilson(rows["customers"], [total] * len(rows))
    rows = rows.assign(share=rows["customers"] / max(1, total), low=low, high=high)
    return DaysActive(rows, period.label(number), ends_on, period.is_complete(number, seen.as_of))
