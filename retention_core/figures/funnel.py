"""People in no order: each share against the number of complaints, with the limits within which chance alone moves it."""

import math
from html import escape
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from retention_core.analyses.complaints.between_people import BetweenPeople
from retention_core.analyses.complaints.waits_by_segment import SegmentWaits
from retention_core.analyses.intervals import FEW, TOO_FEW
from retention_core.figures.axes import share_axis
from retention_core.figures.palette import Palette, base_figure
from retention_core.figures.segment_waits import in_chart, within_the_limit
from retention_core.words.numbers import percent, whole
from retention_core.words.say import say, sentence

NAMELESS = -1  # stands for the row of somebody who has too few complaints to be named
_MOST_NAMED = 15  # of more, names stand in the hover alone
_TICKS = tuple(step * 10**power for power in range(1, 8) for step in (1, 2, 5))
_LIMITS = {0.95: (sentence("95 % by chance"), "dash"), 0.998: (sentence("99.8 % by chance"), "dot")}


def funnel(waits: SegmentWaits, between: BetweenPeople, palette: Palette) -> go.Figure:
    """Draw each person's share within the limit over the number of their complaints, and the limits of chance.

    Those with fewer than 30 complaints have no name and are hollow, those with fewer than ten are not drawn. A point's
    `customdata` holds the place of its row in `everyone` (-1 for somebody without a name), 0, and what it says.
    """
    people = waits.everyone[waits.everyone["known"] >= TOO_FEW]
    most = float(people["known"].max())
    traces = [*_limits(between, most, palette), _people(people, palette)]
    figure = base_figure(palette, 420, traces)
    figure.add_hline(y=between.common, line={"color": palette.faint, "width": 1})
    figure.update_xaxes(
        type="log",
        range=[math.log10(TOO_FEW * 0.9), math.log10(most * 1.2)],
        tickmode="array",
        tickvals=list(_TICKS),
        ticktext=[whole(tick) for tick in _TICKS],
        title_text=say("Complaints of which it is known (log scale)"),
    )
    share_axis(figure, 1.04, title=within_the_limit(waits.question.response.limit_days))
    return figure


def _limits(between: BetweenPeople, most: float, palette: Palette) -> list[dict[str, Any]]:
    totals = np.geomspace(TOO_FEW, most * 1.2, 120)
    return [
        {
            "type": "scatter",
            "x": totals,
            "y": np.where((ends > 0) & (ends < 1), ends, np.nan),
            "mode": "lines",
            "name": str(say(name)),
            "legendgroup": name,
            "showlegend": place == 0,
            "hoverinfo": "skip",
            "line": {"color": palette.contrast, "width": 1.5, "dash": dash},
        }
        for part, (name, dash) in _LIMITS.items()
        for place, ends in enumerate(between.limits(totals, part))
    ]


def _people(people: pd.DataFrame, palette: Palette) -> dict[str, Any]:
    is_named = (people["known"] >= FEW).to_numpy()
    has_room = is_named.sum() <= _MOST_NAMED
    told = list(zip(people.index, people.itertuples(), is_named, strict=True))
    return {
        "type": "scatter",
        "x": people["known"].to_numpy(float),
        "y": (people["within_limit"] / people["known"]).to_numpy(float),
        "mode": "markers+text",
        "showlegend": False,
        "cliponaxis": False,
        "text": [in_chart(str(row.value)) if named and has_room else "" for _, row, named in told],
        "textposition": _places(people) if has_room else "top center",
        "textfont": {"size": 11, "color": palette.faint},
        "customdata": [[place if named else NAMELESS, 0, _told(row, is_named=named)] for place, row, named in told],
        "hovertemplate": "%{customdata[2]}<extra></extra>",
        "marker": {
            "size": 10,
            "color": [palette.accent if named else palette.background for named in is_named],
            "line": {"width": 1.5, "color": palette.accent},
        },
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
    }


def _places(people: pd.DataFrame) -> list[str]:
    """Return where each name stands: over its point, unless the point that lies nearest is over it too."""
    across = np.log(people["known"].to_numpy(float))
    up = (people["within_limit"] / people["known"]).to_numpy(float)
    apart = ((across[:, None] - across) / (np.ptp(across) or 1)) ** 2 + (up[:, None] - up) ** 2
    np.fill_diagonal(apart, np.inf)
    return ["bottom center" if up[near] > own else "top center" for own, near in zip(up, apart.argmin(1), strict=True)]


def _told(row: Any, *, is_named: bool) -> str:
    places = {
        "within": whole(row.within_limit),
        "known": whole(row.known),
        "rate": percent(row.within_limit / row.known, 1),
    }
    if not is_named:
        return str(say("{within} of {known} within the limit ({rate})", **places))
    name = escape(str(row.value), quote=False)
    return str(say("{value}: {within} of {known} within the limit ({rate})", value=name, **places))
