"""The backlog as a line, and under it what was opened and answered."""

import pytest

from retention_core.analyses.complaints.backlog import Backlog, backlog
from retention_core.analyses.complaints.response_times import ResponseQuestion
from retention_core.figures.backlog_lines import backlog_lines
from retention_core.figures.palette import DARK, LIGHT, Palette
from retention_core.words.language import PERSIAN, speaking
from tests.core.figures.drawn import axis_titles, traces_by_name
from tests.tables import add_complaints, orders_engine

BOTH = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])


@pytest.fixture(scope="module")
def moved() -> Backlog:
    """Opened on the 1st: three, of which one is answered on the 2nd; one more on the 3rd."""
    with orders_engine() as engine:
        opened = [("a", "2026-01-01 10:00", None, "2026-01-02 10:00"), *[("b", "2026-01-01 10:00", None, None)] * 2]
        add_complaints(engine, [*opened, ("c", "2026-01-03 10:00", None, None)])
        return backlog(engine, ResponseQuestion())


@BOTH
def test_what_is_open_is_a_line_over_bars_of_opened_and_steps_of_answered(moved, palette: Palette) -> None:
    figure = backlog_lines(moved, palette)
    traces = traces_by_name(figure)
    assert {name: list(trace.y) for name, trace in traces.items()} == {
        "opened": [3, 0, 1],
        "answered": [0, 1, 0],
        "Open at the end of the day": [3, 2, 3],
    }
    assert (traces["opened"].type, traces["answered"].line.shape) == ("bar", "hvh")
    colours = (
        traces["opened"].marker.color,
        traces["answered"].line.color,
        traces["Open at the end of the day"].line.color,
    )
    assert colours == (palette.quiet, palette.contrast, palette.accent)
    assert axis_titles(figure) == ("Day", "Open complaints")
    assert figure.layout.yaxis2.title.text == "Per day"


def test_both_scales_begin_at_zero_and_share_one_axis_of_time(moved) -> None:
    layout = backlog_lines(moved, LIGHT).layout
    assert (layout.yaxis.range[0], layout.yaxis2.range[0]) == (0, 0)
    assert layout.yaxis.range[1] > 3
    assert layout.yaxis2.range[1] > 3
    assert layout.yaxis2.domain[1] < layout.yaxis.domain[0]
    assert layout.xaxis.anchor == "y2"
    assert len(layout.yaxis2.tickvals) <= 4


def test_a_point_says_what_was_opened_and_answered_and_what_is_open(moved) -> None:
    for trace in backlog_lines(moved, LIGHT).data:
        assert str(trace.customdata[1]) == "2 Jan 2026: 0 opened, 1 answered, 2 open at the end"


def test_in_persian_the_axes_are_named_and_numbered_in_persian(moved) -> None:
    with speaking(PERSIAN):
        figure = backlog_lines(moved, LIGHT)
    assert "۳" in list(figure.layout.yaxis.ticktext)
    assert not any(letter.isascii() and letter.isalpha() for letter in figure.layout.yaxis2.title.text)
