"""Read a delimited text file into Parquet, every cell as text, every record accounted for."""

import csv
import io
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from retention_core.errors import FileUnreadable
from retention_core.ingestion.reading.cells import has_text, is_plain
from retention_core.ingestion.reading.complaint import complaint
from retention_core.ingestion.reading.csv_dialect import find_dialect
from retention_core.ingestion.reading.dialect import Dialect
from retention_core.ingestion.reading.mend_records import Mender, has_doubtful_quotes, mend_lines
from retention_core.ingestion.reading.repeated_header import listed_repeats, repeated_words, repeats_header
from retention_core.ingestion.reading.usual_form import in_usual_form, without_nul
from retention_core.ingestion.reading.wide import COLUMN_LIMIT, kept_columns, too_wide
from retention_core.words.lists import in_turn
from retention_core.words.say import counted, say

MALFORMED_LIMIT = 200_000
_BLOCK_BYTES = 8 << 20
_SAMPLE_LINES = 2000
_FEW, _FEW_SHARE = 3, 0.1
_SAMPLE_CELLS = 4_000_000

MalformedRecord = tuple[int, str, str]  # its number in the file, its text, the reason


@dataclass
class _Copied:
    """What has been copied so far: records written, records of another width, and which columns are plain.

    kept: the columns of the file that are written. repeats: records that are listed because they repeat the header.
    """

    row_count: int
    malformed: list[MalformedRecord]
    plain: list[bool]
    kept: list[int]
    repeats: list[MalformedRecord] = field(default_factory=list)
    mended: int = 0


def read_text(source: Path, target: Path, encoding: str = "") -> dict[str, Any]:
    """Write the table of `source` to the Parquet file `target` and return what was read.

    encoding: the code page that a person chose, empty to find it. Returns header, row_count, malformed (records of
    another width, as row number, text and reason), plain (see `cells.is_plain`, one per column), reading, encodings
    (the chosen one, then those that fit as well) and encoding_samples (cells that these read differently). Blank lines
    are no records; the header is listed where it is repeated. Raises FileUnreadable where the text cannot be cut into
    records.
    """
    dialect = find_dialect(source, encoding)
    found = dialect
    try:
        if dialect.has_nul:
            source = without_nul(source, target.with_suffix(".nul"))
        if not dialect.is_usual:
            source, dialect = in_usual_form(source, target.with_suffix(".tsv"), dialect)
        sample, count = _sample(source, dialect), 0
        kept = kept_columns(dialect.header_record, _empty(sample, len(dialect.header)))
        mender = Mender(dialect.separator, len(dialect.header), sample)
        if has_doubtful_quotes(source, dialect):
            count = mend_lines(source, target.with_suffix(".csv"), dialect, mender)
            source, dialect = target.with_suffix(".csv"), replace(dialect, encoding="utf-8")
        copied = _copy(source, target, dialect, mender, kept, parallel=True)
        if copied.malformed:  # only one thread knows the numbers of the records it refuses
            copied = _copy(source, target, dialect, mender, kept, parallel=False)
    except (pa.ArrowInvalid, UnicodeError) as error:
        raise _uncut(found, error) from error
    return {
        "header": [dialect.header[index] for index in kept],
        "reading": in_turn([found.words, *_mended_words(count + copied.mended), *repeated_words(len(copied.repeats))]),
        "encodings": (found.encoding, *found.rivals),
        "encoding_samples": found.samples,
        **_told(copied),
    }


def _uncut(dialect: Dialect, error: Exception) -> FileUnreadable:
    return FileUnreadable(
        say("The file cannot be cut into rows."),
        say("It was read as {reading}. The reader says: {error}", reading=dialect.words, error=complaint(error, 300)),
        say("Open it in a spreadsheet, save it as .xlsx or as CSV (UTF-8), and upload that."),
    )


def _copy(source: Path, target: Path, dialect: Dialect, mender: Mender, kept: list[int], *, parallel: bool) -> _Copied:
    """Copy the records to Parquet, every cell as text; those of another width are mended at the end or listed."""
    copied = _Copied(0, [], [True] * len(kept), kept)

    def refuse(row: Any) -> str:
        text, reason = row.text, _of_another_width(row.actual_columns, len(dialect.header))
        if row.actual_columns == 1 and text.startswith('"'):
            text, reason = next(csv.reader([text]))[0], say("a quote stands where none should, or one is missing")
        copied.malformed.append((row.number or 0, text, reason))
        return "skip" if len(copied.malformed) <= MALFORMED_LIMIT else "error"

    number = dialect.header_row + 2
    # nothing is ever looked up by the bounds of a text, and to find them is a third of the writing
    with pq.ParquetWriter(
        target, _schema(copied), compression="none", use_dictionary=False, write_statistics=["row_number"]
    ) as writer:
        for batch in _open(source, dialect, refuse, parallel):
            numbers = _free_numbers(number, len(batch), {row[0] for row in copied.malformed})
            number = int(numbers[-1]) + 1 if len(numbers) else number
            _write(writer, dialect, copied, pa.array(numbers), batch.columns)
        if not parallel:
            _mend(writer, dialect, mender, copied)
    return copied


def _write(
    writer: pq.ParquetWriter, dialect: Dialect, copied: _Copied, numbers: pa.Array, columns: list[pa.Array]
) -> None:
    """Write records that hold something, empty cells filled in up to the width of the table."""
    missing = len(dialect.header) - len(columns)
    columns = [*columns, *[pa.array([""] * len(numbers), pa.string())] * missing]
    filled, again = has_text(columns), repeats_header(columns, dialect.header_record)
    if again is not None:
        copied.repeats += listed_repeats(numbers, columns, again)
        filled = pc.and_not(filled, again)
    rows = pa.record_batch([numbers, *_kept(columns, copied.kept)], schema=_schema(copied))
    rows = rows if pc.all(filled).as_py() else rows.filter(filled)
    writer.write_batch(rows)
    copied.row_count += len(rows)
    copied.plain = [known and is_plain(column) for known, column in zip(copied.plain, rows.columns[1:], strict=True)]


def _kept(columns: list[pa.Array], kept: list[int]) -> list[pa.Array]:
    """Return the columns that are written; raise FileUnreadable where one of the others holds something after all."""
    if len(kept) == len(columns):
        return columns
    if any(pc.any(pc.not_equal(columns[index], "")).as_py() for index in set(range(len(columns))) - set(kept)):
        raise too_wide(len(columns))
    return [columns[index] for index in kept]


def _empty(sample: list[list[str]], width: int) -> list[bool]:
    """Tell for each column whether the sample holds nothing in it."""
    if width <= COLUMN_LIMIT:
        return [False] * width
    filled = {index for record in sample for index, cell in enumerate(record) if cell.strip()}
    return [index not in filled for index in range(width)]


def _mend(writer: pq.ParquetWriter, dialect: Dialect, mender: Mender, copied: _Copied) -> None:
    """Write those records of another width that can be read in one way only; the others stay listed.

    Too many cells, all surplus ones empty and at the end: they are cut off. Fewer cells than columns in a file that
    leaves empty cells at the end of records out: they are filled in. Else the mender decides.
    """
    width, leaves_out = len(dialect.header), dialect.record_width < len(dialect.header)
    few = len(copied.malformed) <= max(_FEW, _FEW_SHARE * copied.row_count)  # else it is another table, not a slip
    mended, listed = [], []
    for number, text, reason in copied.malformed:
        cells = next(csv.reader(io.StringIO(text), delimiter=dialect.separator), [])
        if len(cells) > width and not any(cells[width:]) and mender.suits(cells[:width]):
            mended.append((number, cells[:width]))
        elif leaves_out and len(cells) <= width:
            mended.append((number, [*cells, *[""] * (width - len(cells))]))
        elif few and (better := mender.read(text)):
            mended.append((number, better))
        else:
            listed.append((number, text, reason))
    if mended:
        columns = [pa.array([cells[index] for _, cells in mended], pa.string()) for index in range(width)]
        _write(writer, dialect, copied, pa.array([number for number, _ in mended], pa.int64()), columns)
    copied.malformed, copied.mended = listed, len(mended)


def _told(copied: _Copied) -> dict[str, Any]:
    return {
        "row_count": copied.row_count,
        "malformed": sorted([*copied.malformed, *copied.repeats]),
        "plain": copied.plain,
    }


@lru_cache(maxsize=256)
def _of_another_width(cells: int, columns: int) -> str:
    return say("the row has {cells} cells, the header has {columns}", cells=cells, columns=columns)


def _mended_words(count: int) -> list[str]:
    """Return what is said of so many mended records."""
    if not count:
        return []
    return [
        counted(
            "{n} row with a mark too many or too few mended in the only way that fits",
            "{n} rows with a mark too many or too few mended in the only way that fits",
            count,
        )
    ]


def _schema(copied: _Copied) -> pa.Schema:
    names = [f"c{index}" for index in range(len(copied.kept))]
    return pa.schema([("row_number", pa.int64()), *((name, pa.string()) for name in names)])


def _free_numbers(first: int, count: int, taken: set[int]) -> np.ndarray:
    """Return the next `count` record numbers from `first` that no malformed record has."""
    numbers = np.arange(first, first + count + len(taken), dtype=np.int64)
    return numbers[~np.isin(numbers, list(taken))][:count] if taken else numbers[:count]


def _open(source: Path, dialect: Dialect, refuse: Any, parallel: bool) -> Iterator[pa.RecordBatch]:
    names = [f"c{index}" for index in range(dialect.record_width)]
    codec = "utf8" if dialect.encoding in ("utf-8", "utf-8-sig") else dialect.encoding
    batches: Iterator[pa.RecordBatch] = pacsv.open_csv(
        source,
        pacsv.ReadOptions(
            use_threads=parallel,
            block_size=_BLOCK_BYTES,
            column_names=names,
            skip_rows=dialect.header_lines,
            encoding=codec,
        ),
        pacsv.ParseOptions(
            delimiter=dialect.separator,
            newlines_in_values=True,
            ignore_empty_lines=False,
            invalid_row_handler=refuse,
        ),
        pacsv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False),
    )
    return batches


def _sample(source: Path, dialect: Dialect) -> list[list[str]]:
    """Return the first records of a file in usual form, without its header."""
    last = dialect.header_lines + min(_SAMPLE_LINES, _SAMPLE_CELLS // max(1, len(dialect.header)))
    with source.open(encoding=dialect.encoding, newline="") as lines:
        records = csv.reader(itertools.islice(lines, dialect.header_lines, last), delimiter=dialect.separator)
        try:
            return list(records)
        except csv.Error:
            return []
