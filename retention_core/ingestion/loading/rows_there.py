"""What a workspace holds already of a table that is about to be loaded."""

from retention_core.engines.engine import Engine


def rows_there(engine: Engine, table: str) -> int:
    """Return how many rows of a canonical table no later upload has replaced."""
    found = engine.query(f"SELECT count(*) AS n FROM stored_{table} WHERE replaced_by IS NULL")
    return int(found["n"].iloc[0])
