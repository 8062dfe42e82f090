"""A real change, or noise: the share within the limit by period, between its control limits."""

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from retention_core.analyses.complaints.control import ControlChart
from retention_core.analyses.complaints.response_times import ResponseTimes
from retention_core.analyses.intervals import FEW, TOO_FEW
from retention_core.figures.axes import share_axis
from retention_core.figures.palette import Palette, base_figure
from retention_core.figures.volume import add_volume, every_period
from retention_core.figures.waits import periods_of_opening
from retention_core.words.numbers import bare, percent, whole
from retention_core.words.say import counted, say


def control_figure(control: ControlChart, times: ResponseTimes, palette: Palette) -> go.Figure:
    """Draw the share within the limit by period, the limits as steps, and what lies outside marked.

    Periods of fewer than thirty complaints are small, those of fewer than ten are left out.
    """
    rows, points = every_period(times), control.points[control.points["complaints"] >= TOO_FEW]
    points = points.set_index("label").reindex(rows["label"]).reset_index()  # lines break where nothing is known
    line = {"color": palette.faint, "width": 1, "dash": "dash"}
    middle = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": control.centre, "y1": control.centre}
    traces = [*_limits(points, palette), *_shares(points, palette)]
    figure = base_figure(palette, 340, traces, shapes=[middle | {"line": line}])
    share_axis(figure, min(1.02, max(0.05, float(points[["rate", "high"]].max().max()) * 1.05)), title=_title(times))
    periods_of_opening(figure, times)
    add_volume(figure, rows, palette)
    return figure


def _title(times: ResponseTimes) -> str:
    return say("Within {limit}", limit=counted("{n} day", "{n} days", times.question.limit_days))


def _limits(points: pd.DataFrame, palette: Palette) -> list[dict[str, Any]]:
    line = {"width": 1, "shape": "hvh", "color": palette.faint}
    edge = {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "x": list(points["label"]), "line": line}
    low, high = (edge | {"y": points[end].to_numpy(float)} for end in ("low", "high"))
    return [low | {"showlegend": False}, high | {"name": str(say("control limits"))}]


def _shares(points: pd.DataFrame, palette: Palette) -> list[dict[str, Any]]:
    outside = points["is_outside"].eq(other=True).to_numpy(bool)  # unknown is not outside
    usual = {
        "type": "scatter",
        "mode": "lines+markers",
        "name": str(say("share within the limit")),
        "line": {"color": palette.accent, "width": 1.5},
        "x": list(points["label"]),
        "y": points["rate"].to_numpy(float),
        "marker": {"color": palette.accent, "size": [7 if count >= FEW else 4 for count in points["complaints"]]},
        "customdata": ["" if pd.isna(row.rate) else str(_of_point(row)) for row in points.itertuples()],
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    marked = usual | {
        "mode": "markers",
        "name": str(say("outside")),
        "x": list(points["label"][outside]),
        "y": points["rate"][outside].to_numpy(float),
        "customdata": list(np.array(usual["customdata"], object)[outside]),
        "marker": {"color": palette.bad, "size": 10, "symbol": "diamond"},
    }
    return [usual, marked] if outside.any() else [usual]


def _of_point(row: Any) -> str:
    return say(
        "{label}: {count} of {total} ({rate}; limits {low} to {high})",
        label=row.label,
        count=whole(row.within_limit),
        total=whole(row.complaints),
        rate=percent(row.rate, 1),
        low=bare(row.low, 1),
        high=bare(row.high, 1),
    )
