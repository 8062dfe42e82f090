"""Read the sheets of a workbook into Parquet, every cell as text."""

import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import fastexcel
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from retention_core.errors import FileUnreadable
from retention_core.ingestion.reading.cells import has_text, is_plain
from retention_core.ingestion.reading.content import workbook_ending
from retention_core.ingestion.reading.find_header import Header, find_header, unique_names
from retention_core.ingestion.reading.formulas import formulas_without_value
from retention_core.ingestion.reading.repeated_header import listed_repeats, repeated_words, repeats_header
from retention_core.ingestion.reading.wide import kept_columns
from retention_core.words.lists import in_turn, listed, quoted
from retention_core.words.say import counted, say

SHEET_LIMIT = 250
ROW_GROUP = 100_000  # rows that one thread reads at a time
ENTRY_LIMIT = 10_000
UNPACKED_BYTES = 4 << 30
PACKING_RATIO = 300
_LOOKED_AT = 200  # rows among which the header is looked for
_NAMED = 5  # sheets left out that are named
_SAME = {".xlsx": (".xlsx", ".xlsm")}
_ERRORS = {
    "Div0": "#DIV/0!",
    "NA": "#N/A",
    "Name": "#NAME?",
    "Null": "#NULL!",
    "Num": "#NUM!",
    "Ref": "#REF!",
    "Value": "#VALUE!",
    "GettingData": "#GETTING_DATA",
}
_ZIP_MAGIC = b"PK\x03\x04"


def read_workbook(source: Path, target: Path) -> list[dict[str, Any]]:
    """Write every sheet that holds a table to a Parquet file beside `target`; return one description per sheet.

    Each has sheet, path, header, row_count, malformed (rows that repeat the header: a sheet has none of another width), plain and
    reading. Cells with an error (#DIV/0!) hold its name; formulas that were never worked out are counted. Raises
    FileUnreadable where the workbook is damaged, encrypted, or packed to harm.
    """
    look_into_zip(source)
    source = _rightly_named(source, target)
    empty = formulas_without_value(source)
    try:
        workbook = fastexcel.read_excel(source)
        names, left_out = workbook.sheet_names[:SHEET_LIMIT], workbook.sheet_names[SHEET_LIMIT:]
        sheets = [
            _copy(
                workbook, name, target.with_name(f"{target.stem}-{n}.parquet"), _remarks(empty.get(name, 0), left_out)
            )
            for n, name in enumerate(names)
        ]
    except fastexcel.FastExcelError as error:
        raise FileUnreadable(
            say("The workbook cannot be opened."),
            say(
                "It is damaged, was cut off in transfer, or is protected by a password. The reader says: {error}",
                error=_first(error),
            ),
            say("Open it in your spreadsheet program, save it again as .xlsx, and upload that."),
        ) from error
    return [sheet for sheet in sheets if sheet["row_count"]]


def _rightly_named(source: Path, target: Path) -> Path:
    """Return the path of the workbook under the ending of its kind, by which the reader goes."""
    ending = workbook_ending(source)
    if source.suffix.lower() in _SAME.get(ending, (ending,)):
        return source
    link = target.with_name(f"{target.name}-workbook{ending}")
    link.symlink_to(source.resolve())
    return link


def look_into_zip(source: Path) -> None:
    """Refuse a zipped workbook whose parts are too many, too large, packed too tightly, or declare entities."""
    with source.open("rb") as file:
        if file.read(4) != _ZIP_MAGIC:
            return
    try:
        with zipfile.ZipFile(source) as archive:
            entries = archive.infolist()
            unpacked = sum(entry.file_size for entry in entries)
            packed = max(1, sum(entry.compress_size for entry in entries))
            if len(entries) > ENTRY_LIMIT or unpacked > UNPACKED_BYTES or unpacked / packed > PACKING_RATIO:
                raise FileUnreadable(
                    say("The workbook is packed in a way no ordinary workbook is."),
                    say(
                        "It has {parts} parts and unpacks from {packed} to {unpacked} bytes.",
                        parts=len(entries),
                        packed=packed,
                        unpacked=unpacked,
                    ),
                    say(
                        "Open it in your spreadsheet program and save only the sheet with the data, or save it as CSV."
                    ),
                )
            for entry in entries:
                with archive.open(entry) as part:
                    if b"<!DOCTYPE" in part.read(2048):
                        raise FileUnreadable(
                            say("The workbook declares a document type."),
                            say(
                                "Its part {part} does so; ordinary workbooks never do, harmful ones may.",
                                part=entry.filename,
                            ),
                            say("Save it again from your spreadsheet program and upload that."),
                        )
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise FileUnreadable(
            say("The workbook is incomplete."),
            say("Its end is missing or damaged, as after a broken-off download ({error}).", error=str(error)),
            say("Fetch or save the file again and upload that."),
        ) from error


def _copy(workbook: fastexcel.ExcelReader, name: str, path: Path, remarks: Sequence[str]) -> dict[str, Any]:
    columns = _cells(workbook.load_sheet(name, header_row=None, skip_rows=0, dtypes="string"))
    height = len(columns[0]) if columns else 0
    top = [[column[row].as_py() for column in columns] for row in range(min(_LOOKED_AT, height))]
    found = find_header(top)
    header_row = found.last if top else 0
    header = _names(top, found) if top else []
    body = [column.slice(header_row + 1) for column in columns]
    kept = kept_columns(header, [not pc.any(pc.not_equal(column, "")).as_py() for column in body])
    body = [body[index] for index in kept]
    numbers = pa.array(range(header_row + 2, max(height, header_row + 1) + 1), pa.int64())
    rows = pa.table([numbers, *body], names=["row_number", *(f"c{index}" for index in range(len(kept)))])
    is_row, repeats = has_text(body) if body else None, list[tuple[int, str, str]]()
    if is_row is not None and (again := repeats_header(body, [header[index] for index in kept])) is not None:
        is_row, repeats = pc.and_not(is_row, again), listed_repeats(numbers, body, again)
    rows = rows.filter(is_row) if is_row is not None else rows
    pq.write_table(rows, path, compression="snappy", use_dictionary=False, row_group_size=ROW_GROUP)
    names = unique_names(header)
    return {
        "sheet": name,
        "path": str(path),
        "header": [names[index] for index in kept],
        "row_count": len(rows),
        "malformed": repeats,
        "reading": in_turn([say("a sheet of a workbook"), *repeated_words(len(repeats)), *remarks]),
        "plain": [is_plain(column) for column in rows.columns[1:]],
    }


def _cells(sheet: fastexcel.ExcelSheet) -> list[pa.Array]:
    """Return the columns of a sheet as text, cells with an error as its name."""
    batch, failed = sheet.to_arrow_with_errors()
    columns = [pc.fill_null(column, "") for column in batch.columns]
    by_column: dict[int, dict[int, str]] = {}
    for error in failed.errors if failed else ():
        row, column = error.offset_position
        found = re.search(r"Error\((\w+)\)", error.detail)
        by_column.setdefault(column, {})[row] = _ERRORS.get(found[1] if found else "", "#ERROR!")
    for column, errors in by_column.items():
        mask = np.zeros(len(columns[column]), bool)
        mask[list(errors)] = True
        names = pa.array([errors[row] for row in sorted(errors)], pa.string())
        columns[column] = pc.replace_with_mask(columns[column], pa.array(mask), names)
    return columns


def _names(top: Sequence[Sequence[str]], found: Header) -> list[str]:
    """Return the names of the columns, blank where they have none; a row above the first record may hold some."""
    if found.cells or found.last < 0:
        return list(found.cells) or [""] * len(top[0])
    above = list(top[found.last])
    return above if sum(bool(cell.strip()) for cell in above) > 1 else [""] * len(above)


def _remarks(empty_formulas: int, left_out: Sequence[str]) -> list[str]:
    said = list[str]()
    if empty_formulas:
        said.append(
            counted(
                "{n} formula has no stored value and was read as empty",
                "{n} formulas have no stored value and were read as empty",
                empty_formulas,
            )
        )
    if left_out:
        names = listed([quoted(name) for name in left_out[:_NAMED]])
        said.append(
            counted(
                "{n} sheet after the first {limit} was not read: {names}",
                "{n} sheets after the first {limit} were not read: {names}",
                len(left_out),
                limit=SHEET_LIMIT,
                names=names if len(left_out) <= _NAMED else say("{names} …", names=names),
            )
        )
    return said


def _first(error: Exception) -> str:
    return str(error).splitlines()[0][:200]
