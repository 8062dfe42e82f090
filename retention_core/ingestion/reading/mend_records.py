"""Mend the records of a text file that are cut wrongly, where there is one way only that suits the other records.

A quote too many, a separator too few or too many, another separator on one line: each can be undone in several ways.
A way counts when it gives as many cells as the table has columns, and every cell looks like the others of its column.
Where exactly one way counts, the record is mended; otherwise it is left as it is, to be listed.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from retention_core.ingestion.reading.dialect import SEPARATORS, Dialect
from retention_core.ingestion.reading.shapes import coarse_shape, shape, usual_shapes

_CHUNK_BYTES = 1 << 20
_QUOTE, _LINE_FEED, _RETURN = 0x22, 0x0A, 0x0D
_BLOCK = "\ue000"  # stands for a quote that opens nothing; no text holds this letter
_LONGEST_RECORD = 100  # lines of one quoted cell
_TRIED = 4000  # lines looked at in this way, at most, none of them longer than
_LONGEST_TEXT = 10_000
_BY_QUOTES = 4  # of the ways to read a line, those that only look at its quotes come first

Look = list[set[str] | None]  # for each column the shapes of its cells, None where they may be of any


class Mender:
    """Knows what the cells of each column look like, and reads a broken record accordingly.

    separator: of the table. records: a sample of records; those that have its width are learned from.
    """

    def __init__(self, separator: str, width: int, records: Iterable[Sequence[str]]) -> None:
        self.separator, self.width, self._left = separator, width, _TRIED
        columns = list(zip(*[record for record in records if len(record) == width], strict=True))
        columns = columns or [()] * width
        self._looks: tuple[Look, ...] = (
            [usual_shapes(column, shape) for column in columns],
            [usual_shapes(column, coarse_shape) for column in columns],
        )
        self._may_be_blank = [not all(column) for column in columns]

    def read(self, text: str) -> list[str] | None:
        """Return the cells of one record; None where it cannot be read, or in several ways."""
        if self._left <= 0 or len(text) > _LONGEST_TEXT:
            return None
        self._left -= 1
        ways = [
            [cells for cells in way(text) if cells is not None and len(cells) == self.width]
            for way in (
                self._strictly,
                self._separators_at_quotes,
                self._as_it_stands,
                self._letters,
                self._without_blanks,
                self._separators,
                self._other_separators,
            )
        ]
        for see, look in zip((shape, coarse_shape), self._looks, strict=True):
            for way in ways:
                found = {tuple(cells) for cells in way if self._suits(cells, see, look)}
                if found:
                    return list(found.pop()) if len(found) == 1 else None
        of_right_width = {tuple(cells) for way in ways[:_BY_QUOTES] for cells in way}
        return list(of_right_width.pop()) if len(of_right_width) == 1 else None

    def suits(self, cells: Sequence[str]) -> bool:
        """Tell whether the cells look like the others of their columns."""
        return len(cells) == self.width and self._suits(cells, coarse_shape, self._looks[1])

    def _suits(self, cells: Sequence[str], see: Callable[[str], str], look: Look) -> bool:
        return all(
            (self._may_be_blank[index] if not cell else shapes is None or see(cell.replace('"', "")) in shapes)
            for index, (cell, shapes) in enumerate(zip(cells, look, strict=True))
        )

    def _strictly(self, text: str) -> Iterator[list[str] | None]:
        yield cut(text, self.separator, strict=True)

    def _as_it_stands(self, text: str) -> Iterator[list[str] | None]:
        yield cut(text, self.separator)

    def _separators_at_quotes(self, text: str) -> Iterator[list[str] | None]:
        """Put a separator before each quote in turn."""
        for found in re.finditer('"', text):
            yield cut(text[: found.start()] + self.separator + text[found.start() :], self.separator, strict=True)

    def _letters(self, text: str) -> Iterator[list[str] | None]:
        """Take each quote in turn for a letter like any other, the others around cells if possible."""
        texts = [text[: each.start()] + _BLOCK + text[each.end() :] for each in re.finditer('"', text)]
        found = [cells for each in texts if (cells := cut(each, self.separator, strict=True))]
        found = found or [cells for each in texts if (cells := cut(each, self.separator))]
        yield from ([cell.replace(_BLOCK, '"') for cell in cells] for cells in found)

    def _without_blanks(self, text: str) -> Iterator[list[str] | None]:
        """Leave out as many empty cells that stand together as the record has too many."""
        cells = cut(text, self.separator) or []
        surplus = len(cells) - self.width
        if surplus > 0:
            for index in range(self.width + 1):
                if not any(cells[index : index + surplus]):
                    yield [*cells[:index], *cells[index + surplus :]]

    def _separators(self, text: str) -> Iterator[list[str] | None]:
        """Join neighbouring cells of a record that has too many; divide one cell of a record that has one too few."""
        cells = cut(text, self.separator)
        if cells is None:
            return
        if len(cells) == self.width - 1:
            for index, cell in enumerate(cells):
                for place in range(1, len(cell)):
                    yield [*cells[:index], cell[:place], cell[place:], *cells[index + 1 :]]
                yield [*cells[:index], "", *cells[index:]]
            yield [*cells, ""]
        yield from self._joined(cells, self.separator)

    def _other_separators(self, text: str) -> Iterator[list[str] | None]:
        """Cut the line at another separator than the table's."""
        for separator in SEPARATORS:
            if separator != self.separator and (cells := cut(text, separator)):
                yield cells
                yield from self._joined(cells, separator)

    def _joined(self, cells: list[str], separator: str) -> Iterator[list[str]]:
        """Join each run of neighbours that makes the record as wide as the table."""
        surplus = len(cells) - self.width
        if 0 < surplus < 12:
            for index in range(self.width):
                run = cells[index : index + surplus + 1]
                yield [*cells[:index], separator.join(run), *cells[index + surplus + 1 :]]


def cut(text: str, separator: str, *, strict: bool = False) -> list[str] | None:
    """Return the cells of one record; None where a quoted cell does not end before a separator, or at all.

    strict: None as well where a quote stands inside a cell without quotes around it.
    """
    text = text.rstrip("\r\n")
    bare = rf'[^{re.escape(separator)}"]*' if strict else rf'(?!")[^{re.escape(separator)}]*'
    cell = re.compile(rf'"((?:[^"]|"")*)"(?={re.escape(separator)}|\Z)|({bare})')
    cells, place = [], 0
    while True:
        found = cell.match(text, place)
        if found is None or (found.end() < len(text) and text[found.end()] != separator):
            return None
        cells.append(found[2] if found[1] is None else found[1].replace('""', '"'))
        if found.end() == len(text):
            return cells
        place = found.end() + 1


def has_doubtful_quotes(source: Path, dialect: Dialect) -> bool:
    """Tell whether a quote stands inside a cell, or a line has an odd number of them."""
    if dialect.encoding.startswith("utf-16"):
        return True
    marks = {ord(dialect.separator), _LINE_FEED, _RETURN, _QUOTE}
    with source.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            chunk += file.readline()
            if b'"' not in chunk:
                continue
            letters = np.frombuffer(b"\n" + chunk.replace(b"\xef\xbb\xbf", b"") + b"\n", np.uint8)
            quotes = np.flatnonzero(letters == _QUOTE)
            inside = ~np.isin(letters[quotes - 1], list(marks)) & ~np.isin(letters[quotes + 1], list(marks))
            lines = np.searchsorted(np.flatnonzero(letters == _LINE_FEED), quotes)
            if inside.any() or (np.bincount(lines) % 2).any():
                return True
    return False


def mend_lines(source: Path, target: Path, dialect: Dialect, mender: Mender) -> int:
    """Write the file with every line mended that has a quote too many or too few; return how many were.

    Cells that hold line breaks stay as they are: a line is only looked at where no record that goes on over the next
    ones begins on it. A line that cannot be mended is written as one cell, so that it is refused for its width.
    """
    mended = 0
    with (
        source.open(encoding=dialect.encoding, newline="") as lines,
        target.open("w", encoding="utf-8", newline="") as out,
    ):
        for _ in range(dialect.header_lines):
            out.write(lines.readline())
        waiting = list[str]()
        while line := (waiting.pop(0) if waiting else lines.readline()):
            if '"' not in line or cut(line, dialect.separator, strict=True):
                out.write(line)
                continue
            if line.count('"') % 2:
                waiting += _next_lines(lines, _LONGEST_RECORD - len(waiting))
                length = _record_length([line, *waiting], dialect)
                if length:
                    out.writelines([line, *waiting[: length - 1]])
                    del waiting[: length - 1]
                    continue
            cells = mender.read(line)
            mended += cells is not None and cells != cut(line, dialect.separator)
            out.write(_written(cells or [line.rstrip("\r\n")], dialect.separator))
    return mended


def _next_lines(lines: io.TextIOBase, count: int) -> list[str]:
    return [line for _ in range(max(0, count)) if (line := lines.readline())]


def _record_length(lines: Sequence[str], dialect: Dialect) -> int:
    """Return how many lines the record takes that begins on the first one; 0 where it never ends as it should."""
    for count in range(2, len(lines) + 1):
        if lines[count - 1].count('"') % 2:
            cells = cut("".join(lines[:count]), dialect.separator)
            return count if cells is not None and len(cells) == dialect.record_width else 0
    return 0


def _written(cells: Sequence[str], separator: str) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\n").writerow(cells)
    return text.getvalue()
