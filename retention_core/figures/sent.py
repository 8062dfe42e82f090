"""A figure as a browser gets it: made once, and sent as it stands to everybody who looks at it."""

import json
from typing import Any

import plotly.graph_objects as go


class Sent(go.Figure):  # type: ignore[misc]  # plotly says nothing of its types
    """A figure that is finished: plain lists and numbers, as JSON has them. nbytes: what it takes, roughly.

    Who sends figures asks them for their dictionary, which plotly copies and checks trace by trace each time; here it is
    there. Who wants to change a figure draws a new one.
    """

    def __init__(self, text: str) -> None:
        # not initialised as a figure, which would copy and check it all
        object.__setattr__(self, "_finished", json.loads(text))
        object.__setattr__(self, "_bytes", 4 * len(text))

    @property
    def nbytes(self) -> int:
        """The memory it takes, roughly."""
        taken: int = object.__getattribute__(self, "_bytes")
        return taken

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
    return Sent(str(figure.to_json()))
