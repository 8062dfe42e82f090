"""Every analysis that there is, each as one question that can be asked of an engine under any filters.

A test holds that none is forgotten: whatever is public in a module of analyses is asked here, or named as not asked.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from retention_core.analyses.complaints.backlog import backlog
from retention_core.analyses.complaints.complaints_behind import complaints_behind
from retention_core.analyses.complaints.hours_of_week import hours_of_week
from retention_core.analyses.complaints.open_now import open_now
from retention_core.analyses.complaints.response_times import ResponseQuestion, response_times
from retention_core.analyses.complaints.stretch_curves import stretch_waits
from retention_core.analyses.complaints.waits_by_segment import SegmentQuestion, waits_by_segment
from retention_core.analyses.customers.cohort_customers import cohort_customers, cohort_orders
from retention_core.analyses.customers.cohort_question import CohortQuestion
from retention_core.analyses.customers.cohort_retention import cohort_retention
from retention_core.analyses.customers.days_active import days_active
from retention_core.analyses.customers.lifecycle import lifecycle
from retention_core.analyses.customers.return_within import return_within
from retention_core.analyses.customers.returning_revenue import buyers, orders_per_customer, returning_revenue
from retention_core.analyses.customers.second_purchase import second_purchase
from retention_core.analyses.satisfaction.answer_scales import scales
from retention_core.analyses.satisfaction.customers_by_score import customers_in_room
from retention_core.analyses.satisfaction.satisfaction_return import ReturnQuestion, satisfaction_return
from retention_core.analyses.workspace import holds
from retention_core.engines.engine import Engine
from retention_core.filters import Filters
from retention_core.periods import Period

Ask = Callable[[Engine, Filters], Any]
MARCH_2025 = 2025 * 12 + 2


@dataclass(frozen=True)
class Asked:
    """One question of the benchmarks.

    ask: what is done. has_filter: whether filters make another question of it. most: how many times the floor it may
    take the first time at 20 million orders, 0 where nothing was promised.
    """

    ask: Ask
    has_filter: bool = True
    most: float = 0


def cohorts(**switches: Any) -> Ask:
    """Return the question for a cohort table with these switches."""
    return lambda engine, filters: cohort_retention(engine, CohortQuestion(filters=filters, **switches))


def _behind(engine: Engine, filters: Filters) -> Any:
    return cohort_customers(engine, CohortQuestion(filters=filters), MARCH_2025, 1)


def _orders_behind(engine: Engine, filters: Filters) -> Any:
    return cohort_orders(engine, CohortQuestion(filters=filters), MARCH_2025, 1)


def _waits(engine: Engine, filters: Filters) -> Any:
    return response_times(engine, ResponseQuestion(filters=filters))


def _complaints_behind(engine: Engine, filters: Filters) -> Any:
    return complaints_behind(engine, ResponseQuestion(filters=filters), only_open=True)


def _waits_by_reason(engine: Engine, filters: Filters) -> Any:
    return waits_by_segment(engine, SegmentQuestion(ResponseQuestion(filters=filters), "reason"))


def _hours(engine: Engine, filters: Filters) -> Any:
    return hours_of_week(engine, ResponseQuestion(filters=filters))


def _open_now(engine: Engine, filters: Filters) -> Any:
    return open_now(engine, ResponseQuestion(filters=filters))


def _backlog(engine: Engine, filters: Filters) -> Any:
    return backlog(engine, ResponseQuestion(filters=filters))


def _stretch_waits(engine: Engine, filters: Filters) -> Any:
    return stretch_waits(engine, ResponseQuestion(filters=filters), (date(2025, 3, 3), date(2025, 3, 30)))


def _alike(engine: Engine, filters: Filters) -> Any:
    return satisfaction_return(engine, ReturnQuestion(filters=filters)).alike


def _room(engine: Engine, filters: Filters) -> Any:
    answer = satisfaction_return(engine, ReturnQuestion(filters=filters))
    return customers_in_room(engine, answer, "came_back", is_satisfied=True)


def _holds(engine: Engine, _: Filters) -> Any:
    asked = (holds.counts, holds.linked, holds.days, holds.has_refunds)
    return [ask(engine) for ask in asked]


def _menus(engine: Engine, _: Filters) -> Any:
    return holds.segment_values(engine), holds.absent_segments(engine), scales(engine)


QUESTIONS: dict[str, Asked] = {
    "cohorts by month": Asked(cohorts(), most=1),
    "cohorts by quarter": Asked(cohorts(period=Period("quarter"))),
    "cohorts by year": Asked(cohorts(period=Period("year"))),
    "cohorts by week": Asked(cohorts(period=Period("week")), most=2),
    "cohorts by day": Asked(cohorts(period=Period("day")), most=2),
    "cohorts by Jalali month": Asked(cohorts(period=Period("month", "jalali"))),
    "in the month or later": Asked(cohorts(returned="in_or_after")),
    "by the end of the month": Asked(cohorts(returned="by")),
    "every month up to it": Asked(cohorts(returned="every_up_to")),
    "every purchase begins a cohort": Asked(cohorts(cohort_by="every_purchase"), most=3),
    "at least two purchases": Asked(cohorts(least_purchases=2)),
    "of the month before": Asked(cohorts(share="previous_period")),
    "brackets of months": Asked(cohorts(brackets=(1, 2, 3, 6))),
    "own windows of 30 days": Asked(cohorts(own_windows=True)),
    "a table for each channel": Asked(cohorts(segment="channel")),
    "revenue by cohort": Asked(cohorts(measure="revenue"), most=3),
    "lifetime value": Asked(cohorts(measure="lifetime_value"), most=3),
    "gross revenue retention": Asked(cohorts(measure="gross_revenue_retention"), most=3),
    "customers behind a cell": Asked(_behind),
    "orders behind a cell": Asked(_orders_behind),
    "back within 90 days": Asked(lambda engine, filters: return_within(engine, filters)),
    "time to second purchase": Asked(lambda engine, filters: second_purchase(engine, filters)),
    "lifecycle": Asked(lambda engine, filters: lifecycle(engine, filters, Period())),
    "new and returning revenue": Asked(lambda engine, filters: returning_revenue(engine, filters, Period())),
    "orders per customer": Asked(lambda engine, filters: orders_per_customer(engine, filters)),
    "how many bought": Asked(lambda engine, filters: buyers(engine, filters)),
    "days active": Asked(lambda engine, filters: days_active(engine, filters, Period(), MARCH_2025)),
    "response times by week": Asked(_waits, has_filter=False),
    "complaints still open": Asked(_complaints_behind, has_filter=False),
    "who crosses the limit": Asked(_open_now, has_filter=False),
    "backlog of complaints": Asked(_backlog, has_filter=False),
    "waits by reason": Asked(_waits_by_reason, has_filter=False),
    "complaints by hour of the week": Asked(_hours, has_filter=False),
    "waits of four weeks": Asked(_stretch_waits, has_filter=False),
    "back after an answer": Asked(lambda engine, filters: satisfaction_return(engine, ReturnQuestion(filters=filters))),
    "alike before their answer": Asked(_alike),
    "customers behind a score": Asked(_room),
    "what the workspace holds": Asked(_holds, has_filter=False),
    "menus of the filters": Asked(_menus, has_filter=False),
}
