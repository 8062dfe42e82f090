"""Every switch of the cohort page beside the floor: one pass over the orders, grouped by customer.

Run as `make bench` or `python -m benchmarks.cohort_switches --rows 20000000 --customers 1000000`. For each switch: the
first time after loading, when the table it needs is built, and again, when only the answer is worked out. What is printed
are seconds and ratios to the floor within this one run.
"""

import argparse
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial

from benchmarks.cohort_table import generate, timed
from retention_core.analyses.customers.cohort_question import CohortQuestion
from retention_core.analyses.customers.cohort_retention import cohort_retention
from retention_core.analyses.customers.returning_revenue import orders_per_customer, returning_revenue
from retention_core.analyses.customers.second_purchase import second_purchase
from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.filters import Filters
from retention_core.ingestion.loading.upload import upload
from retention_core.periods import Period

FLOOR = "SELECT customer_key, min(day) FROM stored_orders GROUP BY customer_key"
SWITCHES = {
    "month": CohortQuestion(),
    "quarter": CohortQuestion(Period("quarter")),
    "year": CohortQuestion(Period("year")),
    "fiscal year": CohortQuestion(Period("year", year_start=4)),
    "week": CohortQuestion(Period("week")),
    "day": CohortQuestion(Period("day")),
    "Jalali month": CohortQuestion(Period("month", "jalali")),
    "in it or later": CohortQuestion(returned="in_or_after"),
    "by its end": CohortQuestion(returned="by"),
    "every period up to it": CohortQuestion(returned="every_up_to"),
    "every purchase": CohortQuestion(cohort_by="every_purchase"),
    "at least two purchases": CohortQuestion(least_purchases=2),
    "of the column before": CohortQuestion(share="previous_period"),
    "brackets": CohortQuestion(brackets=(1, 2, 3, 6)),
    "own windows of 30 days": CohortQuestion(own_windows=True),
    "revenue": CohortQuestion(measure="revenue"),
    "lifetime value": CohortQuestion(measure="lifetime_value"),
    "gross revenue retention": CohortQuestion(measure="gross_revenue_retention"),
}


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--rows", type=int, default=20_000_000)
    arguments.add_argument("--customers", type=int, default=1_000_000)
    given = arguments.parse_args()
    engine = DuckDBEngine()
    upload(engine, generate(given.rows, given.customers), datetime(2026, 1, 1))
    floor, _ = timed(5, lambda: engine.query(f"SELECT count(*) FROM ({FLOOR})"))
    print(f"{given.rows:,} orders; the floor takes {floor:.2f} s")
    print(f"{'switch':<26} {'first':>7} {'of floor':>9} {'again':>7} {'of floor':>9}")
    work: dict[str, Callable[[], object]] = {
        name: partial(cohort_retention, engine, question) for name, question in SWITCHES.items()
    }
    work["time to second purchase"] = lambda: second_purchase(engine, Filters())
    work["new and returning"] = lambda: returning_revenue(engine, Filters(), Period())
    work["purchases per customer"] = lambda: orders_per_customer(engine, Filters())
    for name, ask in work.items():
        start = time.perf_counter()
        ask()
        first = time.perf_counter() - start
        again, _ = timed(3, ask)
        print(f"{name:<26} {first:>7.2f} {first / floor:>9.2f} {again:>7.2f} {again / floor:>9.2f}", flush=True)
    engine.close()


if __name__ == "__main__":
    main()
