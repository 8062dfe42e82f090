"""Write rows of text that are in memory to Parquet, under the header found among them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from retention_core.ingestion.reading.cells import has_text, is_plain
from retention_core.ingestion.reading.find_header import find_header, unique_names
from retention_core.ingestion.reading.wide import kept_columns

_LOOKED_AT = 200  # rows among which the header is looked for


def write_rows(rows: Sequence[Sequence[str]], target: Path, sheet: str, reading: str) -> dict[str, Any]:
    """Write a table whose first rows hold its header to `target`; return its description, as `read_text` does."""
    width = max(map(len, rows), default=0)
    full = [[*row, *[""] * (width - len(row))] for row in rows]
    header = find_header(full[:_LOOKED_AT])
    names = list(header.cells) or [""] * width
    body = [[row[index] for row in full[header.last + 1 :]] for index in range(width)]
    kept = kept_columns(names, [not any(column) for column in body])
    columns = [pa.array(body[index], pa.string()) for index in kept]
    numbers = pa.array(range(header.last + 2, header.last + 2 + len(full[header.last + 1 :])), pa.int64())
    table = pa.table([numbers, *columns], names=["row_number", *(f"c{index}" for index in range(len(kept)))])
    table = table.filter(has_text(columns)) if columns else table
    pq.write_table(table, target, compression="none", use_dictionary=False)
    return {
        "sheet": sheet,
        "path": str(target),
        "header": [unique_names(names)[index] for index in kept],
        "row_count": len(table),
        "malformed": [],
        "plain": [is_plain(column) for column in table.columns[1:]],
        "reading": reading,
    }
