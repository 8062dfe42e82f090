"""The triangle of cohorts: how many of each came back, period by period."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from retention_core.analyses.customers.cohort_retention import CohortRetention
from retention_core.analyses.intervals import FEW
from retention_core.figures.cell_sentences import CellSentences, measured, shows_shares
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


class _Cell(NamedTuple):
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
    drawing = _Drawing(shown, palette, show_counts, _brightest(retention.cells, measured(retention)))
    cells, down = [*drawing.of_all(), *drawing.of_cohorts(window)], _down(shown, palette, rows)
    return base_figure(
        palette,
        row_height * rows + 70,
        _traces(cells, palette, has_text, 12 if len(columns) <= 26 else 10),
        margin={"t": 60, "l": _width(down["ticktext"])},  # room for all names: else a browser draws it all twice
        showlegend=False,
        barmode="overlay",
        bargap=0,
        xaxis=_across(retention, columns),
        yaxis=down,
    )


def all_small(cells: pd.DataFrame) -> bool:
    """Tell whether every cohort is so small that none need be faded against the others."""
    return not (cells["base"] >= FEW).any()


@dataclass(frozen=True)
class _Drawing:
    """How the cells of a table are drawn. brightest: the value at the bright end of the scale.

    A cohort's own period has no colour where shares are shown: it is always all of them.
    """

    shown: CohortRetention
    palette: Palette
    show_counts: bool
    brightest: float

    def of_all(self) -> Iterator[_Cell]:
        """Yield the cells of the pooled row."""
        cells, said = self.shown.pooled, CellSentences(self.shown)
        is_own, cohorts, base = _is_own(cells), cells["cohorts"].to_numpy(), cells["base"].to_numpy()
        is_faded = ~is_own & ((cohorts < FEW_COHORTS) | (base < FEW))
        is_plain = self._is_whole(is_own) | (self.shown.question.measure in ("revenue", "orders"))
        return map(
            _Cell,
            repeat(0),
            cells["period_number"].tolist(),
            repeat(OF_ALL),
            said.texts(cells, self._is_count(is_own)),
            said.of_pooled(cells),
            self._grounds(cells, is_plain, is_faded.astype(int)),
            repeat(False),
        )

    def of_cohorts(self, window: Window) -> Iterator[_Cell]:
        """Yield the cells of the cohorts."""
        cells, said = self.shown.cells, CellSentences(self.shown)
        is_own, base, cohorts = _is_own(cells), cells["base"].to_numpy(), cells["cohort"].tolist()
        is_faded = ~is_own & (base > 0) & (base < FEW) & (not all_small(cells))
        is_running = (cells["state"] == "running").to_numpy() & (cells["cohort_size"].to_numpy() > 0)
        return map(
            _Cell,
            map(window.row, cohorts),
            cells["period_number"].tolist(),
            cohorts,
            said.texts(cells, self._is_count(is_own)),
            said.of_cells(cells),
            self._grounds(cells, self._is_whole(is_own), is_faded.astype(int) + is_running),
            is_running.tolist(),
        )

    def _is_whole(self, is_own: np.ndarray) -> np.ndarray:
        return is_own & shows_shares(self.shown.question)

    def _is_count(self, is_own: np.ndarray) -> list[bool]:
        is_count: list[bool] = (self._is_whole(is_own) | self.show_counts).tolist()
        return is_count

    def _grounds(self, cells: pd.DataFrame, is_plain: np.ndarray, veils: np.ndarray) -> list[str]:
        """Return the colour of each cell. is_plain: which show none of the scale. veils: how often each is faded."""
        palette = self.palette

        @cache  # few colours for many cells
        def colour(place: float, veils: int) -> str:
            return mixed(colour(place, veils - 1), palette.background, _VEIL) if veils else on_ramp(place, palette)

        values = np.where(is_plain, 0.0, cells[measured(self.shown)].to_numpy("float64")) / self.brightest
        is_blank = np.isnan(values) | (cells["cohort_size"].to_numpy() == 0)
        return [
            palette.background if blank else colour(round(value, 2), veil)
            for value, veil, blank in zip(values.tolist(), veils.tolist(), is_blank.tolist(), strict=True)
        ]


def _is_own(cells: pd.DataFrame) -> np.ndarray:
    """Return which cells are of a cohort's own period."""
    is_own: np.ndarray = cells["period_number"].to_numpy() == 0
    return is_own


def _traces(cells: list[_Cell], palette: Palette, has_text: bool, size: int) -> list[dict[str, Any]]:
    """Return the cells as bars, one trace for each colour of text; a bar can be clicked, a heatmap's cell cannot."""
    groups: dict[str, list[_Cell]] = {}
    written = cache(lambda ground: ink(ground, palette))
    for cell in cells:
        groups.setdefault(written(cell.ground), []).append(cell)
    return [_trace(group, text, palette, has_text, size) for text, group in groups.items()]


def _trace(cells: list[_Cell], text: str, palette: Palette, has_text: bool, size: int) -> dict[str, Any]:
    """Return one trace; its long lists are such as plotly does not copy."""
    rows, columns, cohorts, texts, hovers, grounds, are_running = zip(*cells, strict=True)
    return {
        "type": "bar",
        "orientation": "h",
        "y": uncopied(rows),
        "base": uncopied([column - 0.48 for column in columns]),
        "x": uncopied([0.96] * len(cells)),
        "width": 0.94,
        "marker": {
            "color": uncopied(grounds),
            "line": {"width": 0},
            "pattern": {
                "shape": uncopied(["/" if is_running else "" for is_running in are_running]),
                "fillmode": "overlay",
                "fgcolor": hatching(text, palette),
                "size": 6,
                "solidity": 0.14,
            },
        },
        "text": uncopied(texts) if has_text else None,
        "textposition": "inside" if has_text else "none",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {"size": size, "color": text},
        "customdata": uncopied((cohorts, columns, hovers)).T,
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
    cells, (_, starts) = shown.cells, np.unique(shown.cells["cohort"].to_numpy(), return_index=True)
    named = zip(*(cells[name].array.take(np.sort(starts)) for name in ("cohort_label", "cohort_size")), strict=True)
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


def _width(names: Sequence[str]) -> float:
    """Return about how many pixels the longest name takes, without its marks."""
    return 16 + 6.5 * max(len(re.sub("<[^>]*>", "", name)) for name in names)


def _row_height(rows: int) -> int:
    return 27 if rows <= _ROOMY else max(_LOWEST, 900 // rows)


def _brightest(cells: pd.DataFrame, column: str) -> float:
    """Return the value at the bright end of the scale: the highest among cohorts large enough to trust.

    Where none is, nine in ten of what the small ones show that is not nothing: one customer of one would dim all others.
    """
    values, base, number = (cells[name].to_numpy() for name in (column, "base", "period_number"))
    large = values[(number > 0) & (base >= FEW)]
    highest = np.fmax.reduce(large) if len(large) else pd.Series(values[(number > 0) & (values > 0)]).quantile(0.9)
    return float(highest) if highest > 0 else 1.0
