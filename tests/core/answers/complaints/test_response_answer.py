"""What is said of the waits of complaints, on a handful of them."""

from datetime import date

import pytest

from retention_core.analyses.complaints.response_times import ResponseQuestion
from retention_core.answers.answer import Answer
from retention_core.answers.complaints.response_answer import complaints_in_brief, response_answer
from retention_core.answers.complaints.response_choices import response_question, usual_period, waits_known
from retention_core.figures.palette import LIGHT
from retention_core.filters import Filters
from retention_core.periods import Period
from retention_core.words.language import PERSIAN, speaking
from retention_core.workspace import Workspace
from tests.tables import add_complaints

# resolved the day after; the data ends with 20 January
QUICK = [(f"c{number}", "2026-01-05 10:00", None, "2026-01-06 10:00") for number in range(11)]
BY_MONTH = ResponseQuestion(period=Period("month"))


NO_TREND = (
    "Whether it got faster cannot be told: that takes eight whole weeks whose complaints are all more than {} old."
)


def plainly(text: str) -> str:
    return text.replace("\u00a0", " ")


def told(engine, complaints, question: ResponseQuestion = BY_MONTH, **columns) -> Answer:
    add_complaints(engine, complaints, **columns)
    return response_answer(Workspace("Small", engine), question)


@pytest.mark.parametrize(
    ("opened", "ending"),
    [
        ([], "; none is open."),
        (["2026-01-20"], "; still open: 1, none for longer than 5 days."),
        (["2026-01-10"], "; still open: 1, all for longer than 5 days."),
        (["2026-01-10", "2026-01-19", "2026-01-20"], "; still open: 3, 1 of them for longer than 5 days."),
    ],
    ids=["none is open", "none is late", "all are late", "some are late"],
)
def test_the_sentence_says_how_many_still_wait_and_how_many_of_them_for_too_long(engine, opened, ending) -> None:
    ends = ("z", "2026-01-20", None, "2026-01-20 12:00")
    answer = told(engine, [*QUICK, ends, *(("d", day, None, None) for day in opened)])
    known = 11 + sum(day == "2026-01-10" for day in opened)  # those opened in the last five days are not known yet
    assert plainly(answer.sentence).startswith("100 %" if known == 11 else "92 %")
    assert f"of {known} complaints were resolved within 5 days" in answer.sentence
    first, trend = answer.sentence.split("\n")
    assert first.endswith(ending)
    assert trend == NO_TREND.format("5 days")


def test_another_limit_stands_in_the_sentence_the_card_and_the_chart(engine) -> None:
    slow = [(f"s{number}", "2026-01-05 10:00", None, "2026-01-09 10:00") for number in range(11)]
    ends = ("z", "2026-01-20", None, "2026-01-20 12:00")
    answer = told(engine, [*QUICK, *slow, ("d", "2026-01-15", None, None), ends], ResponseQuestion(limit_days=3))
    assert "within 3 days; still open: 1, all for longer than 3 days." in answer.sentence
    assert answer.cards[2].label == "Within 3 days"
    assert answer.chart("answered_in_time").title == "Answered within 1, 3 days"
    names = [bar.name for bar in answer.chart("answered_in_time").draw(LIGHT).data if bar.name]
    assert names == ["≤ 1 day", "over 3", "open over 3"]


def test_of_fewer_than_ten_no_share_is_told(engine) -> None:
    answer = told(engine, [*QUICK[:3], ("d", "2026-01-20", None, None)])
    said = "Only 3 complaints at least 5 days old: too few to speak of a percentage. Still open: 1."
    assert answer.sentence.split("\n")[0] == said
    assert plainly(answer.cards[2].note) == "3 of 3: too few"


def test_those_closed_at_a_moment_unknown_stand_on_a_line_of_their_own_and_in_a_list(engine) -> None:
    complaints = [*QUICK, ("d", "2026-01-05", None, None), ("e", "2026-01-20", "2026-01-20 09:00", "2026-01-20 10:00")]
    answer = told(engine, complaints, is_closed=[False] * 11 + [True, False])
    first, left_out, trend = answer.sentence.split("\n")
    assert first.endswith("; none is open.")
    assert left_out == "1 closed at a moment unknown are left out."
    assert trend == NO_TREND.format("5 days")
    assert answer.notes == ("1 closed, moment unknown: they stand in no wait and no share, and are not open.",)
    assert answer.table("open_complaints") is None
    closed = answer.table("closed_complaints")
    assert closed.title == "1 closed, moment unknown"
    assert list(closed.rows()["customer"]) == ["d"]
    assert list(closed.shown(closed.rows())["wait"]) == ["closed, moment unknown"]


def test_a_list_says_how_long_each_waits_and_how_many_hours_are_left(engine) -> None:
    answer = told(engine, [*QUICK, ("d", "2026-01-18 14:00", None, None), ("e", "2026-01-10", None, None)])
    listed = answer.table("open_complaints")
    shown = listed.shown(listed.rows())
    # the data ends with the opening of d on 18 January, which is seen to its end: midnight
    assert list(shown["customer"]) == ["e", "d"]
    assert list(shown["wait"]) == ["9 days", "10 h 0 min"]
    assert list(shown["hours_left"].fillna(-1)) == [-1, 110]
    assert "reason" not in shown


def test_behind_a_row_of_the_table_lie_the_complaints_opened_then(engine) -> None:
    answer = told(engine, [*QUICK, ("d", "2026-02-03", None, "2026-02-04 00:00")])
    table = answer.table("response_times")
    assert list(table.rows()["label"]) == ["Jan 2026", "Feb 2026"]
    (behind,) = table.behind(1)
    assert behind.title == "Opened in the month of Feb 2026"
    assert list(behind.rows()["customer"]) == ["d"]
    assert list(table.shown(table.rows())["median_seconds"]) == ["1 day", "1 day"]


def test_what_is_seen_in_the_charts_is_told_with_its_figures(engine) -> None:
    answer = told(engine, [*QUICK, ("d", "2026-01-18", None, None), ("e", "2026-01-10", None, None)])
    waits, shares, ages = (plainly(chart.alt) for chart in answer.charts)
    assert waits == "Wait by time of opening: half wait 1 day at most, nine in ten –. Opened in each period: 13."
    assert shares == "Complaints by time of opening: 2 of 13 are open. Opened in each period: 13."
    assert ages == "Open complaints by age: 1 for up to 5 days, 1 for longer; the oldest for 9 days."


def test_what_was_answered_before_it_was_opened_is_left_out_with_a_word(engine) -> None:
    answer = told(engine, [*QUICK, ("d", "2026-01-10", None, "2026-01-09 00:00")])
    assert answer.table("response_times").caption.endswith("1 answered before it was opened is left out.")


def test_filters_that_leave_nothing_say_so(engine) -> None:
    question = ResponseQuestion(filters=Filters(last_day=date(2020, 1, 1)))
    answer = told(engine, QUICK, question)
    assert answer.is_empty
    assert answer.sentence == "No complaint lies within these filters."


def test_only_waits_of_which_a_moment_is_known_can_be_chosen(engine) -> None:
    add_complaints(engine, QUICK)
    assert waits_known(Workspace("Small", engine)) == {"resolution": "Resolution"}


@pytest.mark.parametrize(("last", "unit"), [("2026-12-05", "week"), ("2027-01-05", "month")])
def test_beyond_a_year_complaints_are_grouped_by_month(engine, last, unit) -> None:
    days = [f"2026-{month:02}-05" for month in range(1, 13)] + [last]
    add_complaints(engine, [("c", day, None, day) for day in days])
    assert usual_period(Workspace("Small", engine), "resolution", Filters()) == unit


def test_periods_are_of_the_calendar_in_which_days_are_written(engine) -> None:
    workspace = Workspace("Small", engine)
    with speaking(PERSIAN):
        assert response_question(workspace, "resolution", "month", Filters()).period.calendar == "jalali"
    assert response_question(workspace, "first_response", "week", Filters()).period.calendar == "gregorian"


def test_the_overview_says_the_same_sentence_without_the_trend_beside_one_chart(engine) -> None:
    whole = told(engine, QUICK)
    brief = complaints_in_brief(Workspace("Small", engine), Filters())
    assert brief.sentence == whole.sentence.split("\n")[0]
    assert [chart.name for chart in brief.charts] == ["answered_in_time"]
