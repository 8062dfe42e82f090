"""Read the sheets of a workbook into Parquet, every cell as text."""

import zipfile
from pathlib import Path
from typing import Any

import fastexcel
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from retention_core.errors import FileUnreadable
from retention_core.ingestion.reading.cells import has_text, is_plain
from retention_core.ingestion.reading.find_header import find_header, unique_names

SHEET_LIMIT = 60
ROW_GROUP = 100_000  # rows that one thread reads at a time
ENTRY_LIMIT = 10_000
UNPACKED_BYTES = 4 << 30
PACKING_RATIO = 300
_ZIP_MAGIC = b"PK\x03\x04"


def read_workbook(source: Path, target: Path) -> list[dict[str, Any]]:
    """Write every sheet that holds a table to a Parquet file beside `target`; return one description per sheet.

    Each has sheet, path, header, row_count, malformed (always empty: a sheet has no rows of another width) and
    reading. Raises FileUnreadable where the workbook is damaged, encrypted, or packed to harm.
    """
    look_into_zip(source)
    try:
        workbook = fastexcel.read_excel(source)
        names = workbook.sheet_names[:SHEET_LIMIT]
        sheets = [_copy(workbook, name, target.with_name(f"{target.stem}-{n}.parquet")) for n, name in enumerate(names)]
    except fastexcel.FastExcelError as error:
        raise FileUnreadable(
            "The workbook cannot be opened.",
            f"It is damaged, was cut off in transfer, or is protected by a password. The reader says: {_first(error)}",
            "Open it in your spreadsheet program, save it again as .xlsx, and upload that.",
        ) from error
    return [sheet for sheet in sheets if sheet["row_count"]]


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
                    "The workbook is packed in a way no ordinary workbook is.",
                    f"It has {len(entries):,} parts and unpacks from {packed:,} to {unpacked:,} bytes.",
                    "Open it in your spreadsheet program and save only the sheet with the data, or save it as CSV.",
                )
            for entry in entries:
                with archive.open(entry) as part:
                    if b"<!DOCTYPE" in part.read(2048):
                        raise FileUnreadable(
                            "The workbook declares a document type.",
                            f"Its part {entry.filename} does so; ordinary workbooks never do, harmful ones may.",
                            "Save it again from your spreadsheet program and upload that.",
                        )
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise FileUnreadable(
            "The workbook is incomplete.",
            f"Its end is missing or damaged, as after a broken-off download ({error}).",
            "Fetch or save the file again and upload that.",
        ) from error


def _copy(workbook: fastexcel.ExcelReader, name: str, path: Path) -> dict[str, Any]:
    sheet = workbook.load_sheet(name, header_row=None, skip_rows=0, dtypes="string").to_arrow()
    columns = [pc.fill_null(column, "") for column in sheet.columns]
    top = [[column[row].as_py() for column in columns] for row in range(min(200, sheet.num_rows))]
    found = find_header(top)
    header_row = found.last if top else 0
    header = unique_names(found.cells or [""] * len(columns)) if top else ()
    numbers = pa.array(range(header_row + 2, max(sheet.num_rows, header_row + 1) + 1), pa.int64())
    body = pa.table(
        [numbers, *(column.slice(header_row + 1) for column in columns)],
        names=["row_number", *(f"c{index}" for index in range(len(columns)))],
    )
    body = body.filter(has_text(body.columns[1:])) if columns else body
    pq.write_table(body, path, compression="snappy", use_dictionary=False, row_group_size=ROW_GROUP)
    return {
        "sheet": name,
        "path": str(path),
        "header": header,
        "row_count": len(body),
        "malformed": [],
        "reading": "a sheet of a workbook",
        "plain": [is_plain(column) for column in body.columns[1:]],
    }


def _first(error: Exception) -> str:
    return str(error).splitlines()[0][:200]
