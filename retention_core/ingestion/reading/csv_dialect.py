"""Find how a text file is cut into cells: encoding, separator, quotes, and where the header stands."""

import csv
import io
import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from retention_core.errors import FileUnreadable
from retention_core.ingestion.reading.dialect import SEPARATORS, Dialect
from retention_core.ingestion.reading.encodings import SAMPLE_BYTES, Encoding, find_encoding, reread
from retention_core.ingestion.reading.find_header import Header, find_header, fitted, unique_names
from retention_core.ingestion.reading.mend_header import mended_names
from retention_core.words.say import counted, say

_RECORDS = 2000
_LINES_OF_TOP = 10  # a title and blank lines may stand above the header
_SHOWN = 5  # cells shown of each reading
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?[ \t]*(\r\n|\r|\n)', re.IGNORECASE)
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")


@dataclass(frozen=True)
class _Way:
    """One way to cut the sample: its settings, and the records it gives, each with the line on which it ends."""

    separator: str
    quote: str
    escape: str
    is_padded: bool
    records: list[tuple[list[str], int]]


@dataclass(frozen=True)
class _Top:
    """The header as the file has it: its last record, the lines up to its end, its cells, and what was done to it."""

    row: int
    lines: int
    cells: tuple[str, ...]
    remark: str = ""


def find_dialect(path: Path, encoding: str = "") -> Dialect:
    """Find the dialect of a text file; raise FileUnreadable where it is not a table.

    encoding: the code page that a person chose, empty to find it.
    """
    found, text = _sample(path, encoding)
    told = _SEPARATOR_LINE.match(text)
    above, body = (1, text[told.end() :]) if told else (0, text)
    way, top, width = _cut(body, told[1] if told else "")
    cells = fitted(top.cells, width)
    rows = [cells for cells, _ in way.records]
    return Dialect(
        found.name,
        way.separator,
        way.quote,
        way.escape,
        way.is_padded,
        top.row + above,
        top.lines + above,
        unique_names(cells),
        width,
        tuple(cells),
        top.remark,
        found.rivals,
        _samples(found, rows),
        found.has_nul,
    )


def _sample(path: Path, encoding: str) -> tuple[Encoding, str]:
    """Return the encoding of a file and its first lines as text."""
    with path.open("rb") as file:
        sample = file.read(SAMPLE_BYTES)
    found = find_encoding(path, sample, encoding)
    text = sample.decode(found.name, errors="ignore").lstrip("\ufeff").replace("\0", "")
    if len(sample) == SAMPLE_BYTES:
        text = text[: text.rfind("\n") + 1] or text
    if not text.strip():
        raise FileUnreadable(
            say("The file is empty."), say("It holds no text at all."), say("Export it again and upload that.")
        )
    return found, text


def _samples(found: Encoding, rows: Sequence[Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Return, for an encoding and its rivals, the first cells that they read differently, as each reads them."""
    differing: dict[str, None] = {}
    cells = (cell.strip() for row in rows for cell in row if not cell.isascii())
    for text in (*cells, *found.tokens) if found.rivals else ():
        if any(reread(text, found.name, rival) != text for rival in found.rivals):
            differing[text] = None
        if len(differing) == _SHOWN:
            break
    names = (found.name, *found.rivals) if found.rivals else ()
    return {name: tuple(reread(text, found.name, name) for text in differing) for name in names}


def _cut(text: str, separator: str) -> tuple[_Way, _Top, int]:
    """Return the way to cut the text, its header, and how many cells its records have."""
    way = max(_ways(text, separator), key=_regularity)
    if way.quote == '"' and not way.escape and (apart := _without_open_quote(text, way, separator)):
        way, row, width = apart
        return way, _mended(text, way, row, width), width
    rows = [cells for cells, _ in way.records]
    header = find_header(rows)
    width = _usual_width(rows[header.last + 1 :]) or len(header.cells)
    return way, _top(text, way, header, width), width


def _without_open_quote(text: str, way: _Way, separator: str) -> tuple[_Way, int, int] | None:
    """Return the way to cut a text whose header has a quote too many, the record of the header, and the width.

    Such a quote swallows the lines below it; they are cut without it. None where the header has none.
    """
    lines = list(itertools.islice(_LINE.finditer(text), _LINES_OF_TOP))
    odd = next((place for place, line in enumerate(lines) if line[0].count('"') % 2), -1)
    starts = [0, *(number for _, number in way.records)]
    rest = text[lines[odd].end() :]
    if odd not in starts[:-1] or not rest.strip():
        return None
    below = max(_ways(rest, separator), key=_regularity)
    width, row = _usual_width([cells for cells, _ in below.records]), starts.index(odd)
    if width < 2 or any(len(cells) == width for cells, _ in way.records[: row + 1]):
        return None
    top = [([line[0].rstrip("\r\n")], place + 1) for place, line in enumerate(lines[: odd + 1])]
    return replace(below, records=[*top, *((cells, number + odd + 1) for cells, number in below.records)]), odd, width


def _top(text: str, way: _Way, header: Header, width: int) -> _Top:
    """Return the header that was found, mended where it has not the width of the table."""
    ends = [number for _, number in way.records]
    if header.last < 0:
        return _Top(-1, 0, ())
    if not header.cells:
        above = next((row for row in range(header.last, -1, -1) if any(way.records[row][0])), -1)
        return _mended(text, way, above, width) if above >= 0 else _Top(header.last, ends[header.last], ())
    top = _Top(header.last, ends[header.last], header.cells)
    below = [cells for cells, _ in way.records[header.last + 1 :]]
    if header.first != header.last or len(header.cells) >= width or any(len(r) == len(header.cells) for r in below):
        return top
    return _mended(text, way, header.last, width)


def _mended(text: str, way: _Way, row: int, width: int) -> _Top:
    """Return the header in the record `row`, mended as far as that can be done in one way.

    A line that is no header at all but a title is passed over; one that may be a header and cannot be read is left to
    be listed as a record.
    """
    start = way.records[row - 1][1] if row else 0
    line = next((each[0] for place, each in enumerate(_LINE.finditer(text)) if place == start), "").rstrip("\r\n")
    below = [cells for cells, _ in way.records[row + 1 :] if len(cells) == width]
    names = mended_names(line, way.separator, below) if below and width > 1 else None
    if names is None and not _may_be_header(line, way.separator, width):
        return _Top(row, way.records[row][1], ())
    if names is None:
        return _Top(row - 1, start, (), say("the header cannot be told apart into columns, so they are numbered"))
    if [name for name in names if name] == line.split(way.separator):  # the columns without a name hold nothing
        return _Top(row, start + 1, tuple(names))
    return _Top(row, start + 1, tuple(names), _mended_words(sum(not name for name in names)))


def _mended_words(unsure: int) -> str:
    """Return what is said of a mended header. unsure: how many columns have no sure name."""
    if not unsure:
        return say("the header line was broken and has been mended")
    return counted(
        "the header line was broken and has been mended, a column without a sure name is numbered",
        "the header line was broken and has been mended, {n} columns without a sure name are numbered",
        unsure,
    )


def _may_be_header(line: str, separator: str, width: int) -> bool:
    most = max(line.count(each) for each in {separator, *SEPARATORS} - {" "}) + 1
    return line.count('"') % 2 == 1 or most > max(1, width // 2)


def _ways(text: str, told: str = "") -> list[_Way]:
    """Return the ways in which the sample may be cut, the more usual one first; told: the separator, where known."""
    ways = []
    for separator in told or SEPARATORS:
        ways.append(_way(text, separator))
        if separator == " ":
            continue
        if '\\"' in text:
            ways.append(_way(text, separator, escape="\\"))
        if re.search(rf"(^|{re.escape(separator)})'", text, re.MULTILINE):
            ways.append(_way(text, separator, quote="'"))
        padded, bare = text.count(separator + " "), text.count(separator)
        if separator != "\t" and bare and padded > 0.9 * bare:
            ways.append(_way(text, separator, is_padded=True))
    return ways


def _way(text: str, separator: str, quote: str = '"', escape: str = "", is_padded: bool = False) -> _Way:
    """Cut the sample in one way."""
    if separator == " ":
        records = [(line.split(), number) for number, line in enumerate(text.splitlines()[:_RECORDS], start=1)]
        return _Way(separator, quote, escape, is_padded, records)
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=separator,
        quotechar=quote,
        escapechar=escape or None,
        doublequote=not escape,
        skipinitialspace=is_padded,
    )
    try:
        records = [(record, reader.line_num) for record, _ in zip(reader, range(_RECORDS), strict=False)]
    except csv.Error:
        records = [([line], number) for number, line in enumerate(text.splitlines()[:_RECORDS], start=1)]
    return _Way(separator, quote, escape, is_padded, records)


def _regularity(way: _Way) -> float:
    """Score a way: the share of records with the usual width, weighed by how much it cuts.

    White space cuts any prose, so it counts only where nearly every line has the same number of cells. An unusual
    quote must be worth it: it has to make the records more regular than the usual one does.
    """
    widths = Counter(len(record) for record, _ in way.records if record)
    if not widths:
        return 0.0
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    share = count / sum(widths.values())
    if width < 2 or (way.separator == " " and share < 0.98):
        return 0.0
    rare = 0.9 if way.separator in "^~" else 1
    return share * (1 - 1 / width) * (0.5 if way.separator == " " else rare) + (1e-6 if way.is_padded else 0)


def _usual_width(records: Sequence[Sequence[str]]) -> int:
    """Return how many cells most records have; 0 where there is none."""
    widths = Counter(len(record) for record in records if any(cell.strip() for cell in record))
    return widths.most_common(1)[0][0] if widths else 0
