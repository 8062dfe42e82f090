"""Segments side by side: their points, intervals, and the line of all together."""

import pandas as pd
import pytest

from retention_core.figures.cohort_bars import segment_bars
from retention_core.figures.palette import DARK, LIGHT, Palette
from tests.core.figures.drawn import axis_titles

ROWS = pd.DataFrame(
    {
        "segment": ["<b>Web", "Shop", "Fax"],
        "customers": [10, 30, 0],
        "base": [40, 60, 0],
        "retention_rate": [0.25, 0.5, None],
        "low": [0.14, 0.38, None],
        "high": [0.4, 0.62, None],
        "difference": [-0.25, 0.25, None],
        "difference_low": [-0.41, 0.06, None],
        "difference_high": [-0.06, 0.41, None],
    }
)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_each_segment_is_a_point_with_its_interval_the_first_on_top(palette: Palette) -> None:
    figure = segment_bars(ROWS, palette, x_title="Back in month 1")
    (points,) = figure.data
    assert list(points.y) == ["Shop", "&lt;b&gt;Web"]  # from below; nobody's share is known of Fax
    assert list(points.x) == [0.5, 0.25]
    assert list(points.error_x.array) == pytest.approx([0.12, 0.15])
    assert list(points.error_x.arrayminus) == pytest.approx([0.12, 0.11])
    assert points.marker.color == palette.accent
    assert axis_titles(figure)[0] == "Back in month 1"
    assert figure.layout.xaxis.range[1] >= 0.62


def test_a_line_stands_where_all_together_are() -> None:
    (line,) = segment_bars(ROWS, LIGHT, x_title="").layout.shapes
    assert line.x0 == line.x1 == pytest.approx(40 / 100)


def test_a_point_says_how_far_it_is_from_all_others() -> None:
    said = [str(each).replace("\u00a0", " ") for each in segment_bars(ROWS, LIGHT, x_title="").data[0].customdata]
    assert said[0].startswith("Shop: 30 of 60 (50.0 %), against all others +25.0 points")
    assert said[1].startswith("&lt;b&gt;Web: 10 of 40 (25.0 %), against all others")
