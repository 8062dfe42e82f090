"""Rows with a moment after the day on which they were loaded: it counts nowhere until somebody says that it is right.

`counts_until` of a stored row is that day where the row holds such a moment, and empty everywhere else, so that the
canonical views look no further. `uploads` keeps how many rows those are (`future_rows`, empty before anybody looked), and
whether somebody has said that they are right (`future_counts`).
"""

from collections.abc import Callable
from typing import Any

from retention_core.tables import TABLES, Table

Execute = Callable[..., Any]


def judge_future(execute: Execute, upload_id: int, *, is_right: bool) -> int:
    """Leave the rows of the future of an upload out, or count them where they are right; return how many there are."""
    values = {"upload_id": upload_id}
    name, loaded_on = execute(
        "SELECT table_name, loaded_at::DATE FROM uploads WHERE upload_id = $upload_id", values
    ).fetchone()
    later = f"upload_id = $upload_id AND ({_is_later(TABLES[name])})"
    bound = values | {"loaded_on": loaded_on}
    rows = int(execute(f"SELECT count(*) FROM stored_{name} WHERE {later}", bound).fetchone()[0])
    if rows:
        until = "NULL" if is_right else "$loaded_on"
        execute(f"UPDATE stored_{name} SET counts_until = {until} WHERE {later}", bound)
    execute(
        "UPDATE uploads SET future_rows = $rows, future_counts = $is_right WHERE upload_id = $upload_id",
        values | {"rows": rows, "is_right": is_right},
    )
    return rows


def judge_older_uploads(execute: Execute) -> None:
    """Leave out the rows of the future of uploads that were loaded before anybody looked for them."""
    unseen = "future_rows IS NULL AND loaded_at IS NOT NULL AND list_contains($tables, table_name)"
    for (upload_id,) in execute(f"SELECT upload_id FROM uploads WHERE {unseen}", {"tables": list(TABLES)}).fetchall():
        judge_future(execute, upload_id, is_right=False)


def _is_later(table: Table) -> str:
    """Return the condition for a stored row any of whose moments lies after `$loaded_on`."""
    moments = [column.name for column in table.stored() if column.kind in ("moment", "end")]
    return " OR ".join(f"coalesce({name}::DATE > $loaded_on, FALSE)" for name in moments)
