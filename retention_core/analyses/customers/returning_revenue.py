"""Who makes the revenue, new customers or returning ones, and how often do customers buy?"""

import pandas as pd

from retention_core.analyses.customers.active_periods import active_periods
from retention_core.analyses.customers.cohort_question import CohortQuestion
from retention_core.analyses.customers.shown_periods import shown_periods
from retention_core.analyses.steps import Filling, kept_rows, statement
from retention_core.engines.engine import Engine
from retention_core.filters import Filters
from retention_core.observed import observed
from retention_core.periods import Period

MOST = 10


def returning_revenue(engine: Engine, filters: Filters, period: Period) -> pd.DataFrame:
    """Return one row for every period from the first to the last that the filters' days lie in.

    Columns: period (number), label, state (complete or running), known_until (day), new_customers, returning_customers,
    new_revenue, returning_revenue (refunds lower both), returning_share (of revenue; NaN where refunds exceed the
    purchases of either, or nothing was spent). New: the period of the first purchase in the whole history.
    """
    seen = observed(engine, filters)
    if seen is None:
        return pd.DataFrame()
    active = active_periods(engine, CohortQuestion(period, measure="revenue", filters=filters), seen.as_of)
    counted = engine.query(*statement("returning_revenue", {"active": active})).astype("float64").fillna(0)
    rows = shown_periods(counted, period, seen)
    people = ["new_customers", "returning_customers"]
    rows[people] = rows[people].astype("int64")
    total = rows["new_revenue"] + rows["returning_revenue"]
    is_part = (rows["new_revenue"] >= 0) & (rows["returning_revenue"] >= 0) & (total > 0)
    return rows.assign(returning_share=rows["returning_revenue"] / total.where(is_part))


def orders_per_customer(engine: Engine, filters: Filters) -> pd.DataFrame:
    """Return one row per number of purchases, ten and more together: orders, customers, share (of all customers).

    The filters' first and last day choose customers by the day of their first purchase; all their purchases up to
    `as_of` count.
    """
    seen = observed(engine, filters)
    if seen is None:
        return pd.DataFrame(columns=["orders", "customers", "share"])
    orders: dict[str, Filling] = {"orders_looked_at": filters.conditions("orders")}
    holes = {"so_far": engine.keep(*statement("purchases_so_far", orders, {"most": MOST}))}
    counted = engine.query(*statement("orders_per_customer", holes, seen.values("first_day", "last_day")))
    rows = counted.astype("int64")
    return rows.assign(share=rows["customers"] / max(1, rows["customers"].sum()))


def buyers(engine: Engine, filters: Filters) -> int:
    """Return how many customers have bought anything that the filters let through, whenever that was."""
    counted = kept_rows(engine, *statement("buyers", {"orders_looked_at": filters.conditions("orders")}))
    return int(counted["customers"].iloc[0])
