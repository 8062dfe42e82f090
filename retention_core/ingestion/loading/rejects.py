"""The rows of an upload that were not loaded, as a table that can be mended and uploaded again."""

import numpy as np
import pandas as pd

from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.words.say import retold


def rejected_rows(engine: DuckDBEngine, upload_id: int) -> pd.DataFrame:
    """Return one row per rejected record: its cells under the file's own headers, then row in file, column, value, reason.

    A record of another width than the header has no cells of its own; its text stands under `value`. Reasons are in the
    language spoken now; those kept by versions that spoke English only stay as they are.
    """
    header = list(engine.query("SELECT header FROM uploads WHERE upload_id = $id", {"id": upload_id})["header"].iloc[0])
    rows = engine.query(
        "SELECT row_number, column_name, value, reason, cells FROM rejected_rows WHERE upload_id = $id ORDER BY row_number",
        {"id": upload_id},
    )
    blank = [""] * len(header)
    cells = pd.DataFrame(
        [list(each) if isinstance(each, np.ndarray) else blank for each in rows["cells"]], columns=header
    )
    said = {reason: retold(reason) for reason in rows["reason"].unique()}
    told = rows[["row_number", "column_name", "value", "reason"]].assign(reason=rows["reason"].map(said))
    return pd.concat(
        [cells, told.set_axis(["row in file", "column", "value", "reason"], axis="columns")], axis="columns"
    )


def upload_history(engine: DuckDBEngine) -> pd.DataFrame:
    """Return one row per upload, the latest first.

    Columns: upload_id, loaded_at, file_name, sheet, table_name, rows_read, rows_kept, rows_rejected, rows_stored,
    future_rows (rows with a moment after the day of loading), future_counts (whether these count).
    """
    return engine.query(
        "SELECT upload_id, loaded_at, file_name, sheet, table_name, rows_read, rows_kept, rows_rejected, rows_stored, "
        "coalesce(future_rows, 0) AS future_rows, coalesce(future_counts, FALSE) AS future_counts "
        "FROM uploads ORDER BY upload_id DESC"
    )
