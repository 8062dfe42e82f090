"""A chart as a slide: under the sentence that it shows, with its key, its figures, and where they come from."""

import re
import textwrap
from collections.abc import Sequence

import plotly.graph_objects as go

from retention_core.answers.answer import Answer, Chart
from retention_core.figures.direction import directed, in_direction
from retention_core.figures.palette import Palette
from retention_core.words.language import spoken
from retention_core.words.lists import in_turn
from retention_core.words.say import again, say

WIDTH, HEIGHT = 1280, 720
_SIDE, _TOP, _BOTTOM = 48, 34, 24
_TITLE, _LETTERS = 27, 13.2  # size of the title, and how wide one of its letters is on average
_SMALL, _SOURCE = 15, 13
_LINE = 1.32
# Of the height, what stands under a chart and over it: names and source under it, key over it; names may stand over it.
_STRIPS = {"bottom": (0.17, 0.1), "top": (0.09, 0.17)}
_MARKUP = re.compile("<[^>]+>")
_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def slide(chart: Chart, answer: Answer, source: str, palette: Palette) -> go.Figure:
    """Return a slide of 1280 x 720 pixels in the language spoken. answer: whose sentence it shows. source: in words."""
    figure = in_direction(chart.draw(palette))
    lines = again(answer.sentence or chart.title or answer.question).split("\n")
    title = _wrapped(lines[:1], _TITLE)
    small = _wrapped([*lines[1:], _cards(answer)], _SMALL)
    top = round(_TOP + (_TITLE * len(title) + _SMALL * len(small)) * _LINE)
    strips = _STRIPS[figure.layout.xaxis.side or "bottom"]
    _make_room(figure, *strips)
    figure.update_layout(
        width=WIDTH,
        height=HEIGHT,
        autosize=False,
        paper_bgcolor=palette.background,
        margin={"l": _SIDE, "r": _SIDE, "t": top, "b": _BOTTOM},
        font_size=_SMALL,
    )
    _letters(figure, (HEIGHT - top - _BOTTOM) * (1 - sum(strips)))
    figure.update_layout(margin_l=_SIDE + _beside(figure))
    _say_above(figure, title, small, palette)
    _say_below(figure, source, palette)
    return figure


def _cards(answer: Answer) -> str:
    """Return the figures of an answer in one line: `Back in month 1: 24 % (21 to 27 · n = 812); …`."""
    told = (
        say("{label}: {value} ({note})", label=card.label, value=card.value, note=card.note)
        if card.note
        else say("{label}: {value}", label=card.label, value=card.value)
        for card in answer.cards
    )
    return in_turn(list(told))


def _make_room(figure: go.Figure, under: float, over: float) -> None:
    """Press a chart together, so that its key and the names of its axes find room between sentence and source line."""
    low, high = under, 1 - over

    def moved(place: float | None) -> float:
        return low + (1.0 if place is None else place) * (high - low)

    for axis in figure.select_yaxes():
        start, end = axis.domain or (0, 1)
        axis.update(domain=[moved(start), moved(end)], automargin=True)
    figure.update_layout(legend_y=moved(figure.layout.legend.y))
    for each in (*figure.layout.annotations, *figure.layout.shapes, *figure.layout.images):
        _move(each, moved)


def _move(drawn, moved) -> None:  # type: ignore[no-untyped-def]
    """Move what is placed by the height of the chart along with it."""
    if drawn.yref == "paper":
        for name in ("y", "y0", "y1"):
            if name in drawn and drawn[name] is not None:
                drawn[name] = moved(drawn[name])


def _letters(figure: go.Figure, height: float) -> None:
    """Make letters as large as a slide asks for, but not larger than the rows of a chart are high. height: in pixels."""
    figure.update_layout(legend_font_size=_SMALL)
    figure.update_xaxes(tickfont_size=14, title_font_size=_SMALL)
    for axis in figure.select_yaxes():
        room = height / max(1, len(axis.ticktext or ())) * 0.75
        axis.update(tickfont_size=max(5, min(14, room)), title_font_size=_SMALL)
    for trace in figure.select_traces({"type": "heatmap"}):
        rows = len(trace.z) if trace.z is not None else 0
        if rows and trace.texttemplate:
            trace.textfont.size = max(4, min(trace.textfont.size or 12, height / rows * 0.7))


def _beside(figure: go.Figure) -> float:
    """Return how wide the names beside a chart are, in pixels, near enough: its edge else touches that of the slide."""
    axis = figure.layout.yaxis
    longest = max((len(_MARKUP.sub("", str(name))) for name in axis.ticktext or ()), default=6)
    return float(longest * axis.tickfont.size * _LETTERS / _TITLE + (2 * _SMALL if axis.title.text else 0))


def _say_above(figure: go.Figure, title: Sequence[str], small: Sequence[str], palette: Palette) -> None:
    is_from_right = spoken().language.direction == "rtl"
    figure.update_layout(
        title={
            "text": "<br>".join(f"<b>{_line(line)}</b>" for line in title),
            "subtitle": {
                "text": "<br>".join(_line(line) for line in small),
                "font": {"size": _SMALL, "color": palette.faint},
            },
            "x": (WIDTH - _SIDE if is_from_right else _SIDE) / WIDTH,
            "xref": "container",
            "xanchor": "right" if is_from_right else "left",
            "y": 1
            - (_TOP + (len(title) - 1) * _TITLE * _LINE / 2) / HEIGHT,  # plotly counts from the middle of its lines
            "yref": "container",
            "yanchor": "top",
            "font": {"size": _TITLE, "color": palette.text},
        }
    )


def _say_below(figure: go.Figure, source: str, palette: Palette) -> None:
    """Say where the figures come from, at the right edge: the left one moves with the names of an axis."""
    figure.add_annotation(
        text="<br>".join(_line(line) for line in _wrapped([source], _SOURCE)),
        x=1,
        y=0,
        xref="paper",
        yref="paper",
        xanchor="right",
        yanchor="bottom",
        align="right",
        showarrow=False,
        font={"size": _SOURCE, "color": palette.faint},
        name="source",
    )


def _wrapped(texts: Sequence[str], size: float) -> list[str]:
    """Return texts in lines that fit the width of a slide in letters of a size."""
    most = int((WIDTH - 2 * _SIDE) / (_LETTERS * size / _TITLE))
    return [line for text in texts for line in textwrap.wrap(str(text), most, break_on_hyphens=False)]


def _line(text: str) -> str:
    """Return a line so that a figure shows it to the letter, in the direction of the language."""
    return directed(text.translate(_ESCAPED))
