"""Nothing of a workbook vanishes without a word: sheets, errors, formulas that were never worked out."""

import zipfile

import pyarrow.parquet as pq
import xlsxwriter

from retention_core.ingestion.reading.read_file import read_file
from retention_core.ingestion.reading.read_workbook import SHEET_LIMIT
from tests.core.ingestion.files import workbook


def test_more_sheets_than_sixty_are_read(tmp_path) -> None:
    sheets = {f"S{n}": [["customer", "date"], [f"C{n}", "2026-01-05"]] for n in range(70)}
    tables = read_file(workbook(tmp_path, sheets), tmp_path)
    assert [table.sheet for table in tables] == list(sheets)


def test_sheets_beyond_the_limit_are_named(tmp_path) -> None:
    sheets = {f"S{n}": [["customer", "date"], [f"C{n}", "2026-01-05"]] for n in range(SHEET_LIMIT + 2)}
    tables = read_file(workbook(tmp_path, sheets), tmp_path)
    assert len(tables) == SHEET_LIMIT
    assert f"“S{SHEET_LIMIT}”, “S{SHEET_LIMIT + 1}”" in tables[0].reading


def test_cells_with_an_error_arrive_as_its_name(tmp_path) -> None:
    path = tmp_path / "errors.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("A")
        sheet.write_row(0, 0, ["customer", "amount"])
        sheet.write_row(1, 0, ["A", 5])
        for row, error in enumerate(["#DIV/0!", "#N/A", "#REF!", "#NAME?", "#VALUE!", "#NUM!", "#NULL!"], start=2):
            sheet.write_formula(row, 1, "=1/0", None, error)
        sheet.write_row(9, 0, ["B", 6])
    (table,) = read_file(path, tmp_path)
    amounts = pq.read_table(table.path)["c1"].to_pylist()
    assert amounts == ["5", "#DIV/0!", "#N/A", "#REF!", "#NAME?", "#VALUE!", "#NUM!", "#NULL!", "6"]


def test_formulas_without_a_stored_value_are_counted(tmp_path) -> None:
    path = workbook(tmp_path, {"Möbel & Co": [["customer", "amount"], ["A", "=1+1"], ["B", "=2+2"], ["C", 3]]})
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    part = "xl/worksheets/sheet1.xml"
    parts[part] = parts[part].replace(b"<v>0</v></c><c", b"</c><c").replace(b"</f><v>0</v>", b"</f><v></v>")
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    (table,) = read_file(path, tmp_path)
    assert "2 formulas have no stored value" in table.reading
    (whole,) = read_file(workbook(tmp_path, {"A": [["a", "b"], ["A", "=1+1"], ["B", 5]]}, "whole.xlsx"), tmp_path)
    assert "formula" not in whole.reading
