"""Lines over time with their interval: are we getting better?"""

import pandas as pd
import plotly.graph_objects as go

from retention_core.analyses.cohort_retention import CohortRetention
from retention_core.figures.palette import Palette, base_figure, period_axis
from retention_core.wording import bare, percent, whole


def rate_over_time(
    points: pd.DataFrame, palette: Palette, *, x_title: str, y_title: str, height: int = 300, counted: str = "customers"
) -> go.Figure:
    """Draw a rate by period as a line with its interval band; running points are hollow and dashed.

    points: one row per period in order: label, rate, low, high, returned, total, state (complete or running).
    """
    figure = base_figure(palette, height, showlegend=False)
    known = points[points["rate"].notna()].reset_index(drop=True)
    complete = known[known["state"] == "complete"]
    _band(figure, known["label"], known, palette.band())
    figure.add_scatter(
        x=known["label"],
        y=known["rate"],
        mode="lines",
        line={"color": palette.accent, "width": 2, "dash": "dot"},
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=complete["label"],
        y=complete["rate"],
        mode="lines",
        line={"color": palette.accent, "width": 2.5},
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=known["label"],
        y=known["rate"],
        mode="markers",
        marker={
            "size": 8,
            "line": {"width": 2, "color": palette.accent},
            "color": [palette.accent if state == "complete" else palette.background for state in known["state"]],
        },
        customdata=[_point(row, counted) for row in known.itertuples()],
        hovertemplate="%{customdata}<extra></extra>",
    )
    top = max(0.05, float(known["high"].max()) * 1.08) if len(known) else 1.0
    figure.update_yaxes(range=[0, min(1.02, top)], tickformat=".0%", title_text=y_title)
    period_axis(figure, list(points["label"]), x_title)
    return figure


def cohort_curves(retention: CohortRetention, palette: Palette) -> go.Figure:
    """Draw the retention rate of each cohort over its periods: the youngest in accent, the pooled one thick with band."""
    figure = base_figure(palette, 460)
    cells = retention.cells[retention.cells["state"] == "complete"]
    cohorts = list(cells.groupby("cohort", sort=True))
    for number, (_, rows) in enumerate(cohorts):
        figure.add_scatter(
            x=rows["period_number"],
            y=rows["retention_rate"],
            mode="lines",
            showlegend=False,
            name=rows["cohort_label"].iloc[0],
            line={"color": palette.quiet, "width": 1},
            opacity=0.35 + 0.65 * number / max(1, len(cohorts) - 1),
            hovertemplate="%{fullData.name}, %{x}: %{y:.1%}<extra></extra>",
        )
    pooled = retention.pooled
    _band(figure, pooled["period_number"], pooled, palette.band(0.2))
    figure.add_scatter(
        x=pooled["period_number"],
        y=pooled["retention_rate"],
        mode="lines+markers",
        name="all cohorts",
        line={"color": palette.accent, "width": 3},
        customdata=[[whole(a), whole(b)] for a, b in zip(pooled["customers"], pooled["cohort_size"], strict=True)],
        hovertemplate="%{customdata[0]} of %{customdata[1]}: %{y:.1%}<extra></extra>",
    )
    unit = retention.question.period.unit
    later = pooled.loc[pooled["period_number"] > 0, "high"].max() if len(pooled) > 1 else 1.0
    figure.update_yaxes(tickformat=".0%", title_text="Share of the cohort", range=[0, min(1.02, max(0.1, later * 1.5))])
    figure.update_xaxes(title_text=f"{unit.capitalize()}s since the first purchase")
    return figure


def _band(figure: go.Figure, x: pd.Series, points: pd.DataFrame, colour: str) -> None:
    """Draw the interval of each point as a band: along the upper ends and back along the lower ones."""
    figure.add_scatter(
        x=[*x, *x[::-1]],
        y=[*points["high"], *points["low"][::-1]],
        fill="toself",
        fillcolor=colour,
        line={"width": 0},
        hoverinfo="skip",
        mode="lines",
        name="95 % interval",
    )


def _point(row, counted: str) -> str:  # type: ignore[no-untyped-def]
    known = "" if row.state == "complete" else "<br>not all can be known yet"
    interval = f"{bare(row.low, 1)} to {bare(row.high, 1)}"
    return f"{row.label}: {whole(row.returned)} of {whole(row.total)} {counted} ({percent(row.rate, 1)}, {interval}){known}"
