"""What can be said of cells as they stand, before anything is read into them."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

MISSING = frozenset({"", "?", "-", "--", "na", "n/a", "#n/a", "nan", "null", "none", "nil", "\\n", "nat"})
_LONGEST_MISSING = max(map(len, MISSING))
_SPACE, _LAST_ASCII = 32, 127


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
    It looks at the bytes themselves: of each cell the first and the last, and of all the largest.
    """
    if isinstance(column, pa.ChunkedArray):
        return all(is_plain(chunk) for chunk in column.chunks)
    if not len(column):
        return True
    _, offsets, data = column.buffers()
    ends = np.frombuffer(offsets, np.int32)[column.offset : column.offset + len(column) + 1]
    lengths = np.diff(ends)
    if data is None or lengths.min() == 0:
        return False
    text = np.frombuffer(data, np.uint8)
    if (
        text[ends[0] : ends[-1]].max() > _LAST_ASCII
        or text[ends[:-1]].min() <= _SPACE
        or text[ends[1:] - 1].min() <= _SPACE
    ):
        return False
    if lengths.min() > _LONGEST_MISSING:
        return True
    return not pc.any(pc.is_in(pc.ascii_lower(column), pa.array(sorted(MISSING)))).as_py()
