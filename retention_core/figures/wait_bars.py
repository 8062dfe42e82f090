"""What part of the complaints was answered in time, and how old those are that are still open."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from retention_core.analyses.complaints.response_times import DAY, LIMITS_IN_DAYS, ResponseTimes
from retention_core.figures.axes import count_axis, share_axis
from retention_core.figures.palette import Palette, base_figure
from retention_core.figures.volume import add_volume, every_period
from retention_core.figures.waits import periods_of_opening
from retention_core.words.numbers import whole
from retention_core.words.say import counted, say

AGES = (0, 1, 2, 3, 4, 5, 7, 14, 30, 90)  # days from which on an open complaint stands in the next bar


@dataclass(frozen=True)
class _Part:
    """One part of each bar: its name, complaints by period, colour, and whether it is hatched: late, and not over."""

    name: str
    counts: pd.Series
    colour: str
    is_hatched: bool = False


def share_bars(times: ResponseTimes, palette: Palette) -> go.Figure:
    """Draw, by period of opening, what part of the complaints was answered within 1, 3, 5 days, later, or not yet.

    The last of these days is the limit of the question. Complaints closed while the moment asked about is unknown are
    left out. Under them stands how many were opened.
    """
    traces = [_bars(times.periods, part, palette) for part in _parts(times, palette) if part.counts.sum()]
    legend = {"traceorder": "normal", "itemwidth": 30}
    figure = base_figure(palette, 360, traces, barmode="stack", bargap=0.18, legend=legend)
    share_axis(figure, 1.0, title=say("Share of complaints"))
    periods_of_opening(figure, times)
    add_volume(figure, every_period(times), palette)
    return figure


def steps_to(limit: int) -> list[int]:
    """Return the days by which answers are told apart, the last of them the limit."""
    return [*(days for days in LIMITS_IN_DAYS[:-1] if days < limit), limit]


def _parts(times: ResponseTimes, palette: Palette) -> Iterator[_Part]:
    rows, limit = times.periods, times.question.limit_days
    ends = steps_to(limit)
    counts = [
        *(rows["within_1_day" if days == 1 else f"within_{days}_days"] for days in ends[:-1]),
        rows["within_limit"],
    ]
    colours = _in_time(len(ends), palette)
    yield _Part(counted("≤ {n} day", "≤ {n} days", ends[0]), counts[0], colours[0])
    for place in range(1, len(ends)):
        name = say("{low}–{high}", low=ends[place - 1], high=ends[place])
        yield _Part(name, counts[place] - counts[place - 1], colours[place])
    yield _Part(say("over {days}", days=limit), rows["over_limit"], palette.bad)
    yield _Part(say("open"), rows["open_under_limit"], palette.quiet)
    yield _Part(say("open over {days}", days=limit), rows["open_over_limit"], palette.background, is_hatched=True)


def _in_time(steps: int, palette: Palette) -> list[str]:
    """Return the colours of one to three steps up to the limit."""
    return [palette.good, palette.fair, palette.warning] if steps == 3 else [palette.good, palette.warning][:steps]


def _bars(rows: pd.DataFrame, part: _Part, palette: Palette) -> dict[str, Any]:
    told = zip(rows["label"], part.counts, rows["complaints"], strict=True)
    marker: dict[str, Any] = {"color": part.colour, "line": {"width": 0}}
    if part.is_hatched:
        marker["pattern"] = {"shape": "/", "fgcolor": palette.bad, "bgcolor": part.colour, "size": 5, "solidity": 0.5}
    return {
        "type": "bar",
        "x": list(rows["label"]),
        "y": (part.counts / rows["complaints"]).to_numpy(float),
        "name": str(part.name),
        "customdata": [str(_of_bar(label, count, total, part.name)) for label, count, total in told],
        "marker": marker,
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _of_bar(label: str, count: int, total: int, part: str) -> str:
    places = {"label": label, "count": whole(count), "total": whole(total), "part": part}
    return say("{label}: {count} of {total} complaints – {part}", **places)


def open_by_age(times: ResponseTimes, palette: Palette) -> go.Figure:
    """Draw how many open complaints there are by age in days, coloured by the days of the limit."""
    counts, names = open_ages(times.open_waits), [str(age_words(place)) for place in range(len(AGES))]
    colours = [_of_age(age, times.question.limit_days, palette) for age in AGES]
    bars = {
        "type": "bar",
        "x": names,
        "y": list(counts),
        "marker": {"color": colours, "line": {"width": 0}},
        "text": [str(whole(count)) if count else "" for count in counts],
        "textposition": "outside",
        "textfont": {"color": palette.text},
        "cliponaxis": False,
        "customdata": [
            str(say("Open for {days} days: {count}", days=name, count=whole(count)))
            for name, count in zip(names, counts, strict=True)
        ],
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    figure = base_figure(palette, 360, [bars], bargap=0.18)
    figure.update_xaxes(
        title_text=say("Days open"),
        type="category",
        tickmode="array",
        tickvals=names,
        ticktext=names,
        autotickangles=[0, 45, 90],
    )
    count_axis(figure, max(1.0, float(counts.max()) * 1.08), title=say("Open complaints"))
    return figure


def open_ages(open_waits: pd.DataFrame) -> pd.Series:
    """Return how many complaints are open since so many days: one value for each of `AGES`."""
    ages = pd.cut(open_waits["wait_seconds"] / DAY, [*AGES, np.inf], right=False, labels=list(AGES))
    return open_waits["complaints"].groupby(ages, observed=False).sum()


def age_words(place: int) -> str:
    """Return an age in days as it stands under its bar: `<1`, `4`, `5–6`, `90+`. place: in `AGES`."""
    low = AGES[place]
    if place == len(AGES) - 1:
        return say("{days}+", days=low)
    high = AGES[place + 1] - 1
    if not low:
        return say("<{days}", days=high + 1)
    return whole(low) if low == high else say("{low}–{high}", low=low, high=high)


def _of_age(age: int, limit: int, palette: Palette) -> str:
    if age >= limit:
        return palette.bad
    return palette.good if age < 1 else palette.fair if age < 3 else palette.warning
