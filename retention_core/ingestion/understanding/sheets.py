"""What the sheets of a workbook are to each other: data, a dictionary or a pivot of it, or parts of one table."""

import re
from collections.abc import Sequence
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from retention_core.ingestion.reading.rewritten import rewritten
from retention_core.ingestion.reading.staged import MalformedRow, StagedTable
from retention_core.ingestion.understanding.header_names import normal
from retention_core.words.lists import listed
from retention_core.words.say import say

_PIVOT = re.compile(
    r"row labels|column labels|grand total|sum of |count of |average of |zeilenbeschriftung|étiquettes de lignes",
    re.IGNORECASE,
)
_LEAST_NAMED = 0.5
_LOOKED_AT = 200  # rows of a sheet


def kind_of(table: StagedTable, others: Sequence[StagedTable]) -> str:
    """Return `dictionary`, `pivot` or `data`.

    A dictionary lists the names of another sheet's columns in one of its own; a pivot names its columns as they do.
    """
    if sum(bool(_PIVOT.search(name)) for name in table.header) >= 1:
        return "pivot"
    first = next(pq.ParquetFile(table.path).iter_batches(_LOOKED_AT), None)
    cells = {} if first is None else first.drop_columns(["row_number"]).to_pydict()
    for other in others:
        names = {normal(name) for name in other.header}
        named = [{normal(cell) for cell in column} & names for column in cells.values()]
        if other is not table and len(names) > 2 and any(len(found) >= _LEAST_NAMED * len(names) for found in named):
            return "dictionary"
    return "data"


def parts_of(table: StagedTable, tables: Sequence[StagedTable]) -> list[StagedTable]:
    """Return the sheets with the same columns as `table`, itself included, in the order of the workbook."""
    return [each for each in tables if each.header == table.header]


def stack(tables: Sequence[StagedTable], *, once: bool = False) -> StagedTable:
    """Return one table of the rows of several sheets with the same columns.

    Rows are numbered on from sheet to sheet. once: a row that stands on an earlier sheet as well, cell by cell, is
    listed instead of being loaded again.
    """
    first = tables[0]
    names = [f"c{index}" for index in range(len(first.header))]
    stacked, malformed, said, offset = list[pa.Table](), list[MalformedRow](), list[str](), 0
    for table in tables:
        rows = pq.read_table(table.path)
        numbers = pc.add(rows["row_number"], offset)
        if once and stacked:
            known = pa.concat_tables([each.select(names) for each in stacked]).group_by(names).aggregate([])
            known = known.append_column("seen", pa.array([True] * len(known)))
            found = rows.select(names).append_column("row_number", numbers).join(known, names, join_type="inner")
            again = {int(number) for number in found["row_number"].to_pylist()}
            told = rows.append_column("number", numbers).filter(pc.is_in(numbers, pa.array(sorted(again), pa.int64())))
            malformed += [
                MalformedRow(
                    row["number"], ", ".join(row[name] for name in names), say("stands on an earlier sheet as well")
                )
                for row in told.to_pylist()
            ]
            keep = pc.invert(pc.is_in(numbers, pa.array(sorted(again), pa.int64())))
            rows, numbers = rows.filter(keep), numbers.filter(keep)
        malformed += [replace(row, row_number=row.row_number + offset) for row in table.malformed]
        stacked.append(pa.table([numbers, *(rows[name] for name in names)], names=["row_number", *names]))
        said.append(say("“{sheet}” from row {row}", sheet=table.sheet, row=offset + 1))
        offset += max([0, *(row.row_number for row in table.malformed)], default=0)
        offset = max(offset, int(pc.max(numbers).as_py() or 0))
    return rewritten(
        first,
        pa.concat_tables(stacked),
        "stacked-once" if once else "stacked",
        sheet=" + ".join(table.sheet for table in tables),
        malformed=tuple(malformed),
        reading=say("sheets of a workbook one under the other: {sheets}", sheets=listed(said)),
    )


def repeated_rows(tables: Sequence[StagedTable]) -> int:
    """Return how many rows of later sheets stand on an earlier one as well, cell by cell."""
    return len(stack(tables, once=True).malformed) - sum(len(table.malformed) for table in tables)
