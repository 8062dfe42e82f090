"""Every switch of cohort retention, against a second way of counting that shares no line with the first."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retention_core.analyses.customers.cohort_customers import cohort_customers, cohort_orders
from retention_core.analyses.customers.cohort_question import WINDOW_DAYS, CohortQuestion, Measure
from retention_core.analyses.customers.cohort_retention import CohortRetention, cohort_retention
from retention_core.errors import SettingInvalid
from retention_core.filters import Filters
from retention_core.periods import Period
from tests.tables import add_answers, add_complaints, add_customers, add_orders, orders_engine

START = datetime(2026, 1, 1)
CHANNELS = ("web", "shop", "app")
order = st.tuples(
    st.sampled_from("abcdef"),
    st.integers(0, 24 * 130).map(lambda hours: START + timedelta(hours=hours)),
    st.integers(-30, 90),
    st.sampled_from(CHANNELS),
)
MEASURES = get_args(Measure)  # every one there is, and every one to come
OTHER_STARTS = ("joined", "first_complaint", "first_answer")
begun = st.tuples(
    st.sampled_from("abcdefg"), st.integers(0, 24 * 140).map(lambda hours: START + timedelta(hours=hours))
)
day = st.integers(0, 130).map(lambda days: START.date() + timedelta(days=days))
by_purchase = {
    "cohort_by": st.sampled_from(["first_purchase", "first_matching_purchase", "every_purchase"]),
    "segment": st.sampled_from(["", "channel"]),
    "segment_of": st.sampled_from(["first_purchase", "each_purchase"]),
}
questions = st.sampled_from([by_purchase, by_purchase, {"cohort_by": st.sampled_from(OTHER_STARTS)}]).flatmap(
    lambda begins: st.builds(
        CohortQuestion,
        period=st.builds(
            Period,
            st.sampled_from(["day", "week", "month", "quarter"]),
            st.sampled_from(["gregorian", "jalali"]),
            st.integers(0, 6),
        ),
        returned=st.sampled_from(["in", "in_or_after", "by", "every_up_to"]),
        least_purchases=st.integers(1, 2),
        share=st.sampled_from(["cohort", "previous_period"]),
        measure=st.sampled_from(MEASURES),
        brackets=st.sampled_from([(), (1, 2), (3, 1, 4)]),
        starts=st.sampled_from([{}, {"channel": ("web",)}]),
        returns=st.sampled_from([{}, {"channel": ("shop", "app")}]),
        filters=st.builds(Filters, first_day=st.none() | day, last_day=st.none() | day, count_refunds=st.booleans()),
        **begins,
    )
)


def by_hand(
    orders, begun, question: CohortQuestion, as_of: date
) -> dict[tuple[str, int, int], tuple[int, int, float, float, float, float]]:
    """Return (segment, cohort, column) -> customers, purchases, revenue, kept revenue, revenue up to it, size.

    Counted customer by customer. begun: customer and moment of what else than a purchase brings customers in.
    """
    groups: Any = defaultdict(list)
    for number, (customer, moment, amount, channel) in enumerate(orders):
        key = (customer, channel if question.segment and question.segment_of == "each_purchase" else "")
        groups[key].append((moment, number, amount, channel))
    if question.begins_otherwise:
        known = [(customer, moment) for customer, moment in begun if moment.date() <= as_of]
        groups = {(customer, ""): groups[customer, ""] for customer, _ in known}
    table = defaultdict(lambda: [0, 0, 0.0, 0.0, 0.0, 0])
    period, seen = question.period, question.filters
    last = period.number(as_of)
    first_cohort = period.number(seen.first_day) if seen.first_day else -(10**9)
    last_cohort = min(last, period.number(seen.last_day)) if seen.last_day else last
    for (customer, own_segment), bought in groups.items():
        bought.sort()
        visits = [each for each in bought if each[2] >= 0 or seen.count_refunds]
        begins = [each for each in visits if not question.starts or each[3] == "web"]
        if question.begins_otherwise:
            starts: list[Any] = [(min(moment for who, moment in known if who == customer),)]
        elif not visits:
            continue
        elif question.cohort_by == "first_purchase":
            starts = visits[:1] if visits[0] in begins else []
        else:
            starts = begins if question.cohort_by == "every_purchase" else begins[:1]
        segment = own_segment or (visits[0][3] if question.segment else "")
        if question.cohort_by == "first_matching_purchase" and question.segment and not own_segment and begins:
            segment = begins[0][3]
        for cohort in {period.number(start[0].date()) for start in starts}:
            if not first_cohort <= cohort <= last_cohort:
                continue
            times, money = defaultdict(int), defaultdict(float)
            for moment, _, amount, channel in bought:
                k = period.number(moment.date()) - cohort
                if k >= 0 and cohort + k <= last:
                    money[k] += amount if amount >= 0 or question.needs_money else 0
                    is_return = not question.returns or channel != "web"
                    times[k] += is_return and (amount >= 0 or seen.count_refunds)
            columns = _columns(question, last - cohort)
            back = {n for n, ks in columns.items() if n and any(times[k] >= question.least_purchases for k in ks)}
            for n, ks in columns.items():
                counted = {
                    "in": n in back,
                    "in_or_after": any(other >= n for other in back),
                    "by": any(other <= n for other in back),
                    "every_up_to": all(other in back for other in range(1, n + 1)),
                }[question.returned] or n == 0
                revenue = sum(money[k] for k in ks)
                cell = table[segment, cohort, n]
                cell[0] += counted
                cell[1] += sum(times[k] for k in ks)
                cell[2] += revenue
                cell[3] += min(max(revenue, 0), max(money[0], 0))
                cell[4] += sum(money[k] for k in range(ks[-1] + 1))
                cell[5] += 1
    return {key: tuple(value) for key, value in table.items()}


def _columns(question: CohortQuestion, reach: int) -> dict[int, range]:
    """Return the period numbers of each column that has begun."""
    if not question.brackets:
        return {k: range(k, k + 1) for k in range(reach + 1)}
    columns, first = {0: range(1)}, 1
    for number, length in enumerate(question.brackets, start=1):
        if first <= reach:
            columns[number] = range(first, min(first + length, reach + 1))
        first += length
    return columns


def value_by_hand(question: CohortQuestion, cell, first) -> float:
    """Return what the measure says of a cell, from the figures of `by_hand`; first: those of the cohort's own period."""
    _, purchases, revenue, kept, up_to, size = cell
    measured: float = {
        "customers": lambda: float("nan"),
        "revenue": lambda: revenue,
        "orders": lambda: purchases,
        "revenue_per_customer": lambda: revenue / size,
        "lifetime_value": lambda: up_to / size,
        "net_revenue_retention": lambda: revenue / first[2] if first[2] > 0 else float("nan"),
        "gross_revenue_retention": lambda: kept / first[3] if first[3] > 0 else float("nan"),
    }[question.measure]()
    return measured


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(orders=st.lists(order, min_size=1, max_size=25), begun=st.lists(begun, max_size=8), question=questions)
def test_every_switch_gives_what_counting_by_hand_gives(engine, orders, begun, question) -> None:
    fill(engine, orders, begun)
    retention = cohort_retention(engine, question)
    right = by_hand(orders, begun, question, max(moment for _, moment, _, _ in orders).date())
    found = {
        (cell.segment, cell.cohort, cell.period_number): cell
        for cell in retention.cells.itertuples()
        if cell.cohort_size
    }
    assert set(found) == set(right)
    for key, figures in right.items():
        assert found[key].customers == figures[0], key
        if question.needs_money:
            assert found[key].orders == figures[1], key
            value = value_by_hand(question, figures, right[key[0], key[1], 0])
            assert found[key].value == pytest.approx(value, nan_ok=True), key
    _check_shares(retention)


def fill(engine, orders, begun) -> None:
    """Put these orders into an emptied workspace, and what else brings customers in into each table that may."""
    with engine.transaction() as cursor:
        for table in ("orders", "complaints", "satisfaction", "customers"):
            cursor.execute(f"DELETE FROM stored_{table}")
    add_orders(engine, [each[:3] for each in orders], channel=[each[3] for each in orders])
    if begun:
        add_complaints(engine, [(customer, moment, None, None) for customer, moment in begun])
        add_answers(engine, [(customer, moment, 3.0) for customer, moment in begun])
        first = {customer: min(at for who, at in begun if who == customer) for customer, _ in begun}
        add_customers(engine, list(first.items()))


def _check_shares(retention: CohortRetention) -> None:
    cells = retention.cells
    if cells.empty:
        return
    assert (cells[cells["period_number"] == 0]["customers"] == cells[cells["period_number"] == 0]["cohort_size"]).all()
    assert (cells["customers"] <= cells["cohort_size"]).all()
    known = cells[cells["base"] > 0]
    assert known["retention_rate"].tolist() == pytest.approx((known["customers"] / known["base"]).tolist())
    if retention.question.share == "cohort":
        assert known["retention_rate"].between(known["low"] - 1e-9, known["high"] + 1e-9).all()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(orders=st.lists(order, min_size=1, max_size=25), unit=st.sampled_from(["day", "week", "month"]))
def test_own_windows_count_from_each_customers_own_first_purchase(engine, orders, unit) -> None:
    with engine.transaction() as cursor:
        cursor.execute("DELETE FROM stored_orders")
    add_orders(engine, [each[:3] for each in orders])
    cells = cohort_retention(engine, CohortQuestion(Period(unit), own_windows=True)).cells
    right, firsts = defaultdict(set), {}
    for customer, moment, amount, _ in sorted(orders, key=lambda each: each[1]):
        if amount >= 0:
            firsts.setdefault(customer, moment)
            k = (moment - firsts[customer]) // timedelta(days=WINDOW_DAYS[unit])
            right[Period(unit).number(firsts[customer].date()), k].add(customer)
    found = {(cell.cohort, cell.period_number): cell.customers for cell in cells.itertuples() if cell.customers}
    assert found == {key: len(customers) for key, customers in right.items()}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    orders=st.lists(order, min_size=3, max_size=25),
    begun=st.lists(begun, max_size=8),
    question=questions,
    luck=st.randoms(),
)
def test_the_customers_behind_a_cell_are_as_many_as_it_says(engine, orders, begun, question, luck) -> None:
    fill(engine, orders, begun)
    cells = cohort_retention(engine, question).cells
    filled = cells[cells["customers"] > 0]
    if filled.empty:
        return
    cell = filled.iloc[luck.randrange(len(filled))]
    place = (int(cell["cohort"]), int(cell["period_number"]), str(cell["segment"]))
    behind = cohort_customers(engine, question, *place)
    assert len(behind) == cell["customers"]
    buyers = cohort_orders(engine, question, *place)["customer"].nunique()
    assert buyers == (behind["orders"] > 0).sum()
    assert buyers == cell["customers"] or question.begins_otherwise


def test_a_fiscal_year_that_begins_in_april_holds_the_march_after_it() -> None:
    orders = [("ann", "2025-03-31", 1.0), ("ann", "2025-04-01", 1.0), ("bob", "2026-03-31", 1.0)]
    with orders_engine(orders) as engine:
        retention = cohort_retention(engine, CohortQuestion(Period("year", year_start=4)))
    assert retention.counts() == [[1, 1], [1]]
    assert list(retention.cells["cohort_label"].unique()) == ["2024/25", "2025/26"]
    assert (
        Period("quarter", year_start=4).label(Period("quarter", year_start=4).number(date(2026, 3, 1))) == "2025/26 Q4"
    )


def test_money_is_summed_and_divided_as_each_measure_says() -> None:
    orders = [
        ("ann", "2026-01-05", 100.0),
        ("bob", "2026-01-06", 50.0),
        ("ann", "2026-02-01", 150.0),
        ("bob", "2026-02-01", 20.0),
        ("bob", "2026-03-31", -10.0),
    ]
    right = {
        "revenue": [150, 170, -10],
        "orders": [2, 2, 0],
        "revenue_per_customer": [75, 85, -5],
        "lifetime_value": [75, 160, 155],
        "net_revenue_retention": [1, 170 / 150, -10 / 150],
        "gross_revenue_retention": [1, 120 / 150, 0],
    }
    with orders_engine(orders) as engine:
        for measure, values in right.items():
            retention = cohort_retention(engine, CohortQuestion(measure=measure))
            assert retention.counts("value")[0] == pytest.approx(values), measure
            assert retention.counts()[0] == [2, 2, 0]
            assert list(retention.pooled["value"]) == pytest.approx(values)


def test_in_it_or_later_holds_where_everybody_came_back() -> None:
    orders = [("ann", "2026-01-05", 1.0), ("ann", "2026-02-28", 1.0)]
    with orders_engine(orders) as engine:
        retention = cohort_retention(engine, CohortQuestion(returned="in_or_after"))
    assert retention.segments == [""]
    assert retention.counts() == [[1, 1], [0]]


def test_gross_revenue_retention_never_exceeds_one_hundred_percent() -> None:
    orders = [
        ("ann", "2026-01-05", 100.0),
        ("bob", "2026-01-06", 10.0),
        ("bob", "2026-01-07", -40.0),
        ("ann", "2026-02-28", 500.0),
    ]
    with orders_engine(orders) as engine:
        retention = cohort_retention(engine, CohortQuestion(measure="gross_revenue_retention"))
    assert retention.counts("value")[0] == pytest.approx([1, 1])


def test_segments_beyond_the_top_stand_together() -> None:
    orders = [(f"c{n}", "2026-01-05", 1.0) for n in range(10)]
    channels = ["a"] * 4 + ["b"] * 3 + ["c"] * 2 + ["d"]
    with orders_engine() as engine:
        add_orders(engine, orders, channel=channels)
        retention = cohort_retention(engine, CohortQuestion(segment="channel", top=2))
    sizes = retention.cells.groupby("segment")["cohort_size"].sum().to_dict()
    assert sizes == {"a": 4, "b": 3, "all others": 3}
    assert retention.segments == ["a", "b", "all others"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"returned": "rolling"},
        {"segment": "shoe size"},
        {"brackets": (0,)},
        {"own_windows": True, "cohort_by": "every_purchase"},
    ],
)
def test_a_switch_that_cannot_be_set_so_says_why(wrong) -> None:
    with pytest.raises(SettingInvalid):
        CohortQuestion(**wrong)
