"""What a page does while it waits for an answer: it says what is counted, and goes away when nobody wants it any more."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequestType
from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx

from pages.shared import session
from pages.shared.messages import plain
from retention_core.answers.asked_once import looking
from retention_core.tables import TABLES
from retention_core.words.say import say

_QUICK, _SOON = 0.15, 0.5  # seconds: until a page looks whether it is still wanted, and until it says that it waits


@contextmanager
def leaving_when_unwanted(table: str = "") -> Iterator[None]:
    """Let this run end while it waits, as soon as a person chooses something else or leaves; what is counted for them
    alone is stopped then.

    table: whose rows are counted, which is said where it takes long; empty where nothing is said.
    """
    place = st.empty() if table else None
    is_said = False

    def look(seconds: float) -> None:
        nonlocal is_said
        if seconds > _QUICK:
            _leave_if_unwanted()
        if place and seconds > _SOON and not is_said:
            is_said = True
            place.caption(plain(_what_is_done(table)))

    with looking(look):
        yield
    if place and is_said:
        place.empty()


def _what_is_done(table: str) -> str:
    rows = TABLES[table].rows(session.current().counts[table])
    return say("Counting {rows} … Choose something else to stop it.", rows=rows)


def _leave_if_unwanted() -> None:
    """End the run where another is asked for, or none at all.

    A run of the whole page is ended by the framework itself. Where a part of the page is drawn anew, a second change of
    its switches waits its turn; it cannot be asked for but by looking at the requests themselves.
    """
    context = get_script_run_ctx(suppress_warning=True)
    if context is None:
        return
    context.yield_check()
    requests = context.script_requests
    if context.fragment_ids_this_run and requests and requests._state is ScriptRequestType.RERUN:
        st.stop()
