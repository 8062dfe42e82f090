"""Who makes the revenue, new customers or returning ones, and how often do customers buy?"""

from dataclasses import replace

import pandas as pd

from retention_core.analyses.active_periods import active_periods
from retention_core.analyses.cohort_question import CohortQuestion
from retention_core.analyses.cohort_retention import last_day
from retention_core.analyses.statement import statement
from retention_core.engines.engine import Engine
from retention_core.filters import Filters
from retention_core.periods import Period

MOST = 10


def returning_revenue(engine: Engine, filters: Filters, period: Period) -> pd.DataFrame:
    """Return one row per period with a purchase or refund of a customer whose first purchase is known.

    Columns: period (number), label, state (complete or running), new_customers, returning_customers, new_revenue,
    returning_revenue (refunds lower both), returning_share (of revenue; NaN where there is none). New: the period of the
    first purchase in the whole history.
    """
    as_of = filters.as_of or last_day(engine)
    if as_of is None:
        return pd.DataFrame()
    last = period.number(min(filters.last_day, as_of) if filters.last_day else as_of)
    active = active_periods(engine, CohortQuestion(period, measure="revenue", filters=filters), as_of)
    first = period.number(filters.first_day) if filters.first_day else -1_000_000
    rows = engine.query(statement("returning_revenue", active=active), {"first_period": first, "last_period": last})
    money = ["new_revenue", "returning_revenue"]
    rows[money] = rows[money].astype("float64").fillna(0)
    total = rows["new_revenue"] + rows["returning_revenue"]
    return rows.assign(
        label=[period.label(int(number)) for number in rows["period"]],
        state=["complete" if period.is_complete(int(number), as_of) else "running" for number in rows["period"]],
        returning_share=rows["returning_revenue"] / total.where(total > 0),
    )


def orders_per_customer(engine: Engine, filters: Filters, period: Period) -> pd.DataFrame:
    """Return one row per number of purchases, ten and more together: orders, customers, share (of all customers).

    Only customers whose first purchase lies within the days looked at; all their purchases up to `as_of` count.
    """
    as_of = filters.as_of or last_day(engine)
    if as_of is None:
        return pd.DataFrame(columns=["orders", "customers", "share"])
    everything = replace(filters, first_day=None, last_day=None)
    active = active_periods(engine, CohortQuestion(period, filters=everything), as_of)
    values = {
        "most": MOST,
        "first_period": period.number(filters.first_day) if filters.first_day else -1_000_000,
        "last_period": period.number(min(filters.last_day or as_of, as_of)),
    }
    belongs = "first_period BETWEEN $first_period AND $last_period"
    rows = engine.query(statement("orders_per_customer", active=active, belongs=belongs), values).astype("int64")
    return rows.assign(share=rows["customers"] / max(1, rows["customers"].sum()))


def buyers(engine: Engine, filters: Filters) -> int:
    """Return how many customers have bought anything that the filters let through, whenever that was."""
    looked_at, values = filters.conditions("orders")
    kept = engine.keep(f"SELECT count(DISTINCT customer_key) AS customers FROM orders WHERE {looked_at}", values)
    return int(engine.query(f"SELECT customers FROM {kept}").iloc[0, 0])
