"""The part of a page that its own switches redraw, without the bar, the menu and the look."""

from collections.abc import Callable

import streamlit as st

from pages.shared import link, session
from pages.shared.messages import errors_shown, say_what_is_missing
from pages.shared.waiting import leaving_when_unwanted
from retention_core.errors import WorkspaceUnavailable
from retention_core.words.language import speaking, spoken


def part_of_page(draw: Callable[[], None], table: str) -> None:
    """Draw what stands under the bar; a change of a switch that it holds draws it alone anew.

    The address is the same whoever draws: the part begins with what stood in the link when the whole page was drawn, and
    ends with writing all of it. table: whose rows are counted.
    """
    speech, before = spoken(), link.drawn_so_far()
    is_with_the_page = [True]

    @st.fragment
    def part() -> None:
        if is_with_the_page:
            is_with_the_page.clear()
            with leaving_when_unwanted(table):
                draw()
            return
        with speaking(speech.language, speech.calendar), errors_shown():
            _require_the_same_page(before)
            link.go_on_from(before)
            notes = st.container()
            with leaving_when_unwanted(table):
                draw()
            say_what_is_missing(notes, link.missing())
            link.write()

    part()


def _require_the_same_page(before: link.Drawn) -> None:
    """Draw the whole page where it has to say something else: it says what is missing, or its workspace is gone."""
    try:
        session.open_workspace(session.current().name)
    except WorkspaceUnavailable:
        st.rerun()
    if before.is_marked():
        st.rerun()
