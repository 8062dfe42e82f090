"""The kept table that most questions about cohorts need: customers by period."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from retention_core.analyses.customers.bought_bitmaps import DAY_SECONDS, Parts
from retention_core.analyses.customers.cohort_question import UNITS, WINDOW_DAYS, CohortQuestion
from retention_core.analyses.steps import Filling, statement
from retention_core.engines.engine import Engine
from retention_core.filters import Filters

# what begins a cohort, where it is no purchase -> the step that tells it, and its table
_STARTS = {
    "joined": ("starts_by_joining", ""),
    "first_complaint": ("starts_by_complaint", "complaints"),
    "first_answer": ("starts_by_answer", "satisfaction"),
}


def active_periods(engine: Engine, question: CohortQuestion, last_on: date) -> str:
    """Return the name of the kept table of customers x periods (or own windows) with what they bought.

    Columns: customer_key, period, first_period (that in which they came in), orders (purchases that count as coming
    back, without refunds unless these count), starts (1 where something in it may begin a cohort), revenue where money
    is asked for (refunds lower it in their own period), segment where one is. last_on: what happens after it begins no
    cohort.
    """
    if question.own_windows:
        return engine.keep(*_in_windows(question))
    if _is_told_by_months(question):
        month = replace(question, period=replace(question.period, unit="month", year_start=1))
        return engine.keep(*_in_longer_periods(question, active_periods(engine, month, last_on)))
    return engine.keep(*_in_periods(question, last_on))


def _in_periods(question: CohortQuestion, last_on: date) -> tuple[str, dict[str, object]]:
    holes, values, steps = _counted(question, last_on)
    is_plain = values["refunds_are_visits"] and not (question.begins_otherwise or question.starts or question.returns)
    firsts_holes, firsts_values, firsts_steps = _firsts(question)
    steps |= firsts_steps | {"active": "active_in_all" if is_plain else "active_where_marked"}
    holes |= firsts_holes | _kept(question, "active") | {"segment": _of_each(question)}
    return statement("active_periods", holes, values | firsts_values, steps)


def _in_longer_periods(question: CohortQuestion, months: str) -> tuple[str, dict[str, object]]:
    holes: dict[str, Filling] = {
        "months": months,
        "longer_period": question.period.of_month("period"),
        "month_revenue": "revenue" if question.needs_money else "0",
        "segment": "",
    }
    firsts_holes, values, steps = _firsts(question)
    holes |= firsts_holes | _kept(question, "active")
    return statement("active_periods", holes, values, steps | {"active": "active_in_months"})


def _in_windows(question: CohortQuestion) -> tuple[str, dict[str, object]]:
    holes, values, steps = _counted(question, date.max)
    firsts_holes, firsts_values, firsts_steps = _firsts(question)
    kept = _kept(question, "counted")
    holes |= firsts_holes | {"segment": _of_each(question), "same_segment": kept["same_segment"]}
    holes["windows_segment"] = _segment_of(question, "counted")
    segment = ", segment" if question.segment else ""
    holes |= {"kept_segment": segment, "also": f", revenue{segment}" if question.needs_money else segment}
    values |= firsts_values | {"window_seconds": WINDOW_DAYS[question.period.unit] * DAY_SECONDS}
    return statement("active_windows", holes, values, steps | firsts_steps)


def _counted(question: CohortQuestion, last_on: date) -> Parts:
    """Return what the steps need that read orders, and what else brings customers in.

    Refunds are read where money is asked for, since they lower it, but are visits only if the filters say so.
    """
    filters = replace(question.filters, count_refunds=True) if question.needs_money else question.filters
    holes: dict[str, Filling] = {
        "unit": UNITS[question.unit],
        "orders_looked_at": filters.conditions("orders"),
        "period": question.period.sql,
        "may_start": "1 = 0" if question.begins_otherwise else _matching(question.starts, "start"),
        "may_return": _matching(question.returns, "return"),
        "segment_column": f"orders.{question.segment}" if question.segment else "NULL",
    }
    values: dict[str, object] = {"refunds_are_visits": int(question.filters.count_refunds or not question.needs_money)}
    if not question.begins_otherwise:
        return holes, values, {"counted": "bought"}
    step, table = _STARTS[question.cohort_by]
    if table:
        holes["events_looked_at"] = question.filters.conditions(table)
    return holes, values | {"last_on": last_on}, {"counted": "bought_or_begun", "starts": step}


def _matching(values_of: Mapping[str, tuple[str, ...]], name: str) -> Filling:
    """Return the condition for orders with these values of segments. name: tells what it binds from what others bind."""
    condition, bound = Filters(segments=values_of, count_refunds=True).conditions("orders")
    for place in sorted(bound, key=len, reverse=True):
        condition = condition.replace(f"${place}", f"${name}_{place}")
    return condition, {f"{name}_{place}": value for place, value in bound.items()}


def _firsts(question: CohortQuestion) -> Parts:
    """Return what the step needs that tells with what each customer came in."""
    is_matching = question.cohort_by == "first_matching_purchase"
    first_of = "is_start" if is_matching else "is_visit"
    if _decides_alone(question):
        holes: dict[str, Filling] = {
            "first_of": first_of,
            "moment": "ordered_second" if question.own_windows else "ordered_at",
        }
        least = int(question.cohort_by == "first_purchase" and bool(question.starts))
        return holes, {"least_start": least}, {"firsts": "firsts_by_purchase"}
    if question.own_windows:
        return {"first_of": first_of}, {}, {"firsts": "firsts_by_moment"}
    begins = "starts" if is_matching or question.returns or question.begins_otherwise else "orders"
    return {"begins": begins}, {}, {"firsts": "firsts_by_period"}


def _decides_alone(question: CohortQuestion) -> bool:
    """Tell whether a customer's very first purchase alone decides about the cohort, or the segment."""
    of_first = bool(question.segment) and question.segment_of == "first_purchase"
    return of_first or (question.cohort_by == "first_purchase" and bool(question.starts))


def _is_told_by_months(question: CohortQuestion) -> bool:
    return question.period.months > 1 and not _decides_alone(question) and not question.segment


def _kept(question: CohortQuestion, rows: str) -> dict[str, str]:
    """Return what the last step needs: the columns kept besides, and how `rows` meet the firsts."""
    same = f"firsts.segment IS NOT DISTINCT FROM {rows}.segment" if _of_each(question) else "1 = 1"
    revenue = f", {rows}.revenue" if question.needs_money else ""
    return {"also": revenue + _segment_of(question, rows), "same_segment": same}


def _segment_of(question: CohortQuestion, rows: str) -> str:
    if not question.segment:
        return ""
    return f", {rows}.segment" if _of_each(question) else ", firsts.segment"


def _of_each(question: CohortQuestion) -> str:
    """Return the column by which each customer is counted apart: the segment of each purchase, where it is asked for."""
    return ", segment" if question.segment and question.segment_of == "each_purchase" else ""
