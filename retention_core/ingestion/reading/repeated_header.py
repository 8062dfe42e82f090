"""Find the header where it stands once more among the records, as where tables were put one under the other."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention_core.words.say import counted, say, sentence

REASON = sentence("the header again")
_LEAST_NAMES = 2  # a header of one name may be a value as well


def repeats_header(columns: Sequence[pa.Array], header: Sequence[str]) -> pa.Array | None:
    """Tell for each record whether it is the header once more, as where files were put one under the other."""
    named = [index for index, name in enumerate(header) if name.strip()]
    if len(named) < _LEAST_NAMES or len(header) != len(columns):
        return None
    column, name = columns[named[0]], header[named[0]]
    first = pc.or_(pc.equal(column, name), pc.equal(column, f"\ufeff{name}"))  # files put together keep their marks
    if not pc.any(first).as_py():
        return None
    for index in named[1:]:
        first = pc.and_(first, pc.equal(columns[index], header[index]))
    return first


def listed_repeats(numbers: pa.Array, columns: Sequence[pa.Array], again: pa.Array) -> list[tuple[int, str, str]]:
    """Return the number, the text and the reason of each record that repeats the header."""
    places = np.flatnonzero(again.to_numpy(zero_copy_only=False))
    return [
        (numbers[int(place)].as_py(), ", ".join(column[int(place)].as_py() for column in columns), say(REASON))
        for place in places
    ]


def repeated_words(count: int) -> list[str]:
    """Return what is said of so many repeats."""
    if not count:
        return []
    return [
        counted(
            "the header, repeated once, is listed, not loaded",
            "the header, repeated {n} times, is listed, not loaded",
            count,
        )
    ]
