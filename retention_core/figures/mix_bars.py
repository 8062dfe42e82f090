"""What explains a change: bars of what each value's own share brought, and what the mix of complaints did."""

from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from retention_core.analyses.complaints.mix_and_rate import ChangeExplained
from retention_core.figures.axes import count_axis, names_axis
from retention_core.figures.palette import Palette, base_figure
from retention_core.figures.segment_waits import in_chart, value_words
from retention_core.words.numbers import signed, whole
from retention_core.words.say import say, sentence

_PARTS = {"rate": sentence("its own share changed"), "mix": sentence("its part of the complaints changed")}


def mix_bars(explained: ChangeExplained, palette: Palette) -> go.Figure:
    """Draw for each value, in points, what its own share and what its part of all complaints brought to the change.

    A bar's `customdata` holds the place of its row in `SegmentWaits.values` (-1 for the others), 0, and what it says.
    """
    rows = explained.parts
    names = [value_words(row.kind, row.value) for row in rows.itertuples()]
    told = [[row.place, 0, _told(name, row)] for name, row in zip(names, rows.itertuples(), strict=True)]
    traces = [
        _bars(rows, part, colour, told)
        for part, colour in (("rate", palette.accent), ("mix", palette.contrast))
        if rows[part].abs().sum() > 0
    ]
    figure = base_figure(palette, 110 + 30 * len(rows), traces, barmode="relative", bargap=0.3)
    figure.add_vline(x=0, line={"color": palette.faint, "width": 1})
    both = 100 * rows[["rate", "mix"]]
    low, top = both.clip(upper=0).sum(axis="columns").min(), both.clip(lower=0).sum(axis="columns").max()
    count_axis(figure, max(1.0, top * 1.1), low=min(-1.0, low * 1.1), axis="x", title=say("Points of the change"))
    figure.update_xaxes(showgrid=True)
    names_axis(figure, [in_chart(name) for name in names])
    return figure


def _bars(rows: pd.DataFrame, part: str, colour: str, told: list[list[Any]]) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "x": (100 * rows[part]).to_numpy(float),
        "y": list(range(len(rows))),
        "name": str(say(_PARTS[part])),
        "marker": {"color": colour, "line": {"width": 0}},
        "customdata": told,
        "hovertemplate": "%{customdata[2]}<extra></extra>",
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
    }


def _told(name: str, row: Any) -> str:
    return str(
        say(
            "{value}: its own share {rate} points, its part of the complaints {mix} points; {within} of {known} within the "
            "limit, before {before_within} of {before_known}",
            value=escape(name, quote=False),
            rate=signed(row.rate, 1),
            mix=signed(row.mix, 1),
            within=whole(row.recent_within),
            known=whole(row.recent_known),
            before_within=whole(row.before_within),
            before_known=whole(row.before_known),
        )
    )
