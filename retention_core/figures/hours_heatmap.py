"""The hours of a week: how many complaints come, or are answered, in each."""

import plotly.graph_objects as go

from retention_core.analyses.complaints.hours_of_week import Event, HoursOfWeek
from retention_core.figures.palette import Palette, base_figure
from retention_core.words.days import WEEKDAYS
from retention_core.words.numbers import whole
from retention_core.words.say import Number, say, sentence

_EVERY = 3  # hours of which one is named
_TOLD = {
    "opened": sentence("{weekday}, {hour}: {count} opened"),
    "answered": sentence("{weekday}, {hour}: {count} answered"),
}


def hours_heatmap(hours: HoursOfWeek, event: Event, palette: Palette) -> go.Figure:
    """Draw one row per weekday, from that with which a week begins, and one column per hour; the more, the darker."""
    counts, names = hours.counts(event), [say(WEEKDAYS[weekday]) for weekday in hours.weekdays]
    shades = len(palette.ramp) - 1
    trace = {
        "type": "heatmap",
        "z": counts,
        "zmin": 0,
        "zmax": max(1, int(counts.max())),
        "xgap": 2,
        "ygap": 2,
        "showscale": False,
        "colorscale": [[place / shades, colour] for place, colour in enumerate(palette.ramp)],
        "text": [
            [
                str(say(_TOLD[event], weekday=name, hour=hour_words(hour), count=whole(count)))
                for hour, count in enumerate(row)
            ]
            for name, row in zip(names, counts, strict=True)
        ],
        "hovertemplate": "%{text}<extra></extra>",
    }
    figure = base_figure(palette, 290, [trace])
    named = list(range(0, 24, _EVERY))
    figure.update_xaxes(
        tickmode="array",
        tickvals=named,
        ticktext=[hour_words(hour) for hour in named],
        title_text=say("Hour of the day"),
    )
    figure.update_yaxes(tickmode="array", tickvals=list(range(7)), ticktext=names, autorange="reversed", showgrid=False)
    return figure


def hour_words(hour: int) -> Number:
    """Return the beginning of an hour as people write it: `08:00`."""
    return Number(f"{hour:02}:00")
