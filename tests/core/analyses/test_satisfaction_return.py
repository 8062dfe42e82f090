"""Came back by score, on a handful of customers."""

from datetime import date

import pytest

from retention_core.analyses.customers.return_within import return_within
from retention_core.analyses.satisfaction.answer_scales import Scale, scale_top, scales
from retention_core.analyses.satisfaction.customers_by_score import customers_in_room
from retention_core.analyses.satisfaction.satisfaction_return import ReturnQuestion, satisfaction_return
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
    ("dan", "2026-03-28", 10.0),  # 2 stars on the 25th: their 30 days have not passed
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


def tell_scales(engine, top: int | None, *, word: str | None = None, of: tuple[float, ...]) -> None:
    """Mark the answers with these scores as loading would: with the highest score of their scale, and a word for it."""
    with engine.transaction() as cursor:
        cursor.execute(
            "UPDATE stored_satisfaction SET scale_top = $top, scale = $word WHERE list_contains($of, score::DOUBLE)",
            {"top": top, "word": word, "of": list(of)},
        )


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
    assert scores.loc["2", "return_rate"] == 0  # dan is back already, but their 30 days have not passed


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


def test_the_rooms_and_their_lists_hold_what_was_known_on_an_earlier_day(answered) -> None:
    add_orders(answered, [("ann", "2026-03-30", 1000.0), ("bob", "2026-03-30", 500.0), ("bob", "2026-01-15", 7.0)])
    answer = satisfaction_return(answered, ReturnQuestion(days=30, filters=Filters(as_of=date(2026, 2, 28))))
    rooms = {(bool(row.is_satisfied), row.outcome): float(row.revenue) for row in answer.rooms.itertuples()}
    assert rooms == {(True, "came_back"): 37.0, (False, "did_not"): 10.0}  # ann 10 + 10, bob 10 + 7; cid 10
    listed = customers_in_room(answered, answer, "came_back", is_satisfied=True)
    assert listed.values.tolist() == [
        ["ann", 5, date(2026, 1, 11), date(2026, 1, 20), 20],
        ["bob", 5, date(2026, 1, 11), date(2026, 1, 15), 17],
    ]


def test_who_answers_later_had_not_answered_before_and_people_count_once(engine) -> None:
    # The gaps are 0 (ann) and 59 days (late); the median by nearest rank is 0, so all are followed from their first day.
    add_orders(engine, [("ann", "2026-01-01", 1.0), ("late", "2026-01-01", 1.0), ("late", "2026-01-10", 1.0)])
    add_orders(engine, [("mute", "2026-01-01", 1.0), ("x", "2026-03-31", 1.0)])
    add_answers(engine, [("ann", "2026-01-01", 5), ("late", "2026-03-10", 2)])
    answer = satisfaction_return(engine, ReturnQuestion(days=30))
    # late: back on 10 January after none was given by 1 January; of their answer 30 days have not passed
    assert parts(answer) == {"2": [0, 0, 1], "5": [0, 1, 0], "no answer": [1, 1, 1]}
    assert (answer.scores["customers"].sum(), answer.customers, answer.not_yet_known) == (5, 4, 2)
    silent = customers_in_room(engine, answer, "came_back", score=float("nan"))
    assert list(silent["customer"]) == ["late"]
    assert silent["answered_on"].isna().all()


def test_the_past_is_the_same_whatever_came_after_it(answered) -> None:
    then = ReturnQuestion(days=30, filters=Filters(as_of=date(2026, 2, 28)))
    before = satisfaction_return(answered, then)
    as_it_was = (parts(before), before.alike, before.rooms.values.tolist(), before.customers)
    # later answers and orders: eve answers at last, new customers with another gap, a purchase of everybody
    add_answers(answered, [("eve", "2026-03-01", 1), ("new", "2026-03-30", 5), ("newer", "2026-03-31", 5)])
    add_orders(answered, [("new", "2026-03-01", 9.0), ("newer", "2026-03-01", 9.0), ("cid", "2026-03-02", 9.0)])
    after = satisfaction_return(answered, then)
    assert (parts(after), after.alike, after.rooms.values.tolist(), after.customers) == as_it_was


def test_the_typical_gap_is_told_from_the_answers_known_by_then(engine) -> None:
    add_orders(engine, [(name, "2026-01-01", 1.0) for name in ("ann", "bob", "cid", "eve")])
    add_orders(engine, [("eve", "2026-01-03", 1.0), ("x", "2026-03-31", 1.0)])
    add_answers(engine, [("ann", "2026-01-01", 5), ("bob", "2026-02-20", 5), ("cid", "2026-02-20", 5)])
    # known on 31 January: a gap of 0 days, and eve is back after 1 January; later 50 days, and she is not
    then = ReturnQuestion(days=30, filters=Filters(as_of=date(2026, 1, 31)))
    assert parts(satisfaction_return(engine, then))["no answer"] == [1, 2, 0]
    now = ReturnQuestion(days=30, filters=Filters(as_of=date(2026, 3, 31)))
    assert parts(satisfaction_return(engine, now))["no answer"] == [0, 1, 0]


def test_a_score_is_satisfied_by_the_scale_of_its_answer_whatever_a_filter_leaves(answered) -> None:
    add_answers(answered, [("eve", "2026-02-15", 10)])  # without a scale of their own all are on that of the highest
    low = Filters(last_day=date(2026, 1, 31))
    answer = satisfaction_return(answered, ReturnQuestion(days=30, filters=low))
    assert answer.scale == Scale("", 10, holds_untold=True)
    assert answer.scores["is_satisfied"].tolist() == [False, False, None]  # 2 and 5 of 10; no answer
    tell_scales(answered, 5, of=(2, 5, 10))
    answer = satisfaction_return(answered, ReturnQuestion(days=30, filters=low))
    assert answer.scale == Scale("", 5)
    assert answer.scores["is_satisfied"].tolist() == [False, True, None]


def test_scales_are_never_mixed_and_the_most_frequent_is_shown(answered) -> None:
    add_answers(answered, [("eve", "2026-01-11", 9)])
    tell_scales(answered, 10, word="NPS", of=(9,))
    tell_scales(answered, 5, word="CSAT", of=(2, 5))
    assert [scale.label for scale in scales(answered)] == ["CSAT, 1 to 5", "NPS, 0 to 10"]
    # eve has answered, though on another scale, and is no customer without an answer
    assert parts(satisfaction_return(answered, ReturnQuestion(days=30))) == {"2": [0, 1, 1], "5": [1, 1, 0]}
    other = satisfaction_return(answered, ReturnQuestion(days=30, scale=scales(answered)[1]))
    assert parts(other) == {"9": [1, 0, 0]}


def test_answers_of_an_older_workspace_join_those_of_their_word_and_scale(answered) -> None:
    tell_scales(answered, None, word="CSAT", of=(2,))
    tell_scales(answered, 5, word="CSAT", of=(5,))
    assert scales(answered) == [Scale("CSAT", 5, holds_untold=True)]
    assert set(parts(satisfaction_return(answered, ReturnQuestion(days=30)))) == {"2", "5", "no answer"}


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
