"""How long complaints wait: lines of the wait, parts answered in time, ages of what is open."""

from datetime import date

import numpy as np
import pytest

from retention_core.analyses.complaints.control import ControlChart, control_chart
from retention_core.analyses.complaints.response_times import ResponseQuestion, ResponseTimes, response_times
from retention_core.analyses.complaints.stretch_curves import Stretch
from retention_core.figures.control_chart import control_figure
from retention_core.figures.palette import DARK, LIGHT, Palette
from retention_core.figures.volume import every_period
from retention_core.figures.wait_bars import AGES, age_words, open_by_age, share_bars, steps_to
from retention_core.figures.waiting_curves import waiting_curves
from retention_core.figures.waits import wait_lines
from retention_core.periods import Period
from tests.core.figures.drawn import axis_titles, traces_by_name
from tests.tables import add_complaints, orders_engine

BOTH = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
HOUR, DAY = 3600, 86_400


@pytest.fixture(scope="module")
def times() -> ResponseTimes:
    """January: resolved after 10 hours, 2 days, 8 days, and one open. February, which runs until its 10th: 1 hour, open."""
    with orders_engine() as engine:
        add_complaints(
            engine,
            [
                ("a", "2026-01-01 10:00", None, "2026-01-01 20:00"),
                ("b", "2026-01-02 10:00", None, "2026-01-04 10:00"),
                ("c", "2026-01-03 10:00", None, "2026-01-11 10:00"),
                ("d", "2026-01-20 10:00", None, None),
                ("e", "2026-02-01 10:00", None, "2026-02-01 11:00"),
                ("f", "2026-02-10 10:00", None, None),
            ],
        )
        return response_times(engine, ResponseQuestion(period=Period("month")))


@BOTH
def test_half_and_nine_in_ten_have_a_line_each_hollow_where_not_all_is_known(times, palette: Palette) -> None:
    figure = wait_lines(times, palette)
    lines = traces_by_name(figure)
    half, most = lines["half within"], lines["9 in 10 within"]
    assert list(half.x) == ["Jan 2026", "Feb 2026"]
    assert list(half.y) == [2 * DAY, HOUR]  # the second of four, the first of two
    assert not any(y == y for y in most.y)  # fewer than nine in ten are resolved: not known
    assert (half.line.color, most.line.color) == (palette.accent, palette.contrast)
    assert list(half.marker.color) == [palette.accent, palette.background]
    assert max(half.marker.opacity) < 1  # fewer than ten complaints
    assert axis_titles(figure) == ("Month of opening", "Wait (log scale)")


def test_lines_stand_at_one_three_and_five_days_on_an_axis_that_holds_all(times) -> None:
    figure = wait_lines(times, LIGHT)
    assert sorted(shape.y0 for shape in figure.layout.shapes) == [DAY, 3 * DAY, 5 * DAY]
    low, high = (10**end for end in figure.layout.yaxis.range)
    assert low < HOUR
    assert high > 5 * DAY


def test_a_point_of_the_lines_says_the_wait_and_how_many_are_open(times) -> None:
    said = [str(each) for each in traces_by_name(wait_lines(times, LIGHT))["half within"].customdata]
    assert said[0].startswith("Jan 2026: half within 2 days (4 opened, 1 open)<br>95 % interval: ")
    assert "(2 opened, 1 open)" in said[1]


@BOTH
def test_the_parts_of_each_month_add_up_and_what_is_open_too_long_is_hatched(times, palette: Palette) -> None:
    figure = share_bars(times, palette)
    parts = traces_by_name(figure)
    assert {name: list(part.y) for name, part in parts.items()} == {
        "≤ 1 day": [0.25, 0.5],
        "1–3": [0.25, 0],
        "over 5": [0.25, 0],
        "open": [0, 0.5],
        "open over 5": [0.25, 0],
    }  # nothing was resolved after 3 to 5 days: that part is not drawn
    assert {name for name, part in parts.items() if part.marker.pattern.shape} == {"open over 5"}
    assert (parts["≤ 1 day"].marker.color, parts["over 5"].marker.color) == (palette.good, palette.bad)
    assert parts["open over 5"].marker.pattern.fgcolor == palette.bad
    assert axis_titles(figure) == ("Month of opening", "Share of complaints")
    assert str(parts["1–3"].customdata[0]) == "Jan 2026: 1 of 4 complaints – 1–3"


def test_parts_end_at_the_limit_of_the_question() -> None:
    assert [steps_to(limit) for limit in (1, 3, 5, 10)] == [[1], [1, 3], [1, 3, 5], [1, 3, 10]]


@BOTH
def test_open_complaints_stand_by_age_coloured_by_the_limit(times, palette: Palette) -> None:
    figure = open_by_age(times, palette)
    (bars,) = figure.data
    counts = {str(name): int(count) for name, count in zip(bars.x, bars.y, strict=True)}
    assert {name: count for name, count in counts.items() if count} == {"<1": 1, "14–29": 1}  # 14 hours, 21.6 days
    colours = dict(zip(map(str, bars.x), bars.marker.color, strict=True))
    assert (colours["<1"], colours["1"], colours["4"], colours["5–6"]) == (
        palette.good,
        palette.fair,
        palette.warning,
        palette.bad,
    )
    assert axis_titles(figure) == ("Days open", "Open complaints")
    assert str(bars.customdata[list(counts).index("14–29")]) == "Open for 14–29 days: 1"


def test_every_age_has_one_bar() -> None:
    names = [str(age_words(place)) for place in range(len(AGES))]
    assert names == ["<1", "1", "2", "3", "4", "5–6", "7–13", "14–29", "30–89", "90+"]


def test_how_many_were_opened_stands_under_both_charts_as_bars_from_zero(times) -> None:
    for figure in (wait_lines(times, LIGHT), share_bars(times, LIGHT)):
        bars = figure.data[-1]
        assert (bars.type, bars.yaxis, list(bars.x), list(bars.y)) == ("bar", "y2", ["Jan 2026", "Feb 2026"], [4, 2])
        assert figure.layout.yaxis2.range[0] == 0
        assert figure.layout.yaxis2.domain[1] < figure.layout.yaxis.domain[0]
        assert figure.layout.xaxis.anchor == "y2"
        assert bars.customdata[0] == "Jan 2026: 4 opened"


def opened(counts: dict[str, int]) -> ResponseTimes:
    """Return complaints opened on these days, so many on each, resolved after one to three hours."""
    rows = [
        (f"{day}{n}", f"{day} 08:00", None, f"{day} {9 + n % 3:02}:00")
        for day, count in counts.items()
        for n in range(count)
    ]
    with orders_engine() as engine:
        add_complaints(engine, rows)
        return response_times(engine, ResponseQuestion(period=Period("week")))


def test_points_of_fewer_than_thirty_are_small_and_have_no_band() -> None:
    few_between = opened({"2026-01-05": 40, "2026-01-12": 40, "2026-01-19": 29, "2026-01-26": 40})
    figure = wait_lines(few_between, LIGHT)
    sizes = list(traces_by_name(figure)["half within"].marker.size)
    assert sizes[2] < sizes[0] == sizes[1] == sizes[3]
    bands = [trace for trace in figure.data if trace.type == "scatter" and trace.fill == "toself"]
    assert [set(band.x) for band in bands] == [
        {"5 Jan 2026", "12 Jan 2026"}
    ]  # of the median; one week alone makes none


def test_a_week_without_complaints_stands_on_the_axis_and_breaks_the_lines() -> None:
    gap = opened({"2026-01-05": 3, "2026-01-19": 3})
    rows = every_period(gap)
    assert list(rows["label"]) == ["5 Jan 2026", "12 Jan 2026", "19 Jan 2026"]
    assert list(rows["complaints"]) == [3, 0, 3]
    half = traces_by_name(wait_lines(gap, LIGHT))["half within"]
    assert [y == y for y in half.y] == [True, False, True]
    assert list(wait_lines(gap, LIGHT).layout.xaxis.categoryarray) == list(rows["label"])


def test_a_stray_complaint_of_another_century_does_not_stretch_the_axis() -> None:
    assert len(every_period(opened({"1970-01-05": 1, "2026-01-05": 3}))) == 2


@BOTH
def test_control_limits_stand_around_the_shares_and_what_lies_outside_is_marked(palette: Palette) -> None:
    weeks = {f"2026-{1 + day // 28:02}-{1 + day % 28:02}": 40 for day in range(0, 28 * 12, 7)}
    times = opened(weeks)
    control = control_chart(times)
    points = control.points.assign(low=0.6, high=0.9, rate=0.75, is_outside=False)
    points.loc[3, ["rate", "is_outside"]] = [0.5, True]
    figure = control_figure(ControlChart(points, 0.75, 1.0), times, palette)
    drawn = traces_by_name(figure)
    assert list(drawn["outside"].x) == [points["label"][3]]
    assert drawn["outside"].marker.color == palette.bad
    assert [y for y in drawn["control limits"].y if y == y] == [0.9] * len(points)  # broken where weeks lie between
    assert axis_titles(figure) == ("Week of opening (first day)", "Within 5 days")
    assert str(drawn["outside"].customdata[0]).endswith("40 of 40 (50.0\u00a0%; limits 60.0 to 90.0)")


@BOTH
def test_two_curves_fall_from_all_to_those_still_waiting(palette: Palette) -> None:
    days = (date(2026, 1, 5), date(2026, 2, 1)), (date(2025, 12, 8), date(2026, 1, 4))
    quick = Stretch(days[0], np.array([DAY, 2 * DAY]), np.array([1, 1]), np.array([10, 10]))
    slow = Stretch(days[1], np.array([4 * DAY, 8 * DAY]), np.array([1, 0]), np.array([10, 10]))
    figure = waiting_curves((quick, slow), 5, palette)
    drawn = traces_by_name(figure)
    first = drawn["opened 5 Jan 2026 to 1 Feb 2026 (n = 20)"]
    second = drawn["opened 8 Dec 2025 to 4 Jan 2026 (n = 20)"]
    assert (first.line.color, second.line.color) == (palette.accent, palette.contrast)
    assert (first.y[0], first.y[-1], second.y[-1]) == (1, 0, 0.5)
    assert max(second.x) <= 8 < 9  # nobody was followed for longer
    assert axis_titles(figure) == ("Days since the opening", "Still waiting")
    assert figure.layout.shapes[0].x0 == 5
