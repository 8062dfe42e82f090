"""The sample shop that ships with the project, loaded like any upload."""

from datetime import datetime
from pathlib import Path

from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.ingestion.loading.load import load
from retention_core.ingestion.loading.upload import one_table
from retention_core.ingestion.reading.read_file import read_our_own
from retention_core.ingestion.understanding.understand import understand

FOLDER = Path(__file__).resolve().parents[1] / "data" / "sample"
FILES = ("orders.csv", "complaints.csv", "satisfaction.csv")
LAST_DAY = datetime(2026, 10, 17)


def load_sample(engine: DuckDBEngine) -> None:
    """Load the orders, complaints and answers of the sample shop into an empty workspace."""
    for name in FILES:
        sheets = read_our_own(FOLDER / name, engine.staging)
        understood = understand(engine, one_table(engine, sheets))
        load(engine, understood, LAST_DAY)
        engine.discard_staged(understood.staged.path, whole_file=True)
