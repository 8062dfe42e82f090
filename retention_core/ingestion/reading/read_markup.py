"""Read tables that programs save as .xls although they are HTML or Excel's XML of 2003."""

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.parsers import expat

from retention_core.errors import FileUnreadable
from retention_core.ingestion.reading.complaint import complaint
from retention_core.ingestion.reading.encodings import SAMPLE_BYTES, UNICODE, encoding_words, find_encoding
from retention_core.ingestion.reading.write_rows import write_rows
from retention_core.words.say import say

_CHUNK_LETTERS = 1 << 20
_LONGEST_SPAN = 1000
_LEAST_ROWS, _LEAST_CELLS = 2, 2
_NAMESPACE = "urn:schemas-microsoft-com:office:spreadsheet "

Rows = list[list[str]]


class _Tables(HTMLParser):
    """Gathers the rows of every table of a page; tables inside a cell are tables of their own."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[Rows] = []
        self._open: list[Rows] = []
        self._cells: list[list[str] | None] = []  # what the open cell of each open table holds
        self._span = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._open.append([])
            self._cells.append(None)
        elif self._open and tag == "tr":
            self._close_cell()
            self._open[-1].append([])
        elif self._open and tag in ("td", "th"):
            self._close_cell()
            span = dict(attrs).get("colspan") or "1"
            self._span = min(int(span), _LONGEST_SPAN) if span.isdecimal() else 1
            self._cells[-1] = []
        elif self._open and tag == "br":
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        if not self._open:
            return
        if tag in ("td", "th", "tr"):
            self._close_cell()
        elif tag == "table":
            self._close_cell()
            self.tables.append(self._open.pop())
            self._cells.pop()

    def handle_data(self, data: str) -> None:
        if self._cells and self._cells[-1] is not None:
            self._cells[-1].append(data)

    def _close_cell(self) -> None:
        parts, self._cells[-1] = self._cells[-1], None
        if parts is not None:
            rows = self._open[-1] or [[]]
            rows[-1] += [" ".join("".join(parts).split()), *[""] * (self._span - 1)]
            self._open[-1] = rows

    def finish(self) -> list[Rows]:
        """Return all tables, those included whose end is missing."""
        while self._open:
            self.handle_endtag("table")
        return self.tables


def read_html(source: Path, target: Path, encoding: str = "") -> list[dict[str, Any]]:
    """Write every table of a page that has rows and columns to Parquet; raise FileUnreadable where there is none."""
    codec = _codec(source, encoding)
    parser = _Tables()
    with source.open(encoding=codec, errors="replace") as file:
        while text := file.read(_CHUNK_LETTERS):
            parser.feed(text)
    parser.close()
    tables = [rows for rows in parser.finish() if _is_table(rows)]
    if not tables:
        raise FileUnreadable(
            say("The file is a web page without a table."),
            say("It is HTML, whatever its name ends with, and holds no table of two rows and two columns."),
            say("Export it again as .xlsx or CSV. If you were asked to sign in when it was saved, do so first."),
        )
    words = say("a table of a web page (HTML, {encoding})", encoding=encoding_words(codec))
    return [
        write_rows(
            rows, target.with_name(f"{target.name}-{n}.parquet"), f"table {n + 1}" if len(tables) > 1 else "", words
        )
        for n, rows in enumerate(tables)
    ]


def _is_table(rows: Rows) -> bool:
    return sum(sum(bool(cell) for cell in row) >= _LEAST_CELLS for row in rows) >= _LEAST_ROWS


def _codec(source: Path, chosen: str) -> str:
    """Return the encoding of a page: by its bytes where it is in Unicode, else the one that was chosen or declared."""
    with source.open("rb") as file:
        sample = file.read(SAMPLE_BYTES)
    found = find_encoding(source, sample, chosen).name
    declared = re.search(rb"charset=[\"']?([\w-]+)", sample[:4096], re.IGNORECASE)
    if found in UNICODE or chosen or not declared:
        return found
    try:
        sample.decode(declared[1].decode(), errors="ignore")
    except LookupError:
        return found
    return declared[1].decode()


class _Sheets:
    """Gathers the sheets of a workbook in Excel's XML of 2003."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, Rows]] = []
        self._place, self._text = 1, list[str]()
        self._is_data = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag, index = name.removeprefix(_NAMESPACE), attributes.get(f"{_NAMESPACE}Index", "")
        if tag == "Worksheet":
            self.sheets.append((attributes.get(f"{_NAMESPACE}Name", ""), []))
        elif tag == "Row" and self.sheets:
            rows = self.sheets[-1][1]
            rows += [[] for _ in range(max(0, _index(index) - 1 - len(rows)))]
            rows.append([])
        elif tag == "Cell" and self.sheets and self.sheets[-1][1]:
            row = self.sheets[-1][1][-1]
            row += [""] * max(0, _index(index) - 1 - len(row))
            row.append("")
            self._place = int(attributes.get(f"{_NAMESPACE}MergeAcross", "0") or 0)
        elif tag == "Data":
            self._is_data, self._text = True, []

    def end(self, name: str) -> None:
        tag = name.removeprefix(_NAMESPACE)
        if not self.sheets or not self.sheets[-1][1]:
            return
        row = self.sheets[-1][1][-1]
        if tag == "Data" and row:
            self._is_data = False
            row[-1] = _moment("".join(self._text))
        elif tag == "Cell":
            row += [""] * min(self._place, _LONGEST_SPAN)

    def data(self, text: str) -> None:
        if self._is_data:
            self._text.append(text)


def _index(text: str) -> int:
    """Return a place as Excel writes it, 0 where there is none; raise ValueError beyond what a sheet can hold."""
    place = int(text or 0)
    if place > 1 << 20:
        raise ValueError(say("a cell stands in place {place}", place=place))
    return place


def _moment(text: str) -> str:
    """Return a moment as other workbooks give it, other text as it stands."""
    found = re.fullmatch(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(\.\d+)?", text)
    return f"{found[1]} {found[2]}" if found else text


def _refuse_declaration(*_: object) -> None:
    raise FileUnreadable(
        say("The workbook declares a document type."),
        say("Ordinary workbooks never do, harmful ones may."),
        say("Save it again from your spreadsheet program as .xlsx and upload that."),
    )


def read_spreadsheet_xml(source: Path, target: Path) -> list[dict[str, Any]]:
    """Write every sheet of a workbook in Excel's XML of 2003 to Parquet; raise FileUnreadable where it is damaged."""
    sheets, parser = _Sheets(), expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = sheets.start, sheets.end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = sheets.data, _refuse_declaration
    try:
        with source.open("rb") as file:
            parser.ParseFile(file)
    except (expat.ExpatError, ValueError) as error:
        raise FileUnreadable(
            say("The workbook cannot be opened."),
            say("It is XML as Excel 2003 writes it, and damaged ({error}).", error=complaint(error)),
            say("Open it in your spreadsheet program, save it again as .xlsx, and upload that."),
        ) from error
    return [
        write_rows(
            rows, target.with_name(f"{target.name}-{n}.parquet"), name, say("a sheet of a workbook (XML of 2003)")
        )
        for n, (name, rows) in enumerate(sheets.sheets)
        if any(any(row) for row in rows)
    ]
