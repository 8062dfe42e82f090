"""Are we keeping our customers? One sentence and one chart for each question."""

import streamlit as st

from pages import menu
from pages.shared import saving, session, show
from pages.shared.messages import errors_shown, headline, offer_upload, plain, see_the_sample
from retention_core.answers.answer import Answer, Part
from retention_core.answers.overview import overview_answer
from retention_core.words.say import say

# the table that a part is called by -> its page
PAGES = {"orders": menu.COHORTS, "complaints": menu.WAITS, "satisfaction": menu.SCORES}


def page() -> None:
    """Draw the three questions, the first over the others."""
    workspace = session.current()
    answer = overview_answer(workspace, session.filters())
    with st.container(horizontal=True, vertical_alignment="center", key="opening"):
        st.title(plain(answer.question), anchor=False)
        saving.actions(answer)
    if answer.is_empty:
        invite(answer)
        return
    if workspace.is_sample:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(say("This is a made-up sample shop."), width="content")
            st.page_link(menu.UPLOAD.script, label=say("Upload your own file"), icon=":material/upload:")
    first, *others = answer.parts
    with st.container(border=True):
        brief(first)
    for place, part in zip(st.columns(len(others)), others, strict=True):
        with place.container(border=True, height="stretch"):
            brief(part)
    show.how_counted(answer)


def brief(part: Part) -> None:
    """Show the sentence and the chart of a part, and the way to its page."""
    st.caption(plain(part.title))
    with errors_shown():
        answer, its_page = part.answer(), PAGES[part.name]
        if answer.is_empty:
            st.write(plain(answer.sentence))
            offer_upload(part.name)
            return
        headline(answer.sentence, st.subheader)
        for note in answer.notes:
            st.caption(plain(note))
        show.chart(answer.charts[0], key=f"overview_{part.name}")
        st.page_link(its_page.script, label=say(its_page.title), icon=":material/arrow_forward:")


def invite(answer: Answer) -> None:
    """Say what to upload, and offer the sample shop."""
    st.write(plain(answer.notes[0]))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.page_link(menu.UPLOAD.script, label=say("Upload a spreadsheet"), icon=":material/upload:")
        see_the_sample(say("Look at the sample shop"))


page()
