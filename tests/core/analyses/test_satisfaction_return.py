"""Came back by score, on a handful of customers."""

from datetime import date

import pytest

from retention_core.analyses.return_within import return_within
from retention_core.analyses.satisfaction_return import (
    ReturnQuestion,
    customers_in_room,
    satisfaction_return,
    scale_top,
)
from retention_core.errors import SettingInvalid
from retention_core.filters import Filters
from tests.tables import add_answers, add_orders

ORDERS = [
    ("ann", "2026-01-01", 10.0),
    ("ann", "2026-01-20", 10.0),  # 5 stars on the 11th, back nine days later
    ("bob", "2026-01-01", 10.0),
    ("bob", "2026-03-01", 10.0),  # 5 stars on the 11th, back only after 49 days
    ("cid", "2026-01-01", 10.0),  # 2 stars, never back
    ("dan", "2026-03-20", 10.0),
    ("dan", "2026-03-28", 10.0),  # 2 stars on the 25th: his 30 days have not passed
    ("eve", "2026-01-01", 10.0),
    ("eve", "2026-01-12", 10.0),  # never answered; followed from the 11th, like the others
    ("last", "2026-03-31", 1.0),
]
ANSWERS = [("ann", "2026-01-11", 5), ("bob", "2026-01-11", 5), ("cid", "2026-01-11", 2), ("dan", "2026-03-25", 2)]


@pytest.fixture
def answered(engine):
    add_orders(engine, ORDERS)
    add_answers(engine, ANSWERS)
    return engine


def parts(answer) -> dict[str, list[int]]:
    return {row.label: [row.came_back, row.did_not, row.not_yet_known] for row in answer.scores.itertuples()}


def test_each_score_says_who_came_back_who_did_not_and_who_cannot_be_known(answered) -> None:
    # The typical gap between purchase and answer is ten days (10, 10, 10, 5; median by nearest rank), so the silent
    # are followed from ten days after their first purchase; `last` would be followed from April, after the data.
    answer = satisfaction_return(answered, ReturnQuestion(days=30))
    assert parts(answer) == {"2": [0, 1, 1], "5": [1, 1, 0], "no answer": [1, 0, 0]}


def test_a_longer_horizon_knows_less_and_finds_more(answered) -> None:
    assert parts(satisfaction_return(answered, ReturnQuestion(days=90)))["5"] == [
        0,
        0,
        2,
    ]  # 11 January + 90 is 11 April
    later = ReturnQuestion(days=30, filters=Filters(as_of=date(2026, 2, 9)))
    assert parts(satisfaction_return(answered, later))["5"] == [0, 0, 2]  # as of 9 February 30 days have not passed
    day_after = ReturnQuestion(days=30, filters=Filters(as_of=date(2026, 2, 10)))
    assert parts(satisfaction_return(answered, day_after))["5"] == [1, 1, 0]


def test_an_early_return_of_an_unknown_customer_does_not_count_yet(answered) -> None:
    scores = satisfaction_return(answered, ReturnQuestion(days=30)).scores.set_index("label")
    assert scores.loc["2", "known"] == 1
    assert scores.loc["2", "return_rate"] == 0  # dan is back already, but his 30 days have not passed


def test_a_customer_counts_once_by_the_first_answer(answered) -> None:
    add_answers(answered, [("ann", "2026-01-12", 1)])
    assert parts(satisfaction_return(answered, ReturnQuestion(days=30)))["5"] == [1, 1, 0]


def test_a_purchase_on_the_day_of_the_answer_is_not_a_return(engine) -> None:
    add_orders(engine, [("ann", "2026-01-01", 1.0), ("ann", "2026-01-11 18:00", 1.0), ("x", "2026-03-31", 1.0)])
    add_answers(engine, [("ann", "2026-01-11 09:00", 5)])
    assert parts(satisfaction_return(engine, ReturnQuestion(days=30)))["5"] == [0, 1, 0]


def test_a_refund_is_not_a_return(engine) -> None:
    add_orders(engine, [("ann", "2026-01-01", 5.0), ("ann", "2026-01-15", -5.0), ("x", "2026-03-31", 1.0)])
    add_answers(engine, [("ann", "2026-01-11", 5)])
    assert parts(satisfaction_return(engine, ReturnQuestion(days=30)))["5"] == [0, 1, 0]


def test_an_answer_after_the_last_order_is_no_answer_yet_however_the_last_day_is_given(engine) -> None:
    add_orders(engine, [("ann", "2026-01-01", 1.0), ("x", "2026-03-31", 1.0)])
    add_answers(engine, [("ann", "2026-04-05", 5)])
    by_itself = parts(satisfaction_return(engine, ReturnQuestion(days=30)))
    given = ReturnQuestion(days=30, filters=Filters(as_of=date(2026, 3, 31)))
    assert by_itself == parts(satisfaction_return(engine, given)) == {"no answer": [0, 1, 1]}


def test_the_four_rooms_hold_everybody_who_is_known_and_list_them(answered) -> None:
    answer = satisfaction_return(answered, ReturnQuestion(days=30))
    rooms = {
        (bool(row.is_satisfied), row.outcome): (row.customers, float(row.revenue)) for row in answer.rooms.itertuples()
    }
    assert rooms == {(True, "came_back"): (1, 20.0), (True, "did_not"): (1, 20.0), (False, "did_not"): (1, 10.0)}
    listed = customers_in_room(answered, answer, "did_not", is_satisfied=True)
    assert list(listed["customer"]) == ["bob"]
    assert list(listed["next_purchase_on"]) == [date(2026, 3, 1)]
    assert list(customers_in_room(answered, answer, "came_back", score=float("nan"))["customer"]) == ["eve"]


def test_the_scale_is_told_from_the_highest_score() -> None:
    assert [scale_top(score) for score in (3, 5, 6, 7, 9, 10, 60)] == [5, 5, 7, 7, 10, 10, 100]


def test_a_horizon_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(SettingInvalid):
        ReturnQuestion(days=45)


def test_an_answer_of_somebody_who_had_not_bought_yet_is_left_out(engine) -> None:
    add_orders(engine, [("ann", "2026-01-01", 1.0), ("late", "2026-02-01", 1.0), ("x", "2026-03-31", 1.0)])
    add_answers(engine, [("stranger", "2026-01-11", 4), ("late", "2026-01-11", 4), ("ann", "2026-01-11", 4)])
    assert parts(satisfaction_return(engine, ReturnQuestion(days=30)))["4"] == [0, 1, 0]


def test_return_within_follows_everybody_for_the_same_time(engine) -> None:
    orders = [
        ("ann", "2026-01-01", 1.0),
        ("ann", "2026-04-01", 1.0),  # back on day 90
        ("bob", "2026-01-01", 1.0),
        ("bob", "2026-04-02", 1.0),  # back on day 91
        ("cid", "2026-01-02", 1.0),
        ("cid", "2026-01-02", 1.0),  # twice on the first day: no return, two purchases
        ("dan", "2026-03-30", 1.0),
        ("dan", "2026-03-31", 1.0),  # too young to be known
    ]
    add_orders(engine, orders)
    result = return_within(engine, Filters(), 90)
    january, march = (row for _, row in result.cohorts.iterrows())
    assert january[["customers", "known", "came_back", "repeat_customers", "state"]].tolist() == [3, 3, 1, 3, "running"]
    assert march[["customers", "known", "came_back", "repeat_customers"]].tolist() == [1, 0, 0, 1]
    assert (result.repeat_purchase.count, result.repeat_purchase.total) == (4, 4)
