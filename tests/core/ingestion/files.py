"""Files made by tests."""

import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import xlsxwriter


def csv_file(folder: Path, text: str, name: str = "orders.csv", encoding: str = "utf-8") -> Path:
    """Write text to a file."""
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def workbook(folder: Path, sheets: Mapping[str, Sequence[Sequence[object]]], name: str = "orders.xlsx") -> Path:
    """Write sheets of rows to a workbook."""
    path = folder / name
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd hh:mm"}) as book:
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def workbook_with_far_cell(folder: Path) -> Path:
    """Write a legal workbook of a kilobyte whose only cells lie at opposite corners of the sheet."""
    path = workbook(folder, {"Sheet1": [["customer"]]}, "far.xlsx")
    return _rewritten(
        path,
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(
            b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row></sheetData>'
        ),
    )


def workbook_with_entities(folder: Path) -> Path:
    """Write a workbook whose sheet declares a document type."""
    path = workbook(folder, {"Sheet1": [["customer"]]}, "entities.xlsx")
    return _rewritten(
        path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"?>", b'?><!DOCTYPE a [<!ENTITY b "bbbb">]>', 1)
    )


def zip_bomb(folder: Path, megabytes: int = 400) -> Path:
    """Write a workbook whose one part unpacks to a multiple of its size."""
    path = folder / "bomb.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w") as part,
    ):
        for _ in range(megabytes):
            part.write(b" " * (1 << 20))
    return path


def _rewritten(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts[part])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path
