"""Every question in its main variants, asked of an engine that only notes the SQL: what the snapshots hold."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from unittest.mock import patch

import pandas as pd

from retention_core.analyses.complaints.backlog import backlog
from retention_core.analyses.complaints.complaints_behind import OfSegment, complaints_behind
from retention_core.analyses.complaints.hours_of_week import hours_of_week
from retention_core.analyses.complaints.open_now import open_now
from retention_core.analyses.complaints.response_times import ResponseQuestion, available_waits, response_times
from retention_core.analyses.complaints.stretch_curves import stretch_waits
from retention_core.analyses.complaints.waits_by_segment import SegmentQuestion, waits_by_segment
from retention_core.analyses.customers import bought_bitmaps
from retention_core.analyses.customers.cohort_customers import cohort_customers, cohort_orders
from retention_core.analyses.customers.cohort_question import CohortQuestion
from retention_core.analyses.customers.cohort_retention import cohort_retention
from retention_core.analyses.customers.days_active import days_active
from retention_core.analyses.customers.lifecycle import lifecycle
from retention_core.analyses.customers.return_within import return_within
from retention_core.analyses.customers.returning_revenue import buyers, orders_per_customer, returning_revenue
from retention_core.analyses.customers.second_purchase import second_purchase
from retention_core.analyses.satisfaction.customers_by_score import customers_in_room
from retention_core.analyses.satisfaction.satisfaction_return import ReturnQuestion, satisfaction_return
from retention_core.analyses.workspace import holds
from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.filters import Filters
from retention_core.periods import Period
from tests.tables import add_answers, add_complaints, add_customers, add_orders

FILTERS = Filters(date(2026, 1, 1), date(2026, 2, 28), date(2026, 3, 31), {"channel": ("web",)})
WEB = {"channel": ("web",)}
JANUARY = 2026 * 12

Ask = Callable[[DuckDBEngine], object]


def _cohorts(**switches: object) -> Ask:
    return lambda engine: cohort_retention(engine, CohortQuestion(**switches))


def _behind(period_number: int, **switches: object) -> Ask:
    question = CohortQuestion(**switches)
    return lambda engine: cohort_customers(engine, question, JANUARY, period_number)


def _by_rows(ask: Ask) -> Ask:
    """Ask as of a workspace with so many periods that no bits hold them."""

    def asked(engine: DuckDBEngine) -> object:
        with patch.object(bought_bitmaps, "MOST_WORDS", 0):
            return ask(engine)

    return asked


ASKED: dict[str, Ask] = {
    "cohort_retention": _cohorts(),
    "cohort_retention, filtered": _cohorts(filters=FILTERS),
    "cohort_retention, quarters": _cohorts(period=Period("quarter")),
    "cohort_retention, in it or later": _cohorts(returned="in_or_after"),
    "cohort_retention, by it": _cohorts(returned="by"),
    "cohort_retention, every period up to it": _cohorts(returned="every_up_to"),
    "cohort_retention, every purchase, each segment": _cohorts(
        cohort_by="every_purchase", segment="channel", segment_of="each_purchase"
    ),
    "cohort_retention, every purchase": _cohorts(cohort_by="every_purchase"),
    "cohort_retention, twice, quarters": _cohorts(least_purchases=2, period=Period("quarter")),
    "cohort_retention, twice, in it or later": _cohorts(least_purchases=2, returned="in_or_after"),
    "cohort_retention, twice, by it": _cohorts(least_purchases=2, returned="by"),
    "cohort_retention, twice, every period up to it": _cohorts(least_purchases=2, returned="every_up_to"),
    "cohort_retention, twice, every purchase": _cohorts(least_purchases=2, cohort_by="every_purchase"),
    "cohort_retention, first purchase that matches": _cohorts(
        cohort_by="first_matching_purchase", starts=WEB, returns=WEB
    ),
    "cohort_retention, segment of the first purchase": _cohorts(segment="channel"),
    "cohort_retention, brackets": _cohorts(brackets=(1, 2)),
    "cohort_retention, own windows": _cohorts(own_windows=True),
    "cohort_retention, own windows from the first purchase that matches": _cohorts(
        own_windows=True, cohort_by="first_matching_purchase", starts=WEB
    ),
    "cohort_retention, own windows of a segment": _cohorts(own_windows=True, segment="channel", measure="revenue"),
    "cohort_retention, joined": _cohorts(cohort_by="joined"),
    "cohort_retention, first complaint": _cohorts(cohort_by="first_complaint"),
    "cohort_retention, first answer": _cohorts(cohort_by="first_answer"),
    "cohort_retention, revenue": _cohorts(measure="revenue"),
    "cohort_retention, gross revenue retention in brackets": _cohorts(
        measure="gross_revenue_retention", brackets=(1, 2)
    ),
    "cohort_customers": _behind(1),
    "cohort_customers, accounts": _behind(0, unit="account", cohort_by="every_purchase"),
    "cohort_customers, who stayed away": lambda engine: cohort_customers(
        engine, CohortQuestion(), JANUARY, 1, is_back=False
    ),
    "cohort_customers, twice": _behind(1, least_purchases=2),
    "cohort_customers, twice, every purchase": _behind(1, least_purchases=2, cohort_by="every_purchase"),
    "cohort_orders": lambda engine: cohort_orders(engine, CohortQuestion(), JANUARY, 1),
    "days_active": lambda engine: days_active(engine, Filters(), Period(), JANUARY),
    "lifecycle": lambda engine: lifecycle(engine, Filters(), Period()),
    "lifecycle, many periods": _by_rows(lambda engine: lifecycle(engine, Filters(), Period())),
    "return_within": lambda engine: return_within(engine, Filters()),
    "returning_revenue": lambda engine: returning_revenue(engine, Filters(), Period()),
    "returning_revenue, many periods": _by_rows(lambda engine: returning_revenue(engine, Filters(), Period())),
    "orders_per_customer": lambda engine: orders_per_customer(engine, Filters()),
    "buyers": lambda engine: buyers(engine, Filters()),
    "second_purchase": lambda engine: second_purchase(engine, Filters()),
    "response_times": lambda engine: response_times(engine, ResponseQuestion()),
    "response_times, first response": lambda engine: response_times(engine, ResponseQuestion("first_response")),
    "complaints_behind": lambda engine: complaints_behind(engine, ResponseQuestion()),
    "available_waits": available_waits,
    "open_now": lambda engine: open_now(engine, ResponseQuestion()),
    "backlog": lambda engine: backlog(engine, ResponseQuestion()),
    "backlog, first response": lambda engine: backlog(engine, ResponseQuestion("first_response")),
    "hours_of_week": lambda engine: hours_of_week(engine, ResponseQuestion()),
    "waits_by_segment": lambda engine: waits_by_segment(engine, SegmentQuestion(ResponseQuestion(), "channel")),
    "complaints_behind, of a value": lambda engine: complaints_behind(
        engine, ResponseQuestion(), of_segment=OfSegment("channel", "web")
    ),
    "stretch_waits": lambda engine: stretch_waits(engine, ResponseQuestion(), (date(2026, 1, 5), date(2026, 2, 1))),
    "satisfaction_return": lambda engine: satisfaction_return(engine, ReturnQuestion()),
    "satisfaction_return, alike": lambda engine: satisfaction_return(engine, ReturnQuestion()).alike,
    "customers_in_room": lambda engine: customers_in_room(
        engine, satisfaction_return(engine, ReturnQuestion()), "came_back", is_satisfied=True
    ),
    "days_and_counts": holds.days,
    "last_day": lambda engine: holds.last_day(engine, "orders"),
    "segment_values": holds.segment_values,
    "absent_segments": holds.absent_segments,
    "has_refunds": holds.has_refunds,
    "rows_there": lambda engine: holds.rows_there(engine, "orders"),
}


class Noting(DuckDBEngine):
    """An engine that notes each statement that it is given.

    noted: the statements, in the order in which they are asked. names: kept table -> what it is called in them.
    """

    noted: list[str]
    names: dict[str, str]

    def forget(self) -> None:
        """Begin anew, as for another question."""
        self.noted, self.names = [], {}

    def query(self, sql: str, parameters: Mapping[str, object] | None = None) -> pd.DataFrame:
        """Return the rows, and note the statement where it is one of an analysis."""
        if sql.startswith("-- "):
            self._note(sql, parameters)
        return super().query(sql, parameters)

    def keep(self, sql: str, parameters: Mapping[str, object] | None = None) -> str:
        """Keep the rows, and note the statement with the name that stands for them in later ones."""
        name = super().keep(sql, parameters)
        self._note(sql, parameters, self.names.setdefault(name, f"kept_{len(self.names) + 1}"))
        return name

    def _note(self, sql: str, parameters: Mapping[str, object] | None, kept_as: str = "") -> None:
        asks, rest = sql.split("\n", 1)
        kept = f"\n-- kept as {kept_as}" if kept_as else ""
        values = "".join(f"\n-- ${name} = {value!r}" for name, value in sorted((parameters or {}).items()))
        named = re.sub(r"kept\.k\w+", lambda found: self.names[found[0]], rest)
        self.noted.append(f"{asks}{kept}{values}\n{named.strip()};\n")


@contextmanager
def small_shop() -> Iterator[Noting]:
    """Open a workspace with something of everything, so that each question gets as far as its last statement."""
    engine = Noting()
    engine.forget()
    try:
        add_orders(
            engine,
            [
                ("ann", "2026-01-05", 10.0),
                ("ann", "2026-02-05", 20.0),
                ("bob", "2026-01-09", 5.0),
                ("bob", "2026-03-31", 1),
            ],
            channel=["web", "web", "shop", "web"],
            account=["a", "a", "b", "b"],
        )
        add_complaints(engine, [("ann", "2026-01-10", "2026-01-11", "2026-01-12"), ("bob", "2026-02-01", None, None)])
        add_answers(engine, [("ann", "2026-01-06", 5), ("bob", "2026-01-10", 2)])
        add_customers(engine, [("ann", "2026-01-01")])
        yield engine
    finally:
        engine.close()


def snapshots() -> dict[str, str]:
    """Return the finished SQL of each question: name of its file -> its statements.

    How far the data reaches is asked by every question, and stands in the file of the days alone.
    """
    found = {}
    with small_shop() as engine:
        for table in ("orders", "complaints"):
            holds.last_day(engine, table)
        asked_by_all = set(engine.noted)
        for name, ask in ASKED.items():
            engine.forget()
            ask(engine)
            own = [each for each in dict.fromkeys(engine.noted) if each not in asked_by_all]
            found[f"{re.sub(r'[^a-z]+', '_', name)}.sql"] = "\n".join(own or engine.noted)
    return found
