"""What people are told: errors with what to do, empty pages with what they would show."""

import logging
import re
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import plotly.graph_objects as go
import streamlit as st

from pages import menu
from pages.shared import session
from pages.shared.charts import chart
from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.errors import RetentionError, WorkspaceBehind, WorkspaceUnavailable

_LOG = logging.getLogger(__name__)
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


def show_unforeseen(error: Exception) -> bool:
    """Show in our words that something failed which nobody foresaw, and keep all about it in the log; return True.

    It may serve as `on_script_error`, to which True says that the error is shown.
    """
    reference = uuid.uuid4().hex[:8]
    _LOG.error("Unforeseen error, reference %s", reference, exc_info=error)
    show_error(
        RetentionError(
            "Something went wrong that we did not foresee.",
            "What is loaded is as it was: nothing is ever changed by halves.",
            f"Reload the page. If it happens again, please report it with the reference {reference}; the log of this "
            "program says the rest.",
        )
    )
    return True


@contextmanager
def errors_shown() -> Iterator[None]:
    """Show errors in place of what they kept from being drawn: those of the core, and those that nobody foresaw."""
    try:
        yield
    except RetentionError as error:
        show_error(error)
    except Exception as error:  # noqa: BLE001 - whatever happens, nobody meets the words of the framework
        show_unforeseen(error)


def require_workspace() -> None:
    """Where the workspace that is wanted is not here, say so, offer those that are, and end the page."""
    if name := session.missing():
        show_error(
            WorkspaceUnavailable(
                f"There is no workspace “{name}” here.",
                "Its folder was deleted, renamed or moved, or the link is of another machine or tab.",
                "Nothing of another one is shown in its place. Open one of those that are here.",
            )
        )
        with st.container(horizontal=True):
            _offer_others(name)
        st.stop()


@contextmanager
def unavailable_shown() -> Iterator[None]:
    """Where the workspace cannot be opened, say why, offer the others, and end the page."""
    try:
        yield
    except WorkspaceUnavailable as error:
        name = st.session_state["workspace"]
        show_error(error)
        with st.container(horizontal=True):
            if isinstance(error, WorkspaceBehind):
                _offer("Open it without them", session.open_as_it_stands, name)
            else:
                _offer("Try again", session.switch_to, name)
            _offer_others(name)
        st.stop()


def _offer_others(name: str) -> None:
    for other in session.names():
        if other != name:
            _offer(f"Open {other}", session.switch_to, other)


def _offer(label: str, on_click: Callable[[str], None], name: str) -> None:
    st.button(plain(label), key=f"offer_{label}", on_click=on_click, args=(name,))


def heading(title: str, sentence: str) -> None:
    """Open a page: its question, and one sentence that answers it."""
    st.caption(title)
    headline(sentence, st.header)


def headline(sentence: str, show: Callable[..., object]) -> None:
    """Show a sentence as a heading; what stands on further lines of it explains it, and is shown smaller.

    show: `st.header` or `st.subheader`.
    """
    first, *rest = sentence.split("\n")
    show(plain(first), anchor=False)
    for line in rest:
        st.write(plain(line))


def empty(title: str, would_show: str, *, table: str, picture: Callable[[DuckDBEngine], go.Figure], alt: str) -> None:
    """Tell what a page would show if the data were there, with a picture of it from the sample shop; end the page."""
    st.caption(title)
    st.header(f"No {table} here yet", anchor=False)
    st.write(would_show)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.page_link(menu.UPLOAD.script, label=f"Upload {table}", icon=":material/upload:")
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


def say_private_is_gone(workspace: session.Workspace) -> None:
    """Say, on the first run of a page that was loaded anew, why its private workspace is empty."""
    is_first = "_has_run" not in st.session_state
    st.session_state["_has_run"] = True
    if is_first and workspace.name == session.PRIVATE and not any(workspace.counts.values()):
        st.info(
            "The private workspace of this page is gone: it lives as long as its browser tab, and is deleted when the "
            "page is loaded anew or opened elsewhere. Upload the files again; under a name a workspace is kept.",
            icon=":material/info:",
        )
