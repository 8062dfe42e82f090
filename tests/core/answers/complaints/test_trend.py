"""Whether it got faster, and what the parts of the page of waits say, on help desks whose weeks are known."""

import re
from datetime import date

import pytest

from retention_core.analyses.claims import Comparison, Stretches
from retention_core.analyses.complaints.response_times import ResponseQuestion
from retention_core.analyses.complaints.weeks_compared import WeeksCompared
from retention_core.analyses.intervals import Share
from retention_core.answers.answer import Answer
from retention_core.answers.complaints.response_answer import response_answer
from retention_core.answers.complaints.trend_sentence import trend_sentence
from retention_core.figures.palette import LIGHT
from retention_core.filters import Filters
from retention_core.periods import Period
from retention_core.words.language import PERSIAN, speaking
from retention_core.workspace import Workspace
from tests.core.analyses.test_weeks_compared import open_on, weekly
from tests.tables import add_complaints

WEEK = Period("week")
FIRST = WEEK.number(date(2026, 1, 5))


def told(engine, complaints, filters: Filters | None = None) -> Answer:
    add_complaints(engine, complaints)
    return response_answer(Workspace("Small", engine), ResponseQuestion(filters=filters or Filters()))


def sentence(first: Share, second: Share, awaited="resolution", **known: float) -> str:
    weeks = WeeksCompared(
        Comparison(first, second), Stretches((FIRST + 4, FIRST + 7), (FIRST, FIRST + 3)), WEEK, **known
    )
    return str(trend_sentence(ResponseQuestion(awaited), weeks)).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("first", "second", "starts"),
    [
        (
            Share(180, 200),
            Share(120, 200),
            "It got faster: lately 90 % (85 to 93) were resolved within 5 days, 30 points more",
        ),
        (
            Share(120, 200),
            Share(180, 200),
            "It got slower: lately 60 % (53 to 67) were resolved within 5 days, 30 points fewer",
        ),
        (Share(9000, 10000), Share(9010, 10000), "Neither faster nor slower: lately 90.0 %"),
        (
            Share(50, 60),
            Share(48, 60),
            "No change can be shown: lately 83 % (72 to 91) were resolved within 5 days, before 80 %",
        ),
    ],
    ids=["faster", "slower", "as fast", "not shown"],
)
def test_the_first_line_says_whether_it_got_faster_and_the_second_which_weeks(first, second, starts) -> None:
    said, which = sentence(first, second).split("\n")
    assert said.startswith(starts)
    assert which.startswith(f"Lately: {first.total:,} complaints opened from 2 Feb 2026 to 1 Mar 2026. Before: ")
    assert f"{second.total:,} from 5 Jan 2026 to 1 Feb 2026" in which


def test_a_first_response_is_said_to_be_answered() -> None:
    assert "were answered within 5 days" in sentence(Share(180, 200), Share(120, 200), "first_response")


def test_what_cannot_be_told_says_why() -> None:
    assert "29 complaints came from 2 Feb 2026 to 1 Mar 2026 and 40 from" in sentence(Share(20, 29), Share(20, 40))
    assert "nothing is open, though by the usual waits 6 or more" in sentence(
        Share(90, 100), Share(50, 100), missing=6.9
    )
    usual = sentence(Share(160, 200), Share(130, 200), spread=3.0)
    assert usual.startswith("No more than the usual ups and downs: lately 80 %")
    assert "the share scatters 3.0 times as much" in usual
    assert "that takes eight whole weeks" in trend_sentence(ResponseQuestion(), None)


def test_the_page_opens_with_the_trend_where_it_can_be_told(engine) -> None:
    answer = told(engine, [*weekly([(5, 5)] * 4 + [(9, 1)] * 4), open_on("2026-03-06")])
    lines = answer.sentence.split("\n")
    assert lines[0].startswith("It got faster: lately")
    assert "of 80 complaints were resolved within 5 days" in lines[2].replace("\u00a0", " ")


def test_the_comparison_follows_compare_with(engine) -> None:
    rows = [*weekly([(9, 1)] * 4 + [(5, 5)] * 52), open_on("2027-02-05")]
    assert "from 5 Jan 2026 to 1 Feb 2026" in told(engine, rows).sentence
    answer = response_answer(Workspace("Small", engine), ResponseQuestion(filters=Filters(compare_with="before")))
    assert "from 7 Dec 2026 to 3 Jan 2027" in answer.sentence


def test_the_parts_say_what_lies_outside_and_whether_the_curves_differ(engine) -> None:
    steady = [(30, 10), (31, 9)] * 6
    answer = told(engine, [*weekly([*steady, (2, 38), *steady, *[(38, 2)] * 4]), open_on("2026-08-01")])
    control, curves = answer.part("control"), answer.part("curves")
    assert re.match(r"\d+ of \d+ periods lies? outside the limits", control.sentence)
    assert control.charts[0].draw(LIGHT).data
    assert "waited otherwise than those" in curves.sentence
    assert curves.charts[0].draw(LIGHT).data
    rows = curves.tables[0].rows()
    assert list(rows["days"][:2]) == [0, 1]
    assert list(rows["still_waiting"][:2]) == pytest.approx(
        [1.0, 8 / 160]
    )  # two in forty take ten days, the others one
    assert list(rows["still_waiting_before"][:2]) == pytest.approx([1.0, 38 / 160])


@pytest.mark.parametrize("rows", [weekly([(5, 5)]), [open_on("2026-01-05")]], ids=["one week", "one complaint"])
def test_parts_of_few_complaints_say_what_they_would_take(engine, rows) -> None:
    answer = told(engine, rows)
    assert "that takes 12 periods" in answer.part("control").sentence
    assert "that takes eight whole weeks" in answer.part("curves").sentence
    assert not answer.part("control").charts
    assert all(chart.draw(LIGHT) for chart in answer.charts)
    assert answer.table("response_times").rows() is not None


def test_answered_alone_stand_as_small_print_with_the_reason_why_they_differ(engine) -> None:
    answer = told(engine, [*weekly([(3, 1)]), open_on("2026-01-30")])
    foot = answer.table("response_times").foot
    # three waited a day and one ten: 13 / 4 = 3.25 days on average, half of them one day
    assert "the 4 resolved alone waited 3 days 6 h on average, half of them 1 day at most" in foot
    assert "Help desks leave out what is unresolved" in foot


def test_where_nothing_is_answered_there_is_no_small_print(engine) -> None:
    assert told(engine, [open_on("2026-01-30")]).table("response_times").foot == ""


def test_cards_and_table_carry_the_intervals_of_the_waits(engine) -> None:
    rows = [(f"c{hour}", "2026-01-05 00:00", None, f"2026-01-05 {hour:02}:00") for hour in range(1, 21)]
    answer = told(engine, rows)
    note = answer.cards[0].note  # half wait ten hours
    assert re.fullmatch(r"\d h 0 min to 1\d h 0 min · n = 20", note)
    table = answer.table("response_times")
    assert note.startswith(table.shown(table.rows())["median_interval"].iloc[0])
    assert "low_median_seconds" in table.rows()


def test_all_is_said_in_persian(engine) -> None:
    with speaking(PERSIAN):
        answer = told(engine, [*weekly([(5, 5)] * 10 + [(9, 1)] * 4), open_on("2026-04-20")])
        texts = [
            answer.sentence,
            *(part.answer().sentence for part in answer.parts),
            answer.table("response_times").foot,
        ]
        texts += [chart.alt for chart in answer.charts]
        assert not re.search("[A-Za-oq-z0-9]", "\n".join(texts))  # p is that of a test
