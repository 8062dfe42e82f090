"""The triangle of cohorts: how many of each came back, period by period."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from retention_core.analyses.cohort_retention import CohortRetention
from retention_core.analyses.intervals import FEW
from retention_core.figures.palette import Palette, base_figure
from retention_core.wording import bare, percent, say, when, whole

POOLED = "All cohorts"
_ROOMY, _READABLE = 30, 44


def cohort_heatmap(retention: CohortRetention, palette: Palette, *, show_counts: bool = False) -> go.Figure:
    """Draw one row per cohort and one column per period number, the pooled row on top.

    Colour is the retention rate, on one scale for all rows. Running cells are hatched, cohorts under 30 customers
    faded, periods that have not begun left blank.
    """
    cells = retention.cells
    labels = list(cells.drop_duplicates("cohort")["cohort_label"])
    rows = [POOLED, *labels]
    columns = int(cells["period_number"].max()) + 1
    rates, texts, hovers = _grids(retention, rows, columns, show_counts)
    row_height = 27 if len(rows) <= _ROOMY else max(9, 900 // len(rows))
    figure = base_figure(
        palette,
        height=row_height * len(rows) + 70,
        margin={"l": 8, "r": 8, "t": 44, "b": 8},
        showlegend=False,
    )
    has_text = columns <= _READABLE and row_height >= 18
    figure.add_heatmap(
        z=rates,
        x=list(range(columns)),
        y=list(range(len(rows))),
        text=texts if has_text else None,
        texttemplate="%{text}" if has_text else None,
        textfont={"size": 12 if columns <= 26 else 10},
        customdata=hovers,
        hovertemplate="%{customdata}<extra></extra>",
        hoverongaps=False,
        colorscale=[[place / 9, colour] for place, colour in enumerate(palette.ramp)],
        zmin=0,
        zmax=_brightest(cells),
        showscale=False,
        xgap=1.5,
        ygap=1.5,
    )
    _hatch_running(figure, cells, palette)
    _fade_small(figure, cells, palette)
    unit = retention.question.period.unit
    figure.update_xaxes(
        side="top",
        tickmode="array",
        tickvals=_ticks(columns),
        ticktext=[str(x) for x in _ticks(columns)],
        title_text=f"{unit.capitalize()}s since the first purchase",
        range=[-0.5, columns - 0.5],
    )
    step = max(1, len(rows) // 40)
    shown = [index for index in range(len(rows)) if index == 0 or (index - 1) % step == 0]
    sizes = cells.drop_duplicates("cohort")["cohort_size"]
    named = [
        f"<b>{POOLED}</b>",
        *(
            f"{label}  <span style='color:{palette.faint}'>{whole(size)}</span>"
            for label, size in zip(labels, sizes, strict=True)
        ),
    ]
    figure.update_yaxes(
        range=[len(rows) - 0.5, -0.5],
        tickmode="array",
        tickvals=shown,
        ticktext=[named[x] for x in shown],
        showgrid=False,
        title_text="",
    )
    return figure


def _grids(
    retention: CohortRetention, rows: list[str], columns: int, show_counts: bool
) -> tuple[np.ndarray, list[list[str]], list[list[str]]]:
    """Return the rates, texts and hover sentences of all cells, the pooled row first; column 0 has no colour."""
    rates = np.full((len(rows), columns), np.nan)
    texts = [[""] * columns for _ in rows]
    hovers = [[""] * columns for _ in rows]
    first = int(retention.cells["cohort"].min())
    for cell in retention.cells.itertuples():
        row, column = int(cell.cohort) - first + 1, int(cell.period_number)
        rates[row, column] = cell.retention_rate if column else np.nan
        rates[row, column] = 0.0 if not column and cell.cohort_size else rates[row, column]
        texts[row][column] = _text(cell, show_counts or not column)
        hovers[row][column] = cell_sentence(retention, cell)
    for cell in retention.pooled.itertuples():
        column = int(cell.period_number)
        rates[0, column] = cell.retention_rate if column else 0.0
        texts[0][column] = _text(cell, show_counts or not column)
        hovers[0][column] = pooled_sentence(retention, cell)
    return rates, texts, hovers


def _text(cell, as_count: bool) -> str:  # type: ignore[no-untyped-def]
    if pd.isna(cell.retention_rate):
        return ""
    return whole(cell.customers) if as_count else bare(cell.retention_rate, 0 if cell.cohort_size < 100 else 1)


def cell_sentence(retention: CohortRetention, cell) -> str:  # type: ignore[no-untyped-def]
    """Return what one cell says: `Of 885 customers who first bought in Dec 2010, 324 (36.6 %, …) bought again …`."""
    question, period = retention.question, retention.question.period
    suffix = "" if question.cohort_by == "first_purchase" else "_every"
    if not cell.period_number:
        return say(f"cohort_size_cell{suffix}", size=whole(cell.cohort_size), cohort=cell.cohort_label)
    returned = say(f"returned_{question.returned}", period=period.label(int(cell.cohort + cell.period_number)))
    running = say("still_running", day=when(cell.ends_on)) if cell.state == "running" else ""
    return say(f"cohort_cell{suffix}", cohort=cell.cohort_label, returned=returned, open=running, **_figures(cell))


def pooled_sentence(retention: CohortRetention, cell) -> str:  # type: ignore[no-untyped-def]
    """Return what one cell of the pooled row says."""
    question = retention.question
    returned = say(f"returned_number_{question.returned}", unit=question.period.unit, number=cell.period_number)
    return say("cohort_pooled", cohorts=cell.cohorts, returned=returned, **_figures(cell))


def _figures(cell) -> dict[str, str]:  # type: ignore[no-untyped-def]
    return {
        "size": whole(cell.cohort_size),
        "customers": whole(cell.customers),
        "rate": percent(cell.retention_rate, 1),
        "low": bare(cell.low, 1),
        "high": bare(cell.high, 1),
    }


def _brightest(cells: pd.DataFrame) -> float:
    """Return the rate at the bright end of the scale: the highest among cohorts large enough to trust."""
    later = cells[(cells["period_number"] > 0) & (cells["cohort_size"] >= FEW)]
    later = later if len(later) else cells[cells["period_number"] > 0]
    highest = later["retention_rate"].max() if len(later) else float("nan")
    return float(highest) if highest and not np.isnan(highest) else 1.0


def _hatch_running(figure: go.Figure, cells: pd.DataFrame, palette: Palette) -> None:
    running = cells[(cells["state"] == "running") & (cells["cohort_size"] > 0)]
    first = cells["cohort"].min()
    _rectangles(
        figure,
        [(row.period_number, row.cohort - first + 1) for row in running.itertuples()],
        fillpattern={
            "shape": "/",
            "size": 6,
            "solidity": 0.12,
            "fgcolor": palette.text,
            "fgopacity": 0.5,
            "bgcolor": palette.veil(0.4),
        },
    )


def _fade_small(figure: go.Figure, cells: pd.DataFrame, palette: Palette) -> None:
    small = cells[(cells["cohort_size"] < FEW) & (cells["cohort_size"] > 0) & (cells["period_number"] > 0)]
    first = cells["cohort"].min()
    _rectangles(
        figure,
        [(row.period_number, row.cohort - first + 1) for row in small.itertuples()],
        fillcolor=palette.veil(0.4),
    )


def _rectangles(figure: go.Figure, places: list[tuple[int, int]], **fill: object) -> None:
    """Draw a filled rectangle over each (column, row) as one trace."""
    if not places:
        return
    x = [
        edge for column, _ in places for edge in (*(column + side for side in (-0.48, 0.48, 0.48, -0.48, -0.48)), None)
    ]
    y = [edge for _, row in places for edge in (*(row + side for side in (-0.47, -0.47, 0.47, 0.47, -0.47)), None)]
    figure.add_scatter(x=x, y=y, mode="lines", line={"width": 0}, fill="toself", hoverinfo="skip", **fill)


def _ticks(columns: int) -> list[int]:
    step = 1 if columns <= 30 else 5 if columns <= 80 else 10
    return list(range(0, columns, step))
