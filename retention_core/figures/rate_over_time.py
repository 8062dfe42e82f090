"""A rate over time with its interval: are we getting better?"""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from retention_core.figures.axes import period_axis, share_axis
from retention_core.figures.palette import Palette, base_figure, interval_band
from retention_core.words.numbers import bare, percent, whole
from retention_core.words.say import say


def rate_over_time(
    points: pd.DataFrame, palette: Palette, *, x_title: str, y_title: str, height: int = 300
) -> go.Figure:
    """Draw a rate by period as a line with its interval band; running points are hollow and dashed.

    points: one row per period in order: label, rate, low, high, returned, total, state (complete or running).
    """
    known = points[points["rate"].notna()].reset_index(drop=True)
    complete = known[known["state"] == "complete"]
    lines = [
        _line(known, {"color": palette.accent, "width": 2, "dash": "dot"}),
        _line(complete, {"color": palette.accent, "width": 2.5}),
        _marks(known, palette),
    ]
    figure = base_figure(palette, height, lines, showlegend=False)
    interval_band(figure, known["label"], known, palette.band())
    top = max(0.05, float(known[["rate", "high"]].max().max()) * 1.08) if len(known) else 1.0
    share_axis(figure, min(1.02, top), title=y_title)
    period_axis(figure, list(points["label"]), x_title, most=6)
    return figure


def _line(points: pd.DataFrame, line: dict[str, object]) -> dict[str, Any]:
    places = {"x": list(points["label"]), "y": points["rate"].to_numpy(float)}
    return {"type": "scatter", "mode": "lines", "line": line, "hoverinfo": "skip", "zorder": 1} | places


def _marks(points: pd.DataFrame, palette: Palette) -> dict[str, Any]:
    return {
        "type": "scatter",
        "x": list(points["label"]),
        "y": points["rate"].to_numpy(float),
        "mode": "markers",
        "zorder": 1,  # over the band
        "marker": {
            "size": 8,
            "line": {"width": 2, "color": palette.accent},
            "color": [palette.accent if state == "complete" else palette.background for state in points["state"]],
        },
        "customdata": [str(_of_point(row)) for row in points.itertuples()],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _of_point(row: Any) -> str:
    told = say(
        "{label}: {returned} of {total} customers ({rate}, {low} to {high})",
        label=row.label,
        returned=whole(row.returned),
        total=whole(row.total),
        rate=percent(row.rate, 1),
        low=bare(row.low, 1),
        high=bare(row.high, 1),
    )
    return told if row.state == "complete" else f"{told}<br>{say('not all can be known yet')}"
