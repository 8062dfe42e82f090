"""What a page says, as a value: a screen shows it, a document prints it, and it can be kept.

A sentence is said when an answer is made; a chart is drawn, a table read and a part answered when somebody asks for it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

import pandas as pd
import plotly.graph_objects as go

from retention_core.figures.direction import in_direction
from retention_core.figures.palette import Palette
from retention_core.figures.sent import Sent, as_sent

T = TypeVar("T")
Kind = Literal["text", "count", "money", "number", "share", "points", "day", "moment", "truth"]
Cell = tuple[int, int]
Keep = Callable[[object, Callable[[], Any]], Any]
"""Keeps what is made of a chart or a table, by a name, so that it is made once for all who look at it."""


def made_anew(name: object, make: Callable[[], T]) -> T:
    """Keep nothing."""
    return make()


@dataclass(frozen=True)
class Card:
    """One figure. label: what it is. value: in words. term: of the glossary, which defines it. note: its interval and
    n. trend: the same figure over complete periods, NaN where it is unknown.
    """

    label: str
    value: str
    term: str
    note: str = ""
    trend: tuple[float, ...] = ()


@dataclass(frozen=True)
class Chart:
    """One chart. name: its id, and that of the picture it is saved as. draw: returns the figure. alt: what is seen, for
    those who cannot see it. title: over it. caption: how to read it. hint: what can be done with it on a screen.
    least_width: in pixels; narrower screens scroll. behind: what lies behind a point that is clicked, see `Table`; a
    point's `customdata` holds its cell. keep: keeps the figure as it is sent.
    """

    name: str
    draw: Callable[[Palette], go.Figure]
    alt: str
    title: str = ""
    caption: str = ""
    hint: str = ""
    least_width: int = 0
    behind: "Callable[[Cell], tuple[Table, ...]] | None" = None
    keep: Keep = made_anew

    def sent(self, palette: Palette) -> Sent:
        """Return the figure as a browser gets it."""
        sent: Sent = self.keep(palette, lambda: as_sent(in_direction(self.draw(palette))))
        return sent


@dataclass(frozen=True)
class Column:
    """How a column of a table is shown. label: its heading. kind: `share` is 0 to 1, `points` are differences of shares
    (-1 to 1), `money` has two decimals. help: what it means. is_pinned: whether it stays in sight.
    """

    label: str
    kind: Kind = "text"
    help: str = ""
    is_pinned: bool = False


@dataclass(frozen=True)
class Table:
    """One table. name: its id, and that of the file it is saved as. rows: returns it, with the names of its columns as
    downloads have them; shares are 0 to 1. columns: those shown, name -> how. alt: what it holds. title: over it.
    caption: what is left out. hint: what can be done with it on a screen. behind: what lies behind a row, by its place;
    behind_cell: behind a cell, by the place of its row and the name of its column. shown: turns the rows into what the
    screen shows, where that differs. is_folded: whether it opens on demand. downloads: what can be taken away beside it,
    and is not shown; named by its title. keep: keeps what is made of its rows. foot: small print under it.
    """

    name: str
    rows: Callable[[], pd.DataFrame]
    columns: Mapping[str, Column]
    alt: str
    title: str = ""
    caption: str = ""
    hint: str = ""
    behind: "Callable[[int], tuple[Table, ...]] | None" = None
    behind_cell: "Callable[[int, str], tuple[Table, ...]] | None" = None
    shown: Callable[[pd.DataFrame], pd.DataFrame] | None = None
    is_folded: bool = False
    downloads: "tuple[Table, ...]" = ()
    keep: Keep = made_anew
    foot: str = ""


@dataclass(frozen=True)
class Part:
    """One part of a page, such as a tab. name: its id. title: in words. answer: returns what it says."""

    name: str
    title: str
    answer: "Callable[[], Answer]"


@dataclass(frozen=True)
class Answer:
    """What a page, or a part of one, says.

    question: which it answers. sentence: the answer in words; further lines explain the first. notes: what else must be
    known, in words. cards: at most four figures. terms: of the glossary, all that appear. parts: what can be opened.
    is_empty: whether there is nothing to show; the notes then say what to do.
    """

    question: str
    sentence: str
    notes: tuple[str, ...] = ()
    cards: tuple[Card, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()
    terms: tuple[str, ...] = ()
    parts: tuple[Part, ...] = field(default=())
    is_empty: bool = False

    def chart(self, name: str) -> Chart:
        """Return the chart with this name."""
        return next(each for each in self.charts if each.name == name)

    def table(self, name: str) -> Table | None:
        """Return the table with this name, None where the answer has none."""
        return next((each for each in self.tables if each.name == name), None)

    def part(self, name: str) -> "Answer":
        """Return what the part with this name says."""
        return next(each for each in self.parts if each.name == name).answer()
