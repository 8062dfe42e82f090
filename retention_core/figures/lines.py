"""The curves of cohorts: each over its periods, and all together."""

from collections.abc import Iterator
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from retention_core.analyses.customers.cohort_retention import CohortRetention
from retention_core.analyses.intervals import FEW
from retention_core.figures.axes import count_axis, number_axis, share_axis
from retention_core.figures.cell_sentences import measured, shows_shares
from retention_core.figures.column_names import axis_title
from retention_core.figures.palette import Palette, base_figure, interval_band
from retention_core.figures.window import MOST_POINTS, Window, window_of
from retention_core.words.numbers import amount, percent, whole
from retention_core.words.say import Number, say, sentence

BENCHMARKS = {
    0.20: sentence("most industries: below 20 %"),
    0.25: sentence("media and finance: 25 %"),
    0.35: sentence("software: 35 %"),
}


def cohort_curves(
    retention: CohortRetention, palette: Palette, *, show_benchmarks: bool = False, window: Window | None = None
) -> go.Figure:
    """Draw each cohort over its periods: the younger the stronger, all together thick with their band.

    Cohorts under 30 customers have no line of their own: it would show chance alone.

    show_benchmarks: also the shares that articles give for the use of products eight weeks after sign-up. window: the
    part that is drawn, by default the youngest cohorts.
    """
    shown = (window or window_of(retention, most_columns=MOST_POINTS)).part(retention)
    column, is_share = measured(shown), not shown.question.needs_money
    cells = shown.cells[(shown.cells["state"] == "complete") & (shown.cells["cohort_size"] >= FEW)]
    figure = base_figure(palette, 460, _single(cells, column, palette, shows_shares(shown.question)))
    if is_share:
        interval_band(figure, shown.pooled["period_number"], shown.pooled, palette.band(0.2))
    if shown.question.measure not in ("revenue", "orders"):
        figure.add_traces([_together(shown, column, palette)])
    if show_benchmarks and is_share:
        _benchmarks(figure, palette)
    _upright(figure, shown, cells, column, show_benchmarks)
    numbers = shown.cells["period_number"]
    number_axis(figure, int(numbers.min()), int(numbers.max()), axis_title(shown.question))
    return figure


def _single(cells: pd.DataFrame, column: str, palette: Palette, is_share: bool) -> list[dict[str, Any]]:
    """Return a line for each cohort, and what stands for all of them in the legend."""
    line = {"color": palette.quiet, "width": 1}
    key = {"type": "scatter", "x": [None], "y": [None], "mode": "lines", "name": say("single cohorts"), "line": line}
    cohorts = list(cells.groupby("cohort", sort=True))
    return [key] + [
        {
            "type": "scatter",
            "x": rows["period_number"].tolist(),
            "y": rows[column].tolist(),
            "mode": "lines",
            "showlegend": False,
            "name": rows["cohort_label"].iloc[0],
            "line": line,
            "opacity": 0.35 + 0.65 * number / max(1, len(cohorts) - 1),
            "customdata": [[_written(value, is_share), whole(x)] for value, x in _pairs(rows, column)],
            "hovertemplate": "%{fullData.name}, %{customdata[1]}: %{customdata[0]}<extra></extra>",
        }
        for number, (_, rows) in enumerate(cohorts)
    ]


def _together(shown: CohortRetention, column: str, palette: Palette) -> dict[str, Any]:
    pooled, is_share = shown.pooled, shows_shares(shown.question)
    places = zip(pooled["customers"], pooled["base"], pooled[column], strict=True)
    form = str(say("{customers} of {base}: {value}", customers="{0}", base="{1}", value="{2}"))
    return {
        "type": "scatter",
        "x": pooled["period_number"].tolist(),
        "y": pooled[column].tolist(),
        "mode": "lines+markers",
        "name": say("all cohorts"),
        "line": {"color": palette.accent, "width": 3},
        "customdata": [form.format(whole(a), whole(b), _written(value, is_share)) for a, b, value in places],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _upright(
    figure: go.Figure, shown: CohortRetention, cells: pd.DataFrame, column: str, show_benchmarks: bool
) -> None:
    """Give the upright axis its ends, numbers and title."""
    if not shown.question.needs_money:
        later = shown.pooled.loc[shown.pooled["period_number"] > 0, [column, "high"]].max().max()
        top = min(1.02, max(0.4 if show_benchmarks else 0.1, later * 1.5)) if later >= 0 else 1.02
        share_axis(figure, float(top), title=say("Share of the cohort"))
        return
    drawn = pd.concat([cells[column], shown.pooled[column] if len(figure.data) else cells[column]])
    top = float(drawn.max()) * 1.05 if drawn.notna().any() else 1.0
    if shows_shares(shown.question):
        share_axis(figure, top or 1.0)
    else:
        count_axis(figure, top, low=float(min(0.0, drawn.min() if drawn.notna().any() else 0.0)), is_money=True)


def _benchmarks(figure: go.Figure, palette: Palette) -> None:
    for share, name in BENCHMARKS.items():
        figure.add_hline(
            y=share,
            line={"color": palette.warning, "width": 1, "dash": "dash"},
            annotation={"text": say(name), "font": {"size": 11, "color": palette.faint}},
            annotation_position="top right",
        )


def _pairs(rows: pd.DataFrame, column: str) -> Iterator[tuple[float, int]]:
    return zip(rows[column], rows["period_number"], strict=True)


def _written(value: float, is_share: bool) -> Number | str:
    return percent(value, 1) if is_share else amount(value)
