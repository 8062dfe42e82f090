"""Let the texts of a chart run in the direction of the language, while time runs from left to right in every one."""

import re
from typing import Any

import numpy as np
import plotly.graph_objects as go

from retention_core.words.language import spoken

_FROM_RIGHT, _END = "\u2067", "\u2069"  # what stands between them runs from right to left, whatever is around it
_BREAK = "<br>"
_WORDS = re.compile(r"[^\W\d_]|٪")  # a letter, or a mark that changes sides
FONT = "Vazirmatn, 'Noto Sans Arabic', 'Noto Naskh Arabic', 'Segoe UI', Tahoma, 'DejaVu Sans', sans-serif"


def in_direction(figure: go.Figure) -> go.Figure:
    """Mark all texts of a figure as running from right to left; return the figure.

    That is its key, the names of its axes, its remarks, and what stands at its points and in their hover. They stand in
    the font of such pages. A figure of a language that runs from left to right stays as it is.
    """
    if spoken().language.direction != "rtl":
        return figure
    figure.update_layout(font_family=FONT)
    for trace in figure.data:
        if trace.name:
            trace.name = directed(trace.name)
        for name in ("text", "customdata"):
            if getattr(trace, name, None) is not None:
                setattr(trace, name, _all_directed(getattr(trace, name)))
    for axis in (*figure.select_xaxes(), *figure.select_yaxes()):
        if axis.title.text:
            axis.title.text = directed(axis.title.text)
        if axis.ticktext is not None:
            axis.ticktext = [directed(str(text)) for text in axis.ticktext]
    for remark in figure.layout.annotations:
        if remark.text:
            remark.text = directed(remark.text)
    return figure


def directed(text: str) -> str:
    """Return a text of a figure whose lines run in the direction of the language."""
    if spoken().language.direction != "rtl" or text.startswith(_FROM_RIGHT):
        return text
    return _BREAK.join(f"{_FROM_RIGHT}{line}{_END}" for line in text.split(_BREAK))


def _all_directed(values: Any) -> Any:
    """Return values with their texts directed, however deep these lie; numbers alone stay as they are."""
    if isinstance(values, str):
        return directed(values) if _WORDS.search(values) else values
    if isinstance(values, list | tuple | np.ndarray):
        return [_all_directed(each) for each in values]
    return values
