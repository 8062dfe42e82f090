"""What can be said of cells as they stand, before anything is read into them."""

import pyarrow as pa
import pyarrow.compute as pc

from retention_core.ingestion.content import MISSING

_LONGEST_MISSING = max(map(len, MISSING))


def has_text(columns: list[pa.Array]) -> pa.Array:
    """Tell for each record whether any of its cells holds something; blank lines do not."""
    filled = pc.not_equal(columns[0], "")
    for column in columns[1:]:
        if pc.all(filled).as_py():
            break
        filled = pc.or_(filled, pc.not_equal(column, ""))
    return filled


def is_plain(column: pa.Array) -> bool:
    """Tell whether every cell holds a value in ASCII without spaces around it, so that nothing need be cleaned.

    Most columns of most files are so; saying it once here saves three functions on every later pass over the cells.
    """
    if not len(column):
        return True
    shortest = pc.min(pc.binary_length(column)).as_py()
    if shortest == 0 or not pc.all(pc.string_is_ascii(column)).as_py():
        return False
    for blank in (" ", "\t", "\n", "\r"):
        if pc.any(pc.or_(pc.starts_with(column, blank), pc.ends_with(column, blank))).as_py():
            return False
    if shortest > _LONGEST_MISSING:
        return True
    return not pc.any(pc.is_in(pc.ascii_lower(column), pa.array(sorted(MISSING)))).as_py()
