"""What cells look like from outside: the shapes of their letters and figures, and which shapes a column has."""

import re
from collections import Counter
from collections.abc import Callable, Sequence

_SHAPES = 40


def shape(cell: str) -> str:
    """Return what a cell looks like: each digit a 9, each run of letters one a."""
    return re.sub(r"[^\W\d_]+", "a", re.sub(r"\d", "9", cell))


def coarse_shape(cell: str) -> str:
    """Return what a cell looks like from afar: each run of digits one 9, each run of letters one a."""
    return re.sub(r"9+", "9", shape(cell))


def usual_shapes(column: Sequence[str], see: Callable[[str], str]) -> set[str] | None:
    """Return the shapes of a column whose cells look alike; None where they do not, as in free text."""
    shapes = Counter(see(cell) for cell in column if cell)
    if column and not shapes:
        return set()  # no cell holds anything
    usual = {each for each, count in shapes.items() if count > max(1, 0.005 * len(column))}
    covered = sum(shapes[each] for each in usual)
    is_regular = 0 < len(usual) <= _SHAPES and covered >= 0.9 * shapes.total()
    return usual if is_regular and any("9" in each for each in usual) else None


def looks_like(record: Sequence[str], others: Sequence[Sequence[str]]) -> bool:
    """Tell whether a record is one of the others: its cells have their shapes wherever these tell anything.

    At least one column must hold more than bare figures (dates, codes, decimals): a header of years stands above
    figures of four digits too.
    """
    same = [other for other in others if len(other) == len(record)]
    if len(same) < 2:
        return False
    is_telling = False
    for cell, column in zip(record, zip(*same, strict=True), strict=True):
        shapes = usual_shapes(column, coarse_shape)
        if shapes and cell and coarse_shape(cell) not in shapes:
            return False
        is_telling |= bool(shapes) and coarse_shape(cell) not in ("", "9", "a")
    return is_telling
