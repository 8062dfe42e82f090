"""A date that stands in three columns, year, month and day, as one column more."""

from collections.abc import Sequence

import pyarrow.compute as pc
import pyarrow.parquet as pq

from retention_core.ingestion.reading.rewritten import rewritten
from retention_core.ingestion.reading.staged import StagedTable
from retention_core.ingestion.understanding.header_names import normal
from retention_core.ingestion.understanding.words import words


def with_joined_date(table: StagedTable) -> StagedTable:
    """Return the table with year, month and day joined to a date, as a column behind the others, if it has all three.

    The column is called after its parts; the parts stay as they are.
    """
    names = [_named(table.header, part) for part in ("year", "month", "day")]
    if not all(names) or len(set(names)) < len(names):
        return table
    header = " + ".join(names)
    rows = pq.read_table(table.path)
    parts = [rows[table.column(name)] for name in names]
    is_whole = pc.and_(pc.not_equal(parts[0], ""), pc.and_(pc.not_equal(parts[1], ""), pc.not_equal(parts[2], "")))
    joined = pc.if_else(is_whole, pc.binary_join_element_wise(*parts, "-"), "")
    rows = rows.append_column(f"c{len(table.header)}", joined)
    return rewritten(table, rows, "dated", header=(*table.header, header))


def _named(header: Sequence[str], part: str) -> str:
    """Return the one column called like a part of a date; empty where there is none, or another calls itself so too."""
    known = set(map(normal, words()["date_parts"][part]))
    found = [name for name in header if normal(name) in known]
    return found[0] if len(found) == 1 else ""
