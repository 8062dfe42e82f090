"""Which customers, and which orders, stand behind a cell of the cohort table?"""

import pandas as pd

from retention_core.analyses.complaints.complaints_behind import LIMIT
from retention_core.analyses.customers.active_periods import active_periods
from retention_core.analyses.customers.cohort_question import CohortQuestion
from retention_core.analyses.customers.cohort_retention import bracket_sql
from retention_core.analyses.statement import statement
from retention_core.engines.engine import Engine
from retention_core.observed import observed

ORDERS_LIMIT = 100_000
_SHOWN = {
    "sums": ("first_purchase_on, last_purchase_on, orders, customer_value", "customer_value DESC NULLS LAST"),
    "bought": ("ordered_at, order_id, amount", "ordered_at"),
}


def cohort_customers(
    engine: Engine, question: CohortQuestion, cohort: int, period_number: int, segment: str = ""
) -> pd.DataFrame:
    """Return the customers of a cohort who came back, at most 5,000, the most valuable first.

    cohort: number of the cohort's period. period_number: column of the table; 0 for all members. segment: of the cell,
    where the question has segments. Columns: customer (or account), first_purchase_on, last_purchase_on, orders,
    customer_value (all purchases that the filters let through).
    """
    return _behind(engine, question, cohort, period_number, segment, "sums", LIMIT)


def cohort_orders(
    engine: Engine, question: CohortQuestion, cohort: int, period_number: int, segment: str = ""
) -> pd.DataFrame:
    """Return all orders of these customers, the earliest first, at most 100,000: customer, ordered_at, order_id, amount."""
    return _behind(engine, question, cohort, period_number, segment, "bought", ORDERS_LIMIT)


def _behind(
    engine: Engine, question: CohortQuestion, cohort: int, number: int, segment: str, behind: str, limit: int
) -> pd.DataFrame:
    filters, seen = question.filters, observed(engine, question.filters)
    if seen is None:
        return pd.DataFrame()
    last = question.period.number(seen.as_of)
    active = active_periods(engine, question, seen.as_of)
    looked_at, values = filters.conditions("orders")
    since, until = question.bracket(number)
    column, bounds = bracket_sql(question, "(active.period - $cohort)")
    listed, sorted_by = _SHOWN[behind]
    is_account = question.unit == "account"
    sql = statement(
        "cohort_customers",
        active=active,
        belongs_by="period" if question.cohort_by == "every_purchase" else "first_period",
        is_member="starts > 0" if question.cohort_by == "every_purchase" else "1 = 1",
        of_segment=f"AND segment {'IS NULL' if segment == 'none' else '= $segment'}" if segment else "",
        column=column,
        unit="orders.account" if is_account else "orders.customer_key",
        looked_at=looked_at,
        called="behind.customer_key" if is_account else "customers.customer",
        names="" if is_account else "JOIN customers ON customers.customer_key = behind.customer_key",
        listed=listed,
        behind=behind,
        sorted_by=sorted_by,
    )
    counts_from_one = question.returned in ("by", "every_up_to") and number
    values |= bounds | {
        "cohort": int(cohort),
        "from_period": int(cohort + (1 if counts_from_one else since)),
        "to_period": int(
            max(last, cohort + until) if question.returned == "in_or_after" and number else cohort + until
        ),
        "least": question.least_purchases if number else 0,
        "needed": number if question.returned == "every_up_to" and number else 1,
        "segment": segment,
        "limit": limit,
    }
    return engine.query(sql, values)
