"""The triangle of cohorts: how many of each came back, period by period."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from retention_core.analyses.cohort_question import WINDOW_DAYS
from retention_core.analyses.cohort_retention import CohortRetention
from retention_core.analyses.intervals import FEW
from retention_core.figures.palette import Palette, base_figure
from retention_core.wording import amount, bare, percent, say, when, whole

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
        zmax=_brightest(cells, measured(retention)),
        showscale=False,
        xgap=1.5,
        ygap=1.5,
    )
    _hatch_running(figure, cells, palette)
    _fade_small(figure, cells, palette)
    figure.update_xaxes(
        side="top",
        tickmode="array",
        tickvals=_ticks(columns),
        ticktext=[_column_name(retention, x) for x in _ticks(columns)],
        title_text=axis_title(retention),
        range=[-0.5, columns - 0.5],
    )
    step = max(1, len(rows) // 40)
    shown = [index for index in range(len(rows)) if index == 0 or index % step == 0]
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


def measured(retention: CohortRetention) -> str:
    """Return the column of the cells that the question shows: shares of customers, or a measure of money."""
    return "value" if retention.question.needs_money else "retention_rate"


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
    purchase = "a purchase" if question.cohort_by == "every_purchase" else "the first purchase"
    return f"{question.period.unit.capitalize()}s since {purchase}"


def _column_name(retention: CohortRetention, number: int) -> str:
    first, last = retention.question.bracket(number)
    return str(first) if first == last else f"{first}–{last}"


def _grids(
    retention: CohortRetention, rows: list[str], columns: int, show_counts: bool
) -> tuple[np.ndarray, list[list[str]], list[list[str]]]:
    """Return the values, texts and hover sentences of all cells, the pooled row first.

    The cohort's own period has no colour where shares are shown: it is always all of them.
    """
    values = np.full((len(rows), columns), np.nan)
    texts = [[""] * columns for _ in rows]
    hovers = [[""] * columns for _ in rows]
    column, first = measured(retention), int(retention.cells["cohort"].min())
    plain = column == "retention_rate" or retention.question.measure.endswith("retention")
    sums = retention.question.measure in ("revenue", "orders")
    for cell in retention.cells.itertuples():
        row, number = int(cell.cohort) - first + 1, int(cell.period_number)
        values[row, number] = (0.0 if cell.cohort_size else np.nan) if plain and not number else getattr(cell, column)
        texts[row][number] = _text(retention, cell, show_counts or (plain and not number))
        hovers[row][number] = cell_sentence(retention, cell)
    for cell in retention.pooled.itertuples():
        number = int(cell.period_number)
        values[0, number] = 0.0 if sums or (plain and not number) else getattr(cell, column)
        texts[0][number] = _text(retention, cell, show_counts or (plain and not number))
        hovers[0][number] = pooled_sentence(retention, cell)
    return values, texts, hovers


def _text(retention: CohortRetention, cell, as_count: bool) -> str:  # type: ignore[no-untyped-def]
    measure = retention.question.measure
    if as_count and measure != "customers" and not measure.endswith("retention"):
        as_count = False
    if as_count:
        return whole(cell.customers) if cell.cohort_size else ""
    number = getattr(cell, measured(retention))
    if pd.isna(number):
        return "–" if cell.cohort_size else ""
    if measure == "customers":
        return bare(number, 0 if cell.base < 100 else 1)
    return bare(number, 0) if measure.endswith("retention") else amount(number)


def cell_sentence(retention: CohortRetention, cell) -> str:  # type: ignore[no-untyped-def]
    """Return what one cell says: `Of 885 customers who first bought in Dec 2010, 324 (36.6 %, …) bought again …`."""
    question = retention.question
    suffix = "_every" if question.cohort_by == "every_purchase" else ""
    running = say("still_running", day=when(cell.ends_on)) if cell.state == "running" else ""
    if question.needs_money:
        return say("cohort_money", cohort=cell.cohort_label, open=running, **_money(retention, cell))
    if not cell.period_number:
        return say(f"cohort_size_cell{suffix}", size=whole(cell.cohort_size), cohort=cell.cohort_label)
    returned = say(f"returned_{question.returned}", period=_period_words(retention, cell))
    name = "cohort_cell_previous" if question.share == "previous_period" else f"cohort_cell{suffix}"
    return say(name, cohort=cell.cohort_label, returned=returned, open=running, **_figures(cell))


def pooled_sentence(retention: CohortRetention, cell) -> str:  # type: ignore[no-untyped-def]
    """Return what one cell of the pooled row says."""
    question = retention.question
    if question.needs_money:
        return say("cohort_money_pooled", cohorts=cell.cohorts, **_money(retention, cell))
    column = question.column_label(int(cell.period_number)).lower()
    returned = say(f"returned_number_{question.returned}", column=column)
    name = "cohort_pooled_previous" if question.share == "previous_period" else "cohort_pooled"
    return say(name, cohorts=cell.cohorts, returned=returned, **_figures(cell))


def _period_words(retention: CohortRetention, cell) -> str:  # type: ignore[no-untyped-def]
    """Return the period of a cell by its name: `Jan 2011`, `Jan 2011 to Mar 2011`, or the days of an own window."""
    question, period = retention.question, retention.question.period
    since, until = question.bracket(int(cell.period_number))
    if question.own_windows:
        days = WINDOW_DAYS[period.unit]
        return say("window", since=since * days, until=(until + 1) * days - 1)
    names = [period.label(int(cell.cohort + number)) for number in (since, until)]
    return names[0] if since == until else f"{names[0]} to {names[1]}"


def _figures(cell) -> dict[str, str]:  # type: ignore[no-untyped-def]
    return {
        "size": whole(cell.base),
        "customers": whole(cell.customers),
        "rate": percent(cell.retention_rate, 1),
        "low": bare(cell.low, 1),
        "high": bare(cell.high, 1),
    }


def _money(retention: CohortRetention, cell) -> dict[str, str]:  # type: ignore[no-untyped-def]
    question = retention.question
    is_share = question.measure.endswith("retention")
    return {
        "column": question.column_label(int(cell.period_number)).lower(),
        "value": percent(cell.value, 1) if is_share else amount(cell.value),
        "measure": say(question.measure),
        "customers": whole(cell.customers),
        "size": whole(cell.cohort_size),
    }


def _brightest(cells: pd.DataFrame, column: str) -> float:
    """Return the value at the bright end of the scale: the highest among cohorts large enough to trust."""
    later = cells[(cells["period_number"] > 0) & (cells["base"] >= FEW)]
    later = later if len(later) else cells[cells["period_number"] > 0]
    highest = later[column].max() if len(later) else float("nan")
    return float(highest) if highest and highest > 0 and not np.isnan(highest) else 1.0


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
    small = cells[(cells["base"] < FEW) & (cells["base"] > 0) & (cells["period_number"] > 0)]
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
