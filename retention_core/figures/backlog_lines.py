"""The pile of complaints over time: how many are open, and under it how many were opened and answered."""

from typing import Any

import plotly.graph_objects as go

from retention_core.analyses.complaints.backlog import Backlog
from retention_core.figures.axes import count_axis, period_axis
from retention_core.figures.palette import Palette, base_figure
from retention_core.words.numbers import whole
from retention_core.words.say import say, sentence

_MOST_MARKED = 40  # points of a line that stand apart
_PERIODS = {"day": sentence("Day"), "week": sentence("Week (first day)"), "month": sentence("Month")}
_MOVED = {
    "day": sentence("Per day"),
    "week": sentence("Per week"),
    "month": sentence("Per month"),
}
_OPEN = {
    "day": sentence("Open at the end of the day"),
    "week": sentence("Open at the end of the week"),
    "month": sentence("Open at the end of the month"),
}


def backlog_lines(backlog: Backlog, palette: Palette) -> go.Figure:
    """Draw what is open at the end of each period as a line, and below it, on the same axis of time, what moved.

    Opened complaints are bars, answered ones steps over them; both scales begin at zero.
    """
    rows = backlog.periods
    figure = base_figure(
        palette, 440, [_opened(backlog, palette), _answered(backlog, palette), _open(backlog, palette)], bargap=0.15
    )
    count_axis(figure, max(1.0, float(rows["open_at_end"].max()) * 1.08), title=say("Open complaints"))
    period_axis(figure, list(rows["label"]), say(_PERIODS[backlog.unit]), most=6)
    most = max(1.0, float(rows[["opened", "answered"]].max().max()) * 1.08)
    figure.update_layout(
        xaxis={"anchor": "y2"},
        yaxis={"domain": [0.42, 1]},
        yaxis2=_count_axis(most, say(_MOVED[backlog.unit]), palette) | {"domain": [0, 0.32], "anchor": "x"},
        legend={"traceorder": "reversed"},
    )
    return figure


def _count_axis(top: float, title: str, palette: Palette) -> dict[str, Any]:
    """Return an axis of counts, for the lower of two charts in a figure."""
    alone = base_figure(palette, 0)
    count_axis(alone, top, title=title)
    axis: dict[str, Any] = alone.layout.yaxis.to_plotly_json()
    ticks = axis["tickvals"]
    every = -(-len(ticks) // 4)  # it is low: four names at most
    return axis | {"tickvals": ticks[::every], "ticktext": axis["ticktext"][::every]}


def _trace(backlog: Backlog, column: str, name: str) -> dict[str, Any]:
    return {
        "x": list(backlog.periods["label"]),
        "y": backlog.periods[column].tolist(),
        "name": str(name),
        "customdata": [
            str(
                say(
                    "{label}: {opened} opened, {answered} answered, {open} open at the end",
                    label=row.label,
                    opened=whole(row.opened),
                    answered=whole(row.answered),
                    open=whole(row.open_at_end),
                )
            )
            for row in backlog.periods.itertuples()
        ],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _opened(backlog: Backlog, palette: Palette) -> dict[str, Any]:
    marker = {"color": palette.quiet, "line": {"width": 0}}
    return _trace(backlog, "opened", say("opened")) | {"type": "bar", "yaxis": "y2", "marker": marker}


def _answered(backlog: Backlog, palette: Palette) -> dict[str, Any]:
    line = {"color": palette.contrast, "width": 1.5, "shape": "hvh"}
    return _trace(backlog, "answered", say("answered")) | {
        "type": "scatter",
        "yaxis": "y2",
        "mode": "lines",
        "line": line,
    }


def _open(backlog: Backlog, palette: Palette) -> dict[str, Any]:
    has_marks = len(backlog.periods) <= _MOST_MARKED
    return _trace(backlog, "open_at_end", say(_OPEN[backlog.unit])) | {
        "type": "scatter",
        "mode": "lines+markers" if has_marks else "lines",
        "line": {"color": palette.accent, "width": 2.5},
        "marker": {"size": 6, "color": palette.accent},
        "fill": "tozeroy",
        "fillcolor": palette.band(0.10),
    }
