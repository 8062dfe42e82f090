"""Came back by score: what is drawn where few are known."""

from retention_core.analyses.satisfaction.satisfaction_return import ReturnQuestion, satisfaction_return
from retention_core.figures.palette import LIGHT
from retention_core.figures.score_bars import score_bars
from tests.core.analyses.test_alike import people
from tests.tables import add_answers, add_orders


def test_bars_of_few_are_faded_and_of_too_few_have_no_percentage(engine) -> None:
    for group in (("a", 9, 4, 1, 1), ("b", 29, 10, 1, 2), ("c", 30, 15, 1, 5)):
        orders, answers = people(*group)
        add_orders(engine, orders)
        add_answers(engine, answers)
    add_orders(engine, [("last", "2026-12-31", 1.0)])
    figure = score_bars(satisfaction_return(engine, ReturnQuestion(days=30)), LIGHT)
    rates = figure.data[0]
    assert [text.strip().replace("\u00a0", " ") for text in rates.text][:3] == ["", "34 %", "50 %"]
    for trace in figure.data:
        faded = list(trace.marker.opacity)[:3]
        assert faded[0] == faded[1] < faded[2] == 1
