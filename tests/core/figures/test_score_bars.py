"""Came back by score: what is drawn where few are known."""

import pytest

from retention_core.analyses.satisfaction.satisfaction_return import (
    ReturnQuestion,
    SatisfactionReturn,
    satisfaction_return,
)
from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.figures.palette import DARK, LIGHT, Palette
from retention_core.figures.score_bars import ALL_KNOWN, score_bars
from tests.core.analyses.test_alike import people
from tests.tables import add_answers, add_orders


def test_bars_of_few_are_faded_and_of_too_few_have_no_percentage(engine) -> None:
    for group in (("a", 9, 4, 1, 1), ("b", 29, 10, 1, 2), ("c", 30, 15, 1, 5)):
        orders, answers = people(*group)
        add_orders(engine, orders)
        add_answers(engine, answers)
    add_orders(engine, [("last", "2026-12-31", 1.0)])
    figure = score_bars(satisfaction_return(engine, ReturnQuestion(days=30)), LIGHT)
    percentages, *marks = figure.data
    assert [text.replace("\u00a0", " ") for text in percentages.text][:3] == ["", "34 %", "50 %"]
    for trace in marks:
        faded = list(trace.marker.opacity)[:3]
        assert faded[0] == faded[1] < faded[2] == 1


def test_each_mark_tells_its_score_and_its_outcome_so_that_it_can_be_looked_into(engine) -> None:
    orders, answers = people("a", 12, 4, 1, 3)
    add_orders(engine, [*orders, ("last", "2026-12-31", 1.0)])
    add_answers(engine, answers)
    _, rate, came_back, did_not, _ = score_bars(satisfaction_return(engine, ReturnQuestion(days=30)), LIGHT).data
    assert list(rate.customdata[0][:2]) == [0, ALL_KNOWN]
    assert [list(each.customdata[0][:2]) for each in (came_back, did_not)] == [[0, 0], [0, 1]]
    told = came_back.customdata[0][2].replace("\u00a0", " ")
    assert told == "Score 3: 4 of 12 came back (33.3 %, 13.8 to 60.9); 0 not yet known"  # Wilson, by hand


def test_of_more_scores_than_can_stand_side_by_side_some_are_named_and_none_has_a_percentage(engine) -> None:
    for score in range(0, 100, 5):
        orders, answers = people(f"s{score}_", 12, 4, 1, score)
        add_orders(engine, orders)
        add_answers(engine, answers)
    add_orders(engine, [("last", "2026-12-31", 1.0)])
    figure = score_bars(satisfaction_return(engine, ReturnQuestion(days=30)), LIGHT)
    assert len(figure.layout.xaxis.tickvals) <= 12
    assert not any(figure.data[0].text)


def answers_of(engine: DuckDBEngine) -> SatisfactionReturn:
    """Of 40 customers who gave a 5, 20 were back within 30 days; of 40 who gave a 1, 10."""
    for name, back, score in (("a", 20, 5), ("b", 10, 1)):
        orders, answers = people(name, 40, back, 1, score)
        add_orders(engine, orders)
        add_answers(engine, answers)
    add_orders(engine, [("last", "2026-12-31", 1.0)])
    return satisfaction_return(engine, ReturnQuestion(days=30))


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_each_score_has_its_rate_with_its_interval_and_its_parts_add_up(engine, palette: Palette) -> None:
    answer = answers_of(engine)
    figure = score_bars(answer, palette)
    rates = next(trace for trace in figure.data if trace.type == "scatter" and trace.mode == "markers")
    assert list(rates.y)[:2] == [10 / 40, 20 / 40]
    assert list(rates.marker.color)[:2] == [palette.accent, palette.accent]
    assert all(up > 0 for up in list(rates.error_y.array)[:2])
    parts = {trace.name: list(trace.y)[:2] for trace in figure.data if trace.type == "bar"}
    assert parts == {"came back": [0.25, 0.5], "did not": [0.75, 0.5], "not yet known": [0, 0]}


def test_each_score_stands_over_its_number_of_customers_and_says_them(engine) -> None:
    figure = score_bars(answers_of(engine), LIGHT)
    names = [str(each) for each in figure.layout.xaxis.ticktext]
    assert [name.split("<br>")[0] for name in names][:2] == ["1", "5"]
    assert ">40<" in names[0]
    rates = next(trace for trace in figure.data if trace.type == "scatter" and trace.mode == "markers")
    assert str(rates.customdata[1][2]).replace("\u00a0", " ").startswith("Score 5: 20 of 40 came back (50.0 %, ")
    assert figure.layout.yaxis.title.text == "Back within 30 days"


def test_came_back_has_the_colour_of_what_we_measure_in_both_charts(engine) -> None:
    figure = score_bars(answers_of(engine), LIGHT)
    came_back = next(trace for trace in figure.data if trace.name == "came back")
    rates = next(trace for trace in figure.data if trace.type == "scatter" and trace.mode == "markers")
    assert came_back.marker.color == rates.marker.color[0] == LIGHT.accent


def test_the_compact_chart_has_the_rates_alone(engine) -> None:
    figure = score_bars(answers_of(engine), LIGHT, compact=True)
    assert {trace.type for trace in figure.data} == {"scatter"}
