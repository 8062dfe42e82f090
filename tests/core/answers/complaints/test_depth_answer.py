"""What is said of where it is slow, on complaints that can be counted by hand."""

from datetime import date, timedelta

import pytest

from retention_core.answers.answer import Answer
from retention_core.answers.complaints.depth_answer import depth_answer
from retention_core.answers.complaints.depth_choices import depth_question, segments_known
from retention_core.figures.palette import LIGHT
from retention_core.filters import Filters
from retention_core.workspace import Workspace
from tests.tables import add_complaints

Row = tuple[str | None, str, int, int]  # value, day of opening, resolved after one day, after nine days


def plainly(text: str) -> str:
    return text.replace("\u00a0", " ")


def told(engine, rows: list[Row], column: str = "channel", filters: Filters | None = None) -> Answer:
    """Return what is said of complaints; one of a year later ends the data, so that all of them are known."""
    complaints, values = [], []
    for value, day, quick, slow in rows:
        opened = date.fromisoformat(day)
        ends = [opened + timedelta(days=1)] * quick + [opened + timedelta(days=9)] * slow
        complaints += [("c", day, None, end.isoformat()) for end in ends]
        values += [value] * len(ends)
    add_complaints(engine, complaints, **{column: values})
    workspace = Workspace("Small", engine)
    return depth_answer(workspace, depth_question(workspace, "resolution", column, filters or Filters()))


SLOW_PHONE = [("web", "2026-01-05", 90, 10), ("phone", "2026-01-05", 20, 20), ("shop", "2026-01-05", 27, 3)]


def test_the_value_that_differs_most_is_named_first_with_its_interval_and_that_of_all_others(engine) -> None:
    first = plainly(told(engine, SLOW_PHONE).sentence).split("\n")[0]
    # 20 of 40 against 117 of 130; Wilson of 20 in 40: 35 to 65 %
    assert first == (
        "Channel “phone”: 50 % (35 to 65) of 40 complaints were resolved within 5 days, 40 points fewer than of all others "
        "(90 %)."
    )


def test_at_most_two_values_are_named_and_the_others_counted(engine) -> None:
    rows = [(name, "2026-01-05", quick, 200 - quick) for name, quick in (("a", 190), ("b", 125), ("c", 10), ("d", 180))]
    lines = told(engine, rows).sentence.split("\n")
    assert [line.split(":")[0] for line in lines[:2]] == ["Channel “c”", "Channel “a”"]
    assert lines[2] == "1 more differs."


def test_where_chance_could_bring_all_nothing_is_claimed(engine) -> None:
    answer = told(engine, [("web", "2026-01-05", 40, 10), ("phone", "2026-01-05", 38, 12)])
    assert answer.sentence == (
        "Channel: of 2 compared, none differs from the others in the share resolved within 5 days by more than chance could "
        "bring."
    )


def test_fewer_than_thirty_on_either_side_are_not_compared(engine) -> None:
    answer = told(engine, [("web", "2026-01-05", 40, 10), ("phone", "2026-01-05", 9, 20)])
    assert "too few complaints are 5 days old to compare" in answer.sentence


@pytest.mark.parametrize("column", ["employee", "team"])
def test_people_are_told_by_what_is_more_than_chance_and_none_is_named(engine, column) -> None:
    answer = told(engine, [("ann", "2026-01-05", 80, 20), ("bob", "2026-01-05", 20, 80)], column)
    # 17.75 of 18 parts, see test_between_people
    assert plainly(answer.sentence).startswith("About 99 % of the differences between 2 ")
    assert "ann" not in answer.sentence
    assert "bob" not in answer.sentence
    assert plainly(answer.cards[2].value) == "99 %"


def test_people_who_differ_by_no_more_than_chance_are_said_to(engine) -> None:
    answer = told(engine, [("ann", "2026-01-05", 40, 10), ("bob", "2026-01-05", 38, 12)], "employee")
    assert "between 2 employees in the share resolved within 5 days are no larger than chance" in answer.sentence
    assert answer.cards[2].value == "–"


def test_the_table_has_the_share_of_people_without_chance_beside_the_raw_one(engine) -> None:
    answer = told(engine, [("ann", "2026-01-05", 80, 20), ("bob", "2026-01-05", 20, 80)], "employee")
    (table,) = answer.tables
    rows = table.rows()
    assert list(rows["share"]) == [0.8, 0.2]
    assert rows["shrunk_share"].between(0.2, 0.8, inclusive="neither").all()
    assert "shrunk_share" in table.columns


def test_behind_a_point_and_a_row_lie_the_complaints_of_the_value(engine) -> None:
    answer = told(engine, [*SLOW_PHONE, (None, "2026-01-05", 2, 0)])
    chart, (table,) = answer.charts[0], answer.tables
    (behind,) = chart.behind((1, 0))
    assert behind.title == "Channel: phone"
    assert len(behind.rows()) == 40
    (unknown,) = table.behind(3)
    assert unknown.title == "Channel: none"
    assert len(unknown.rows()) == 2


def test_in_a_funnel_who_has_few_complaints_has_no_name_and_no_list(engine) -> None:
    rows = [("ann", "2026-01-05", 40, 10), ("bob", "2026-01-05", 15, 5), ("cid", "2026-01-05", 5, 0)]
    chart = told(engine, rows, "employee").charts[0]
    people = chart.draw(LIGHT).data[-1]
    assert list(people.text) == ["ann", ""]  # cid has fewer than ten and is not drawn
    assert [point[0] for point in people.customdata] == [0, -1]
    assert "bob" not in people.customdata[1][2]
    assert chart.behind((-1, 0)) == ()
    assert len(chart.behind((0, 0))[0].rows()) == 50


def stretches(recent: tuple[int, int]) -> list[Row]:
    """Return eight weeks of complaints by web, in time by 9 of 10, and by phone: 9 of 10, and in the last four `recent`."""
    weeks = [(date(2026, 1, 5) + timedelta(days=7 * week)).isoformat() for week in range(8)]
    rows: list[Row] = [("web", week, 9, 1) for week in weeks]
    rows += [("phone", week, *((9, 1) if number < 4 else recent)) for number, week in enumerate(weeks)]
    return [*rows, ("web", "2026-04-01", 1, 0)]


def at_the_end_of_march(engine, recent: tuple[int, int]) -> Answer:
    return told(engine, stretches(recent), filters=Filters(as_of=date(2026, 3, 7)))


def test_a_change_is_explained_by_the_value_whose_own_share_changed(engine) -> None:
    answer = at_the_end_of_march(engine, (3, 7))
    chart = answer.chart("change_explained")
    # 48 of 80 in time, before 72 of 80: 30 points; phone from 90 to 30 %, half of all complaints
    assert "48" not in answer.sentence
    assert plainly(chart.caption).endswith(
        "Of the −30 points, −30 come from “phone”, whose own share changed; the mix of the complaints brought 0."
    )
    assert [trace.name for trace in chart.draw(LIGHT).data] == ["its own share changed"]
    assert not [note for note in answer.notes if "explained" in note]


def test_a_change_that_chance_could_bring_is_not_explained(engine) -> None:
    answer = at_the_end_of_march(engine, (8, 2))
    assert [chart.name for chart in answer.charts] == ["within_limit"]
    assert answer.notes[0].endswith("Chance could bring as much, so that nothing is explained.")


def test_a_file_that_holds_closed_complaints_alone_explains_no_change(engine) -> None:
    last = date(2026, 3, 29)
    days = [last - timedelta(days=number) for number in range(84) for _ in range(10)]
    # 20 days each, but for those that would be open at the end: of these the file has the quick ones only
    ends = [min(day + timedelta(days=20), last) for day in days]
    complaints = [("c", day.isoformat(), None, end.isoformat()) for day, end in zip(days, ends, strict=True)]
    add_complaints(engine, complaints, channel=["web", "phone"] * 420)
    workspace = Workspace("Cut", engine)
    answer = depth_answer(workspace, depth_question(workspace, "resolution", "channel", Filters()))
    assert any("the file seems to hold closed complaints alone" in note for note in answer.notes)
    assert "change_explained" not in [chart.name for chart in answer.charts]


def test_data_that_does_not_reach_back_says_what_it_takes(engine) -> None:
    assert told(engine, SLOW_PHONE).notes[0].startswith("What changed lately cannot be told: it takes 30 complaints")


def test_filters_that_leave_nothing_say_so(engine) -> None:
    answer = told(engine, SLOW_PHONE, filters=Filters(last_day=date(2020, 1, 1)))
    assert answer.is_empty
    assert answer.sentence == "No complaint lies within these filters."


def test_one_complaint_makes_a_page_without_any_percentage(engine) -> None:
    answer = told(engine, [("web", "2026-01-05", 1, 0)])
    assert "%" not in answer.sentence
    assert answer.cards[0].value == "–"
    assert len(answer.charts[0].draw(LIGHT).data[0].x) == 0


def test_only_columns_that_tell_complaints_apart_can_be_chosen(engine) -> None:
    add_complaints(
        engine,
        [("ann", "2026-01-05", None, None), ("bob", "2026-01-06", None, None)],
        channel=["web", "phone"],
        team=["north", "north"],
    )
    assert segments_known(Workspace("Small", engine)) == {"channel": "Channel"}


def test_markup_in_a_name_is_drawn_to_the_letter(engine) -> None:
    chart = told(engine, [("<b>x</b>", "2026-01-05", 20, 20), ("web", "2026-01-05", 20, 20)]).charts[0]
    figure = chart.draw(LIGHT)
    assert "&lt;b&gt;x&lt;/b&gt;" in figure.layout.yaxis.ticktext[0]
    assert "&lt;b&gt;x&lt;/b&gt;" in figure.data[0].customdata[0][2]


def test_hours_are_drawn_where_they_are_known_and_else_told_to_be_missing(engine) -> None:
    complaints = [("c", "2026-01-05 10:00", None, "2026-01-06"), ("c", "2026-01-06 10:30", None, "2026-01-07")]
    add_complaints(engine, complaints, channel=["web", "phone"])
    workspace = Workspace("Small", engine)
    answer = depth_answer(workspace, depth_question(workspace, "resolution", "channel", Filters()))
    assert answer.chart("hours_opened").alt == "Complaints opened by weekday and hour: most on Monday at 10:00, 1 of 2."
    assert "At which hour complaints are answered cannot be shown: these moments are only days." in answer.notes
    assert "hours_answered" not in [chart.name for chart in answer.charts]
    trace = answer.chart("hours_opened").draw(LIGHT).data[0]
    assert (trace.z[0][10], trace.z[1][10], trace.z.sum()) == (1, 1, 2)
    rows = answer.table("hours_of_week").rows()
    assert len(rows) == 7 * 24
    assert rows["opened"].sum() == 2


def test_where_all_moments_are_days_no_hour_is_drawn(engine) -> None:
    answer = told(engine, SLOW_PHONE)
    assert "At which hour complaints come cannot be shown: their moments are only days." in answer.notes
    assert answer.table("hours_of_week") is None


def test_reasons_stand_by_number_with_the_share_up_to_each(engine) -> None:
    rows = [("delivery", "2026-01-05", 6, 0), ("quality", "2026-01-05", 3, 0), ("manners", "2026-01-05", 1, 0)]
    answer = told(engine, rows, "reason")
    chart, table = answer.chart("reasons"), answer.table("reasons")
    assert plainly(chart.caption) == "The first 1 reason makes 60 % of 10 complaints."
    bars, line = chart.draw(LIGHT).data
    assert list(bars.y) == [6, 3, 1]
    assert list(line.y) == pytest.approx([0.6, 0.9, 1.0])
    assert list(table.rows()["share_up_to_here"]) == pytest.approx([0.6, 0.9, 1.0])
    assert len(chart.behind((1, 0))[0].rows()) == 3


def test_of_fewer_than_ten_complaints_no_reason_has_a_share(engine) -> None:
    answer = told(engine, [("delivery", "2026-01-05", 6, 0), ("quality", "2026-01-05", 3, 0)], "reason")
    assert "reasons" not in [chart.name for chart in answer.charts]
