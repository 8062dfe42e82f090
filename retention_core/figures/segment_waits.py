"""The share of complaints within the limit, by the value of a segment, each with its interval."""

from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from retention_core.analyses.complaints.waits_by_segment import SegmentWaits
from retention_core.analyses.intervals import FEW, TOO_FEW
from retention_core.figures.axes import names_axis, share_axis
from retention_core.figures.palette import Palette, base_figure
from retention_core.words.numbers import bare, percent, whole
from retention_core.words.say import counted, say

_FADED = 0.4  # opacity of what stands on few complaints
_LONGEST = 24  # letters of a name that stand in a chart


def value_words(kind: str, value: str | None) -> str:
    """Return a value in words: its own name, or what stands for all others and for those without one."""
    if kind == "others":
        return say("all others")
    return say("none") if kind == "unknown" or value is None else value


def within_the_limit(days: int) -> str:
    """Return what a share within the limit is, as the title of an axis."""
    return counted("Share within {n} day", "Share within {n} days", days)


def in_chart(name: str) -> str:
    """Return a name from a file as it stands in a chart: to the letter, and cut where it is long."""
    return escape(name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…", quote=False)


def segment_points(waits: SegmentWaits, palette: Palette) -> go.Figure:
    """Draw the share within the limit of each value as a point with its interval, the most complaints first.

    Beside each name stands how many of its complaints are known; a line stands for all together. Shares of fewer than 30
    are faded, those of fewer than ten are not drawn. A point's `customdata` holds the place of its row, 0, and what it says.
    """
    rows = waits.values
    shown = rows[rows["known"] >= TOO_FEW]
    figure = base_figure(palette, 86 + 32 * len(rows), [_points(shown, palette)], showlegend=False)
    if waits.overall.is_headline:
        figure.add_vline(x=waits.overall.rate, line={"color": palette.faint, "width": 1, "dash": "dot"})
    top = float(shown["high"].max()) if len(shown) else 1.0
    share_axis(figure, min(1.12, top + 0.12), axis="x", title=within_the_limit(waits.question.response.limit_days))
    figure.update_xaxes(showgrid=True)
    names_axis(figure, [_name(row, palette) for row in rows.itertuples()])
    return figure


def _name(row: Any, palette: Palette) -> str:
    name = in_chart(value_words(row.kind, row.value))
    return f"{name}  <span style='color:{palette.faint}'>{whole(row.known)}</span>"


def _points(rows: pd.DataFrame, palette: Palette) -> dict[str, Any]:
    return {
        "type": "scatter",
        "x": rows["share"].to_numpy(float),
        "y": list(rows.index),
        "mode": "markers",
        "customdata": [[place, 0, _told(row)] for place, row in zip(rows.index, rows.itertuples(), strict=True)],
        "hovertemplate": "%{customdata[2]}<extra></extra>",
        "marker": {
            "size": 11,
            "color": [palette.accent if kind == "named" else palette.faint for kind in rows["kind"]],
            "opacity": [1.0 if known >= FEW else _FADED for known in rows["known"]],
        },
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": (rows["high"] - rows["share"]).to_numpy(float),
            "arrayminus": (rows["share"] - rows["low"]).to_numpy(float),
            "color": palette.quiet,
            "thickness": 2,
            "width": 0,
        },
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
    }


def _told(row: Any) -> str:
    return str(
        say(
            "{value}: {within} of {known} within the limit ({rate}, {low} to {high}); {open} open",
            value=escape(value_words(row.kind, row.value), quote=False),
            within=whole(row.within_limit),
            known=whole(row.known),
            rate=percent(row.share, 1),
            low=bare(row.low, 1),
            high=bare(row.high, 1),
            open=whole(row.still_open),
        )
    )
