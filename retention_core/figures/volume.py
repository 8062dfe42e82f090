"""How many complaints were opened in each period: bars under a chart, on the same axis of time."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from retention_core.analyses.complaints.response_times import ResponseTimes
from retention_core.figures.axes import count_axis
from retention_core.figures.palette import Palette, base_figure
from retention_core.words.numbers import whole
from retention_core.words.say import say

_HIGH, _APART, _BESIDE = 64, 26, 90  # pixels: of the bars, over them, and of what is no plot: key and names
_MOST_FILLED = 800  # periods; beyond them those without any complaint are left out


def every_period(times: ResponseTimes) -> pd.DataFrame:
    """Return the periods of opening with those between them in which nobody complained: 0 complaints, all else unknown."""
    rows, period = times.periods, times.question.period
    if rows.empty or int(rows["period"].iloc[-1]) - int(rows["period"].iloc[0]) >= _MOST_FILLED:
        return rows
    numbers = range(int(rows["period"].iloc[0]), int(rows["period"].iloc[-1]) + 1)
    if len(numbers) == len(rows):
        return rows
    filled = rows.set_index("period").reindex(numbers)
    filled["label"] = [period.label(number) for number in numbers]
    counts = [name for name in rows if rows[name].dtype.kind == "i" and name != "period"]
    filled[counts] = filled[counts].fillna(0).astype("int64")
    return filled.reset_index(names="period")


def add_volume(figure: go.Figure, rows: pd.DataFrame, palette: Palette) -> None:
    """Draw under a finished chart how many complaints were opened in each period: the figure grows by these bars.

    rows: one per period in order, with label and complaints.
    """
    height = figure.layout.height + _HIGH + _APART
    plot = height - _BESIDE
    figure.add_traces([_bars(rows, palette)])
    figure.update_yaxes(domain=[(_HIGH + _APART) / plot, 1.0])
    figure.update_xaxes(anchor="y2")
    figure.update_layout(height=height, yaxis2=_axis(rows, palette, _HIGH / plot))


def _bars(rows: pd.DataFrame, palette: Palette) -> dict[str, Any]:
    return {
        "type": "bar",
        "x": list(rows["label"]),
        "y": rows["complaints"].to_numpy(float),
        "yaxis": "y2",
        "showlegend": False,
        "marker": {"color": palette.quiet, "line": {"width": 0}},
        "customdata": [
            str(say("{label}: {count} opened", label=label, count=whole(count)))
            for label, count in zip(rows["label"], rows["complaints"], strict=True)
        ],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _axis(rows: pd.DataFrame, palette: Palette, top: float) -> dict[str, Any]:
    alone, most = go.Figure(), float(rows["complaints"].max()) if len(rows) else 0.0
    count_axis(alone, max(1.0, most), title=say("Complaints"), most=3)
    usual = base_figure(palette, 0).to_plotly_json()["layout"]["yaxis"]
    own = alone.layout.yaxis.to_plotly_json()
    return {**usual, **own, "title": {**usual["title"], **own["title"]}, "domain": [0, top], "anchor": "x"}
