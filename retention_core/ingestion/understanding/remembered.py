"""What a person chose the last time a file had these columns."""

import json
from typing import Any

from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.ingestion.reading.staged import StagedTable
from retention_core.ingestion.understanding.understand import Choices
from retention_core.tables import TABLES


def remembered(engine: DuckDBEngine, staged: StagedTable) -> Choices | None:
    """Return how the last upload with the same headers in this workspace was loaded; None where there was none.

    Columns that were left out then are left out again.
    """
    rows = engine.query(
        "SELECT table_name, columns, readings, left_out FROM uploads WHERE header = $header ORDER BY upload_id DESC LIMIT 1",
        {"header": list(staged.header)},
    )
    if rows.empty:
        return None
    table, headers, readings, left_out = rows.iloc[0]
    columns: dict[str, str | None] = {column.name: None for column in TABLES[table].columns}
    rules: dict[str, Any] = json.loads(left_out) if isinstance(left_out, str) else {"rules": [], "text": ""}
    return Choices(table, columns | json.loads(headers), json.loads(readings), tuple(rules["rules"]), rules["text"])
