"""The few reasons that make most complaints: bars by number, and the share of all that they make together."""

from html import escape
from typing import Any

import numpy as np
import plotly.graph_objects as go

from retention_core.analyses.complaints.waits_by_segment import SegmentWaits
from retention_core.figures.axes import count_axis
from retention_core.figures.palette import Palette, base_figure
from retention_core.figures.segment_waits import in_chart, value_words
from retention_core.words.numbers import percent, whole
from retention_core.words.say import say

_SHARES = (0, 0.25, 0.5, 0.75, 1)


def reason_counts(waits: SegmentWaits) -> tuple[np.ndarray, np.ndarray]:
    """Return how many complaints each reason has, those closed at a moment unknown included, and the share up to it."""
    counts = (waits.values["complaints"] + waits.values["closed_apart"]).to_numpy(int)
    return counts, counts.cumsum() / max(1, counts.sum())


def pareto(waits: SegmentWaits, palette: Palette) -> go.Figure:
    """Draw the complaints of each reason, the most first, and over them the share of all up to that reason.

    A bar's `customdata` holds the place of its row, 0, and what it says.
    """
    counts, shares = reason_counts(waits)
    names = [value_words(row.kind, row.value) for row in waits.values.itertuples()]
    told = [
        [place, 0, _told(*each)] for place, each in enumerate(zip(names, counts.tolist(), shares.tolist(), strict=True))
    ]
    places = list(range(len(names)))
    usual = {"customdata": told, "hovertemplate": "%{customdata[2]}<extra></extra>", "x": places}
    colours = [palette.accent if kind == "named" else palette.quiet for kind in waits.values["kind"]]
    unfaded = {"selected": {"marker": {"opacity": 1}}, "unselected": {"marker": {"opacity": 1}}}
    traces: list[dict[str, Any]] = [
        {"type": "bar", "y": counts, "marker": {"color": colours}, "name": str(say("complaints")), **usual, **unfaded},
        {
            "type": "scatter",
            "y": shares,
            "yaxis": "y2",
            "mode": "lines+markers",
            "name": str(say("share of all up to here")),
            "line": {"color": palette.contrast, "width": 2},
            "marker": {"size": 6},
            **usual,
            **unfaded,
        },
    ]
    figure = base_figure(palette, 340, traces, bargap=0.25)
    count_axis(figure, max(1.0, float(counts.max()) * 1.08), title=say("Complaints"))
    figure.update_xaxes(
        tickmode="array", tickvals=places, ticktext=[in_chart(name) for name in names], autotickangles=[0, 30, 60, 90]
    )
    look = {"tickfont": {"size": 12, "color": palette.faint}, "showgrid": False, "zeroline": False, "automargin": True}
    ticks = {"tickmode": "array", "tickvals": _SHARES, "ticktext": [percent(share) for share in _SHARES]}
    figure.update_layout(yaxis2={"overlaying": "y", "side": "right", "range": [0, 1.08], **look, **ticks})
    return figure


def _told(name: str, count: int, share: float) -> str:
    places = {"value": escape(name, quote=False), "count": whole(count), "share": percent(share)}
    return str(say("{value}: {count} complaints; {share} of all up to here", **places))
