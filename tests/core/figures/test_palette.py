"""Colours that everybody can tell apart and read, in light and in dark."""

import pandas as pd
import pytest

from retention_core.figures.palette import DARK, LIGHT, Palette, base_figure, interval_band
from tests.core.figures.drawn import contrast

BOTH = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])


def test_the_measure_of_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)  # the grey that just fails on white
    assert contrast("#123456", "#123456") == 1


@BOTH
def test_text_and_the_words_of_axes_can_be_read_on_the_background(palette: Palette) -> None:
    assert contrast(palette.text, palette.background) >= 4.5
    assert contrast(palette.faint, palette.background) >= 4.5


@BOTH
def test_what_is_measured_and_what_it_is_set_against_stand_out_from_the_background(palette: Palette) -> None:
    for colour in (palette.accent, palette.contrast, palette.bad):
        assert contrast(colour, palette.background) >= 3  # WCAG 2.1, 1.4.11: parts of a chart


@BOTH
def test_the_ramp_goes_one_way_from_the_background_to_the_accent(palette: Palette) -> None:
    away = [contrast(colour, palette.background) for colour in palette.ramp]
    assert away == sorted(away)


@BOTH
def test_a_figure_has_our_font_no_ground_of_its_own_and_takes_what_is_asked_for(palette: Palette) -> None:
    layout = base_figure(palette, 321, bargap=0.5, xaxis={"range": [0, 2]}).layout
    assert (layout.height, layout.bargap, layout.xaxis.range) == (321, 0.5, (0, 2))
    assert (layout.font.color, layout.xaxis.tickfont.color) == (palette.text, palette.faint)
    assert layout.paper_bgcolor == layout.plot_bgcolor == "rgba(0,0,0,0)"
    assert (layout.yaxis.gridcolor, layout.xaxis.showgrid) == (palette.grid, False)


def test_a_band_ends_where_the_interval_is_no_longer_known() -> None:
    points = pd.DataFrame({"low": [0.1, 0.2, None], "high": [0.3, 0.4, None]})
    figure = base_figure(LIGHT, 100)
    interval_band(figure, pd.Series([0, 1, 2]), points, LIGHT.band())
    low, high = figure.data
    assert (list(low.x), list(low.y)) == ([0, 1], [0.1, 0.2])
    assert (list(high.x), list(high.y)) == ([0, 1], [0.3, 0.4])
    assert (high.fill, high.fillcolor, high.name) == ("tonexty", LIGHT.band(), "95 % interval")


def test_the_band_is_the_accent_seen_through() -> None:
    assert LIGHT.band(0.2) == "rgba(11,107,106,0.2)"  # #0b6b6a
