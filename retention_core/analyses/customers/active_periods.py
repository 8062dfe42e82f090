"""The kept table that most questions about cohorts need: customers by period."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from retention_core.analyses.customers.cohort_question import WINDOW_DAYS, CohortQuestion
from retention_core.analyses.statement import statement
from retention_core.engines.engine import Engine
from retention_core.filters import Filters

DAY_SECONDS = 86_400
# what begins a cohort, where it is no purchase -> table and moment
_OTHER_STARTS = {
    "joined": ("customers", "joined_at"),
    "first_complaint": ("complaints", "opened_at"),
    "first_answer": ("satisfaction", "answered_at"),
}
_WINDOW = "CAST(floor((bought.ordered_second - firsts.first_second) / $window_seconds) AS INTEGER)"


def active_periods(engine: Engine, question: CohortQuestion, last_on: date) -> str:
    """Return the name of the kept table of customers x periods (or own windows) with what they bought.

    Columns: customer_key, period, first_period (NULL where nothing may begin a cohort), orders (purchases that count as
    coming back, without refunds unless these count), starts (1 where something in it may begin a cohort), revenue where
    money is asked for (refunds lower it in their own period), segment where one is. last_on: what happened after it is
    left out of windows, and begins no cohort.
    """
    looked_at, is_visit, values = _looked_at(question)
    values |= {"last_on": last_on}
    places = {
        "unit": {"customer": "orders.customer_key", "account": "orders.account"}[question.unit],
        "period": question.period.sql,
        "looked_at": looked_at + {"customer": "", "account": " AND orders.account IS NOT NULL"}[question.unit],
        "is_visit": is_visit,
        "is_start": "0" if question.begins_otherwise else _matches(question.starts, "start", values),
        "is_return": _matches(question.returns, "return", values),
        "other_starts": _other_starts(question, values),
    }
    if question.own_windows:
        days = WINDOW_DAYS[question.period.unit]
        places["window"] = _WINDOW
        values |= {"window_seconds": days * DAY_SECONDS}
        return engine.keep(
            statement("active_windows", **places, **_parts(question), **_counts(question, is_visit)), values
        )
    parts = _parts(question) | _counts(question, is_visit)
    if question.period.months > 1 and parts["firsts"] == "firsts_by_period" and not question.segment:
        month = replace(question, period=replace(question.period, unit="month", year_start=1))
        kept = active_periods(engine, month, last_on)
        revenue = ", revenue AS amount" if question.needs_money else ""
        parts |= {
            "source": f"(SELECT customer_key, {question.period.of_month('period')} AS period, orders, starts{revenue} "
            f"FROM {kept}) AS months",
            "orders": "CAST(sum(orders) AS INTEGER)",
            "starts": "max(starts)",
        }
    return engine.keep(statement("active_periods", **places, **parts), values)


def _counts(question: CohortQuestion, is_visit: str) -> dict[str, str]:
    """Return how purchases are counted: the plainest way that the question allows, since it costs most of the time."""
    if question.begins_otherwise:
        return {"orders": "CAST(sum(is_visit * is_return) AS INTEGER)", "starts": "max(is_start)", "source": "bought"}
    every = is_visit == "1" and not question.returns
    orders = "count(*)" if every else "sum(is_visit * is_return)"
    starts = "CAST(1 AS INTEGER)" if is_visit == "1" and not question.starts else "max(is_visit * is_start)"
    return {"orders": f"CAST({orders} AS INTEGER)", "starts": starts, "source": "bought"}


def _looked_at(question: CohortQuestion) -> tuple[str, str, dict[str, object]]:
    """Return which orders are read, which of them are visits, and the values bound.

    Refunds are read where money is asked for, since they lower it, but are visits only if the filters say so.
    """
    filters = question.filters
    if not question.needs_money or filters.count_refunds:
        looked_at, values = filters.conditions("orders")
        return looked_at, "1", values
    looked_at, values = replace(filters, count_refunds=True).conditions("orders")
    return looked_at, "CASE WHEN orders.is_refund THEN 0 ELSE 1 END", values


def _matches(values_of: Mapping[str, tuple[str, ...]], name: str, values: dict[str, object]) -> str:
    """Return the SQL of whether an order has these values of segments, 1 or 0; adds what it binds to `values`.

    name: tells what is bound here from what others bind.
    """
    condition, bound = Filters(segments=values_of, count_refunds=True).conditions("orders")
    if not bound:
        return "1"
    for place in sorted(bound, key=len, reverse=True):
        condition = condition.replace(f"${place}", f"${name}_{place}")
        values[f"{name}_{place}"] = bound[place]
    return f"CASE WHEN {condition} THEN 1 ELSE 0 END"


def _other_starts(question: CohortQuestion, values: dict[str, object]) -> str:
    """Return the SQL of what else than a purchase brings customers in; adds what it binds to `values`."""
    if not question.begins_otherwise:
        return ""
    table, moment = _OTHER_STARTS[question.cohort_by]
    looked_at, bound = question.filters.conditions(table) if table != "customers" else ("joined_at IS NOT NULL", {})
    values |= bound
    return statement(
        "other_starts",
        table=table,
        period=question.period.sql,
        moment=f"{table}.{moment}",
        events_looked_at=looked_at,
    )


def _parts(question: CohortQuestion) -> dict[str, str]:
    """Return the places of the statement that depend on money, segments and what begins a cohort."""
    of_first = bool(question.segment) and question.segment_of == "first_purchase"
    of_each = bool(question.segment) and not of_first
    matching = question.cohort_by == "first_matching_purchase"
    by_purchase = of_first or (question.cohort_by == "first_purchase" and bool(question.starts))
    windows = question.own_windows
    segment_named = f", orders.{question.segment} AS segment" if question.segment else ""
    return {
        "own_segment": segment_named,
        "segment": ", segment" if of_each or (of_first and windows) else "",
        "partition": ", segment" if of_each else "",
        "first_segment": ", segment" if of_first or of_each else "",
        "same_segment": (
            f" AND firsts.segment IS NOT DISTINCT FROM {'bought' if windows else 'active'}.segment" if of_each else ""
        ),
        "kept_segment": {
            (True, False): ", firsts.segment AS segment",
            (False, True): f", {'bought' if windows else 'active'}.segment AS segment",
        }.get((of_first, of_each), ""),
        "revenue": ", sum(amount) AS revenue" if question.needs_money else "",
        "kept_revenue": ", active.revenue" if question.needs_money else "",
        "begins": "starts" if matching or question.returns or question.begins_otherwise else "orders",
        "first_of": "is_start" if matching else "1",
        "least_start": "1" if question.cohort_by == "first_purchase" and question.starts else "0",
        "firsts": "firsts_by_purchase" if by_purchase else "firsts_by_moment" if windows else "firsts_by_period",
        "join": "LEFT JOIN" if question.cohort_by == "every_purchase" and question.starts else "JOIN",
    }
