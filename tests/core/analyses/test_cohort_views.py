"""Time to the second purchase, who makes the revenue, how often customers buy, and what may be claimed."""

import random
from datetime import date, timedelta

import numpy as np
import pytest
from statsmodels.duration.survfunc import SurvfuncRight

from retention_core.analyses.returning_revenue import orders_per_customer, returning_revenue
from retention_core.analyses.second_purchase import second_purchase
from retention_core.filters import Filters
from retention_core.periods import Period
from tests.tables import orders_engine


def test_customers_who_have_not_come_back_yet_count_for_as_long_as_they_are_followed() -> None:
    # by day: ann back after 10; bob followed 20 days; cid back after 30; dan followed 40 (until 10 February)
    orders = [
        ("ann", "2026-01-01", 1.0),
        ("ann", "2026-01-11", 1.0),
        ("bob", "2026-01-21", 1.0),
        ("cid", "2026-01-10", 1.0),
        ("cid", "2026-02-09", 1.0),
        ("dan", "2026-01-01", 1.0),
        ("dan", "2026-01-01", 1.0),
        ("eve", "2026-02-10", 1.0),
    ]
    with orders_engine(orders) as engine:
        answer = second_purchase(engine, Filters())
    assert (answer.customers, answer.came_back) == (5, 2)
    # eve is followed 0 days. At 10 days: 4 at risk, 1 back: 3/4 away. At 30: cid and dan at risk: 3/4 x 1/2 away.
    assert answer.curve[["days", "at_risk"]].values.tolist() == [[10, 4], [30, 2]]
    assert answer.curve["share_back"].tolist() == pytest.approx([0.25, 0.625])
    assert answer.median_days == 30
    assert answer.back_after(29)[0] == pytest.approx(0.25)
    assert (answer.curve["low"] <= answer.curve["share_back"]).all()
    assert (answer.curve["share_back"] <= answer.curve["high"]).all()


def test_the_curve_and_its_interval_are_those_of_customers_counted_one_by_one() -> None:
    luck = random.Random(7)
    orders, days, back = [], [], []
    for number in range(300):
        first, wait = luck.randrange(200), luck.randrange(1, 250)
        orders.append((f"c{number}", date(2025, 1, 1) + timedelta(first), 1.0))
        came_back = first + wait <= 250
        if came_back:
            orders.append((f"c{number}", date(2025, 1, 1) + timedelta(first + wait), 1.0))
        days.append(wait if came_back else 250 - first)
        back.append(int(came_back))
    orders += [("z", date(2025, 1, 1) + timedelta(250), 1.0)]
    with orders_engine([(name, f"{day}", amount) for name, day, amount in orders]) as engine:
        curve = second_purchase(engine, Filters()).curve
    one_by_one = SurvfuncRight([*days, 0], [*back, 0])
    assert curve["share_back"].tolist() == pytest.approx((1 - one_by_one.surv_prob).tolist())
    away, error = one_by_one.surv_prob[:-1], one_by_one.surv_prob_se[:-1]  # at the end nobody is left to be unsure of
    high = 1 - away ** np.exp(1.959964 * error / (away * -np.log(away)))
    assert curve["high"].tolist()[: len(high)] == pytest.approx(high.tolist())


def test_revenue_is_divided_between_new_and_returning_customers_and_refunds_lower_it() -> None:
    orders = [
        ("ann", "2026-01-05", 10.0),
        ("bob", "2026-02-05", 30.0),
        ("ann", "2026-02-06", 20.0),
        ("ann", "2026-02-07", -5.0),
    ]
    with orders_engine(orders) as engine:
        rows = returning_revenue(engine, Filters(), Period())
    assert rows[
        ["label", "new_customers", "returning_customers", "new_revenue", "returning_revenue"]
    ].values.tolist() == [
        ["Jan 2026", 1, 0, 10, 0],
        ["Feb 2026", 1, 1, 30, 15],
    ]
    assert rows["returning_share"].tolist() == pytest.approx([0, 1 / 3])
    assert rows["state"].tolist() == ["complete", "running"]


def test_customers_are_counted_by_how_often_they_bought() -> None:
    orders = [("ann", f"2026-01-{day:02}", 1.0) for day in range(1, 13)] + [
        ("bob", "2026-01-05", 1.0),
        ("cid", "2026-02-01", 1.0),
    ]
    with orders_engine(orders) as engine:
        everybody = orders_per_customer(engine, Filters(), Period())
        january = orders_per_customer(engine, Filters(last_day=date(2026, 1, 31)), Period())
    assert everybody[["orders", "customers"]].values.tolist() == [[1, 2], [10, 1]]
    assert january["share"].tolist() == [0.5, 0.5]
