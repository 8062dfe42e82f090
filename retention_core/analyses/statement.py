"""The SQL of an analysis, read from the file of this name, with its named places filled by our own names."""

from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent


@lru_cache(maxsize=64)
def _text(name: str) -> str:
    """Return the SQL of a file without its lines of comment, in which places are named and must not be filled."""
    (file,) = FOLDER.rglob(f"{name}.sql")
    lines = file.read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.lstrip().startswith("--"))


def statement(name: str, **places: str) -> str:
    """Return the SQL in `name`.sql with each {place} replaced.

    places: names of tables, columns and conditions made by the core; values are bound by the engine, never put here.
    """
    sql = _text(name)
    for place, text in places.items():
        sql = sql.replace("{" + place + "}", text)
    return sql
