"""The whole way of one file, for callers that ask nothing on the way."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.errors import ColumnMissing
from retention_core.ingestion.loading.load import UploadReport, load
from retention_core.ingestion.reading.read_file import read_file
from retention_core.ingestion.reading.staged import StagedTable
from retention_core.ingestion.understanding.joined_dates import with_joined_date
from retention_core.ingestion.understanding.sheets import kind_of, parts_of, repeated_rows, stack
from retention_core.ingestion.understanding.understand import Choices, Understanding, understand


def understand_file(engine: DuckDBEngine, source: Path, file_name: str = "") -> Understanding:
    """Return what is understood of the table of a file that the upload page would show first.

    Raises FileUnreadable or ColumnMissing (of the first sheet) where there is none.
    """
    return understand(engine, one_table(engine, read_file(source, engine.staging, file_name)))


def one_table(engine: DuckDBEngine, sheets: Sequence[StagedTable]) -> StagedTable:
    """Return the sheet that is meant unless somebody chooses: the longest that can be loaded, stacked with its like.

    Sheets with the same columns are one table; a row that stands on two of them counts once.
    """
    sheets = [with_joined_date(each) for each in sheets]
    if len(sheets) == 1:
        return sheets[0]
    kinds = {each.sheet: kind_of(each, sheets) for each in sheets}
    data = [each for each in sheets if kinds[each.sheet] == "data"] or list(sheets)
    best = likeliest(engine, data)
    parts = parts_of(best, data)
    return stack(parts, once=bool(repeated_rows(parts))) if len(parts) > 1 else best


def likeliest(engine: DuckDBEngine, sheets: Sequence[StagedTable]) -> StagedTable:
    """Return the sheet that can be loaded and has most rows, the longest where none can."""
    try:
        return best_sheet(engine, sheets).staged
    except ColumnMissing:
        return max(sheets, key=lambda each: each.rows_read)


def best_sheet(engine: DuckDBEngine, sheets: Sequence[StagedTable], choices: Choices | None = None) -> Understanding:
    """Return what is understood of the longest sheet that can be loaded; raise the first sheet's error if none can."""
    errors: list[ColumnMissing] = []
    for staged in sorted(sheets, key=lambda each: -each.rows_read):
        try:
            return understand(engine, staged, choices)
        except ColumnMissing as error:
            errors.append(error)
    raise errors[0]


def upload(engine: DuckDBEngine, source: Path, loaded_at: datetime, file_name: str = "") -> UploadReport:
    """Read, understand and load a file with nothing but the automatic matching; nothing of it stays staged."""
    understood = understand_file(engine, source, file_name)
    try:
        return load(engine, understood, loaded_at)
    finally:
        engine.discard_staged(understood.staged.path, whole_file=True)
