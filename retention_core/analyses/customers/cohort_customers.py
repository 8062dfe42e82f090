"""Which customers, and which orders, stand behind a cell of the cohort table?"""

import pandas as pd

from retention_core.analyses.complaints.complaints_behind import LIMIT
from retention_core.analyses.customers.active_periods import UNITS, active_periods
from retention_core.analyses.customers.cohort_question import CohortQuestion
from retention_core.analyses.customers.cohort_retention import bracket
from retention_core.analyses.steps import Filling, statement
from retention_core.engines.engine import Engine
from retention_core.observed import observed

ORDERS_LIMIT = 100_000


def cohort_customers(
    engine: Engine,
    question: CohortQuestion,
    cohort: int,
    period_number: int,
    segment: str = "",
    *,
    is_back: bool = True,
) -> pd.DataFrame:
    """Return the customers of a cohort who came back, at most 5,000, the most valuable first.

    cohort: number of the cohort's period. period_number: column of the table; 0 for all members. segment: of the cell,
    where the question has segments. is_back: False for the members who did not come back. Columns: customer (or account),
    first_purchase_on, last_purchase_on, orders, customer_value (all purchases that the filters let through).
    """
    behind = "returned_to_cell" if is_back else "stayed_away_from_cell"
    return _behind(engine, question, cohort, period_number, segment, "cohort_customers", behind, LIMIT)


def cohort_orders(
    engine: Engine, question: CohortQuestion, cohort: int, period_number: int, segment: str = ""
) -> pd.DataFrame:
    """Return all orders of these customers, the earliest first, at most 100,000: customer, ordered_at, order_id, amount."""
    return _behind(engine, question, cohort, period_number, segment, "cohort_orders", "returned_to_cell", ORDERS_LIMIT)


def _behind(
    engine: Engine,
    question: CohortQuestion,
    cohort: int,
    number: int,
    segment: str,
    asked: str,
    behind: str,
    most: int,
) -> pd.DataFrame:
    seen = observed(engine, question.filters)
    if seen is None:
        return pd.DataFrame()
    of_segment: Filling = "1 = 1"
    if segment:
        of_segment = "segment IS NULL" if segment == "none" else ("segment = $segment", {"segment": segment})
    holes: dict[str, Filling] = {
        "active": active_periods(engine, question, seen.as_of),
        "of_segment": of_segment,
        "column": bracket(question),
        "unit": UNITS[question.unit],
        "orders_looked_at": question.filters.conditions("orders"),
    }
    steps = {
        "behind_cell": behind,
        "members": "members_by_every" if question.cohort_by == "every_purchase" else "members_by_first",
        "named": "named_accounts" if question.unit == "account" else "named_customers",
    }
    values = _cell(question, cohort, number, question.period.number(seen.as_of)) | {"most": most}
    return engine.query(*statement(asked, holes, values | {"refunds_are_visits": 1}, steps))


def _cell(question: CohortQuestion, cohort: int, number: int, last: int) -> dict[str, object]:
    """Return the values that tell which periods a cell holds, and what must have been bought in them."""
    since, until = question.bracket(number)
    counts_from_one = question.returned in ("by", "every_up_to") and number
    to_the_end = question.returned == "in_or_after" and number
    return {
        "cohort": int(cohort),
        "from_period": int(cohort + (1 if counts_from_one else since)),
        "to_period": int(max(last, cohort + until) if to_the_end else cohort + until),
        "least": question.least_purchases if number else 0,
        "needed": number if question.returned == "every_up_to" and number else 1,
    }
