"""What the database of a workspace needs before anybody asks it anything, and an empty one that has it."""

from pathlib import Path

import duckdb

from retention_core.engines.duckdb_tables import schema_sql
from retention_core.engines.rows_of_the_future import judge_older_uploads
from retention_core.engines.same_customer import join_ids

VIEWS = Path(__file__).parent / "canonical_views" / "duckdb.sql"


def complete(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the stored tables that are missing, and decide for older uploads what is decided when loading now."""
    has_joined = "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'same_customer'"
    is_older = connection.execute(has_joined).fetchone() == (0,)
    connection.execute("BEGIN TRANSACTION")
    if is_older:
        connection.execute("DROP VIEW IF EXISTS same_customer")
    connection.execute(schema_sql())
    if is_older:
        join_ids(connection)
    judge_older_uploads(connection.execute)
    connection.execute("COMMIT")


def create_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the canonical views anew."""
    connection.execute(VIEWS.read_text(encoding="utf-8"))
