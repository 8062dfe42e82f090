"""Charts in the theme of the page."""

from pathlib import Path
from typing import Any

import streamlit as st

from retention_core.answers.answer import Chart
from retention_core.figures.palette import DARK, LIGHT, Palette
from retention_core.figures.sent import Sent
from retention_core.words.say import say

PICTURES = ("PNG", "SVG")
IMAGES = Path(__file__).parent / "images"
# What the framework sets on a chart that can be clicked, once it is drawn.
_CLICKED = {"clickmode": "event+select", "dragmode": "pan"}


class DrawnOnce(Sent):
    """A figure that a browser draws once where the framework would let it draw the same one twice.

    The framework hands a chart over as soon as it stands, and again when its width is known, as a copy. `datarevision`
    says that the copy holds the same rows; that its layout is the same is seen by what it holds, but for a template.
    is_clicked: whether something lies behind its points.
    """

    def __init__(self, sent: Sent, *, is_clicked: bool) -> None:
        finished = sent.to_dict()
        own = {name: value for name, value in finished["layout"].items() if name != "template" or any(value.values())}
        modes = _CLICKED if is_clicked else {}
        super().__init__({**finished, "layout": {**own, **modes, "datarevision": "sent"}})


def palette() -> Palette:
    """Return the colours of the theme on the screen."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def wordmark() -> str:
    """Return our name as a picture in the colours of the theme on the screen."""
    return str(IMAGES / f"wordmark_{'dark' if st.context.theme.type == 'dark' else 'light'}.svg")


def picture(shown: Chart, key: str) -> Any:
    """Draw the figure of a chart in the colours of the theme; return what is clicked, where anything lies behind it."""
    if shown.least_width:
        box, inside = f".st-key-chart_{key}", f".st-key-chart_{key} > div"
        st.html(f"<style>{box} {{ overflow-x: auto; }} {inside} {{ min-width: {shown.least_width}px; }}</style>")
    selection: dict[str, Any] = {"on_select": "rerun", "selection_mode": "points"} if shown.behind else {}
    figure = DrawnOnce(shown.sent(palette()), is_clicked=bool(shown.behind))
    return st.plotly_chart(
        figure, theme=None, key=f"chart_{key}", alt=shown.alt, config=_config(shown.name), **selection
    )


def _config(name: str) -> dict[str, Any]:
    return _with_camera(name, st.session_state.get("picture_format", PICTURES[0]).lower()) | {"responsive": True}


def _with_camera(name: str, kind: str, **size: int) -> dict[str, Any]:
    """Return the setting of a figure over which a camera saves it. kind: png or svg. size: of the picture in pixels."""
    return {
        "displayModeBar": "hover",
        "modeBarButtons": [["toImage"]],
        "displaylogo": False,
        "toImageButtonOptions": {"format": kind, "filename": name, "scale": 2 if kind == "png" else 1, **size},
        "showTips": False,
    }


def slide_picture(shown: Chart, ground: Palette, kind: str) -> None:
    """Draw a slide as it will be saved, smaller. ground: its colours. kind: png or svg."""
    figure = shown.draw(ground)
    config = _with_camera(shown.name, kind, width=int(figure.layout.width), height=int(figure.layout.height))
    with st.container(key="slide_figure"):
        st.plotly_chart(figure, theme=None, width="content", key=f"slide_{kind}", alt=shown.alt, config=config)


def picture_format() -> None:
    """Let a person choose the format in which the camera over a chart saves it."""
    st.segmented_control(
        say("Charts are saved as"),
        PICTURES,
        default=PICTURES[0],
        key="picture_format",
        required=True,
        help=say("The format in which the camera that shows over a chart saves it."),
    )
