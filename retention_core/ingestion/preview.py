"""Raw beside understood: the first rows of a file as they stand and as they will be loaded."""

import pandas as pd

from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.ingestion.typed_rows import value_sql
from retention_core.ingestion.understand import Understanding

NUMBERS = ("money", "number", "score")  # stored with four decimals, shown without zeros at the end


def preview(engine: DuckDBEngine, understood: Understanding, rows: int = 20) -> pd.DataFrame:
    """Return the first rows: row_number, then for each column its header with the text as it stands and, where it is
    turned into something else than text, `header →` with the value understood."""
    columns = []
    for name in understood.readings:
        header, column = understood.match.headers[name], understood.match.table.column(name)
        columns.append((header, understood.staged.column(header)))
        if column.kind not in ("id", "text"):
            value = f"({value_sql(understood, name)})::VARCHAR"
            zeros = (
                f"rtrim(rtrim({value}, '0'), '.')" if column.kind in NUMBERS else f"replace({value}, ' 00:00:00', '')"
            )
            columns.append((f"→ {column.label}", zeros))
    listed = ", ".join(f"{sql} AS p{index}" for index, (_, sql) in enumerate(columns))
    frame = engine.query(
        f"SELECT row_number, {listed} FROM read_parquet($path) ORDER BY row_number LIMIT {rows}",
        {"path": str(understood.staged.path)},
    )
    return frame.rename(columns={f"p{index}": label for index, (label, _) in enumerate(columns)})
