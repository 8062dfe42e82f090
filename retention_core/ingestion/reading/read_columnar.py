"""Read Parquet files and JSON lines into Parquet of our own, every cell as text."""

import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from retention_core.errors import FileUnreadable
from retention_core.ingestion.reading.cells import is_plain
from retention_core.ingestion.reading.find_header import unique_names

_ROWS = 50_000


def read_parquet(source: Path, target: Path) -> dict[str, Any]:
    """Write the table of a Parquet file as text to `target`; return what was read, as `read_text` does.

    Rows are numbered from 2, as if the names of the columns were row 1.
    """
    try:
        file = pq.ParquetFile(source)
        return _write(file.schema_arrow.names, file.iter_batches(), target, 2, "a Parquet file")
    except (pa.ArrowInvalid, OSError) as error:
        raise _unreadable("The Parquet file cannot be read.", error) from error


def read_json_lines(source: Path, target: Path) -> dict[str, Any]:
    """Write the records of a file with one JSON object a line as text to `target`; rows are numbered as its lines are.

    An object inside a record gives one column for each of its own, named `outer.inner`; a list stays JSON. Numbers and
    moments keep the letters in which they are written.
    """
    try:
        names: dict[str, None] = {}
        for record in _records(source):
            names |= dict.fromkeys(record)
        return _write(list(names), _batches(source, list(names)), target, 1, "JSON, one object a line")
    except (ValueError, TypeError, UnicodeDecodeError) as error:
        raise _unreadable("The file does not hold one JSON object a line.", error) from error


def _records(source: Path) -> Iterator[dict[str, str]]:
    with source.open(encoding="utf-8-sig") as lines:
        for line in lines:
            if line.strip():
                yield dict(_flat("", json.loads(line, parse_float=str, parse_int=str)))


def _flat(name: str, value: object) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each value of a record, however deep."""
    if isinstance(value, dict):
        for inner, each in value.items():
            yield from _flat(f"{name}.{inner}" if name else str(inner), each)
    elif not name:
        raise TypeError(f"a line holds {str(value)[:40]}, not an object")
    elif value is None or isinstance(value, str):
        yield name, value or ""
    else:
        yield name, json.dumps(value, ensure_ascii=False)


def _batches(source: Path, names: list[str]) -> Iterator[pa.RecordBatch]:
    records = _records(source)
    while rows := list(itertools.islice(records, _ROWS)):
        columns = [pa.array([row.get(name, "") for row in rows], pa.string()) for name in names]
        yield pa.record_batch(columns, names=names)


def _write(
    names: list[str], batches: Iterator[pa.RecordBatch], target: Path, first: int, reading: str
) -> dict[str, Any]:
    header = unique_names(names)
    schema = pa.schema([("row_number", pa.int64()), *((f"c{index}", pa.string()) for index in range(len(header)))])
    plain, count = [True] * len(header), 0
    with pq.ParquetWriter(target, schema, compression="none", use_dictionary=False) as writer:
        for batch in batches:
            columns = [_as_text(column) for column in batch.columns]
            numbers = pa.array(range(first + count, first + count + len(batch)), pa.int64())
            writer.write_batch(pa.record_batch([numbers, *columns], schema=schema))
            plain = [known and is_plain(column) for known, column in zip(plain, columns, strict=True)]
            count += len(batch)
    return {"header": header, "row_count": count, "malformed": [], "plain": plain, "reading": reading}


def _as_text(column: pa.Array) -> pa.Array:
    """Return the values as text, empty where there is none; lists and records as Python writes them."""
    if pa.types.is_nested(column.type) or pa.types.is_dictionary(column.type):
        text = pa.array([None if value is None else str(value) for value in column.to_pylist()], pa.string())
    elif pa.types.is_binary(column.type) or pa.types.is_large_binary(column.type):
        text = pa.array(
            [None if value is None else value.decode("utf-8", "replace") for value in column.to_pylist()], pa.string()
        )
    else:
        text = pc.cast(column, pa.string())
    return pc.fill_null(text, "")


def _unreadable(title: str, error: Exception) -> FileUnreadable:
    return FileUnreadable(title, f"The reader says: {str(error)[:200]}", "Export it again, or save it as CSV.")
