"""Two groups compared among customers alike, on tables that can be counted by hand."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from retention_core.analyses.intervals import difference
from retention_core.analyses.satisfaction.alike import alike
from retention_core.analyses.satisfaction.satisfaction_return import ReturnQuestion, satisfaction_return
from tests.tables import add_answers, add_orders

# A. Agresti, Categorical Data Analysis (2013), pages 226 and 231: cured of treated, cured of others, in eight centres.
EIGHT_CENTRES = [
    (11, 36, 10, 37),
    (16, 20, 22, 32),
    (14, 19, 7, 19),
    (2, 16, 1, 17),
    (6, 17, 0, 12),
    (1, 11, 0, 10),
    (1, 5, 1, 9),
    (4, 6, 6, 7),
]


def strata(rows: list[tuple[int, int, int, int]], purchases: int = 2) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["first_back", "in_first", "second_back", "in_second"])
    return table.assign(purchases=purchases)


def people(group: str, count: int, back: int, purchases: int, score: int):
    """Return orders and answers of customers who bought so often from 1 January on, and answered on the 11th."""
    orders, answers = [], []
    for number in range(count):
        name = f"{group}{number}"
        orders += [(name, "2026-01-01", 1.0)] * purchases + [(name, "2026-01-20", 1.0)] * (number < back)
        answers.append((name, "2026-01-11", score))
    return orders, answers


def asked(engine, *groups):
    for group in groups:
        orders, answers = people(*group)
        add_orders(engine, orders)
        add_answers(engine, answers)
    add_orders(engine, [("last", "2026-12-31", 1.0)])
    return satisfaction_return(engine, ReturnQuestion(days=30))


def test_the_published_example_of_eight_centres_comes_out_as_printed() -> None:
    found = alike(strata(EIGHT_CENTRES))
    assert (round(found.difference, 3), found.compared_first, found.compared_second) == (0.130, 130, 143)
    assert round((found.high - found.low) / 2 / 1.96, 3) == 0.050  # the standard error


def test_a_difference_of_forty_points_is_none_among_customers_alike(engine) -> None:
    answer = asked(
        engine,
        ("a", 18, 0, 1, 5),  # satisfied, bought once: none back
        ("b", 2, 1, 3, 5),  # satisfied, bought three times: half are back
        ("c", 2, 0, 1, 2),  # less satisfied, bought once: none back
        ("d", 18, 9, 3, 2),  # less satisfied, bought three times: half are back
    )
    assert difference(answer.share(True), answer.share(False))[0] == pytest.approx(0.05 - 0.45)
    found = answer.alike
    assert (found.compared_first, found.compared_second, found.left_out, found.strata) == (20, 20, 0, 2)
    # Weights 18 * 2 / 20 = 1.8 each; variance (1 * 9 + 9 * 1) / 40 / 3.6 ** 2 = 0.45 / 12.96
    reach = 1.959964 * (0.45 / 12.96) ** 0.5
    assert (found.difference, found.low, found.high) == pytest.approx((0, -reach, reach), abs=1e-6)
    assert (found.first_rate, found.second_rate) == pytest.approx((0.25, 0.25))
    assert found.history_is_thin  # 20 of 40 had bought once


def test_who_has_nobody_alike_is_left_out_and_counted(engine) -> None:
    found = asked(engine, ("a", 3, 1, 1, 5), ("b", 4, 1, 1, 2), ("c", 5, 5, 8, 2)).alike
    assert (found.compared_first, found.compared_second, found.left_out, found.strata) == (3, 4, 5, 1)
    assert found.difference == pytest.approx(1 / 3 - 1 / 4)


def test_who_is_not_yet_known_is_compared_with_nobody(engine) -> None:
    add_orders(engine, [("ann", "2026-01-01", 1.0), ("bob", "2026-01-01", 1.0), ("last", "2026-02-01", 1.0)])
    add_answers(engine, [("ann", "2026-01-01", 5), ("bob", "2026-01-02", 2)])
    found = satisfaction_return(engine, ReturnQuestion(days=30)).alike  # bob's 30 days end on 1 February, known
    assert (found.compared, found.left_out) == (0, 2)  # a day apart on the first two days: not alike
    assert np.isnan(found.difference)
    assert found.says == "not_shown"
    assert satisfaction_return(engine, ReturnQuestion(days=90)).alike.left_out == 0


@pytest.mark.parametrize(
    ("purchases", "more"), [((1, 2), False), ((10, 11), False), ((15, 16), False), ((40, 41), True)]
)
def test_customers_are_alike_who_bought_as_often_exactly_or_many_times(engine, purchases, more) -> None:
    found = asked(engine, ("a", 1, 0, purchases[0], 5), ("b", 1, 0, purchases[1], 2)).alike
    assert (found.strata == 1) is more


@pytest.mark.parametrize(("days", "together"), [(31, True), (60, False), (120, False)])
def test_customers_are_alike_who_first_and_last_bought_about_as_long_ago(engine, days, together) -> None:
    answered = date(2026, 6, 1)
    for name, score, first in (("ann", 5, 30), ("bob", 2, days)):
        add_orders(engine, [(name, str(answered - timedelta(days=first)), 1.0)])
        add_answers(engine, [(name, str(answered), score)])
    add_orders(engine, [("last", "2026-12-31", 1.0)])
    assert (satisfaction_return(engine, ReturnQuestion(days=30)).alike.strata == 1) is together


def test_what_may_be_said_follows_from_the_interval_and_needs_enough_customers() -> None:
    assert alike(strata([(60, 100, 30, 100)])).says == "more"
    assert alike(strata([(30, 100, 60, 100)])).says == "fewer"
    assert alike(strata([(50, 100, 50, 100)])).says == "not_shown"
    assert alike(strata([(5000, 10000, 5000, 10000)])).says == "as_often"
    assert alike(strata([(20, 20, 0, 20)])).says == "not_shown"  # fewer than 30 of either group
    assert alike(strata([(0, 500, 0, 500)])).says == "not_shown"  # nobody came back: how rare it is cannot be told
    assert not alike(strata([(0, 500, 0, 500)])).is_claimed


def test_history_is_thin_where_half_of_those_compared_had_bought_once() -> None:
    once, often = strata([(5, 30, 5, 30)], purchases=1), strata([(5, 31, 5, 30)], purchases=4)
    assert alike(once).history_is_thin
    assert not alike(pd.concat([once, often])).history_is_thin


def test_the_error_is_that_of_drawing_the_customers_anew() -> None:
    """Eight hundred strata of a few people, drawn anew 400 times: the spread is the standard error."""
    chance = np.random.default_rng(11)
    first, second = chance.integers(1, 4, 800), chance.integers(1, 4, 800)
    usual = chance.uniform(0.1, 0.9, 800)
    drawn = [
        alike(
            strata(list(zip(chance.binomial(first, usual), first, chance.binomial(second, usual), second, strict=True)))
        )
        for _ in range(400)
    ]
    spread = np.std([each.difference for each in drawn])
    told = np.mean([(each.high - each.low) / 2 / 1.96 for each in drawn])
    assert told == pytest.approx(spread, rel=0.1)
    covered = np.mean([each.low <= 0 <= each.high for each in drawn])
    assert 0.93 <= covered <= 0.97
