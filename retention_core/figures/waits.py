"""How long complaints wait: median and 90th percentile by the period in which they were opened."""

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from retention_core.analyses.complaints.response_times import DAY, LIMITS_IN_DAYS, ResponseTimes
from retention_core.analyses.intervals import FEW, TOO_FEW
from retention_core.figures.axes import period_axis
from retention_core.figures.palette import Palette, base_figure, faded
from retention_core.figures.volume import add_volume, every_period
from retention_core.words.numbers import duration, wait_interval, whole
from retention_core.words.say import counted, say, sentence

_MINUTE, _HOUR = 60, 3600
_TICKS = (_MINUTE, _HOUR, 6 * _HOUR, DAY, 3 * DAY, 5 * DAY, 10 * DAY, 30 * DAY, 90 * DAY, 365 * DAY)  # seconds
_CROWDED = 4.0  # powers of ten, beyond which 3 and 5 days have no room side by side
_LINES = {
    "p90_seconds": (
        sentence("9 in 10 within"),
        sentence("{label}: 9 in 10 within {wait} ({opened} opened, {still_open} open)"),
    ),
    "median_seconds": (
        sentence("half within"),
        sentence("{label}: half within {wait} ({opened} opened, {still_open} open)"),
    ),
}
_OPENED_IN = {
    "day": sentence("Day of opening"),
    "week": sentence("Week of opening (first day)"),
    "month": sentence("Month of opening"),
    "quarter": sentence("Quarter of opening"),
    "year": sentence("Year of opening"),
}


def wait_lines(times: ResponseTimes, palette: Palette) -> go.Figure:
    """Draw median and 90th percentile of the wait by period of opening, on a log scale with the day lines.

    Each has its interval as a band; under them stands how many were opened. Points whose complaints are not all known are
    hollow, those of fewer than thirty complaints small and without a band, those of fewer than ten faded.
    """
    rows = every_period(times)
    lines = (("p90_seconds", palette.contrast), ("median_seconds", palette.accent))
    bands = [trace for column, colour in lines for trace in _band(rows, column, colour)]
    traces = [*bands, *(_line(rows, column, colour, palette.background) for column, colour in lines)]
    figure = base_figure(palette, 360, traces, shapes=_day_lines(times.question.limit_days, palette))
    low, high = (float(np.log10(end)) for end in _ends(times.periods))
    ticks = [seconds for seconds in _TICKS if seconds != 3 * DAY or high - low < _CROWDED]
    figure.update_yaxes(
        type="log",
        range=[low, high],
        tickmode="array",
        tickvals=ticks,
        ticktext=[_tick(seconds) for seconds in ticks],
        title_text=say("Wait (log scale)"),
    )
    periods_of_opening(figure, times)
    add_volume(figure, rows, palette)
    return figure


def periods_of_opening(figure: go.Figure, times: ResponseTimes) -> None:
    """Put the periods in which complaints were opened on the x axis; some of them are named."""
    period_axis(figure, list(every_period(times)["label"]), say(_OPENED_IN[times.question.period.unit]), most=6)


def _band(rows: pd.DataFrame, column: str, colour: str) -> list[dict[str, Any]]:
    """Return the intervals as bands: one for each run of periods that have both ends."""
    low, high = rows[f"low_{column}"], rows[f"high_{column}"]
    is_sure = np.isfinite(low) & np.isfinite(high) & (rows["complaints"] >= FEW)
    runs = (is_sure != is_sure.shift()).cumsum()[is_sure]
    return [
        {
            "type": "scatter",
            "x": [*rows["label"][run], *rows["label"][run[::-1]]],
            "y": [*np.maximum(low[run], _MINUTE), *high[run[::-1]]],
            "mode": "lines",
            "line": {"width": 0},
            "fill": "toself",
            "fillcolor": faded(colour, 0.14),
            "hoverinfo": "skip",
            "showlegend": False,
        }
        for run in (places.index for _, places in runs.groupby(runs))
        if len(run) > 1
    ]


def _line(rows: pd.DataFrame, column: str, colour: str, hollow: str) -> dict[str, Any]:
    name, said = _LINES[column]
    return {
        "type": "scatter",
        "x": list(rows["label"]),
        "y": rows[column].to_numpy(float),
        "mode": "lines+markers",
        "name": str(say(name)),
        "customdata": [
            str(
                say(
                    said,
                    label=row.label,
                    wait=duration(getattr(row, column)),
                    opened=whole(row.complaints),
                    still_open=whole(row.still_open),
                )
            )
            + _interval_words(row, column)
            for row in rows.itertuples()
        ],
        "line": {"color": colour, "width": 2},
        "marker": {
            "size": [8 if count >= FEW else 4 for count in rows["complaints"]],
            "opacity": [1.0 if count >= TOO_FEW else 0.35 for count in rows["complaints"]],
            "line": {"width": [2 if count >= FEW else 1 for count in rows["complaints"]], "color": colour},
            "color": [colour if state == "complete" else hollow for state in rows["state"]],
        },
        "hovertemplate": "%{customdata}<extra></extra>",
        "connectgaps": False,
    }


def _interval_words(row: Any, column: str) -> str:
    low, high = getattr(row, f"low_{column}"), getattr(row, f"high_{column}")
    return "" if np.isnan(low) else f"<br>{say('95 % interval: {waits}', waits=wait_interval(low, high))}"


def _day_lines(limit: int, palette: Palette) -> list[dict[str, Any]]:
    line = {"color": palette.faint, "width": 1, "dash": "dot"}
    across = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "line": line, "opacity": 0.6}
    return [across | {"y0": days * DAY, "y1": days * DAY} for days in sorted({*LIMITS_IN_DAYS, limit})]


def _ends(rows: pd.DataFrame) -> tuple[float, float]:
    """Return the shortest and the longest wait to be drawn, in seconds; from below one day to above five."""
    known = pd.concat([rows["median_seconds"], rows["p90_seconds"]]).dropna()
    if known.empty:
        return _HOUR, 6 * DAY
    shortest, longest = known.min(), known.max()
    sure = rows[rows["complaints"] >= FEW]["high_p90_seconds"].replace(np.inf, np.nan).dropna()
    most = max(longest, min(sure.max(), 3 * longest)) if len(sure) else longest  # a band may end outside of the chart
    return max(_MINUTE, min(0.7 * DAY, shortest * 0.7)), max(6 * DAY, most * 1.2)


def _tick(seconds: int) -> str:
    if seconds >= 365 * DAY:
        return say("1 year")
    if seconds >= DAY:
        return counted("{n} day", "{n} days", seconds // DAY)
    return say("{hours} h", hours=seconds // _HOUR) if seconds >= _HOUR else say("{minutes} min", minutes=1)
