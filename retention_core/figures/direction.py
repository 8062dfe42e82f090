"""Let the texts of a chart run in the direction of the language, while time runs from left to right in every one."""

import plotly.graph_objects as go

from retention_core.words.language import spoken

_FROM_RIGHT, _END = "\u2067", "\u2069"  # what stands between them runs from right to left, whatever is around it
_BREAK = "<br>"
FONT = "Vazirmatn, 'Noto Sans Arabic', 'Noto Naskh Arabic', 'Segoe UI', Tahoma, 'DejaVu Sans', sans-serif"


def in_direction(figure: go.Figure) -> go.Figure:
    """Mark the key, the names of the axes and the remarks of a figure as running from right to left; return the figure.

    They stand in the font of such pages. A figure of a language that runs from left to right stays as it is.
    """
    if spoken().language.direction != "rtl":
        return figure
    figure.update_layout(font_family=FONT)
    for trace in figure.data:
        if trace.name:
            trace.name = directed(trace.name)
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
