"""A rate over time: known points filled, running ones hollow, those not known missing."""

import pandas as pd
import pytest

from retention_core.figures.palette import DARK, LIGHT, Palette
from retention_core.figures.rate_over_time import rate_over_time
from tests.core.figures.drawn import axis_titles

POINTS = pd.DataFrame(
    {
        "label": ["Jan 2026", "Feb 2026", "Mar 2026"],
        "rate": [0.25, 0.5, None],
        "low": [0.14, 0.38, None],
        "high": [0.4, 0.62, None],
        "returned": [10, 30, 0],
        "total": [40, 60, 0],
        "state": ["complete", "running", "running"],
    }
)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_running_points_are_hollow_and_the_sure_line_ends_before_them(palette: Palette) -> None:
    figure = rate_over_time(POINTS, palette, x_title="Month", y_title="Back")
    all_known, sure, points, low, high = figure.data
    assert (list(points.x), list(points.y)) == (["Jan 2026", "Feb 2026"], [0.25, 0.5])
    assert list(points.marker.color) == [palette.accent, palette.background]
    assert (list(sure.x), sure.line.dash) == (["Jan 2026"], None)
    assert (list(all_known.x), all_known.line.dash) == (["Jan 2026", "Feb 2026"], "dot")
    assert (list(low.y), list(high.y)) == ([0.14, 0.38], [0.4, 0.62])
    assert axis_titles(figure) == ("Month", "Back")


def test_a_period_of_which_nothing_is_known_keeps_its_place_on_the_axis() -> None:
    figure = rate_over_time(POINTS, LIGHT, x_title="", y_title="")
    assert list(figure.layout.xaxis.categoryarray) == ["Jan 2026", "Feb 2026", "Mar 2026"]
    assert figure.layout.yaxis.range[0] == 0
    assert figure.layout.yaxis.range[1] >= 0.62


def test_a_point_says_its_people_its_interval_and_whether_more_may_come() -> None:
    said = [
        str(each).replace("\u00a0", " ")
        for each in rate_over_time(POINTS, LIGHT, x_title="", y_title="").data[2].customdata
    ]
    assert said == [
        "Jan 2026: 10 of 40 customers (25.0 %, 14.0 to 40.0)",
        "Feb 2026: 30 of 60 customers (50.0 %, 38.0 to 62.0)<br>not all can be known yet",
    ]
