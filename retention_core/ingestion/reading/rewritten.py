"""A staged table made of others: its rows written beside the file that the first of them was read from."""

from dataclasses import replace
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from retention_core.ingestion.reading.cells import is_plain
from retention_core.ingestion.reading.staged import StagedTable


def rewritten(table: StagedTable, rows: pa.Table, how: str, **changes: Any) -> StagedTable:
    """Return the table with other rows (`row_number`, c0, c1, … as text), staged beside its own.

    how: ends the name of the new file. changes: what else differs, such as the header.
    """
    path = table.path.with_name(f"{table.path.stem}-{how}.parquet")
    pq.write_table(rows, path, compression="snappy", use_dictionary=False)
    plain = tuple(is_plain(column) for column in rows.columns[1:])
    return replace(table, path=path, row_count=len(rows), plain=plain, **changes)
