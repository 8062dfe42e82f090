"""The look of every page beyond the theme: what the framework leaves open, on the screen and on paper."""

from functools import cache
from pathlib import Path

import streamlit as st

from retention_core.words.language import spoken

STYLES = Path(__file__).parent / "styles"


def look() -> None:
    """Set the style of the page for the language spoken."""
    names = ["look", "print"]
    if not st.session_state.get("bar_open"):
        names.append("folded")
    if spoken().language.direction == "rtl":
        names.append("right_to_left")
    st.html(f"<style>{''.join(_read(f'{name}.css') for name in names)}</style>")
    with st.container(key="scripts"):
        scripts = "".join(f"{{{_read(f'{name}.js')}}}" for name in ("print", "history"))
        st.html(f"<script>{scripts}</script>", unsafe_allow_javascript=True)


@cache
def _read(name: str) -> str:
    return (STYLES / name).read_text(encoding="utf-8")
