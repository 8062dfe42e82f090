"""Something odd in a file that is about to be loaded, and how the checks count."""

from dataclasses import dataclass

import pandas as pd

from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.ingestion.understanding.typed_rows import typed_sql
from retention_core.ingestion.understanding.understand import Understanding

ENOUGH_ROWS = 5  # below, a repetition may be chance; a small file is looked at as closely as a large one


@dataclass(frozen=True)
class Finding:
    """Something odd. found: what, with its figure. effect: what it does to the charts. advice: what to look at.

    rows_out: rows of the file that will not be loaded for it.
    """

    found: str
    effect: str
    advice: str
    rows_out: int = 0


def figures(engine: DuckDBEngine, understood: Understanding, sql: str, **values: object) -> list[float]:
    """Return the figures of a query over `typed`, the records of the file with their columns typed."""
    row = engine.query(f"WITH typed AS ({typed_sql(understood)}) {sql}", {**understood.values, **values}).iloc[0]
    return [0.0 if pd.isna(value) else float(value) for value in row]
