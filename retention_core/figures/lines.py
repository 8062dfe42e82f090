"""Lines over time with their interval: are we getting better?"""

import pandas as pd
import plotly.graph_objects as go

from retention_core.analyses.customers.cohort_retention import CohortRetention
from retention_core.analyses.intervals import FEW
from retention_core.figures.cell_sentences import measured
from retention_core.figures.cohort_heatmap import axis_title
from retention_core.figures.palette import Palette, base_figure, interval_band, period_axis
from retention_core.figures.window import MOST_POINTS, Window, window_of
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
    interval_band(figure, known["label"], known, palette.band())
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
    top = max(0.05, float(known[["rate", "high"]].max().max()) * 1.08) if len(known) else 1.0
    figure.update_yaxes(range=[0, min(1.02, top)], tickformat=".0%", title_text=y_title)
    period_axis(figure, list(points["label"]), x_title)
    return figure


BENCHMARKS = {0.20: "most industries: below 20 %", 0.25: "media and finance: 25 %", 0.35: "software: 35 %"}


def cohort_curves(
    retention: CohortRetention, palette: Palette, *, show_benchmarks: bool = False, window: Window | None = None
) -> go.Figure:
    """Draw each cohort over its periods: the younger the stronger, all together thick with their band.

    Cohorts under 30 customers have no line of their own: it would show chance alone.

    show_benchmarks: also the shares that articles give for the use of products eight weeks after sign-up. window: the
    part that is drawn, by default the youngest cohorts.
    """
    figure = base_figure(palette, 460)
    column, is_share = measured(retention), not retention.question.needs_money
    retention = (window or window_of(retention, most_columns=MOST_POINTS)).part(retention)
    cells = retention.cells[(retention.cells["state"] == "complete") & (retention.cells["cohort_size"] >= FEW)]
    cohorts = list(cells.groupby("cohort", sort=True))
    figure.add_scatter(
        x=[None], y=[None], mode="lines", name="single cohorts", line={"color": palette.quiet, "width": 1}
    )
    is_share_of_money = retention.question.measure.endswith("retention")
    shown = ".1%" if is_share or is_share_of_money else ",.1f"
    for number, (_, rows) in enumerate(cohorts):
        figure.add_scatter(
            x=rows["period_number"],
            y=rows[column],
            mode="lines",
            showlegend=False,
            name=rows["cohort_label"].iloc[0],
            line={"color": palette.quiet, "width": 1},
            opacity=0.35 + 0.65 * number / max(1, len(cohorts) - 1),
            hovertemplate="%{fullData.name}, %{x}: %{y:" + shown + "}<extra></extra>",
        )
    pooled = retention.pooled
    if is_share:
        interval_band(figure, pooled["period_number"], pooled, palette.band(0.2))
    if retention.question.measure not in ("revenue", "orders"):
        figure.add_scatter(
            x=pooled["period_number"],
            y=pooled[column],
            mode="lines+markers",
            name="all cohorts",
            line={"color": palette.accent, "width": 3},
            customdata=[[whole(a), whole(b)] for a, b in zip(pooled["customers"], pooled["base"], strict=True)],
            hovertemplate="%{customdata[0]} of %{customdata[1]}: %{y:" + shown + "}<extra></extra>",
        )
    if show_benchmarks and is_share:
        for share, name in BENCHMARKS.items():
            figure.add_hline(
                y=share,
                line={"color": palette.warning, "width": 1, "dash": "dash"},
                annotation={"text": name, "font": {"size": 11, "color": palette.faint}},
                annotation_position="top right",
            )
    if is_share:
        later = pooled.loc[pooled["period_number"] > 0, [column, "high"]].max().max()
        top = min(1.02, max(0.4 if show_benchmarks else 0.1, later * 1.5)) if later >= 0 else 1.02
        figure.update_yaxes(tickformat=".0%", title_text="Share of the cohort", range=[0, top])
    else:
        figure.update_yaxes(tickformat=".0%" if is_share_of_money else ",.0f", rangemode="tozero")
    figure.update_xaxes(title_text=axis_title(retention))
    return figure


def _point(row, counted: str) -> str:  # type: ignore[no-untyped-def]
    known = "" if row.state == "complete" else "<br>not all can be known yet"
    interval = f"{bare(row.low, 1)} to {bare(row.high, 1)}"
    return f"{row.label}: {whole(row.returned)} of {whole(row.total)} {counted} ({percent(row.rate, 1)}, {interval}){known}"
