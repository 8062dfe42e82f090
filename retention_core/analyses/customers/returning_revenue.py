"""Who makes the revenue, new customers or returning ones, and how often do customers buy?"""

import pandas as pd

from retention_core.analyses.customers.active_periods import active_periods
from retention_core.analyses.customers.bought_bitmaps import (
    Bitmaps,
    bitmaps,
)
from retention_core.analyses.customers.cells_by_bits import customers_in_cells, revenue_in_cells
from retention_core.analyses.customers.cohort_question import CohortQuestion
from retention_core.analyses.customers.shown_periods import shown_periods
from retention_core.analyses.steps import Filling, kept_rows, statement
from retention_core.engines.engine import Engine
from retention_core.filters import Filters
from retention_core.observed import Observed, observed
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
    question = CohortQuestion(period, measure="revenue", filters=filters)
    bits = bitmaps(engine, question)
    counted = _by_bits(engine, question, bits) if bits else _by_rows(engine, question, seen)
    rows = shown_periods(counted.astype("float64").fillna(0), period, seen)
    people = ["new_customers", "returning_customers"]
    rows[people] = rows[people].astype("int64")
    total = rows["new_revenue"] + rows["returning_revenue"]
    is_part = (rows["new_revenue"] >= 0) & (rows["returning_revenue"] >= 0) & (total > 0)
    return rows.assign(returning_share=rows["returning_revenue"] / total.where(is_part))


def _by_rows(engine: Engine, question: CohortQuestion, seen: Observed) -> pd.DataFrame:
    return engine.query(*statement("returning_revenue", {"active": active_periods(engine, question, seen.as_of)}))


def _by_bits(engine: Engine, question: CohortQuestion, kept: Bitmaps) -> pd.DataFrame:
    """Return what the step `returning_revenue` returns, from the cells of all cohorts."""
    days = {"first_cohort": kept.first, "last_cohort": kept.last, "last_period": kept.last}
    people = customers_in_cells(engine, question, kept, (kept.first, kept.last), kept.last)
    money = revenue_in_cells(engine, question, kept, days)
    cells = money.merge(people, how="outer", on=["cohort", "period_number"]).fillna({"customers": 0, "revenue": 0})
    is_new = cells["period_number"] == 0
    placed = pd.DataFrame(
        {
            "period": cells["cohort"] + cells["period_number"],
            "new_customers": cells["customers"].where(is_new, 0),
            "returning_customers": cells["customers"].where(~is_new, 0),
            "new_revenue": cells["revenue"].astype("float64").where(is_new, 0),
            "returning_revenue": cells["revenue"].astype("float64").where(~is_new, 0),
        }
    )
    return placed.groupby("period", as_index=False).sum()


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
