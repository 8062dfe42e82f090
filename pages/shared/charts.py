"""Charts in the theme of the page."""

from pathlib import Path

import plotly.graph_objects as go
import streamlit as st

from retention_core.figures.palette import DARK, LIGHT, Palette

PICTURES = ("PNG", "SVG")
IMAGES = Path(__file__).parent / "images"


def palette() -> Palette:
    """Return the colours of the theme on the screen."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def wordmark() -> str:
    """Return our name as a picture in the colours of the theme on the screen."""
    return str(IMAGES / f"wordmark_{'dark' if st.context.theme.type == 'dark' else 'light'}.svg")


def chart(figure: go.Figure, *, key: str, alt: str, least_width: int = 0, name: str = "") -> None:
    """Draw a chart. alt: what it shows, for those who cannot see it. least_width: in pixels; on a narrower screen the
    chart can be scrolled sideways. name: of the picture that a button over the chart saves; empty for no button."""
    if least_width:
        box, inside = f".st-key-chart_{key}", f".st-key-chart_{key} > div"
        st.html(f"<style>{box} {{ overflow-x: auto; }} {inside} {{ min-width: {least_width}px; }}</style>")
    picture = st.session_state.get("picture_format", PICTURES[0]).lower()
    st.plotly_chart(
        figure,
        theme=None,
        key=f"chart_{key}",
        alt=alt,
        config={
            "displayModeBar": "hover" if name else False,
            "modeBarButtons": [["toImage"]],
            "displaylogo": False,
            "toImageButtonOptions": {"format": picture, "filename": name, "scale": 2 if picture == "png" else 1},
            "showTips": False,
            "responsive": True,
        },
    )


def picture_format() -> None:
    """Let a person choose the format in which the camera over a chart saves it."""
    st.segmented_control(
        "Charts are saved as",
        PICTURES,
        default=PICTURES[0],
        key="picture_format",
        required=True,
        help="The format in which the camera that shows over a chart saves it.",
    )
