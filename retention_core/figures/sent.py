"""A figure as a browser gets it: made once, and sent as it stands to everybody who looks at it."""

import json
import marshal
import math
from collections.abc import Iterable
from typing import Any

import numpy as np
import plotly.graph_objects as go
from plotly.utils import PlotlyJSONEncoder

_AS_THEY_STAND = frozenset({str, int, bool, type(None)})  # kinds of values of which JSON has all


class Sent(go.Figure):  # type: ignore[misc]  # plotly says nothing of its types
    """A figure that is finished: plain lists and numbers, as JSON has them. nbytes: what it takes, roughly.

    Who sends figures asks them for their dictionary, which plotly copies and checks trace by trace each time; here it is
    there. Who wants to change a figure draws a new one.
    """

    def __init__(self, finished: dict[str, Any]) -> None:
        object.__setattr__(
            self, "_finished", finished
        )  # not initialised as a figure, which would copy and check it all

    @property
    def nbytes(self) -> int:
        """The memory it takes, roughly."""
        return 4 * len(marshal.dumps(self.to_dict()))  # the quickest look at plain values

    @property
    def height(self) -> float | None:
        """The height of its layout in pixels; None where it has none."""
        height: float | None = self.to_dict()["layout"].get("height")
        return height

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON has it; nobody changes it."""
        finished: dict[str, Any] = object.__getattribute__(self, "_finished")
        return finished


def as_sent(figure: go.Figure) -> Sent:
    """Return a figure finished."""
    return Sent(_plain(figure.to_dict()))


def _plain(value: Any) -> Any:
    """Return a value as JSON has it: text that knows what it says as letters, a number that is none as null."""
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, np.ndarray):
        return value.tolist() if _stand(value.flat) else _plain(value.tolist())
    if isinstance(value, list | tuple):
        return list(value) if _stand(value) else [_plain(each) for each in value]
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    if _stand([value]):
        return value
    return str(value) if isinstance(value, str) else json.loads(PlotlyJSONEncoder().encode(value))


def _stand(values: Iterable[Any]) -> bool:
    """Tell whether all these values are such as JSON has; asked of a long list at once, that is quicker than one by one."""
    return _AS_THEY_STAND.issuperset(map(type, values))
