"""Cohort retention on tables small enough to count by hand, and against a second way of counting."""

from collections import defaultdict
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retention_core.analyses.customers.cohort_customers import cohort_customers
from retention_core.analyses.customers.cohort_question import CohortQuestion
from retention_core.analyses.customers.cohort_retention import cohort_retention, share_back
from retention_core.errors import SettingInvalid
from retention_core.filters import Filters
from retention_core.periods import Period
from tests.tables import add_orders, orders_engine

# customer, day, amount: Ann comes in January, February and March, Bob in January and March, Cid only in March.
SMALL = [
    ("ann", "2026-01-05", 10.0),
    ("ann", "2026-01-20", 5.0),
    ("ann", "2026-02-03", 20.0),
    ("ann", "2026-03-01", 1.0),
    ("bob", "2026-01-31", 7.0),
    ("bob", "2026-03-31", 8.0),
    ("cid", "2026-03-15", 9.0),
]


def counts(orders, question: CohortQuestion | None = None) -> list[list[int]]:
    with orders_engine(orders) as engine:
        return cohort_retention(engine, question or CohortQuestion()).counts()


def test_customers_are_counted_by_month_of_first_purchase_and_months_since() -> None:
    assert counts(SMALL) == [[2, 1, 2], [0, 0], [1]]


def test_in_or_after_counts_whoever_buys_then_or_later() -> None:
    assert counts(SMALL, CohortQuestion(returned="in_or_after")) == [[2, 2, 2], [0, 0], [1]]


def test_every_purchase_puts_a_customer_into_the_cohort_of_each_month_he_buys_in() -> None:
    assert counts(SMALL, CohortQuestion(cohort_by="every_purchase")) == [[2, 1, 2], [1, 1], [3]]


def test_a_refund_brings_nobody_into_a_cohort_and_nobody_back_unless_counted() -> None:
    orders = [*SMALL, ("dan", "2026-01-02", -5.0), ("cid", "2026-02-01", -9.0)]
    assert counts(orders) == [[2, 1, 2], [0, 0], [1]]
    assert counts(orders, CohortQuestion(filters=Filters(count_refunds=True))) == [[3, 1, 2], [1, 1], [0]]


def test_the_last_month_is_running_until_its_last_day() -> None:
    with orders_engine(SMALL) as engine:
        cells = cohort_retention(engine, CohortQuestion()).cells
        assert set(cells["state"]) == {"complete"}  # the data ends on 31 March
        earlier = cohort_retention(engine, CohortQuestion(filters=Filters(as_of=date(2026, 3, 30)))).cells
    running = earlier[earlier["state"] == "running"]
    assert [tuple(cell) for cell in running[["cohort_label", "period_number", "customers"]].to_numpy()] == [
        ("Jan 2026", 2, 1),
        ("Feb 2026", 1, 0),
        ("Mar 2026", 0, 1),
    ]
    assert set(running["ends_on"]) == {date(2026, 3, 31)}


def test_the_pooled_row_takes_complete_cells_only_and_weighs_by_customers() -> None:
    orders = [
        *[(f"a{n}", "2026-01-05", 1.0) for n in range(10)],
        *[(f"a{n}", "2026-02-05", 1.0) for n in range(2)],
        *[(f"b{n}", "2026-02-05", 1.0) for n in range(90)],
        ("b1", "2026-03-01", 1.0),
    ]
    with orders_engine(orders) as engine:
        retention = cohort_retention(engine, CohortQuestion())
    assert share_back(retention, 1).count == 2  # February's return in March is running: March ends after the data
    assert share_back(retention, 1).total == 10


def test_without_orders_there_is_nothing_and_no_error() -> None:
    with orders_engine() as engine:
        retention = cohort_retention(engine, CohortQuestion())
    assert retention.is_empty
    assert retention.as_of is None


def test_one_customer_with_two_purchases_in_the_same_second_counts_once() -> None:
    assert counts([("ann", "2026-01-31 23:59:59", 1.0), ("ann", "2026-01-31 23:59:59", 1.0)]) == [[1]]


def test_the_turn_of_the_year_is_one_month() -> None:
    assert counts([("ann", "2025-12-31", 1.0), ("ann", "2026-01-01", 1.0)]) == [[1, 1], [0]]


def test_dates_choose_the_cohorts_but_the_first_purchase_is_the_first_in_the_whole_history() -> None:
    filters = Filters(first_day=date(2026, 3, 1))
    assert counts(SMALL, CohortQuestion(filters=filters)) == [[1]]


def test_a_segment_limits_which_purchases_are_looked_at() -> None:
    with orders_engine() as engine:
        add_orders(engine, SMALL, channel=["web", "shop", "shop", "web", "web", "shop", "web"])
        question = CohortQuestion(filters=Filters(segments={"channel": ("web",)}))
        assert cohort_retention(engine, question).counts() == [[2, 0, 1], [0, 0], [1]]


def test_a_segment_no_table_has_is_an_error() -> None:
    with orders_engine(SMALL) as engine, pytest.raises(SettingInvalid, match="filter"):
        cohort_retention(engine, CohortQuestion(filters=Filters(segments={"1=1; --": ("x",)})))


def test_a_segment_value_is_bound_and_never_becomes_sql() -> None:
    with orders_engine() as engine:
        add_orders(engine, SMALL[:1], channel=["x' OR '1'='1"])
        question = CohortQuestion(filters=Filters(segments={"channel": ("x' OR '1'='1",)}))
        assert cohort_retention(engine, question).counts() == [[1]]


def test_the_customers_behind_a_cell_are_those_it_counts() -> None:
    with orders_engine(SMALL) as engine:
        january = Period().number(date(2026, 1, 1))
        people = cohort_customers(engine, CohortQuestion(), january, 2)
        assert list(people["customer"]) == ["ann", "bob"]  # Ann has spent 36, Bob 15
        assert list(people["orders"]) == [4, 2]
        assert list(cohort_customers(engine, CohortQuestion(), january, 1)["customer"]) == ["ann"]


def test_kept_tables_are_forgotten_when_the_data_changes() -> None:
    with orders_engine(SMALL) as engine:
        assert cohort_retention(engine, CohortQuestion()).counts()[0][0] == 2
        add_orders(engine, [("eve", "2026-01-09", 1.0)])
        assert cohort_retention(engine, CohortQuestion()).counts()[0][0] == 3


ORDERS = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.integers(0, 200), st.sampled_from([5.0, 9.0, -3.0])),
    min_size=1,
    max_size=40,
)
QUESTIONS = st.builds(
    CohortQuestion,
    st.builds(Period, st.sampled_from(["day", "week", "month", "quarter"]), st.sampled_from(["gregorian", "jalali"])),
    st.sampled_from(["first_purchase", "every_purchase"]),
    st.sampled_from(["in", "in_or_after"]),
    st.builds(Filters, count_refunds=st.booleans()),
)


def counted_another_way(orders, question: CohortQuestion) -> list[list[int]]:
    """The same table from sets of periods per customer, without SQL and without pandas."""
    period = question.period
    active = defaultdict(set)
    for customer, moment, amount in orders:
        if amount >= 0 or question.filters.count_refunds:
            active[customer].add(period.number(moment.date()))
    if not active:
        return []
    first = min(map(min, active.values()))
    last = period.number(max(moment for _, moment, _ in orders).date())
    table = []
    for cohort in range(first, last + 1):
        members = [
            seen
            for seen in active.values()
            if (min(seen) if question.cohort_by == "first_purchase" else cohort) == cohort and cohort in seen
        ]
        reached = range(cohort, last + 1)
        if question.returned == "in":
            table.append([sum(number in seen for seen in members) for number in reached])
        else:
            table.append([sum(max(seen) >= number for seen in members) for number in reached])
    return table


@given(ORDERS, QUESTIONS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_orders_give_the_same_table_when_counted_another_way(rows, question: CohortQuestion) -> None:
    orders = [(customer, datetime(2026, 1, 1, 12) + timedelta(days=day), amount) for customer, day, amount in rows]
    assert counts(orders, question) == counted_another_way(orders, question)


@given(ORDERS)
@settings(max_examples=15, deadline=None)
def test_period_zero_is_everybody_and_segments_add_up(rows) -> None:
    orders = [(customer, datetime(2026, 1, 1, 12) + timedelta(days=day), abs(amount)) for customer, day, amount in rows]
    by_customer = ["web" if customer < "d" else "shop" for customer, _, _ in orders]
    with orders_engine() as engine:
        add_orders(engine, orders, channel=by_customer)
        everybody = cohort_retention(engine, CohortQuestion()).cells
        assert (everybody[everybody["period_number"] == 0]["retention_rate"].dropna() == 1).all()
        whole = everybody.set_index(["cohort", "period_number"])["customers"]
        parts = 0
        for channel in set(by_customer):
            question = CohortQuestion(filters=Filters(segments={"channel": (channel,)}))
            cells = cohort_retention(engine, question).cells.set_index(["cohort", "period_number"])["customers"]
            parts = cells.reindex(whole.index, fill_value=0) + parts
    assert (parts == whole).all()
