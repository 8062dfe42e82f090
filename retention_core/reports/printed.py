"""An answer as a document holds it: everything drawn, read and said, in the language spoken."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from retention_core.answers.answer import Answer, Card, Chart, Table
from retention_core.errors import RetentionError
from retention_core.figures.palette import LIGHT
from retention_core.reports.cells import columns_seen, is_number, rows_in_words
from retention_core.words.say import again, counted

MOST_ROWS = 50
COLUMN_WIDTH = 680  # pixels of the text column: A4 without its margins
_USUAL_HEIGHT = 360
# What could end a script or a line of it, though JSON takes it for text.
_UNSAFE_IN_SCRIPT = {ord(each): f"\\u{ord(each):04x}" for each in "<>&\u2028\u2029"}


@dataclass(frozen=True)
class PrintedChart:
    """A chart as the document holds it. figure: as JSON that may stand in a script, which draws it. width, height: in pixels."""

    title: str
    alt: str
    caption: str
    figure: str
    width: int
    height: int


@dataclass(frozen=True)
class PrintedTable:
    """A table as the document holds it. headings: each with whether its column holds numbers. more: what is left out.

    foot: small print under it.
    """

    title: str
    caption: str
    headings: list[tuple[str, bool]]
    rows: list[list[str]]
    more: str
    foot: str = ""

    @property
    def width(self) -> str:
        """How small its letters must be for the columns to fit: the name of a style."""
        count = len(self.headings)
        return "narrow" if count <= 8 else "wide" if count <= 14 else "wider" if count <= 20 else "widest"


@dataclass(frozen=True)
class Section:
    """An answer, or what a part of it says, as the document holds it. title: of the part. lines: of the sentence."""

    title: str
    lines: list[str]
    notes: Sequence[str]
    cards: Sequence[Card]
    charts: list[PrintedChart]
    tables: list[PrintedTable]
    parts: list["Section"]
    terms: tuple[str, ...]

    def all_terms(self) -> Iterator[str]:
        """Return the terms of the section and of its parts."""
        yield from self.terms
        for part in self.parts:
            yield from part.all_terms()


def section_of(title: str, answer: Answer, parts: Sequence[str] | None = None) -> Section:
    """Return an answer with everything drawn, read and said. title: of the part it is. parts: wanted; by default all."""
    return Section(
        title,
        again(answer.sentence).split("\n") if answer.sentence else [],
        [again(note) for note in answer.notes],
        answer.cards,
        [_chart(chart) for chart in answer.charts],
        [_table(table) for table in answer.tables],
        [_part(part.title, part.answer) for part in answer.parts if parts is None or part.name in parts],
        answer.terms,
    )


def _part(title: str, answer: Callable[[], Answer]) -> Section:
    """Return a part of an answer; where it cannot be had, why, as a page says it in its place."""
    try:
        return section_of(title, answer())
    except RetentionError as error:
        said = [again(each) for each in (error.title, error.found, error.advice)]
        return Section(title, said[:1], said[1:], (), [], [], [], ())


def _chart(chart: Chart) -> PrintedChart:
    figure = chart.sent(LIGHT)
    return PrintedChart(
        chart.title,
        chart.alt,
        chart.caption,
        str(figure.to_json()).translate(_UNSAFE_IN_SCRIPT),
        max(COLUMN_WIDTH, chart.least_width),
        int(figure.height or _USUAL_HEIGHT),
    )


def _table(table: Table) -> PrintedTable:
    seen, columns = columns_seen(table, table.rows())
    left = max(0, len(seen) - MOST_ROWS)  # of what is shown, which may have fewer rows than the download
    more = counted("{n} more row stands in the table's download.", "{n} more rows stand in the table's download.", left)
    headings = [(column.label, is_number(column.kind)) for column in columns.values()]
    rows = rows_in_words(seen.head(MOST_ROWS), columns)
    return PrintedTable(table.title, table.caption, headings, rows, more if left else "", table.foot)
