"""What is said of those who wait now, on a handful of complaints."""

from datetime import date

import pytest

from retention_core.analyses.complaints.response_times import ResponseQuestion
from retention_core.answers.answer import Answer
from retention_core.answers.complaints.response_answer import complaints_in_brief
from retention_core.answers.complaints.today_answer import today_answer, today_question
from retention_core.figures.palette import LIGHT
from retention_core.filters import Filters
from retention_core.words.language import PERSIAN, speaking
from retention_core.workspace import Workspace
from tests.tables import add_complaints, add_orders

ENDS = ("z", "2026-01-20 09:00", None, "2026-01-20 10:00")  # the data ends with 20 January
# Left to five days at its end: 10 hours, a day, two and a half; over it for a day; four and a half days.
SOON, IN_A_DAY, LATER = (
    ("ann", "2026-01-16 10:00", None, None),
    ("bob", "2026-01-17 00:00", None, None),
    ("cid", "2026-01-18 12:00", None, None),
)
OVER, YOUNG = ("dan", "2026-01-15 00:00", None, None), ("eve", "2026-01-20 12:00", None, None)


def told(engine, complaints, question: ResponseQuestion | None = None, **columns) -> Answer:
    add_complaints(engine, [*complaints, ENDS], **columns)
    return today_answer(Workspace("Small", engine), question or ResponseQuestion())


def figures(answer: Answer) -> dict[str, str]:
    return {str(card.label): str(card.value) for card in answer.cards}


@pytest.mark.parametrize(
    ("complaints", "said"),
    [
        ([], "Nobody waits: the only complaint is not open any more."),
        ([("y", "2026-01-02", None, "2026-01-03")], "Nobody waits: none of 2 complaints is open."),
        ([YOUNG], "Nothing is urgent: the only open complaint does not cross day 5 within 72 hours."),
        ([YOUNG] * 2, "Nothing is urgent: none of 2 open complaints crosses day 5 within 72 hours."),
        ([SOON], "1 complaint crosses day 5 within 24 hours, 1 within 72. None is over it yet."),
        (
            [SOON, SOON, IN_A_DAY, LATER, OVER, YOUNG],
            "2 complaints cross day 5 within 24 hours, 4 within 72. 1 is over it already.",
        ),
        ([LATER], "1 complaint crosses day 5 within 72 hours, not within 24. None is over it yet."),
        (
            [LATER, IN_A_DAY, OVER, OVER],
            "2 complaints cross day 5 within 72 hours, none of them within 24. 2 are over it already.",
        ),
        ([YOUNG, OVER], "No complaint crosses day 5 within 72 hours. 1 is over it already."),
    ],
    ids=["none", "none of two", "one young", "young", "one soon", "all kinds", "one later", "later", "over and young"],
)
def test_the_sentence_says_who_crosses_the_limit_soon_and_who_has_crossed_it(engine, complaints, said) -> None:
    assert told(engine, complaints).sentence == said


def test_where_all_have_waited_for_months_nothing_is_called_urgent(engine) -> None:
    old = [("a", "2025-10-02 12:00", None, None), ("b", "2025-11-12 12:00", None, None)]
    # to the end of 20 January: 110.5 and 69.5 days
    assert told(engine, old).sentence == (
        "No complaint is about to cross day 5: all 2 open ones are over it, the youngest after 69 days, the oldest "
        "after 110 days."
    )


def test_the_only_open_one_that_has_waited_for_months_is_told_with_its_age(engine) -> None:
    said = "No complaint is about to cross day 5: the only open one has waited 110 days."
    assert told(engine, [("a", "2025-10-02 12:00", None, None)]).sentence == said


@pytest.mark.parametrize(
    ("opened", "said"),
    [
        (
            ["2026-01-16"],
            "1 complaint must be answered on the next day to stay within 5 days, 1 within the next 3 days.",
        ),
        (
            ["2026-01-16", "2026-01-16", "2026-01-17", "2026-01-19"],
            "2 complaints must be answered on the next day to stay within 5 days, 3 within the next 3 days.",
        ),
        (
            ["2026-01-18", "2026-01-17"],
            "2 complaints must be answered within the next 3 days to stay within 5 days, none of them on the next one.",
        ),
        (
            ["2026-01-18"],
            "1 complaint must be answered within the next 3 days to stay within 5 days, but not on the next one.",
        ),
    ],
)
def test_where_only_days_are_on_record_days_are_told(engine, opened, said) -> None:
    answer = told(engine, [("d", day, None, None) for day in opened])
    assert answer.sentence == f"{said} None is over it yet."
    assert answer.notes[0] == "“Today” is 20 Jan 2026, the last day of the data: only days are on record."
    assert [str(card.label) for card in answer.cards[:2]] == ["To answer on the next day", "To answer within 3 days"]
    table = answer.table("complaints_crossing")
    shown = table.shown(table.rows())
    # opened on the 16th: the 21st is the last day on which an answer comes within five days
    first = min(opened)
    assert shown["days_left"].iloc[0] == int(first[-2:]) - 15
    assert shown["due_at"].iloc[0] == date(2026, 1, int(first[-2:]) + 5)
    assert table.columns["due_at"].kind == "day"


def test_those_of_customers_who_have_spent_most_are_named(engine) -> None:
    add_orders(engine, [(f"c{n}", "2026-01-01", float(n)) for n in range(1, 19)] + [("ann", "2026-01-01", 99.0)])
    add_orders(engine, [("dan", "2026-01-01", 98.0)])
    answer = told(engine, [SOON, SOON, ("c3", "2026-01-16 11:00", None, None), LATER, OVER])
    assert answer.sentence.endswith("2 of the 3 are from customers in the top tenth by what they have spent.")
    assert answer.cards[0].note == "2 in the top tenth by what they spent"
    assert answer.cards[1].note == "2 in the top tenth by what they spent"


def test_the_only_urgent_one_of_a_customer_who_has_spent_most_is_called_it(engine) -> None:
    add_orders(engine, [(f"c{n}", "2026-01-01", float(n)) for n in range(1, 19)] + [("cid", "2026-01-01", 99.0)])
    said = "None is over it yet. It is from a customer in the top tenth by what they have spent."
    assert told(engine, [LATER]).sentence.endswith(said)


def test_four_cards_count_them_and_the_last_has_the_backlog_as_its_trend(engine) -> None:
    answer = told(engine, [SOON, IN_A_DAY, LATER, OVER, YOUNG])
    assert figures(answer) == {
        "Cross day 5 within 24 h": "1",
        "Cross day 5 within 72 h": "3",
        "Over day 5": "1",
        "Open now": "5",
    }
    assert answer.cards[0].note == "until the end of 21 Jan 2026"
    assert answer.cards[1].note == "until the end of 23 Jan 2026"
    assert answer.cards[2].note == "the oldest waits for 6 days"
    assert answer.cards[3].trend == (1, 2, 3, 4, 4, 5)  # 15 to 20 January


def test_the_soonest_is_listed_first_with_the_hours_that_are_left(engine) -> None:
    answer = told(engine, [LATER, SOON, OVER, IN_A_DAY], severity=["low", "high", "high", "low", "low"])
    table = answer.table("complaints_crossing")
    shown = table.shown(table.rows())
    assert table.title == "3 complaints cross day 5 within 72 hours"
    assert list(shown["customer"]) == ["ann", "bob", "cid"]
    assert list(shown["hours_left"]) == [10, 24, 60]
    assert list(shown["severity"]) == ["high", "low", "low"]
    assert "reason" not in shown
    assert {"seconds_left", "due_at", "customer_value"} <= set(table.rows())  # the download is whole


def test_those_over_the_limit_stand_by_what_their_customers_have_spent_where_that_is_known(engine) -> None:
    add_orders(engine, [("new", "2026-01-01", 50.0), ("mid", "2026-01-01", 90.0)])
    over = [(who, f"2026-01-{day:02}", None, None) for who, day in (("old", 2), ("new", 9), ("mid", 5))]
    table = told(engine, over).table("complaints_over")
    assert list(table.rows()["customer"]) == ["mid", "new", "old"]
    assert table.title == "3 complaints over day 5"
    assert table.caption == "Those of customers who have spent most first."
    assert list(table.shown(table.rows())["days_open"]) == [16, 12, 19]


def test_without_orders_those_over_the_limit_stand_by_their_age(engine) -> None:
    over = [(who, f"2026-01-{day:02} 12:00", None, None) for who, day in (("new", 9), ("old", 2))]
    table = told(engine, over).table("complaints_over")
    assert list(table.rows()["customer"]) == ["old", "new"]
    assert table.caption == "The oldest first."
    assert list(table.shown(table.rows())["days_open"]) == [18.5, 11.5]


def test_a_list_that_would_be_empty_is_not_shown(engine) -> None:
    assert [table.name for table in told(engine, [YOUNG]).tables] == ["backlog"]


def test_the_backlog_is_drawn_told_and_listed_with_the_youngest_day_first(engine) -> None:
    answer = told(engine, [LATER, IN_A_DAY])
    chart, table = answer.chart("backlog"), answer.table("backlog")
    assert chart.alt == (
        "Open complaints over time: 2 at the end of 20 Jan 2026, at most 2 (18 Jan 2026); 3 were opened and 1 answered "
        "in all."
    )
    assert len(chart.draw(LIGHT).data) == 3
    assert list(table.rows()["label"]) == ["20 Jan 2026", "19 Jan 2026", "18 Jan 2026", "17 Jan 2026"]
    assert "closed_apart" not in table.columns


@pytest.mark.parametrize(("last", "is_whole"), [("2026-01-18", True), ("2026-01-20", False)])  # a Sunday, a Tuesday
def test_a_last_week_that_goes_on_is_said_to_be_no_whole_bar(engine, last, is_whole) -> None:
    add_complaints(engine, [("a", "2024-01-01 10:00", None, None), ("z", last, None, f"{last} 10:00")])
    caption = today_answer(Workspace("Small", engine), ResponseQuestion()).chart("backlog").caption
    assert ("not whole" in caption) is not is_whole


def test_those_closed_at_a_moment_unknown_are_told_beside_which_wait_is_meant(engine) -> None:
    answer = told(engine, [SOON, OVER], is_closed=[False, True, False])
    assert answer.notes == (
        "“Today” is 20 Jan 2026, the last day of the data; hours are counted from its end.",
        "The wait until the resolution is meant.",
        "1 complaint closed at a moment unknown counts as neither open nor answered after it was opened.",
    )
    assert "closed_apart" in answer.table("backlog").columns


def test_as_of_an_earlier_day_today_is_that_day(engine) -> None:
    filters = Filters(first_day=date(2026, 1, 16), as_of=date(2026, 1, 18))
    answer = told(engine, [SOON, OVER], ResponseQuestion(filters=filters))
    assert answer.notes[0].startswith("“Today” is 18 Jan 2026")
    assert answer.notes[-1] == "Complaints opened before 16 Jan 2026 are not counted as open."
    assert answer.sentence == "1 complaint crosses day 5 within 72 hours, not within 24. None is over it yet."


def test_the_wait_meant_is_that_of_the_first_response_where_nothing_tells_of_a_resolution(engine) -> None:
    add_complaints(
        engine, [("ann", "2026-01-05 10:00", "2026-01-06 10:00", None), ("bob", "2026-01-07 10:00", None, None)]
    )
    workspace = Workspace("Small", engine)
    question = today_question(workspace, Filters())
    assert question
    assert question.awaited == "first_response"
    said = "The wait until the first response is meant, since no moment of a resolution is on record."
    assert today_answer(workspace, question).notes[1] == said


def test_without_any_moment_of_an_answer_there_is_no_question(engine) -> None:
    add_complaints(engine, [("ann", "2026-01-05", None, None)])
    assert today_question(Workspace("Small", engine), Filters()) is None


def test_filters_that_leave_nothing_say_so(engine) -> None:
    answer = told(engine, [SOON], ResponseQuestion(filters=Filters(last_day=date(2020, 1, 1))))
    assert answer.is_empty
    assert answer.sentence == "No complaint lies within these filters."


def test_a_single_complaint_shows_something(engine) -> None:
    add_complaints(engine, [("ann", "2026-01-05 10:00", None, None)])
    answer = today_answer(Workspace("Small", engine), ResponseQuestion())
    assert answer.sentence == "Nothing is urgent: the only open complaint does not cross day 5 within 72 hours."
    assert len(answer.chart("backlog").draw(LIGHT).data) == 3


@pytest.mark.parametrize(
    ("complaints", "line"),
    [
        ([SOON, SOON, IN_A_DAY, OVER], ["2 of the open ones cross day 5 within 24 hours."]),
        ([SOON], ["1 of the open ones crosses day 5 within 24 hours."]),
        ([LATER, OVER], []),
    ],
)
def test_the_overview_says_how_many_cross_the_limit_within_a_day(engine, complaints, line) -> None:
    add_complaints(engine, [*complaints, ENDS])
    assert complaints_in_brief(Workspace("Small", engine), Filters()).sentence.split("\n")[1:] == line


def test_in_persian_all_is_said_in_persian_digits_and_days(engine) -> None:
    with speaking(PERSIAN):
        answer = told(engine, [SOON, IN_A_DAY, LATER, OVER])
        said = [answer.sentence, *answer.notes, *(card.label + card.value + card.note for card in answer.cards)]
        said += [table.title for table in answer.tables] + [answer.chart("backlog").alt]
    assert not [text for text in said if any(letter.isascii() and letter.isalnum() for letter in text)]
    assert "دی" in answer.notes[0]
