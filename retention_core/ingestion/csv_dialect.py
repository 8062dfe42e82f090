"""How a text file is cut into cells: encoding, separator, and the row of the header."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from retention_core.errors import FileUnreadable

SAMPLE_BYTES = 1 << 20
_CHUNK_BYTES = 16 << 20
_RECORDS = 2000
SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe", " ": "white space"}
_BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_LETTER = re.compile(r"[^\W\d_]")
_ARABIC_LETTERS = re.compile(r"[\u0600-\u06ff]")


@dataclass(frozen=True)
class Dialect:
    """How one file is cut into cells.

    encoding: a Python codec. separator: one character; a space stands for any run of white space. escape: the letter
    that goes before a quote inside quotes, empty where quotes are doubled. header_row: records before the header,
    -1 where there is none.
    header_lines: lines up to and with the header, whose cells may hold line breaks. header: one distinct name per
    column. record_width: cells of the usual record; fewer than columns where empty cells at the end are left out.
    """

    encoding: str
    separator: str
    escape: str
    header_row: int
    header_lines: int
    header: tuple[str, ...]
    record_width: int

    @property
    def words(self) -> str:
        """The dialect as shown to people."""
        return f"text ({self.encoding}), cells separated by {SEPARATORS[self.separator]}"


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
    ways = [(separator, "", _records(text, separator)) for separator in SEPARATORS]
    if '\\"' in text:
        ways += [(separator, "\\", _records(text, separator, "\\")) for separator in SEPARATORS if separator != " "]
    separator, escape, records = max(ways, key=lambda way: _regularity(way[0], way[2]))
    header_row = find_header([cells for cells, _ in records])
    header, header_lines = records[header_row] if header_row >= 0 else ([], 0)
    width = _usual_width([cells for cells, _ in records[header_row + 1 :]]) or len(header)
    names = unique_names(_fitted(header, width))
    return Dialect(encoding, separator, escape, header_row, header_lines, names, width)


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


def find_header(records: Sequence[Sequence[str]]) -> int:
    """Return the index of the first record that is as full as the table is wide; -1 where the table has no header.

    A record without a single letter, followed by others, is data: numbers, dates and codes are no names of columns.
    """
    filled = [sum(bool(cell.strip()) for cell in record) for record in records[:200]]
    usual = Counter(count for count in filled if count > 0).most_common(1)[0][0] if any(filled) else 0
    wide_enough = max(2, usual * 0.8) if usual > 1 else 1
    found = next((index for index, count in enumerate(filled[:40]) if count >= wide_enough), 0)
    is_data = len(records) > found + 1 and filled[found] > 1 and not _LETTER.search(" ".join(records[found]))
    return -1 if is_data and found == 0 else found


def unique_names(cells: Sequence[str]) -> tuple[str, ...]:
    """Return one distinct name per column: blanks are numbered, repeats get a count."""
    seen: Counter[str] = Counter()
    names = []
    for index, cell in enumerate(cells):
        name = " ".join(cell.split()) or f"column {index + 1}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(names)


def _records(text: str, separator: str, escape: str = "") -> list[tuple[list[str], int]]:
    """Cut the sample into records, each with the number of the line on which it ends."""
    if separator == " ":
        return [(line.split(), number) for number, line in enumerate(text.splitlines()[:_RECORDS], start=1)]
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=separator, escapechar=escape or None, doublequote=not escape
    )
    try:
        return [(record, reader.line_num) for record, _ in zip(reader, range(_RECORDS), strict=False)]
    except csv.Error:
        return [([line], number) for number, line in enumerate(text.splitlines()[:_RECORDS], start=1)]


def _regularity(separator: str, records: list[tuple[list[str], int]]) -> float:
    """Score a separator: the share of records with the usual width, weighed by how much it cuts.

    White space cuts any prose, so it counts only where nearly every line has the same number of cells.
    """
    widths = Counter(len(record) for record, _ in records if record)
    if not widths:
        return 0.0
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    share = count / sum(widths.values())
    if width < 2 or (separator == " " and share < 0.98):
        return 0.0
    return share * (1 - 1 / width) * (0.5 if separator == " " else 1)


def _usual_width(records: Sequence[Sequence[str]]) -> int:
    """Return how many cells most records have; 0 where there is none."""
    widths = Counter(len(record) for record in records if any(cell.strip() for cell in record))
    return widths.most_common(1)[0][0] if widths else 0


def _fitted(header: Sequence[str], width: int) -> list[str]:
    """Return the header with blank names for cells beyond it, and without blank ones that no record fills."""
    blanks = [index for index, cell in enumerate(header) if not cell.strip()]
    surplus = set(blanks[: max(0, len(header) - width)]) if len(header) - width <= len(blanks) else set()
    kept = [cell for index, cell in enumerate(header) if index not in surplus]
    return [*kept, *[""] * (width - len(kept))]
