"""How long complaints wait: median and 90th percentile, shares in time, and the age of what is open."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from retention_core.analyses.complaints.response_times import DAY, LIMITS_IN_DAYS, ResponseTimes
from retention_core.analyses.intervals import TOO_FEW
from retention_core.figures.palette import Palette, base_figure, period_axis
from retention_core.wording import duration, whole

_TICKS = {
    60: "1 min",
    3600: "1 h",
    6 * 3600: "6 h",
    DAY: "1 day",
    3 * DAY: "3 days",
    5 * DAY: "5 days",
    10 * DAY: "10 days",
    30 * DAY: "30 days",
    90 * DAY: "90 days",
    365 * DAY: "1 year",
}


def wait_lines(times: ResponseTimes, palette: Palette) -> go.Figure:
    """Draw median and 90th percentile of the wait by period of opening, on a log scale with the day lines."""
    figure = base_figure(palette, 360)
    rows = times.periods
    for name, column, colour in (
        ("9 in 10 within", "p90_seconds", palette.contrast),
        ("half within", "median_seconds", palette.accent),
    ):
        hover = [
            f"{row.label}: {name} {duration(getattr(row, column))} ({whole(row.complaints)} opened, "
            f"{whole(row.still_open)} open)"
            for row in rows.itertuples()
        ]
        settled = rows["state"] == "complete"
        figure.add_scatter(
            x=rows["label"],
            y=rows[column],
            mode="lines+markers",
            name=name,
            customdata=hover,
            line={"color": colour, "width": 2},
            marker={
                "size": 7,
                "opacity": [1.0 if count >= TOO_FEW else 0.35 for count in rows["complaints"]],
                "line": {"width": 2, "color": colour},
                "color": np.where(settled, colour, palette.background),
            },
            hovertemplate="%{customdata}<extra></extra>",
            connectgaps=False,
        )
    for days in LIMITS_IN_DAYS:
        figure.add_hline(y=days * DAY, line={"color": palette.faint, "width": 1, "dash": "dot"}, opacity=0.6)
    known = pd.concat([rows["median_seconds"], rows["p90_seconds"]]).dropna()
    low, high = (
        (max(60, min(0.7 * DAY, known.min() * 0.7)), max(6 * DAY, known.max() * 1.3)) if len(known) else (3600, 6 * DAY)
    )
    figure.update_yaxes(
        type="log",
        range=[float(np.log10(low)), float(np.log10(high))],
        tickmode="array",
        tickvals=list(_TICKS),
        ticktext=list(_TICKS.values()),
        title_text="Wait (log scale)",
    )
    _periods_on_x(figure, times)
    return figure


def share_bars(times: ResponseTimes, palette: Palette) -> go.Figure:
    """Draw, by period of opening, what part of the complaints was answered within 1, 3, 5 days, later, or not yet.

    Those closed while the moment asked about is unknown are left out.
    """
    figure = base_figure(palette, 340, barmode="stack", bargap=0.18)
    rows = times.periods
    parts = {
        "≤ 1 day": (rows["within_1_day"], palette.good, ""),
        "1–3": (rows["within_3_days"] - rows["within_1_day"], palette.fair, ""),
        "3–5": (rows["within_5_days"] - rows["within_3_days"], palette.warning, ""),
        "over 5": (rows["over_5_days"], palette.bad, ""),
        "open": (rows["open_under_5_days"], palette.quiet, ""),
        "open over 5": (rows["open_over_5_days"], palette.background, "/"),
    }
    for name, (count, colour, shape) in parts.items():
        if count.sum():
            hover = [
                f"{label}: {whole(part)} of {whole(total)} complaints – {name}"
                for label, part, total in zip(rows["label"], count, rows["complaints"], strict=True)
            ]
            pattern = {"shape": shape, "fgcolor": palette.bad, "bgcolor": colour, "size": 5, "solidity": 0.5}
            figure.add_bar(
                x=rows["label"],
                y=count / rows["complaints"],
                name=name,
                customdata=hover,
                marker={"color": colour, "line": {"width": 0}, "pattern": pattern if shape else None},
                hovertemplate="%{customdata}<extra></extra>",
            )
    figure.update_yaxes(tickformat=".0%", range=[0, 1], title_text="Share of complaints")
    figure.update_layout(legend={"traceorder": "normal", "itemwidth": 30})
    _periods_on_x(figure, times, most=6)
    return figure


def open_by_age(open_waits: pd.DataFrame, palette: Palette) -> go.Figure:
    """Draw how many open complaints there are by age in days, coloured by day 5."""
    edges = [0, 1, 2, 3, 4, 5, 7, 14, 30, 90, np.inf]
    names = ["<1", "1", "2", "3", "4", "5–6", "7–13", "14–29", "30–89", "90+"]
    ages = pd.cut(open_waits["wait_seconds"] / DAY, edges, right=False, labels=names)
    counts = open_waits["complaints"].groupby(ages, observed=False).sum()
    colours = [
        palette.good if edge < 1 else palette.fair if edge < 3 else palette.warning if edge < 5 else palette.bad
        for edge in edges[:-1]
    ]
    figure = base_figure(palette, 340, bargap=0.18)
    figure.add_bar(
        x=names,
        y=list(counts),
        marker={"color": colours, "line": {"width": 0}},
        text=[str(x) if x else "" for x in counts],
        textposition="outside",
        cliponaxis=False,
        hovertemplate="Open for %{x} days: %{y}<extra></extra>",
    )
    figure.update_xaxes(title_text="Days open", type="category", tickangle=0)
    figure.update_yaxes(title_text="Open complaints", rangemode="tozero", dtick=1 if counts.max() < 6 else None)
    return figure


def _periods_on_x(figure: go.Figure, times: ResponseTimes, most: int = 12) -> None:
    unit = times.question.period.unit
    title = "Week of opening (first day)" if unit == "week" else f"{unit.capitalize()} of opening"
    period_axis(figure, list(times.periods["label"]), title, most)
