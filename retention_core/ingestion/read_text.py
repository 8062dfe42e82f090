"""Read a delimited text file into Parquet, every cell as text, every record accounted for."""

import csv
import io
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from retention_core.errors import FileUnreadable
from retention_core.ingestion.cells import has_text, is_plain
from retention_core.ingestion.csv_dialect import Dialect, find_dialect

MALFORMED_LIMIT = 200_000
_BLOCK_BYTES = 8 << 20

MalformedRecord = tuple[int, str, str]  # its number in the file, its text, the reason


@dataclass
class _Copied:
    """What has been copied so far: records written, records of another width, and which columns are plain."""

    row_count: int
    malformed: list[MalformedRecord]
    plain: list[bool]


def read_text(source: Path, target: Path) -> dict[str, Any]:
    """Write the table of `source` to the Parquet file `target` and return what was read.

    Returns header, row_count, malformed (records of another width, as row number, text and reason), plain (see
    `cells.is_plain`, one per column) and reading. Blank lines are no records. Raises FileUnreadable where the text
    cannot be cut into records.
    """
    dialect = find_dialect(source)
    if dialect.separator == " ":
        source = _with_tabs(source, target.with_suffix(".tsv"), dialect)
    try:
        copied = _copy(source, target, dialect, parallel=True)
        if copied.malformed:  # only one thread knows the numbers of the records it refuses
            copied = _copy(source, target, dialect, parallel=False)
    except (pa.ArrowInvalid, UnicodeError) as error:
        raise FileUnreadable(
            "The file cannot be cut into rows.",
            f"It was read as {dialect.words}. The reader says: {str(error)[:300]}",
            "Open it in a spreadsheet, save it as .xlsx or as CSV (UTF-8), and upload that.",
        ) from error
    return {"header": dialect.header, "reading": dialect.words, **asdict(copied)}


def _copy(source: Path, target: Path, dialect: Dialect, parallel: bool) -> _Copied:
    """Copy the records to Parquet, every cell as text; those of another width are mended at the end or listed."""
    copied = _Copied(0, [], [True] * len(dialect.header))

    def refuse(row: Any) -> str:
        reason = f"the row has {row.actual_columns} cells, the header has {len(dialect.header)}"
        copied.malformed.append((row.number or 0, row.text, reason))
        return "skip" if len(copied.malformed) <= MALFORMED_LIMIT else "error"

    number = dialect.header_row + 2
    with pq.ParquetWriter(target, _schema(dialect), compression="none", use_dictionary=False) as writer:
        for batch in _open(source, dialect, refuse, parallel):
            numbers = _free_numbers(number, len(batch), {row[0] for row in copied.malformed})
            number = int(numbers[-1]) + 1 if len(numbers) else number
            _write(writer, dialect, copied, pa.array(numbers), batch.columns)
        if not parallel:
            _mend(writer, dialect, copied)
    return copied


def _write(writer: pq.ParquetWriter, dialect: Dialect, copied: _Copied, numbers: pa.Array, columns: list) -> None:
    """Write records that hold something, empty cells filled in up to the width of the table."""
    missing = len(dialect.header) - len(columns)
    columns = [*columns, *[pa.array([""] * len(numbers), pa.string())] * missing]
    rows, filled = pa.record_batch([numbers, *columns], schema=_schema(dialect)), has_text(columns)
    rows = rows if pc.all(filled).as_py() else rows.filter(filled)
    writer.write_batch(rows)
    copied.row_count += len(rows)
    copied.plain = [known and is_plain(column) for known, column in zip(copied.plain, rows.columns[1:], strict=True)]


def _mend(writer: pq.ParquetWriter, dialect: Dialect, copied: _Copied) -> None:
    """Write those records of another width that can be read in one way only; the others stay listed.

    Too many cells, all surplus ones empty and at the end: they are cut off. Fewer cells than columns in a file that
    leaves empty cells at the end of records out: they are filled in.
    """
    width, leaves_out = len(dialect.header), dialect.record_width < len(dialect.header)
    mended, listed = [], []
    for number, text, reason in copied.malformed:
        cells = _cells(text, dialect)
        if len(cells) > width and not any(cells[width:]):
            mended.append((number, cells[:width]))
        elif leaves_out and len(cells) <= width:
            mended.append((number, [*cells, *[""] * (width - len(cells))]))
        else:
            listed.append((number, text, reason))
    if mended:
        columns = [pa.array([cells[index] for _, cells in mended], pa.string()) for index in range(width)]
        _write(writer, dialect, copied, pa.array([number for number, _ in mended], pa.int64()), columns)
    copied.malformed = listed


def _cells(text: str, dialect: Dialect) -> list[str]:
    """Return the cells of the text of one record."""
    separator = "\t" if dialect.separator == " " else dialect.separator
    escape = dialect.escape or None
    return next(csv.reader(io.StringIO(text), delimiter=separator, escapechar=escape, doublequote=not escape), [])


def _schema(dialect: Dialect) -> pa.Schema:
    names = [f"c{index}" for index in range(len(dialect.header))]
    return pa.schema([("row_number", pa.int64()), *((name, pa.string()) for name in names)])


def _free_numbers(first: int, count: int, taken: set[int]) -> np.ndarray:
    """Return the next `count` record numbers from `first` that no malformed record has."""
    numbers = np.arange(first, first + count + len(taken), dtype=np.int64)
    return numbers[~np.isin(numbers, list(taken))][:count] if taken else numbers[:count]


def _open(source: Path, dialect: Dialect, refuse: Any, parallel: bool) -> Iterator[pa.RecordBatch]:
    names = [f"c{index}" for index in range(dialect.record_width)]
    codec = "utf8" if dialect.encoding in ("utf-8", "utf-8-sig") else dialect.encoding
    return pacsv.open_csv(
        source,
        pacsv.ReadOptions(
            use_threads=parallel,
            block_size=_BLOCK_BYTES,
            column_names=names,
            skip_rows=dialect.header_lines,
            encoding=codec,
        ),
        pacsv.ParseOptions(
            delimiter="\t" if dialect.separator == " " else dialect.separator,
            escape_char=dialect.escape or False,
            double_quote=not dialect.escape,
            newlines_in_values=True,
            ignore_empty_lines=False,
            invalid_row_handler=refuse,
        ),
        pacsv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False),
    )


def _with_tabs(source: Path, target: Path, dialect: Dialect) -> Path:
    """Rewrite a file whose cells are separated by runs of white space, one tab between cells."""
    with source.open(encoding=dialect.encoding) as lines, target.open("w", encoding=dialect.encoding) as out:
        writer = csv.writer(out, delimiter="\t", lineterminator="\n")
        writer.writerows(line.split() for line in lines)
    return target
