"""What people are told: errors with what to do, empty pages with what they would show."""

import logging
import re
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages import menu
from pages.shared import session
from pages.shared.charts import picture
from retention_core.answers.answer import Chart
from retention_core.errors import RetentionError, WorkspaceBehind, WorkspaceUnavailable
from retention_core.words.language import spoken
from retention_core.words.say import again, apart, say, sentence
from retention_core.workspace import Workspace

_LOG = logging.getLogger(__name__)
_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&])")
_NOTHING = {
    "orders": sentence("No orders here yet"),
    "complaints": sentence("No complaints here yet"),
    "satisfaction": sentence("No satisfaction answers here yet"),
}
_UPLOAD = {
    "orders": sentence("Upload orders"),
    "complaints": sentence("Upload complaints"),
    "satisfaction": sentence("Upload satisfaction answers"),
}


def plain(text: str) -> str:
    """Return text in the language spoken, so that Markdown shows it to the letter; all from a file goes through here.

    Text in letters that run against the lines it stands in is kept apart from what stands around it.
    """
    told = again(text)
    return _MARKUP.sub(r"\\\1", told if told is not text or hasattr(text, "again") else apart(told, spoken()))


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
            say("Something went wrong that we did not foresee."),
            say("What is loaded is as it was: nothing is ever changed by halves."),
            say(
                "Reload the page. If it happens again, please report it with the reference {reference}; the log of this "
                "program says the rest.",
                reference=reference,
            ),
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


def workspace_is_missing(name: str) -> bool:
    """Tell whether the workspace that is wanted is not here; if so, say it, and offer those that are."""
    if name in session.names():
        return False
    show_error(
        WorkspaceUnavailable(
            say("There is no workspace “{name}” here.", name=name),
            say("Its folder was deleted, renamed or moved, or the link is of another machine or tab."),
            say("Nothing of another one is shown in its place. Open one of those that are here."),
        )
    )
    with st.container(horizontal=True):
        _offer_others(name)
    return True


@contextmanager
def unavailable_shown(name: str) -> Iterator[None]:
    """Where the workspace `name` cannot be opened or used any longer, say why, and offer the others."""
    try:
        yield
    except WorkspaceUnavailable as error:
        show_error(error)
        with st.container(horizontal=True):
            if isinstance(error, WorkspaceBehind):
                _offer(say("Open it without them"), session.open_as_it_stands, name)
            else:
                _offer(say("Try again"), session.switch_to, name)
            _offer_others(name)


def _offer_others(name: str) -> None:
    for other in session.names():
        if other != name:
            _offer(say("Open {name}", name=session.title_of(other)), session.switch_to, other)


def _offer(label: str, on_click: Callable[[str], None], name: str) -> None:
    st.button(plain(label), key=f"offer_{label}", on_click=on_click, args=(name,))


def headline(text: str, show: Callable[..., object]) -> None:
    """Show a sentence as a heading; what stands on further lines of it explains it, and is shown smaller.

    show: `st.header` or `st.subheader`.
    """
    first, *rest = text.split("\n")
    show(plain(first), anchor=False)
    for line in rest:
        st.write(plain(line))


def empty(question: str, would_show: str, table: str, example: Callable[[Workspace], Chart]) -> None:
    """Tell what a page would show if the data were there, with a chart of the sample shop.

    table: orders, complaints or satisfaction, which is missing. example: makes the chart out of the sample shop.
    """
    st.title(plain(question), anchor=False)
    st.header(say(_NOTHING[table]), anchor=False)
    st.write(plain(would_show))
    with st.container(horizontal=True, vertical_alignment="center"):
        offer_upload(table)
        see_the_sample(say("See it on the sample shop"))
    with st.container(border=True):
        st.caption(say("An example, from the sample shop – not your data."))
        picture(example(session.open_workspace(session.SAMPLE)), "example")


def offer_upload(table: str) -> None:
    """Show the way to where a table that is missing can be uploaded. table: orders, complaints or satisfaction."""
    st.page_link(menu.UPLOAD.script, label=say(_UPLOAD[table]), icon=":material/upload:")


def see_the_sample(label: str) -> None:
    """Offer to look at the sample shop."""
    st.button(label, key="see_sample", icon=":material/storefront:", on_click=session.switch_to, args=(session.SAMPLE,))


def say_what_is_missing(place: DeltaGenerator, missing: Sequence[str]) -> None:
    """Say in a place what of the link cannot be had here. missing: in words, see `link.missing`."""
    if missing:
        lines = [f"**{say('Not everything that was asked for is here.')}**", *(plain(each) for each in missing)]
        place.warning("  \n".join(lines), icon=":material/link_off:")


def say_private_is_gone(workspace: Workspace) -> None:
    """Say, on the first run of a page that was loaded anew, why its private workspace is empty."""
    is_first = "_has_run" not in st.session_state
    st.session_state["_has_run"] = True
    if is_first and workspace.name == session.PRIVATE and workspace.is_empty:
        st.info(
            say(
                "The private workspace of this page is gone: it lives as long as its browser tab, and is deleted when "
                "the page is loaded anew or opened elsewhere. Upload the files again; under a name a workspace is kept."
            ),
            icon=":material/info:",
        )
