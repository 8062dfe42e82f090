"""The time to the next purchase: who is followed how long, what is known of it, and how sure it is."""

import math
import random
from datetime import date, timedelta

import numpy as np
import pytest
from statsmodels.duration.survfunc import SurvfuncRight

from benchmarks.curve_coverage import coverage
from retention_core.analyses.customers.second_purchase import SecondPurchase, second_purchase
from retention_core.analyses.intervals import wilson
from retention_core.filters import Filters
from tests.tables import Order, orders_engine


def shop(*groups: tuple[str, int, int, int], first: date = date(2026, 1, 1)) -> list[Order]:
    """Return orders of groups of customers: name, how many, day of the first purchase, days until the next (0: none)."""
    orders: list[Order] = []
    for name, customers, day, wait in groups:
        for number in range(customers):
            orders.append((f"{name}{number}", f"{first + timedelta(day)}", 1.0))
            if wait:
                orders.append((f"{name}{number}", f"{first + timedelta(day + wait)}", 1.0))
    return orders


def asked(orders: list[Order], filters: Filters, step: int = 1) -> SecondPurchase:
    with orders_engine(orders) as engine:
        return second_purchase(engine, filters, step)


def test_customers_count_for_as_long_as_they_are_followed_whether_or_not_they_come_back() -> None:
    # 30 are followed 40 days (to 10 February), 10 more 20 days
    orders = shop(("ann", 6, 0, 10), ("bob", 12, 0, 30), ("cid", 12, 0, 0), ("dan", 4, 20, 15), ("eve", 6, 20, 0))
    answer = asked(orders, Filters(as_of=date(2026, 2, 10)))
    assert (answer.customers, answer.came_back) == (40, 22)
    # day 10: 6 of 40 back; day 15: 4 of 34; day 30: 12 of the 24 who are still followed
    away = [1, 34 / 40, 34 / 40 * 30 / 34, 34 / 40 * 30 / 34 * 12 / 24]
    known = answer.curve.set_index("days")
    assert known.loc[[9, 10, 15, 30], "at_risk"].tolist() == [40, 40, 34, 24]
    assert known.loc[[9, 10, 15, 30], "share_back"].tolist() == pytest.approx([1 - each for each in away])
    assert known.loc[[0, 20, 21, 40], "followed"].tolist() == [40, 40, 30, 30]
    assert answer.median_days == 30
    assert answer.back_after(29)[0] == pytest.approx(1 - away[2])
    assert known.index[-1] == 40


def test_a_share_is_known_though_nobody_comes_back_any_more() -> None:
    orders = shop(("back", 40, 0, 31), ("gone", 60, 0, 0))
    answer = asked(orders, Filters(as_of=date(2026, 1, 1) + timedelta(726)))
    assert [answer.back_after(days)[0] for days in (30, 31, 90, 180, 365)] == pytest.approx([0, 0.4, 0.4, 0.4, 0.4])
    assert answer.followed_for(365) == 100
    assert (answer.longest_known_mark, len(answer.curve)) == (365, 727)
    low, high = wilson([40], [100])  # nobody is lost, so it is the interval of a plain share
    assert answer.back_after(365)[1:] == pytest.approx((low[0], high[0]))


def test_twenty_days_of_data_say_nothing_of_ninety() -> None:
    answer = asked(shop(("back", 50, 0, 5), ("gone", 50, 0, 0)), Filters(as_of=date(2026, 1, 21)))
    assert all(math.isnan(each) for each in answer.back_after(90))
    assert (answer.longest_known_mark, answer.followed_for(90)) == (0, 0)
    assert answer.back_after(20)[0] == pytest.approx(0.5)


def test_a_share_needs_ten_who_are_followed_and_an_interval_thirty() -> None:
    orders = shop(("long", 9, 0, 0), ("longer", 20, 50, 40), ("short", 1, 70, 0))
    answer = asked(orders, Filters(as_of=date(2026, 1, 1) + timedelta(200)))
    assert answer.followed_for(130) == 30
    assert not math.isnan(answer.back_after(130)[1])
    rate, low, high = answer.back_after(131)  # 29 are followed so long
    assert (answer.followed_for(131), math.isnan(low), math.isnan(high)) == (29, True, True)
    assert rate == pytest.approx(20 / 30)
    assert math.isnan(answer.back_after(151)[0])  # 9 are
    assert answer.longest_known_mark == 90


def test_half_is_not_reached_by_what_too_few_are_followed_for() -> None:
    orders = shop(("back", 9, 0, 100), ("gone", 21, 90, 0))  # after 100 days 9 are followed, and all of them are back
    answer = asked(orders, Filters(as_of=date(2026, 1, 1) + timedelta(150)))
    assert math.isnan(answer.median_days)


def test_the_curve_is_that_of_customers_counted_one_by_one() -> None:
    luck = random.Random(7)
    orders: list[Order] = []
    days, back = [], []
    for number in range(300):
        first, wait = luck.randrange(200), luck.randrange(1, 250)
        orders += shop((f"c{number}", 1, first, wait if first + wait <= 250 else 0), first=date(2025, 1, 1))
        days.append(min(wait, 250 - first))
        back.append(int(first + wait <= 250))
    answer = asked(orders, Filters(as_of=date(2025, 1, 1) + timedelta(250)))
    one_by_one = SurvfuncRight(days, back)
    known = [number for number, day in enumerate(one_by_one.surv_times) if answer.followed_for(int(day)) >= 30]
    away, error = one_by_one.surv_prob[known], one_by_one.surv_prob_se[known]
    low, high = wilson((1 - away) * away * (1 - away) / error**2, away * (1 - away) / error**2)
    found = np.array([answer.back_after(int(day)) for day in one_by_one.surv_times[known]])
    assert len(known) > 100
    assert found[:, 0].tolist() == pytest.approx((1 - away).tolist())
    assert found[:, 1].tolist() == pytest.approx(low.tolist())
    assert found[:, 2].tolist() == pytest.approx(high.tolist())


def test_the_step_from_the_second_to_the_third_purchase_is_followed_from_the_second() -> None:
    days = [f"2026-01-{day:02}" for day in (1, 11, 11, 31)]  # two purchases on the 11th are one day
    orders: list[Order] = [(f"c{number}", day, 1.0) for number in range(10) for day in days]
    orders += [(f"once{number}", "2026-01-01", 1.0) for number in range(5)]
    until = Filters(as_of=date(2026, 3, 1))
    first, second, third = (asked(orders, until, step) for step in (1, 2, 3))
    assert [(each.customers, each.came_back) for each in (first, second, third)] == [(15, 10), (10, 10), (10, 0)]
    assert first.back_after(10)[0] == pytest.approx(10 / 15)
    assert [second.back_after(day)[0] for day in (19, 20)] == [0, 1]
    assert second.followed_for(49) == 10  # 11 January to 1 March
    assert second.followed_for(50) == 0


def test_the_days_choose_customers_by_their_first_purchase_also_where_the_second_is_followed() -> None:
    orders = shop(("early", 10, 0, 40), ("late", 12, 35, 5))
    february = Filters(first_day=date(2026, 2, 1), last_day=date(2026, 2, 28), as_of=date(2026, 4, 1))
    assert asked(orders, february, 1).customers == 12
    assert asked(orders, february, 2).customers == 12


def test_nothing_later_than_as_of_brings_anybody_back() -> None:
    orders = [*shop(("ann", 12, 0, 20)), ("far", "2062-01-01", 1.0)]
    answer = asked(orders, Filters(as_of=date(2026, 1, 15)))
    assert (answer.customers, answer.came_back) == (12, 0)
    assert asked([], Filters()).customers == 0


@pytest.mark.parametrize("customers", [40, 100])
def test_intervals_hold_the_truth_about_as_often_as_they_say(customers) -> None:
    found = coverage(np.random.default_rng(5), 400, customers, never=0.6, mean_wait=60)
    checked = [held for held, shops in found if shops > 200]
    assert len(checked) >= 3
    assert all(0.92 <= held <= 0.98 for held in checked)  # 93 to 97 %, and what 400 shops leave open
