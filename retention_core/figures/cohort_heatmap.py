"""The triangle of cohorts: how many of each came back, period by period."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from retention_core.analyses.customers.cohort_question import WINDOW_DAYS
from retention_core.analyses.customers.cohort_retention import CohortRetention
from retention_core.analyses.intervals import FEW
from retention_core.figures.cell_sentences import cell_sentence, cell_text, measured, pooled_sentence
from retention_core.figures.palette import Palette, base_figure
from retention_core.figures.window import Window, window_of
from retention_core.wording import whole

POOLED = "All cohorts"
_SINCE = {
    "every_purchase": "a purchase",
    "joined": "joining",
    "first_complaint": "the first complaint",
    "first_answer": "the first answer",
}
_ROOMY, _READABLE, _LOWEST = 30, 44, 14


def cohort_heatmap(
    retention: CohortRetention, palette: Palette, *, show_counts: bool = False, window: Window | None = None
) -> go.Figure:
    """Draw one row per cohort and one column per period number, the pooled row on top.

    Colour is the retention rate, on one scale for all rows. Running cells are hatched, cohorts under 30 customers
    faded, periods that have not begun left blank. window: the part that is drawn, by default the youngest cohorts; the
    pooled row and the scale of colours are those of all.
    """
    window = window or window_of(retention)
    shown = window.part(retention)
    columns, count = window.columns, len(window.columns)
    labels = list(shown.cells.drop_duplicates("cohort")["cohort_label"])
    rows = [POOLED, *labels]
    values, texts, hovers = _grids(shown, window, show_counts)
    row_height = 27 if len(rows) <= _ROOMY else max(_LOWEST, 900 // len(rows))
    figure = base_figure(
        palette,
        height=row_height * len(rows) + 70,
        margin={"l": 8, "r": 8, "t": 44, "b": 8},
        showlegend=False,
    )
    has_text = count <= _READABLE and row_height >= 18
    grid = {"x": list(columns), "y": list(range(len(rows))), "showscale": False, "xgap": 1.5, "ygap": 1.5}
    figure.add_heatmap(
        z=values,
        text=texts if has_text else None,
        texttemplate="%{text}" if has_text else None,
        textfont={"size": 12 if count <= 26 else 10},
        customdata=hovers,
        hovertemplate="%{customdata}<extra></extra>",
        hoverongaps=False,
        colorscale=[[place / 9, colour] for place, colour in enumerate(palette.ramp)],
        zmin=0,
        zmax=_brightest(retention.cells, measured(retention)),
        **grid,
    )
    _fade_small(figure, shown.cells, window, palette, grid)
    _hatch_running(figure, shown.cells, window, palette)
    figure.update_xaxes(
        side="top",
        tickmode="array",
        tickvals=_ticks(columns),
        ticktext=[_column_name(retention, x) for x in _ticks(columns)],
        title_text=axis_title(retention),
        range=[columns[0] - 0.5, columns[-1] + 0.5],
    )
    sizes = shown.cells.drop_duplicates("cohort")["cohort_size"]
    figure.update_yaxes(
        range=[len(rows) - 0.5, -0.5],
        tickmode="array",
        tickvals=list(range(len(rows))),
        ticktext=[
            f"<b>{POOLED}</b>",
            *(
                f"{label}  <span style='color:{palette.faint}'>{whole(size)}</span>"
                for label, size in zip(labels, sizes, strict=True)
            ),
        ],
        tickfont={"size": 12 if len(rows) <= _ROOMY else 11},
        showgrid=False,
        title_text="",
    )
    return figure


def all_small(cells: pd.DataFrame) -> bool:
    """Tell whether every cohort is so small that none need be faded against the others."""
    return not (cells["base"] >= FEW).any()


def axis_title(retention: CohortRetention) -> str:
    """Return what the columns count."""
    question = retention.question
    if question.own_windows:
        days = WINDOW_DAYS[question.period.unit]
        return (
            f"Windows of {days * 24} hours since each customer's first purchase"
            if days == 1
            else (f"Windows of {days} days since each customer's first purchase")
        )
    return f"{question.period.unit.capitalize()}s since {_SINCE.get(question.cohort_by, 'the first purchase')}"


def _column_name(retention: CohortRetention, number: int) -> str:
    first, last = retention.question.bracket(number)
    return str(first) if first == last else f"{first}–{last}"


def _grids(
    shown: CohortRetention, window: Window, show_counts: bool
) -> tuple[np.ndarray, list[list[str]], list[list[str]]]:
    """Return the values, texts and hover sentences of the cells drawn, the pooled row first.

    The cohort's own period has no colour where shares are shown: it is always all of them.
    """
    rows, columns = len(window.cohorts) + 1, len(window.columns)
    values = np.full((rows, columns), np.nan)
    texts = [[""] * columns for _ in range(rows)]
    hovers = [[""] * columns for _ in range(rows)]
    column = measured(shown)
    plain = column == "retention_rate" or shown.question.measure.endswith("retention")
    sums = shown.question.measure in ("revenue", "orders")
    for cell in shown.cells.itertuples():
        row, place, number = window.row(cell.cohort), window.place(cell.period_number), int(cell.period_number)
        values[row, place] = (0.0 if cell.cohort_size else np.nan) if plain and not number else getattr(cell, column)
        texts[row][place] = cell_text(shown, cell, show_counts or (plain and not number))
        hovers[row][place] = cell_sentence(shown, cell)
    for cell in shown.pooled.itertuples():
        place, number = window.place(cell.period_number), int(cell.period_number)
        values[0, place] = 0.0 if sums or (plain and not number) else getattr(cell, column)
        texts[0][place] = cell_text(shown, cell, show_counts or (plain and not number))
        hovers[0][place] = pooled_sentence(shown, cell)
    return values, texts, hovers


def _brightest(cells: pd.DataFrame, column: str) -> float:
    """Return the value at the bright end of the scale: the highest among cohorts large enough to trust.

    Where none is, nine in ten of what the small ones show that is not nothing: one customer of one would dim all others.
    """
    later = cells.loc[cells["period_number"] > 0, column]
    large = later[cells["base"] >= FEW]
    highest = large.max() if len(large) else later[later > 0].quantile(0.9)
    return float(highest) if highest > 0 else 1.0


def _hatch_running(figure: go.Figure, cells: pd.DataFrame, window: Window, palette: Palette) -> None:
    running = cells[(cells["state"] == "running") & (cells["cohort_size"] > 0)]
    _rectangles(
        figure,
        [(row.period_number, window.row(row.cohort)) for row in running.itertuples()],
        fillpattern={
            "shape": "/",
            "size": 6,
            "solidity": 0.12,
            "fgcolor": palette.text,
            "fgopacity": 0.5,
            "bgcolor": palette.veil(0.4),
        },
    )


def _fade_small(
    figure: go.Figure, cells: pd.DataFrame, window: Window, palette: Palette, grid: Mapping[str, object]
) -> None:
    if all_small(cells):
        return
    small = cells[(cells["base"] < FEW) & (cells["base"] > 0) & (cells["period_number"] > 0)]
    veil = np.full((len(window.cohorts) + 1, len(window.columns)), np.nan)
    veil[small["cohort"] - window.cohorts[0] + 1, small["period_number"] - window.columns[0]] = 1
    scale = [[0, palette.veil(0.4)], [1, palette.veil(0.4)]]
    figure.add_heatmap(z=veil, colorscale=scale, zmin=0, zmax=1, hoverinfo="skip", **grid)


def _rectangles(figure: go.Figure, places: list[tuple[int, int]], **fill: object) -> None:
    """Draw a filled rectangle over each (column, row) as one trace."""
    if not places:
        return
    x = [
        edge for column, _ in places for edge in (*(column + side for side in (-0.48, 0.48, 0.48, -0.48, -0.48)), None)
    ]
    y = [edge for _, row in places for edge in (*(row + side for side in (-0.47, -0.47, 0.47, 0.47, -0.47)), None)]
    figure.add_scatter(x=x, y=y, mode="lines", line={"width": 0}, fill="toself", hoverinfo="skip", **fill)


def _ticks(columns: range) -> list[int]:
    step = 1 if len(columns) <= 30 else 5
    return [number for number in columns if number % step == 0]
