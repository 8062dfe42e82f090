"""Segments side by side, each with its interval."""

from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from retention_core.analyses.customers.cohort_question import OTHER
from retention_core.figures.axes import share_axis
from retention_core.figures.palette import Palette, base_figure
from retention_core.words.numbers import percent, points, signed, whole
from retention_core.words.say import say


def segment_words(name: str) -> str:
    """Return a segment in words: its own name, or what stands for those without one and for all the others."""
    return {OTHER: say("all others"), "none": say("none")}.get(name, name)


def segment_bars(rows: pd.DataFrame, palette: Palette, *, x_title: str) -> go.Figure:
    """Draw the share of each segment as a point with its interval, and a line for all together.

    rows: as `segment_differences` returns them.
    """
    figure = base_figure(palette, 70 + 34 * max(1, len(rows)), showlegend=False)
    top = float(rows[["high", "retention_rate"]].max().max())
    rows = rows[rows["base"] > 0].iloc[::-1]
    figure.add_scatter(
        x=rows["retention_rate"],
        y=[escape(segment_words(str(name)), quote=False) for name in rows["segment"]],
        mode="markers",
        marker={"size": 10, "color": palette.accent},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": rows["high"] - rows["retention_rate"],
            "arrayminus": rows["retention_rate"] - rows["low"],
            "color": palette.quiet,
            "thickness": 2,
            "width": 0,
        },
        customdata=[_of_segment(row) for row in rows.itertuples()],
        hovertemplate="%{customdata}<extra></extra>",
    )
    if rows["base"].sum():
        overall = rows["customers"].sum() / rows["base"].sum()
        figure.add_vline(x=overall, line={"color": palette.faint, "width": 1, "dash": "dot"})
    share_axis(figure, top * 1.06 if top > 0 else 1.0, axis="x", title=x_title)
    figure.update_xaxes(showgrid=True)
    figure.update_yaxes(showgrid=False, type="category")
    return figure


def _of_segment(row: Any) -> str:
    places = {
        "segment": escape(segment_words(str(row.segment)), quote=False),
        "customers": whole(row.customers),
        "base": whole(row.base),
        "rate": percent(row.retention_rate, 1),
    }
    if pd.isna(row.difference):
        return say("{segment}: {customers} of {base} ({rate})", **places)
    return say(
        "{segment}: {customers} of {base} ({rate}), against all others {points} points ({range})",
        points=signed(row.difference, 1),
        range=points(row.difference_low, row.difference_high),
        **places,
    )
