"""What share of the complaints of two stretches still waits, day by day."""

from typing import Any

import numpy as np
import plotly.graph_objects as go

from retention_core.analyses.complaints.response_times import DAY
from retention_core.analyses.complaints.stretch_curves import Stretch
from retention_core.figures.axes import number_axis, share_axis
from retention_core.figures.palette import Palette, base_figure, faded
from retention_core.words.numbers import decimal, percent, whole
from retention_core.words.say import say

_POINTS = 241
_LEAST_DAYS, _MOST_DAYS = 3, 120


def waiting_curves(stretches: tuple[Stretch, Stretch], limit: int, palette: Palette) -> go.Figure:
    """Draw the share still waiting of two stretches, the first in the accent, each with its interval as a band.

    limit: in days, an upright line.
    """
    end = days_shown(stretches, limit)
    colours = (palette.accent, palette.contrast)
    drawn = list(zip(stretches, colours, strict=True))
    traces = [trace for each, colour in drawn[::-1] for trace in _curve(each, end, colour)]
    upright = {"type": "line", "yref": "paper", "y0": 0, "y1": 1, "x0": limit, "x1": limit}
    line = {"color": palette.faint, "width": 1, "dash": "dot"}
    figure = base_figure(palette, 360, traces, shapes=[upright | {"line": line}], legend={"traceorder": "reversed"})
    share_axis(figure, 1.0, title=say("Still waiting"))
    number_axis(figure, 0, end, say("Days since the opening"))
    figure.update_xaxes(range=[0, end])
    return figure


def days_shown(stretches: tuple[Stretch, Stretch], limit: int) -> int:
    """Return how many days are drawn: until nine in ten of both are answered, and twice the limit at least."""
    ends = [each.curve.quantile(0.95) for each in stretches]
    longest = max((each.wait_seconds.max() for each in stretches if each.total), default=0)
    known = max(longest if np.isnan(end) else end for end in ends) / DAY
    return int(np.clip(np.ceil(known), max(_LEAST_DAYS, 2 * limit), max(_MOST_DAYS, 2 * limit)))


def _curve(stretch: Stretch, end: int, colour: str) -> list[dict[str, Any]]:
    days = np.linspace(0, end, _POINTS)
    followed = days * DAY <= (stretch.wait_seconds.max() if stretch.total else 0)  # nobody has been seen for longer
    days = days[followed]
    waiting = stretch.curve.at(days * DAY)
    low, high = (_at(stretch, ends, days) for ends in stretch.curve.band())
    line = {"width": 2, "color": colour, "shape": "hv"}
    curve = {
        "type": "scatter",
        "x": days,
        "y": waiting,
        "mode": "lines",
        "line": line,
        "name": str(_name(stretch)),
        "customdata": [
            str(say("after {days} days {share} still wait", days=decimal(day, 1), share=percent(share, 1)))
            for day, share in zip(days, waiting, strict=True)
        ],
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    edge = {"type": "scatter", "mode": "lines", "line": line | {"width": 0}, "hoverinfo": "skip", "showlegend": False}
    band = [
        edge | {"x": days, "y": low},
        edge | {"x": days, "y": high, "fill": "tonexty", "fillcolor": faded(colour, 0.14)},
    ]
    return [*band, curve]


def _at(stretch: Stretch, ends: np.ndarray, days: np.ndarray) -> np.ndarray:
    """Return the ends of the band after so many days; before the first answer all wait, after the last none."""
    known = np.append(1.0, np.where(np.isnan(ends), stretch.curve.waiting, ends))
    at: np.ndarray = known[np.searchsorted(stretch.curve.seconds, days * DAY, side="right")]
    return at


def _name(stretch: Stretch) -> str:
    first, last = stretch.days
    return say("opened {first} to {last} (n = {n})", first=first, last=last, n=whole(stretch.total))
