"""Which customers stand behind a cell of the cohort table?"""

import pandas as pd

from retention_core.analyses.cohort_retention import CohortQuestion, active_periods, last_day
from retention_core.analyses.statement import statement
from retention_core.engines.engine import Engine


def cohort_customers(engine: Engine, question: CohortQuestion, cohort: int, period_number: int) -> pd.DataFrame:
    """Return the customers of a cohort who came back in a period, at most 5,000, the most valuable first.

    cohort: number of the cohort's period. period_number: periods since; 0 for all members. Columns: customer,
    first_purchase_on, last_purchase_on, orders, customer_value (all purchases that the filters let through).
    """
    filters, period = question.filters, question.period
    looked_at, values = filters.conditions("orders")
    sql = statement(
        "cohort_customers",
        active_periods=active_periods(engine, filters, period),
        belongs_by={"first_purchase": "first_period", "every_purchase": "period"}[question.cohort_by],
        looked_at=looked_at,
    )
    as_of = filters.last_day or filters.as_of or last_day(engine)
    reached = int(cohort + period_number)
    last = period.number(as_of) if question.returned == "in_or_after" and period_number and as_of else reached
    return engine.query(sql, values | {"cohort": int(cohort), "from_period": reached, "to_period": max(last, reached)})
