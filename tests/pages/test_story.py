"""Figures in sentences, small ones too."""

from retention_core.words.numbers import points, rough


def plainly(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_small_figures_do_not_read_as_nothing() -> None:
    assert [plainly(rough(rate)) for rate in (0, 0.0024, 0.0004, 0.02)] == ["0 %", "0.2 %", "0.04 %", "2 %"]
    assert points(-0.034, 0.034) == "\u22123.4 to +3.4"  # not “−3 to +3”, which would read as within three points
