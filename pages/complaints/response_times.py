"""How long do people wait, and who waits now?"""

from collections.abc import Mapping
from functools import partial

import streamlit as st

from pages.shared import session, show
from pages.shared.messages import empty
from pages.shared.part import part_of_page
from pages.shared.switches import choose, tabs
from retention_core.analyses.complaints.response_times import ResponseQuestion
from retention_core.answers.answer import Answer, Chart
from retention_core.answers.complaints import response_choices as choices
from retention_core.answers.complaints.response_answer import PARTS, QUESTION, response_answer, without_moments
from retention_core.filters import Filters
from retention_core.words.say import say
from retention_core.workspace import Workspace


def page() -> None:
    """Ask for the switches, and draw what is said of the waits."""
    workspace = session.current()
    if not workspace.has("complaints"):
        would_show = say(
            "For every week: how long half of the complaints and nine in ten of them waited, what share was answered "
            "within 1, 3 and 5 days, and which complaints are open now, the oldest first."
        )
        empty(say(QUESTION), would_show, "complaints", example)
        return
    waits = choices.waits_known(workspace)
    if not waits:
        show.opening(without_moments())
        return
    part_of_page(partial(waits_of, workspace, waits), "complaints")


def waits_of(workspace: Workspace, waits: Mapping[str, str]) -> None:
    """Draw the switches and what they ask. waits: those that the complaints can tell."""
    opening = st.container(key="opening_place")
    answer = response_answer(workspace, asked(workspace, waits))
    with opening:
        show.opening(answer)
    if not answer.is_empty:
        draw(answer)


def asked(workspace: Workspace, waits: Mapping[str, str]) -> ResponseQuestion:
    """Draw the switches and return what they ask. waits: those that the complaints can tell."""
    filters, latest = session.filters(), list(waits)[-1]
    usual = choices.usual_period(workspace, latest, filters)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        awaited = choose("wait_until", say("Wait until"), waits, latest)
        unit = choose("opened_by", say("Opened by"), choices.periods_of_opening(), usual)
        limit = choose("limit", say("In time within"), choices.limits(), choices.USUAL_LIMIT, as_list=True, width=130)
    return choices.response_question(workspace, awaited, unit, filters, limit)


def draw(answer: Answer) -> None:
    """Draw the charts, the parts, the lists of complaints, and the table."""
    show.chart(answer.chart("waits"))
    opened, place = tabs("waits_tab", {name: say(title) for name, title in PARTS.items()})
    with place:
        if opened == "shares":
            shares(answer)
        else:
            show.part(next(part for part in answer.parts if part.name == opened))
    for table in answer.tables:
        show.table(table)
    show.how_counted(answer)


def shares(answer: Answer) -> None:
    """Draw what part was answered in time, and beside it the ages of what is open."""
    left, right = st.columns([3, 2])
    with left:
        show.chart(answer.chart("answered_in_time"))
    with right:
        show.chart(answer.chart("open_by_age"))


def example(sample: Workspace) -> Chart:
    """Return the waits of the sample shop."""
    return response_answer(sample, choices.response_question(sample, "resolution", "month", Filters())).chart("waits")


page()
