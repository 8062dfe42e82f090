"""How a text file is cut into cells: encoding, separator, quotes, and where the header stands."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from retention_core.errors import FileUnreadable
from retention_core.ingestion.reading.find_header import find_header, fitted, unique_names

SAMPLE_BYTES = 1 << 20
_CHUNK_BYTES = 16 << 20
_RECORDS = 2000
SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe", "^": "caret", "~": "tilde", " ": "white space"}
_BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_ARABIC_LETTERS = re.compile(r"[\u0600-\u06ff]")


@dataclass(frozen=True)
class Dialect:
    """How one file is cut into cells.

    encoding: a Python codec. separator: one character; a space stands for any run of white space. quote: the letter
    around cells that hold the separator. escape: the letter that goes before a quote inside quotes, empty where quotes
    are doubled. is_padded: a space follows each separator. header_row: the last record of the header, -1 where there
    is none. header_lines: lines up to and with it, whose cells may hold line breaks. header: one distinct name per
    column. record_width: cells of the usual record; fewer than columns where empty cells at the end are left out.
    """

    encoding: str
    separator: str
    quote: str
    escape: str
    is_padded: bool
    header_row: int
    header_lines: int
    header: tuple[str, ...]
    record_width: int

    @property
    def is_usual(self) -> bool:
        """Whether the fast reader can cut the file as it stands."""
        return self.separator != " " and self.quote == '"' and not self.escape and not self.is_padded

    @property
    def words(self) -> str:
        """The dialect as shown to people."""
        quotes = "" if self.quote == '"' else ", in single quotes"
        return f"text ({self.encoding}), cells separated by {SEPARATORS[self.separator]}{quotes}"


@dataclass(frozen=True)
class _Way:
    """One way to cut the sample: its settings, and the records it gives, each with the line on which it ends."""

    separator: str
    quote: str
    escape: str
    is_padded: bool
    records: list[tuple[list[str], int]]


def find_dialect(path: Path) -> Dialect:
    """Find the dialect of a text file; raise FileUnreadable where it is not a table."""
    with path.open("rb") as file:
        sample = file.read(SAMPLE_BYTES)
    encoding = find_encoding(path, sample)
    text = sample.decode(encoding, errors="ignore").lstrip("\ufeff")
    if len(sample) == SAMPLE_BYTES:
        text = text[: text.rfind("\n") + 1] or text
    if not text.strip():
        raise FileUnreadable("The file is empty.", "It holds no text at all.", "Export it again and upload that.")
    way = max(_ways(text), key=_regularity)
    rows = [cells for cells, _ in way.records]
    header = find_header(rows)
    width = _usual_width(rows[header.last + 1 :]) or len(header.cells)
    names = unique_names(fitted(header.cells, width))
    lines = way.records[header.last][1] if header.last >= 0 else 0
    return Dialect(encoding, way.separator, way.quote, way.escape, way.is_padded, header.last, lines, names, width)


def find_encoding(path: Path, sample: bytes) -> str:
    """Return the codec of a file: a byte order mark, else UTF-8 where all of it holds, else a Windows code page."""
    for mark, codec in _BYTE_ORDER_MARKS.items():
        if sample.startswith(mark):
            return codec
    if b"\0" in sample or sample.startswith(b"%PDF"):
        raise FileUnreadable(
            "This is not a text file.",
            "It holds binary data although its name ends like a text file's.",
            "Upload the spreadsheet itself (.xlsx), or save it as CSV first.",
        )
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK_BYTES):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        return _code_page(error.object[max(0, error.start - SAMPLE_BYTES) : error.start + SAMPLE_BYTES])
    return "utf-8"


def _code_page(sample: bytes) -> str:
    """Return windows-1256 where most of the high bytes read as Arabic letters in words, else windows-1252."""
    words = re.findall(rb"[\x80-\xff]{3,}", sample)
    arabic = sum(bool(_ARABIC_LETTERS.search(word.decode("windows-1256", errors="ignore"))) for word in words)
    lone = len(re.findall(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])", sample))
    return "windows-1256" if arabic > lone else "windows-1252"


def _ways(text: str) -> list[_Way]:
    """Return the ways in which the sample may be cut, the more usual one first."""
    ways = []
    for separator in SEPARATORS:
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
