"""The whole way of one file, for callers that ask nothing on the way."""

from datetime import datetime
from pathlib import Path

from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.errors import ColumnMissing
from retention_core.ingestion.loading.load import UploadReport, load
from retention_core.ingestion.reading.read_file import read_file
from retention_core.ingestion.reading.staged import StagedTable
from retention_core.ingestion.understanding.understand import Choices, Understanding, understand


def understand_file(engine: DuckDBEngine, source: Path, file_name: str = "") -> Understanding:
    """Return what is understood of the sheet of a file that can be loaded and has most rows.

    Raises FileUnreadable or ColumnMissing (of the first sheet) where there is none.
    """
    return best_sheet(engine, read_file(source, engine.staging, file_name))


def best_sheet(engine: DuckDBEngine, sheets: list[StagedTable], choices: Choices | None = None) -> Understanding:
    """Return what is understood of the longest sheet that can be loaded; raise the first sheet's error if none can."""
    errors: list[ColumnMissing] = []
    for staged in sorted(sheets, key=lambda each: -each.rows_read):
        try:
            return understand(engine, staged, choices)
        except ColumnMissing as error:
            errors.append(error)
    raise errors[0]


def upload(engine: DuckDBEngine, source: Path, loaded_at: datetime, file_name: str = "") -> UploadReport:
    """Read, understand and load a file with nothing but the automatic matching."""
    return load(engine, understand_file(engine, source, file_name), loaded_at)
