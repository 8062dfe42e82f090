"""Which customers, and which orders, stand behind a cell of the cohort table?"""

import pandas as pd

from retention_core.analyses.complaints.complaints_behind import LIMIT
from retention_core.analyses.customers.active_periods import active_periods
from retention_core.analyses.customers.bought_bitmaps import Bitmaps, Parts, bitmaps
from retention_core.analyses.customers.cohort_question import UNITS, CohortQuestion
from retention_core.analyses.customers.cohort_retention import bracket
from retention_core.analyses.steps import Filling, statement
from retention_core.engines.engine import Engine
from retention_core.observed import Observed, observed

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
    values = _cell(question, cohort, number, question.period.number(seen.as_of))
    bits = bitmaps(engine, question)
    of_segment: Filling = "1 = 1"
    if segment:
        of_segment = "segment IS NULL" if segment == "none" else ("segment = $segment", {"segment": segment})
    told = _by_bits(question, bits, values) if bits else _by_rows(engine, question, seen, values)
    holes, bound, steps = told
    holes |= {"of_segment": of_segment, "unit": UNITS[question.unit]}
    holes["orders_looked_at"] = question.filters.conditions("orders")
    if behind == "returned_to_cell":
        behind = steps.pop(behind, behind)
    steps["behind_cell"] = behind
    steps["named"] = "named_accounts" if question.unit == "account" else "named_customers"
    return engine.query(*statement(asked, holes, bound | {"most": most, "refunds_are_visits": 1}, steps))


def _by_rows(engine: Engine, question: CohortQuestion, seen: Observed, cell: dict[str, int]) -> Parts:
    """Return what the steps need that read customers by period."""
    holes: dict[str, Filling] = {"active": active_periods(engine, question, seen.as_of), "column": bracket(question)}
    members = "members_by_every" if question.cohort_by == "every_purchase" else "members_by_first"
    return holes, dict(cell), {"members": members}


def _by_bits(question: CohortQuestion, kept: Bitmaps, cell: dict[str, int]) -> Parts:
    """Return what the steps need that read a bit for each period."""
    by_every = question.cohort_by == "every_purchase"
    holes: dict[str, Filling] = {
        "bitmaps": kept.table,
        "is_member": kept.is_bought("cohort") if by_every else "first_period = cohort",
        "bought_within": _columns_within(question, kept, cell),
    }
    steps = {"members": "members_by_bits", "returned_to_cell": "returned_by_bits"}
    return holes, {"cohort": cell["cohort"], "needed": cell["needed"]}, steps


def _columns_within(question: CohortQuestion, kept: Bitmaps, cell: dict[str, int]) -> str:
    """Return the SQL of the number of columns of the cell, single periods or brackets, in which the customer bought."""
    cohort, since, until = cell["cohort"], cell["from_period"], cell["to_period"]
    if not question.brackets:
        return kept.bought_within(since, until)
    brackets = (question.bracket(number) for number in range(len(question.brackets) + 1))
    within = [(cohort + first, cohort + last) for first, last in brackets if since <= cohort + first <= until]
    return " + ".join(["0", *(f"least({kept.bought_within(*bracket)}, 1)" for bracket in within)])


def _cell(question: CohortQuestion, cohort: int, number: int, last: int) -> dict[str, int]:
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
