"""The curve of the next purchase: its steps, its band, another step beside it."""

import pandas as pd
import pytest

from retention_core.analyses.customers.second_purchase import SecondPurchase
from retention_core.figures.palette import DARK, LIGHT, Palette
from retention_core.figures.purchase_curve import second_purchase_curve
from tests.core.figures.drawn import axis_titles, traces_by_name


def answer(step: int = 1, share: float = 0.5) -> SecondPurchase:
    """Nobody is back at once, half after 10 days; after 20 days too few are followed for an interval."""
    curve = pd.DataFrame(
        {
            "days": [0, 10, 20],
            "share_back": [0.0, share, share],
            "low": [0.0, share - 0.1, None],
            "high": [0.05, share + 0.1, None],
            "at_risk": [60, 60, 10],
            "followed": [60, 60, 20],
        }
    )
    return SecondPurchase(curve, 60, 30, step)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_the_curve_goes_in_steps_with_its_band_as_far_as_it_is_sure(palette: Palette) -> None:
    figure = second_purchase_curve(answer(), palette)
    line = traces_by_name(figure)["First to second"]
    points = dict(zip(line.x, line.y, strict=True))
    assert (points[0], points[10], points[20]) == (0, 0.5, 0.5)
    assert (line.line.color, line.line.shape) == (palette.accent, "hv")
    band = traces_by_name(figure)["95 % interval"]
    assert max(band.x) == 10
    assert band.fillcolor == palette.band(0.2)
    assert axis_titles(figure) == ("Days since the first purchase", "Have bought a second time")


def test_another_step_is_a_quiet_line_beside_and_the_same_step_is_none() -> None:
    lines = traces_by_name(second_purchase_curve(answer(), LIGHT, beside=answer(2, 0.6)))
    assert max(lines["Second to third"].y) == 0.6
    assert lines["Second to third"].line.color not in (LIGHT.accent, None)
    assert len(second_purchase_curve(answer(), LIGHT, beside=answer()).data) == len(
        second_purchase_curve(answer(), LIGHT).data
    )


def test_the_axis_names_the_step() -> None:
    figure = second_purchase_curve(answer(3), LIGHT)
    assert axis_titles(figure) == ("Days since the third purchase", "Have bought a fourth time")
