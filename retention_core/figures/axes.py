"""Axes whose numbers are written in the language of who reads them; time runs from left to right in every language."""

import math
from collections.abc import Sequence
from typing import Literal

import plotly.graph_objects as go

from retention_core.words.numbers import amount, percent, whole

_MOST_TICKS = 8
_STEEPER = (0, 30, 60, 90)  # degrees by which names of ticks are turned, one after the other, until they stand apart


def share_axis(figure: go.Figure, top: float, *, axis: Literal["x", "y"] = "y", title: str = "") -> None:
    """Let an axis run from nothing to a share. top: 0 to 1, or above it where a share can exceed the whole."""
    step = _step(top)
    decimals = 0 if step >= 0.01 else 1 if step >= 0.001 else 2
    places = _ticks(0.0, top, step)
    _number_axis(figure, axis, (0.0, top), places, [percent(place, decimals) for place in places], title)


def count_axis(
    figure: go.Figure,
    top: float,
    *,
    low: float = 0.0,
    axis: Literal["x", "y"] = "y",
    title: str = "",
    is_money: bool = False,
    most: int = _MOST_TICKS,
) -> None:
    """Let an axis run from a number to another, by whole numbers. is_money: sums in few letters, such as `12.3k`.

    most: into how many parts it is cut.
    """
    low, top = min(low, 0.0), max(top, 0.0)
    step = _step(top - low, most) if is_money else max(1.0, _step(top - low, most))
    places = _ticks(low, top, step)
    _number_axis(figure, axis, (low, top), places, [amount(p) if is_money else whole(p) for p in places], title)


def period_axis(figure: go.Figure, labels: Sequence[str], title: str, most: int = 12) -> None:
    """Put periods on the x axis in order, at most `most` of them named, evenly spaced, turned where it is narrow."""
    step = -(-len(labels) // most) if len(labels) else 1
    named = list(labels)[::step]
    figure.update_xaxes(
        title_text=title,
        type="category",
        categoryorder="array",
        categoryarray=list(labels),
        tickmode="array",
        tickvals=named,
        ticktext=named,
        autotickangles=_STEEPER,
        range=[-0.6, len(labels) - 0.4],
    )


def number_axis(figure: go.Figure, low: int, high: int, title: str, most: int = 12) -> None:
    """Let the x axis run from a whole number to another, such as days or columns, at most `most` of them named."""
    step = max(1, round(_step((high - low) or 1, most)))
    places = [place for place in range(low, high + 1) if place % step == 0]
    figure.update_xaxes(
        title_text=title,
        tickmode="array",
        tickvals=places,
        ticktext=[whole(place) for place in places],
        autotickangles=_STEEPER,
    )


def names_axis(figure: go.Figure, names: Sequence[str]) -> None:
    """Put names on the y axis, the first on top."""
    figure.update_yaxes(
        showgrid=False,
        range=[len(names) - 0.4, -0.6],
        tickmode="array",
        tickvals=list(range(len(names))),
        ticktext=list(names),
    )


def _number_axis(
    figure: go.Figure, axis: str, ends: tuple[float, float], places: list[float], texts: list[str], title: str
) -> None:
    update = figure.update_yaxes if axis == "y" else figure.update_xaxes
    update(
        range=list(ends), tickmode="array", tickvals=places, ticktext=texts, **({"title_text": title} if title else {})
    )


def _step(length: float, most: int = _MOST_TICKS) -> float:
    """Return the smallest of 1, 2 and 5 times a power of ten that cuts a length into at most so many parts."""
    if not length > 0 or math.isinf(length):
        return 1.0
    power = 10.0 ** math.floor(math.log10(length / most))
    return next(times * power for times in (1, 2, 5, 10) if times * power * most >= length * (1 - 1e-9))


def _ticks(low: float, top: float, step: float) -> list[float]:
    first, last = math.ceil(low / step - 1e-9), math.floor(top / step + 1e-9)
    return [number * step for number in range(first, last + 1)]
