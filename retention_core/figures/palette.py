"""The colours of all charts, in light and in dark; the same thing has the same colour everywhere."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from retention_core.words.say import say


@dataclass(frozen=True)
class Palette:
    """accent: what we measure. contrast: what it is set against. quiet: what is not known or stands behind.

    ramp: from nothing to much, for heatmaps. good, warning, bad: within one day to beyond five.
    """

    background: str
    text: str
    faint: str
    grid: str
    accent: str
    contrast: str
    quiet: str
    ramp: tuple[str, ...]
    good: str
    fair: str
    warning: str
    bad: str

    def band(self, opacity: float = 0.16) -> str:
        """Return the accent as a transparent fill, for intervals."""
        return faded(self.accent, opacity)


def faded(colour: str, opacity: float) -> str:
    """Return a colour `#rrggbb` as a transparent one. opacity: 0 to 1."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"


LIGHT = Palette(
    background="#fbfbf9",
    text="#1d2a2c",
    faint="#66757a",
    grid="#e3e5df",
    accent="#0b6b6a",
    contrast="#c8762b",
    quiet="#b9c0bd",
    ramp=("#f3f6f2", "#dcebe6", "#c2dfd9", "#a5d1ca", "#84c0ba", "#60aca8", "#3d9694", "#1d7f7e", "#0b6866", "#064f4f"),
    good="#0b6b6a",
    fair="#5fa8a0",
    warning="#e0b25c",
    bad="#b4483f",
)

DARK = Palette(
    background="#12181a",
    text="#e4e9e7",
    faint="#93a3a5",
    grid="#2a3537",
    accent="#3fb3a9",
    contrast="#e0994f",
    quiet="#4b595c",
    ramp=("#1a2527", "#1b302f", "#1b3b3a", "#1c4745", "#1d5350", "#1e605b", "#206d67", "#257b74", "#2f8a82", "#3d9a91"),
    good="#3fb3a9",
    fair="#2a7771",
    warning="#d8a94f",
    bad="#d9695f",
)

FONT = "Inter, 'Segoe UI', 'Noto Sans', 'Helvetica Neue', Arial, sans-serif"


def base_figure(palette: Palette, height: int, traces: Sequence[Mapping[str, Any]] = (), **layout: Any) -> go.Figure:
    """Return a figure in our look: no frame, quiet grid, legend on top, one font.

    traces: what it starts with, empty by default; each with its `type`. layout: what differs from ours.
    """
    axis = {
        "gridcolor": palette.grid,
        "zeroline": False,
        "linecolor": palette.grid,
        "ticks": "",
        "title": {"font": {"size": 12, "color": palette.faint}, "standoff": 8},
        "tickfont": {"size": 12, "color": palette.faint},
        "automargin": True,
    }
    usual: dict[str, Any] = {
        "height": height,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": 13, "color": palette.text},
        "margin": {"l": 8, "r": 8, "t": 34, "b": 8},
        "xaxis": axis | {"showgrid": False},
        "yaxis": deepcopy(axis),  # each has a title of its own
        "legend": {
            "orientation": "h",
            "y": 1.0,
            "yanchor": "bottom",
            "x": 0,
            "font": {"size": 12, "color": palette.text},
        },
        "hoverlabel": {
            "bgcolor": palette.background,
            "bordercolor": palette.faint,
            "font": {"family": FONT, "color": palette.text, "size": 13},
            "align": "left",
        },
        "hovermode": "closest",
        "dragmode": False,
        "template": {"data": {}, "layout": {}},
    }
    # not checked by plotly, which takes 20 ms for each figure
    return go.Figure(data=list(traces), layout=_merged(usual, layout), _validate=False)


def _merged(usual: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    inner = {name: _merged(usual[name], value) for name, value in own.items() if isinstance(usual.get(name), Mapping)}
    return {**usual, **own, **inner}


def interval_band(figure: go.Figure, x: pd.Series, points: pd.DataFrame, colour: str, shape: str = "linear") -> None:
    """Draw the interval of each point, low to high, as a band, as far as it is known. shape: of the line, as in plotly."""
    sure = points["low"].notna()
    edge = {"x": x[sure], "mode": "lines", "line": {"width": 0, "shape": shape}, "hoverinfo": "skip"}
    figure.add_scatter(y=points["low"][sure], showlegend=False, **edge)
    figure.add_scatter(y=points["high"][sure], fill="tonexty", fillcolor=colour, name=say("95 % interval"), **edge)
