"""The stored tables of a DuckDB workspace, derived from the canonical ones."""

from retention_core.tables import TABLES, Kind, Table

SQL_TYPES: dict[Kind, str] = {
    "id": "VARCHAR USING COMPRESSION zstd",  # numbers of orders hardly repeat; the default spends twice as long on them
    "text": "VARCHAR",
    "moment": "TIMESTAMP",
    "end": "TIMESTAMP",
    "time": "TIME",
    "money": "DECIMAL(18,4)",
    "number": "DECIMAL(18,4)",
    "score": "DECIMAL(18,4)",
    "truth": "BOOLEAN",
}

# customer_ids: one row per id of a customer as text. same_customer: one row per id that is shown under another one.
# uploads: one row per upload; future_rows, future_counts: see rows_of_the_future.py. rejected_rows: one row per record of
# a file that was not loaded, with its cells as they stood there. settings: time_zone, week_start, money_unit.
_LOG_TABLES = """
CREATE TABLE IF NOT EXISTS customer_ids (customer_key INTEGER, customer VARCHAR);
CREATE TABLE IF NOT EXISTS same_customer (other_key INTEGER, customer_key INTEGER);
CREATE SEQUENCE IF NOT EXISTS upload_ids;
CREATE TABLE IF NOT EXISTS uploads (
    upload_id INTEGER, table_name VARCHAR, file_name VARCHAR, sheet VARCHAR, sha256 VARCHAR, loaded_at TIMESTAMP,
    rows_read BIGINT, rows_kept BIGINT, rows_rejected BIGINT, rows_stored BIGINT,
    header VARCHAR[], columns JSON, readings JSON
);
ALTER TABLE uploads ADD COLUMN IF NOT EXISTS left_out JSON;
ALTER TABLE uploads ADD COLUMN IF NOT EXISTS future_rows BIGINT;
ALTER TABLE uploads ADD COLUMN IF NOT EXISTS future_counts BOOLEAN;
CREATE TABLE IF NOT EXISTS settings (name VARCHAR, value VARCHAR);
CREATE TABLE IF NOT EXISTS rejected_rows (
    upload_id INTEGER, row_number BIGINT, column_name VARCHAR, value VARCHAR, reason VARCHAR, cells VARCHAR[]
);
"""


# What is decided of a row when it is loaded, not read from a column of its own.
_TOLD_WHEN_LOADED = {
    "orders": [("is_refund", "BOOLEAN")],
    "complaints": [("is_closed", "BOOLEAN")],
    "satisfaction": [("scale_top", "INTEGER")],
}


def stored_columns(table: Table) -> list[tuple[str, str]]:
    """Return name and SQL type of each column of the stored table.

    Besides the canonical columns: upload_id, replaced_by (the upload whose rows count instead), counts_until (the day
    of loading, where the row holds a moment after it that counts nowhere), row_number (the record of the file that made
    the row), line_count (records that went into it), `day` of its moment; for each end `x_at` of complaints `x_seconds`
    (the time that passed until then, where the file tells it otherwise than by two local times); `is_refund` of orders,
    `is_closed` of complaints (their status says so; NULL where it says nothing), `scale_top` of answers (the highest
    score of their scale; NULL in rows of older versions). The id of the customer is stored as an integer key.
    """
    columns = [
        ("upload_id", "INTEGER"),
        ("replaced_by", "INTEGER"),
        ("counts_until", "DATE"),
        ("row_number", "BIGINT"),
        ("line_count", "INTEGER"),
    ]
    columns += [("customer_key", "INTEGER"), ("day", "DATE")]
    own = {"customer": None, "other_id": ("other_key", "INTEGER")}
    for column in table.stored():
        stored = own.get(column.name, (column.name, SQL_TYPES[column.kind]))
        if stored is not None:
            columns.append(stored)
    columns += [(seconds_of(column.name), "BIGINT") for column in table.stored() if column.kind == "end"]
    return columns + _TOLD_WHEN_LOADED.get(table.name, [])


def seconds_of(end: str) -> str:
    """Return the column with the seconds that passed until an end: `resolved_seconds` for `resolved_at`."""
    return f"{end.removesuffix('_at')}_seconds"


def schema_sql() -> str:
    """Return the statements that create all stored tables where they are missing."""
    statements = [_LOG_TABLES]
    for table in TABLES.values():
        columns = ", ".join(f"{name} {kind}" for name, kind in stored_columns(table))
        statements.append(f"CREATE TABLE IF NOT EXISTS stored_{table.name} ({columns});")
        for name, kind in stored_columns(table):  # a workspace saved by an older version lacks the newer ones
            statements.append(f"ALTER TABLE stored_{table.name} ADD COLUMN IF NOT EXISTS {name} {kind.split()[0]};")
    return "\n".join(statements)
