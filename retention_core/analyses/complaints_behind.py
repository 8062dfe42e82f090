"""Which complaints stand behind a figure?"""

from datetime import date

import pandas as pd

from retention_core.analyses.response_times import ANSWERED_SECOND, ResponseQuestion, known_until, last_known_day
from retention_core.analyses.statement import statement
from retention_core.engines.engine import Engine

LIMIT = 5000


def complaints_behind(
    engine: Engine, question: ResponseQuestion, *, period_number: int | None = None, only_open: bool = False
) -> pd.DataFrame:
    """Return one row per complaint, at most 5,000, open ones first and the longest wait first.

    Columns: complaint_id, customer, opened_at, first_response_at, resolved_at, is_open, wait_seconds (negative: a
    data error), customer_value (what the customer has spent by then), reason, team, employee.
    period_number: only those opened in that period.
    """
    filters, period = question.filters, question.period
    as_of = filters.as_of or last_known_day(engine)
    if as_of is None:
        return pd.DataFrame()
    looked_at, values = filters.conditions("complaints")
    sql = statement("complaints_behind", answered_second=ANSWERED_SECOND[question.awaited], looked_at=looked_at)
    first, last = filters.first_day or date.min, min(filters.last_day or as_of, as_of)
    if period_number is not None:
        first, last = max(first, period.starts_on(period_number)), min(last, period.ends_on(period_number))
    values |= {
        "known_until": known_until(as_of),
        "as_of_day": as_of,
        "first_day": first,
        "last_day": last,
        "only_open": int(only_open),
    }
    return engine.query(sql, values)
