"""Axes: their numbers are few, round, and written in the language of who reads them."""

import plotly.graph_objects as go

from retention_core.figures.axes import count_axis, number_axis, period_axis, share_axis
from retention_core.words.language import PERSIAN, speaking


def texts(axis) -> list[str]:
    return [str(each).replace("\u00a0", " ") for each in axis.ticktext]


def test_a_share_is_marked_in_round_percents() -> None:
    figure = go.Figure()
    share_axis(figure, 0.42, title="Back")
    assert texts(figure.layout.yaxis) == ["0 %", "10 %", "20 %", "30 %", "40 %"]
    assert (figure.layout.yaxis.range, figure.layout.yaxis.title.text) == ((0, 0.42), "Back")


def test_small_shares_get_the_decimals_that_tell_them_apart() -> None:
    figure = go.Figure()
    share_axis(figure, 0.006, axis="x")
    assert texts(figure.layout.xaxis) == ["0.0 %", "0.1 %", "0.2 %", "0.3 %", "0.4 %", "0.5 %", "0.6 %"]


def test_counts_are_whole_however_few_and_reach_below_nothing() -> None:
    figure = go.Figure()
    count_axis(figure, 2.0)
    assert texts(figure.layout.yaxis) == ["0", "1", "2"]
    count_axis(figure, 1_900.0, low=-1_200.0)
    assert texts(figure.layout.yaxis) == ["-1,000", "-500", "0", "500", "1,000", "1,500"]


def test_sums_are_written_in_few_letters() -> None:
    figure = go.Figure()
    count_axis(figure, 40_000.0, is_money=True)
    assert texts(figure.layout.yaxis)[-1] == "40.0k"


def test_of_many_periods_only_some_are_named_in_their_order() -> None:
    figure = go.Figure()
    period_axis(figure, [f"P{number}" for number in range(24)], "Month", most=12)
    assert texts(figure.layout.xaxis) == [f"P{number}" for number in range(0, 24, 2)]
    assert len(figure.layout.xaxis.categoryarray) == 24


def test_an_axis_of_nothing_stands() -> None:
    figure = go.Figure()
    share_axis(figure, 0.0)
    count_axis(figure, 0.0)
    period_axis(figure, [], "")
    number_axis(figure, 0, 0, "")
    assert texts(figure.layout.xaxis) == ["0"]


def test_numbers_are_those_of_the_language() -> None:
    figure = go.Figure()
    with speaking(PERSIAN):
        share_axis(figure, 0.2)
        number_axis(figure, 0, 10, "")
    assert texts(figure.layout.yaxis)[-1] == "۲۰ ٪"
    assert texts(figure.layout.xaxis)[-1] == "۱۰"
