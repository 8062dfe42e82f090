"""What a test looks at in a figure: its axes, and colours as everybody sees them."""

from typing import Any

import plotly.graph_objects as go


def axis_titles(figure: go.Figure) -> tuple[str | None, str | None]:
    """Return what the x and the y axis are called."""
    return figure.layout.xaxis.title.text, figure.layout.yaxis.title.text


def traces_by_name(figure: go.Figure) -> dict[str, Any]:
    """Return the traces that the legend can name."""
    return {trace.name: trace for trace in figure.data if trace.name}


def contrast(first: str, second: str) -> float:
    """Return how far two colours stand apart, 1 to 21. Source: WCAG 2.1, relative luminance and contrast ratio."""
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour `#rrggbb`, 0 for black to 1 for white."""
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
