"""Long lists of a figure that plotly need not copy, which takes most of the time of drawing many cells."""

from collections.abc import Sequence
from typing import Any, Self

import numpy as np


class Uncopied(np.ndarray):
    """Values that nobody changes, so that a copy of them is themselves.

    Plotly copies all that it is given, and once more before it sends it; the values of an array one by one.
    """

    def __deepcopy__(self, memo: dict[int, Any] | None, /) -> Self:
        """Return the same values."""
        return self


def uncopied(values: Sequence[Any]) -> Uncopied:
    """Return values of any kind, which are sent as they are."""
    return np.array(values, dtype=object).view(Uncopied)
