"""What is said of satisfied and less satisfied customers, on groups that can be counted by hand."""

from retention_core.analyses.satisfaction.satisfaction_return import ReturnQuestion
from retention_core.answers.answer import Answer
from retention_core.answers.satisfaction.came_back_answer import came_back_answer, satisfaction_in_brief
from retention_core.answers.satisfaction.rooms import people_in
from retention_core.answers.satisfaction.scale_words import read_scale, scale_words, scales_by_id
from retention_core.filters import Filters
from retention_core.workspace import Workspace
from tests.core.analyses.test_alike import people
from tests.tables import add_answers, add_orders


def plainly(text: str) -> str:
    return text.replace("\u00a0", " ")


def told(engine, *groups) -> Answer:
    """Return the answer over groups of: letter, customers, how many came back, purchases before, score."""
    for group in groups:
        orders, answers = people(*group)
        add_orders(engine, orders)
        add_answers(engine, answers)
    add_orders(engine, [("last", "2026-12-31", 1.0)])
    return came_back_answer(Workspace("Small", engine), ReturnQuestion(days=30))


def test_a_difference_among_customers_alike_is_claimed_with_its_reservation(engine) -> None:
    # all had bought twice on the same day: 80 of 100 satisfied came back, and 40 of 100 others
    answer = told(engine, ("a", 100, 80, 2, 5), ("b", 100, 40, 2, 2))
    first, then = plainly(answer.sentence).split("\n")
    assert first.startswith(
        "Among customers alike in purchases, time and recency, satisfied ones came back within 30 days more often than "
        "less satisfied ones, by "
    )
    assert first.endswith(" points (n = 200).")
    assert then.startswith("Of all it was 80 % (71 to 87) and 40 % (31 to 50). Who answers differs")
    assert answer.cards[2].value == "+40 points"


def test_where_most_had_bought_once_nothing_says_whether_they_are_alike(engine) -> None:
    answer = told(engine, ("a", 100, 80, 1, 5), ("b", 100, 40, 1, 2))
    assert answer.sentence.startswith("Whether satisfied customers come back more or less often than others like them")
    assert answer.notes[-1].startswith("Most of those compared had bought only once before")


def test_the_same_shares_are_no_difference_that_can_be_shown(engine) -> None:
    answer = told(engine, ("a", 100, 50, 2, 5), ("b", 100, 50, 2, 2))
    assert "among customers alike no difference can be shown within 30 days" in answer.sentence
    assert answer.cards[2].value == "0 points"


def test_too_few_alike_are_told_apart_and_too_few_at_all_are_counted(engine) -> None:
    assert "too few of them are alike" in told(engine, ("a", 12, 6, 1, 5), ("b", 12, 6, 1, 2)).sentence


def test_too_few_of_a_side_make_no_comparison(engine) -> None:
    answer = told(engine, ("a", 5, 2, 1, 5), ("b", 12, 6, 1, 2))
    assert answer.sentence.startswith("Too few customers can be followed for 30 days after their answer")
    assert plainly(answer.sentence).endswith("2 of 5 and 50 % (25 to 75).")
    assert answer.notes == ()
    assert answer.cards[0].note == "2 of 5: too few"


def test_behind_a_score_lie_those_who_came_back_and_those_who_did_not(engine) -> None:
    answer = told(engine, ("a", 12, 5, 1, 4), ("b", 12, 2, 1, 2))
    back, gone = answer.tables[0].behind(0)  # score 2 is the lower one
    assert (back.title, gone.title) == ("Score 2: 2 came back", "Score 2: 10 did not come back")
    assert set(back.rows()["customer"]) == {"b0", "b1"}
    assert len(gone.rows()) == 10
    (same,) = answer.charts[0].behind((0, 0))
    assert set(same.rows()["customer"]) == {"b0", "b1"}


def test_the_rooms_hold_everybody_who_is_known_once(engine) -> None:
    answer = told(engine, ("a", 12, 5, 1, 4), ("b", 12, 2, 1, 2))
    rooms = answer.part("rooms")
    assert [card.value for card in rooms.cards] == ["5", "7", "2", "10"]
    assert plainly(rooms.cards[0].note) == "21 % · spent 10"  # 5 of 24, with two purchases of 1 each
    (inside,) = people_in(rooms, "less_satisfied_back")
    assert inside.title == "Less satisfied, back: 2 customers"
    assert set(inside.rows()["customer"]) == {"b0", "b1"}


def test_what_is_seen_in_the_chart_is_told_with_its_figures(engine) -> None:
    answer = told(engine, ("a", 20, 10, 1, 4), ("b", 20, 5, 1, 2), ("c", 3, 1, 1, 5))
    assert plainly(answer.charts[0].alt) == "Share back within 30 days by score of the first answer: 2: 25 %; 4: 50 %."


def test_a_scale_is_named_by_its_word_and_ends_and_found_by_old_names(engine) -> None:
    told(engine, ("a", 12, 5, 1, 4), ("b", 12, 2, 1, 9))
    with engine.transaction() as cursor:
        cursor.execute(
            "UPDATE stored_satisfaction SET scale = CASE WHEN score = 9 THEN 'NPS' ELSE 'CSAT' END, "
            "scale_top = CASE WHEN score = 9 THEN 10 ELSE 5 END"
        )
    known = scales_by_id(Workspace("Small", engine))
    assert {name: scale_words(scale) for name, scale in known.items()} == {
        "CSAT-5": "CSAT, 1 to 5",
        "NPS-10": "NPS, 0 to 10",
    }
    assert [read_scale(known, text) for text in ("NPS-10", "NPS, 0 to 10", "NPS")] == ["NPS-10"] * 3


def test_the_overview_says_that_there_is_nothing_to_answer_with(engine) -> None:
    brief = satisfaction_in_brief(Workspace("Small", engine), Filters())
    assert brief.is_empty
    assert brief.sentence == "No satisfaction answers of customers with orders to answer this."
