"""What people are told: errors with what to do, empty pages with what they would show."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import plotly.graph_objects as go
import streamlit as st

from app_pages.shared import session
from app_pages.shared.charts import chart
from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.errors import RetentionError

_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff]")
_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&])")


def plain(text: str) -> str:
    """Return text so that Markdown shows it to the letter; everything that comes from a file goes through here.

    Text in letters that run from right to left is kept apart from what stands around it.
    """
    shown = _MARKUP.sub(r"\\\1", text)
    return f"\u2068{shown}\u2069" if _RIGHT_TO_LEFT.search(text) else shown


def show_error(error: RetentionError) -> None:
    """Show what went wrong, what was found, and what to do."""
    st.error(f"**{plain(error.title)}**  \n{plain(error.found)}  \n{plain(error.advice)}", icon=":material/error:")


@contextmanager
def errors_shown() -> Iterator[None]:
    """Show the errors of the core in place of what they kept from being drawn."""
    try:
        yield
    except RetentionError as error:
        show_error(error)


def heading(title: str, sentence: str) -> None:
    """Open a page: its question, and one sentence that answers it."""
    st.caption(title)
    st.header(plain(sentence), anchor=False)


def empty(title: str, would_show: str, *, table: str, picture: Callable[[DuckDBEngine], go.Figure], alt: str) -> None:
    """Tell what a page would show if the data were there, with a picture of it from the sample shop; end the page."""
    st.caption(title)
    st.header(f"No {table} here yet", anchor=False)
    st.write(would_show)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.page_link("app_pages/your_data/upload.py", label=f"Upload {table}", icon=":material/upload:")
        st.button(
            "See it on the sample shop",
            icon=":material/storefront:",
            on_click=session.switch_to,
            args=(session.SAMPLE,),
        )
    with st.container(border=True):
        st.caption("An example, from the sample shop – not your data.")
        chart(picture(session.open_workspace(session.SAMPLE).engine), key="example", alt=alt)
    st.stop()
