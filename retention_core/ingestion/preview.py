"""Raw beside understood: the first rows of a file as they stand and as they will be loaded."""

import pandas as pd

from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.ingestion.understand import Understanding


def preview(engine: DuckDBEngine, understood: Understanding, rows: int = 20) -> pd.DataFrame:
    """Return the first rows: row_number, then for each column its header with the text as it stands and, where it is
    turned into something else than text, `header →` with the value understood."""
    columns = []
    for name, reading in understood.readings.items():
        header = understood.match.headers[name]
        place = understood.staged.column(header)
        columns.append((header, place))
        if understood.match.table.column(name).kind not in ("id", "text"):
            columns.append(
                (
                    f"→ {understood.match.table.column(name).label}",
                    f"({reading.expression(understood.staged, header)})::VARCHAR",
                )
            )
    listed = ", ".join(f"{sql} AS p{index}" for index, (_, sql) in enumerate(columns))
    frame = engine.query(
        f"SELECT row_number, {listed} FROM read_parquet($path) ORDER BY row_number LIMIT {rows}",
        {"path": str(understood.staged.path)},
    )
    return frame.rename(columns={f"p{index}": label for index, (label, _) in enumerate(columns)})
