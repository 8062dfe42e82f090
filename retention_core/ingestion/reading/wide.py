"""How wide a table may be: columns beyond the limit are dropped where they are empty, else the file is refused."""

from collections.abc import Sequence

from retention_core.errors import FileUnreadable
from retention_core.words.say import say

COLUMN_LIMIT = 2000


def kept_columns(names: Sequence[str], is_empty: Sequence[bool]) -> list[int]:
    """Return which columns of a table are kept: all of a usual one, those with a name or a value of a wide one.

    names: as they stand, blank where a column has none. Raises FileUnreadable where too many are left.
    """
    if len(names) <= COLUMN_LIMIT:
        return list(range(len(names)))
    pairs = enumerate(zip(names, is_empty, strict=True))
    kept = [index for index, (name, empty) in pairs if name.strip() or not empty]
    if len(kept) > COLUMN_LIMIT:
        raise too_wide(len(kept))
    return kept


def too_wide(columns: int) -> FileUnreadable:
    """Return the refusal of a table with so many columns that hold something."""
    return FileUnreadable(
        say("The table has too many columns."),
        say("It has {columns} columns; up to {limit} are read.", columns=columns, limit=COLUMN_LIMIT),
        say(
            "Keep the columns with customers, dates and amounts. If each day or product has a column of its own, turn "
            "the table so that each has a row."
        ),
    )
