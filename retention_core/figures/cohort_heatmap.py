"""The triangle of cohorts: how many of each came back, period by period."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from retention_core.analyses.customers.cohort_retention import CohortRetention
from retention_core.analyses.intervals import FEW
from retention_core.figures.cell_sentences import CellSentences, each_cell, measured, shows_shares
from retention_core.figures.column_names import axis_title, column_number
from retention_core.figures.contrast import hatching, ink, mixed, on_ramp
from retention_core.figures.palette import Palette, base_figure
from retention_core.figures.uncopied import uncopied
from retention_core.figures.window import Window, window_of
from retention_core.words.numbers import whole
from retention_core.words.say import say

FEW_COHORTS = 3  # of fewer, what all cohorts say together is faded
OF_ALL = -1  # stands for the number of a cohort where a cell is of all of them
_ROOMY, _READABLE, _LOWEST = 30, 44, 14
_VEIL = 0.4


@dataclass(frozen=True)
class _Cell:
    """One cell drawn. row, column: where. cohort: its number. ground: its colour. hover: its sentences."""

    row: int
    column: int
    cohort: int
    text: str
    hover: str
    ground: str
    is_running: bool


def cohort_heatmap(
    retention: CohortRetention, palette: Palette, *, show_counts: bool = False, window: Window | None = None
) -> go.Figure:
    """Draw one row per cohort and one column per period number, the pooled row on top.

    Colour is the retention rate, on one scale for all rows. Running cells are hatched; cohorts under 30 customers, and
    pooled cells of fewer than three cohorts, faded; periods that have not begun left blank. window: the part that is
    drawn, by default the youngest cohorts; the pooled row and the scale of colours are those of all. A cell's
    `customdata` holds the numbers of its cohort (-1 for all) and its column, and what it says.
    """
    window = window or window_of(retention)
    shown, columns = window.part(retention), window.columns
    rows, row_height = len(window.cohorts) + 1, _row_height(len(window.cohorts) + 1)
    has_text = len(columns) <= _READABLE and row_height >= 18
    cells = list(_cells(shown, window, palette, show_counts, _brightest(retention.cells, measured(retention))))
    return base_figure(
        palette,
        row_height * rows + 70,
        _traces(cells, palette, has_text, 12 if len(columns) <= 26 else 10),
        margin={"t": 44},
        showlegend=False,
        barmode="overlay",
        bargap=0,
        xaxis=_across(retention, columns),
        yaxis=_down(shown, palette, rows),
    )


def all_small(cells: pd.DataFrame) -> bool:
    """Tell whether every cohort is so small that none need be faded against the others."""
    return not (cells["base"] >= FEW).any()


def _cells(
    shown: CohortRetention, window: Window, palette: Palette, show_counts: bool, brightest: float
) -> Iterator[_Cell]:
    """Yield the cells drawn. The cohort's own period has no colour where shares are shown: it is always all of them."""
    column, shares, said = measured(shown), shows_shares(shown.question), CellSentences(shown)
    none_fades, sums = all_small(shown.cells), shown.question.measure in ("revenue", "orders")
    ramp = cache(lambda place: on_ramp(place, palette))  # few colours for many cells
    veiled = cache(lambda colour: mixed(colour, palette.background, _VEIL))

    def ground(cell: Any, is_plain: bool, is_faded: bool) -> str:
        value = 0.0 if is_plain else getattr(cell, column)
        if value != value or not cell.cohort_size:
            return palette.background
        colour = ramp(round(value / brightest, 2))
        return veiled(colour) if is_faded else colour

    for cell in each_cell(shown.pooled):
        is_first = not cell.period_number
        is_faded = not is_first and (int(cell.cohorts) < FEW_COHORTS or cell.base < FEW)
        text = said.text(cell, show_counts or (shares and is_first))
        hover = "<br>".join(said.of_all(cell))
        colour = ground(cell, sums or (shares and is_first), is_faded)
        yield _Cell(0, int(cell.period_number), OF_ALL, text, hover, colour, is_running=False)
    for cell in each_cell(shown.cells):
        is_first, is_running = not cell.period_number, cell.state == "running" and cell.cohort_size > 0
        is_faded = not none_fades and 0 < cell.base < FEW and not is_first
        text = said.text(cell, show_counts or (shares and is_first))
        hover = "<br>".join(said.of_cell(cell))
        colour = ground(cell, shares and is_first, is_faded)
        colour = veiled(colour) if is_running else colour
        yield _Cell(window.row(cell.cohort), int(cell.period_number), int(cell.cohort), text, hover, colour, is_running)


def _traces(cells: list[_Cell], palette: Palette, has_text: bool, size: int) -> list[dict[str, Any]]:
    """Return the cells as bars, one trace for each colour of text; a bar can be clicked, a heatmap's cell cannot."""
    groups: dict[str, list[_Cell]] = {}
    written = cache(lambda ground: ink(ground, palette))
    for cell in cells:
        groups.setdefault(written(cell.ground), []).append(cell)
    return [_trace(group, text, palette, has_text, size) for text, group in groups.items()]


def _trace(cells: list[_Cell], text: str, palette: Palette, has_text: bool, size: int) -> dict[str, Any]:
    """Return one trace; its long lists are such as plotly does not copy."""
    return {
        "type": "bar",
        "orientation": "h",
        "y": uncopied([cell.row for cell in cells]),
        "base": uncopied([cell.column - 0.48 for cell in cells]),
        "x": uncopied([0.96] * len(cells)),
        "width": 0.94,
        "marker": {
            "color": uncopied([cell.ground for cell in cells]),
            "line": {"width": 0},
            "pattern": {
                "shape": uncopied(["/" if cell.is_running else "" for cell in cells]),
                "fillmode": "overlay",
                "fgcolor": hatching(text, palette),
                "size": 6,
                "solidity": 0.14,
            },
        },
        "text": uncopied([cell.text for cell in cells]) if has_text else None,
        "textposition": "inside" if has_text else "none",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {"size": size, "color": text},
        "customdata": uncopied([(cell.cohort, cell.column, cell.hover) for cell in cells]),
        "hovertemplate": "%{customdata[2]}<extra></extra>",
        "selected": {"marker": {"opacity": 1}, "textfont": {"color": text}},
        "unselected": {"marker": {"opacity": 1}, "textfont": {"color": text}},
    }


def _across(retention: CohortRetention, columns: range) -> dict[str, Any]:
    ticks = [number for number in columns if number % (1 if len(columns) <= 30 else 5) == 0]
    return {
        "side": "top",
        "tickmode": "array",
        "tickvals": ticks,
        "ticktext": [column_number(retention.question, number) for number in ticks],
        "title": {"text": axis_title(retention.question)},
        "range": [columns[0] - 0.5, columns[-1] + 0.5],
    }


def _down(shown: CohortRetention, palette: Palette, rows: int) -> dict[str, Any]:
    cohorts = shown.cells.drop_duplicates("cohort")
    named = zip(cohorts["cohort_label"], cohorts["cohort_size"], strict=True)
    return {
        "range": [rows - 0.5, -0.5],
        "tickmode": "array",
        "tickvals": list(range(rows)),
        "ticktext": [
            f"<b>{say('All cohorts')}</b>",
            *(f"{label}  <span style='color:{palette.faint}'>{whole(size)}</span>" for label, size in named),
        ],
        "tickfont": {"size": 12 if rows <= _ROOMY else 11},
        "showgrid": False,
    }


def _row_height(rows: int) -> int:
    return 27 if rows <= _ROOMY else max(_LOWEST, 900 // rows)


def _brightest(cells: pd.DataFrame, column: str) -> float:
    """Return the value at the bright end of the scale: the highest among cohorts large enough to trust.

    Where none is, nine in ten of what the small ones show that is not nothing: one customer of one would dim all others.
    """
    later = cells.loc[cells["period_number"] > 0, column]
    large = later[cells["base"] >= FEW]
    highest = large.max() if len(large) else later[later > 0].quantile(0.9)
    return float(highest) if highest > 0 else 1.0
