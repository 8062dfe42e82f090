"""A figure as a browser gets it: plain values only, and those that JSON would hold."""

import json
import math
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from retention_core.figures.sent import as_sent
from retention_core.figures.uncopied import uncopied
from retention_core.words.say import say


def _bars(**columns: Any) -> go.Figure:
    return go.Figure(data=[{"type": "bar", **columns}], layout={"height": 300}, _validate=False)


def _first(figure: go.Figure) -> Any:
    return as_sent(figure).to_dict()["data"][0]


def test_numbers_that_are_none_and_days_are_sent_as_json_has_them() -> None:
    sent = _first(
        _bars(x=[date(2026, 1, 5), "b", True], y=[1.5, math.nan, math.inf], base=uncopied([2.0, math.nan, None]))
    )
    assert (sent["x"], sent["y"], sent["base"]) == (["2026-01-05", "b", True], [1.5, None, None], [2.0, None, None])


def test_text_is_sent_as_letters_without_what_it_says() -> None:
    sent = _first(_bars(name=say("Customers"), text=uncopied([say("Customers"), "b"])))
    assert (sent["name"], sent["text"]) == ("Customers", ["Customers", "b"])
    assert {type(text) for text in (sent["name"], *sent["text"])} == {str}


def test_cells_of_many_columns_are_sent_as_lists_of_lists() -> None:
    sent = _first(_bars(customdata=uncopied(([1, 2], [3, 4], ["a", "b"])).T))
    assert sent["customdata"] == [[1, 3, "a"], [2, 4, "b"]]


@pytest.mark.parametrize(
    "values",
    [
        [1, 2.5, None, "a"],
        np.array([1.0, math.nan]),
        pd.Series([1, 2]),
        pd.Series(["a", None]),
        (np.int64(3), np.True_),
    ],
    ids=["list", "numpy", "whole numbers of pandas", "text of pandas", "numbers of numpy"],
)
def test_a_figure_is_sent_as_plotly_writes_it(values: Any) -> None:
    figure = _bars(y=values)
    assert as_sent(figure).to_dict() == json.loads(figure.to_json())


def test_a_figure_that_is_finished_knows_its_height_and_roughly_what_it_takes() -> None:
    small, large = (as_sent(_bars(y=["a"] * many)) for many in (10, 1000))
    assert small.height == 300
    assert large.nbytes - small.nbytes > 990
