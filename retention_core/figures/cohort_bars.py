"""Segments side by side, each with its interval."""

import pandas as pd
import plotly.graph_objects as go

from retention_core.figures.palette import Palette, base_figure
from retention_core.wording import bare, percent, whole


def segment_bars(rows: pd.DataFrame, palette: Palette, *, x_title: str) -> go.Figure:
    """Draw the share of each segment as a point with its interval, and a line for all together.

    rows: as `segment_differences` returns them.
    """
    figure = base_figure(palette, 70 + 34 * max(1, len(rows)), showlegend=False)
    rows = rows[rows["base"] > 0].iloc[::-1]
    figure.add_scatter(
        x=rows["retention_rate"],
        y=[str(name) for name in rows["segment"]],
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
        customdata=[_segment_sentence(row) for row in rows.itertuples()],
        hovertemplate="%{customdata}<extra></extra>",
    )
    if rows["base"].sum():
        overall = rows["customers"].sum() / rows["base"].sum()
        figure.add_vline(x=overall, line={"color": palette.faint, "width": 1, "dash": "dot"})
    steps = ".0%" if rows["high"].max() > 0.1 else ".1%"
    figure.update_xaxes(tickformat=steps, title_text=x_title, rangemode="tozero", showgrid=True)
    figure.update_yaxes(showgrid=False)
    return figure


def _segment_sentence(row) -> str:  # type: ignore[no-untyped-def]
    share = f"{row.segment}: {whole(row.customers)} of {whole(row.base)} ({percent(row.retention_rate, 1)})"
    if pd.isna(row.difference):
        return share
    points = f"{bare(row.difference, 1)} points ({bare(row.difference_low, 1)} to {bare(row.difference_high, 1)})"
    return f"{share}, against all others {points}"
