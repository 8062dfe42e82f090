"""Read Parquet files into Parquet of our own, every cell as text."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from retention_core.errors import FileUnreadable
from retention_core.ingestion.reading.cells import is_plain
from retention_core.ingestion.reading.complaint import complaint
from retention_core.ingestion.reading.find_header import unique_names
from retention_core.ingestion.reading.wide import COLUMN_LIMIT, too_wide
from retention_core.words.say import say


def read_parquet(source: Path, target: Path) -> list[dict[str, Any]]:
    """Write the table of a Parquet file as text to `target`; return its one description, as `read_text` does.

    Rows are numbered from 2, as if the names of the columns were row 1.
    """
    try:
        file = pq.ParquetFile(source)
        return [write_batches(file.schema_arrow.names, file.iter_batches(), target, 2, say("a Parquet file"))]
    except (pa.ArrowInvalid, OSError) as error:
        raise FileUnreadable(
            say("The Parquet file cannot be read."),
            say("The reader says: {error}", error=complaint(error)),
            say("Export it again, or save it as CSV."),
        ) from error


def write_batches(
    names: list[str], batches: Iterator[pa.RecordBatch], target: Path, first: int, reading: str, sheet: str = ""
) -> dict[str, Any]:
    """Write batches as text to `target`, rows numbered from `first`; raise FileUnreadable where they are too wide."""
    if len(names) > COLUMN_LIMIT:
        raise too_wide(len(names))
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
    return {
        "sheet": sheet,
        "path": str(target),
        "header": header,
        "row_count": count,
        "malformed": [],
        "plain": plain,
        "reading": reading,
    }


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
