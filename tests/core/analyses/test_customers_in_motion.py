"""Who buys and pays period by period, how often, and on how many days."""

import random
from datetime import date

import pytest

from retention_core.analyses.customers.days_active import days_active
from retention_core.analyses.customers.lifecycle import lifecycle
from retention_core.analyses.customers.returning_revenue import orders_per_customer, returning_revenue
from retention_core.filters import Filters
from retention_core.periods import Period
from tests.tables import orders_engine

KINDS = ["new_customers", "returning_customers", "resurrected_customers", "dormant_customers"]
MOVING = [
    ("ann", "2026-01-05", 1.0),
    ("ann", "2026-02-05", 1.0),
    ("bob", "2026-01-05", 1.0),
    ("bob", "2026-03-05", 1.0),
    ("cid", "2026-02-05", 1.0),
    ("cid", "2026-03-31", 1.0),
    ("dan", "2026-03-05", 1.0),
]


def test_customers_are_new_returning_resurrected_or_dormant() -> None:
    with orders_engine(MOVING) as engine:
        rows = lifecycle(engine, Filters(), Period())
    assert rows["label"].tolist() == ["Jan 2026", "Feb 2026", "Mar 2026"]
    assert rows[KINDS].values.tolist() == [
        [2, 0, 0, 0],  # ann, bob
        [1, 1, 0, 1],  # cid; ann; bob stays away
        [1, 1, 1, 1],  # dan; cid; bob after a pause; ann stays away
    ]
    assert rows["customers_before"].tolist() == [0, 2, 2]


def test_who_stays_away_from_a_running_period_is_not_known_yet() -> None:
    with orders_engine(MOVING) as engine:
        last = lifecycle(engine, Filters(as_of=date(2026, 3, 15)), Period()).iloc[-1]
    assert (last["state"], last["customers"]) == ("running", 2)  # bob and dan; cid's last purchase is not known of
    assert last[KINDS].isna().tolist() == [False, False, False, True]


def test_a_month_in_which_nobody_bought_stands_between_the_others() -> None:
    with orders_engine([("ann", "2026-01-05", 1.0), ("ann", "2026-04-30", 1.0)]) as engine:
        rows = lifecycle(engine, Filters(), Period())
    assert rows[KINDS].values.tolist() == [[1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 0, 0], [0, 0, 1, 0]]


def test_the_days_choose_the_periods_shown_and_not_who_is_new() -> None:
    with orders_engine(MOVING) as engine:
        rows = lifecycle(engine, Filters(first_day=date(2026, 2, 1), last_day=date(2026, 2, 28)), Period())
    assert rows[["label", *KINDS]].values.tolist() == [["Feb 2026", 1, 1, 0, 1]]


def test_every_customer_of_a_period_and_of_the_one_before_is_counted_once() -> None:
    luck = random.Random(3)
    orders = [
        (f"c{luck.randrange(60)}", f"2026-{luck.randrange(1, 13):02}-{luck.randrange(1, 29):02}", 1.0)
        for _ in range(400)
    ]
    for unit in ("week", "month", "quarter"):
        period = Period(unit)
        with orders_engine(orders) as engine:
            rows = lifecycle(engine, Filters(as_of=date(2026, 12, 31)), period)
        bought = {}
        for customer, day, _ in orders:
            bought.setdefault(period.number(date.fromisoformat(day)), set()).add(customer)
        counted = [len(bought.get(number, ())) for number in rows["period"]]
        assert rows[KINDS[:3]].sum(axis="columns").tolist() == counted
        complete = rows[rows["state"] == "complete"].iloc[1:]
        assert (complete["returning_customers"] + complete["dormant_customers"]).tolist() == counted[: len(complete)]


def test_customers_of_a_period_are_counted_by_the_days_on_which_they_bought() -> None:
    orders = [
        ("ann", "2026-01-05 08:00", 1.0),
        ("ann", "2026-01-05 20:00", 1.0),  # the same day
        ("bob", "2026-01-05", 1.0),
        ("bob", "2026-01-06", 1.0),
        ("bob", "2026-01-31", 1.0),
        ("bob", "2026-02-01", 1.0),  # another month
        ("cid", "2026-01-07", 1.0),
        ("cid", "2026-01-08", -1.0),  # a refund is no purchase
    ]
    january, february = Period().number(date(2026, 1, 1)), Period().number(date(2026, 2, 1))
    with orders_engine(orders) as engine:
        answer = days_active(engine, Filters(), Period(), january)
        running = days_active(engine, Filters(), Period(), february)
    assert answer.rows[["days", "customers"]].values.tolist() == [[1, 2], [2, 0], [3, 1]]
    assert answer.rows["share"].tolist() == pytest.approx([2 / 3, 0, 1 / 3])
    assert (answer.on_several.count, answer.on_several.total, answer.is_complete) == (1, 3, True)
    assert (running.is_complete, running.known_until) == (False, date(2026, 2, 1))
    with orders_engine() as engine:
        assert days_active(engine, Filters(), Period(), january) is None


def test_revenue_is_divided_between_new_and_returning_customers_and_refunds_lower_it() -> None:
    orders = [
        ("ann", "2026-01-05", 10.0),
        ("bob", "2026-02-05", 30.0),
        ("ann", "2026-02-06", 20.0),
        ("ann", "2026-02-07", -5.0),
    ]
    with orders_engine(orders) as engine:
        rows = returning_revenue(engine, Filters(), Period())
    columns = ["label", "new_customers", "returning_customers", "new_revenue", "returning_revenue"]
    assert rows[columns].values.tolist() == [["Jan 2026", 1, 0, 10, 0], ["Feb 2026", 1, 1, 30, 15]]
    assert rows["returning_share"].tolist() == pytest.approx([0, 1 / 3])
    assert rows["state"].tolist() == ["complete", "running"]


def test_where_refunds_exceed_what_one_kind_bought_there_is_no_share() -> None:
    orders = [("ann", "2026-01-05", 50.0), ("bob", "2026-02-05", 30.0), ("ann", "2026-02-28", -40.0)]
    with orders_engine(orders) as engine:
        rows = returning_revenue(engine, Filters(), Period())
    assert rows["returning_revenue"].tolist() == [0, -40]
    assert rows["returning_share"].isna().tolist() == [False, True]


def test_customers_are_counted_by_how_often_they_bought() -> None:
    orders = [("ann", f"2026-01-{day:02}", 1.0) for day in range(1, 13)]
    orders += [("bob", "2026-01-05", 1.0), ("cid", "2026-02-01", 1.0)]
    with orders_engine(orders) as engine:
        everybody = orders_per_customer(engine, Filters())
        january = orders_per_customer(engine, Filters(last_day=date(2026, 1, 31)))
        after_the_first = orders_per_customer(engine, Filters(first_day=date(2026, 1, 2), last_day=date(2026, 1, 31)))
    assert everybody[["orders", "customers"]].values.tolist() == [[1, 2], [10, 1]]
    assert january["share"].tolist() == [0.5, 0.5]
    assert after_the_first["customers"].tolist() == [1]  # bob: ann first bought on the 1st
