"""Do those who say they are happy return?"""

from functools import partial

import streamlit as st

from pages.satisfaction.scale_switch import choose_scale
from pages.shared import session, show
from pages.shared.messages import empty, plain
from pages.shared.part import part_of_page
from pages.shared.switches import choose
from retention_core.analyses.satisfaction.satisfaction_return import HORIZONS, ReturnQuestion
from retention_core.answers.answer import Answer, Chart
from retention_core.answers.satisfaction.came_back_answer import QUESTION, came_back_answer
from retention_core.answers.satisfaction.rooms import ROOMS, people_in
from retention_core.words.say import counted, say
from retention_core.workspace import Workspace


def page() -> None:
    """Ask for the switches, and draw what is said of those who gave a score."""
    workspace = session.current()
    if missing := next((table for table in ("orders", "satisfaction") if not workspace.has(table)), ""):
        would_show = say(
            "For every score: how many of those who gave it bought again within 30, 90 or 180 days, how many did not, "
            "and how many cannot be known yet."
        )
        empty(say(QUESTION), would_show, missing, example)
        return
    part_of_page(partial(those_who_answered, workspace), "satisfaction")


def those_who_answered(workspace: Workspace) -> None:
    """Draw the switches and what they ask."""
    opening = st.container(key="opening_place")
    answer = came_back_answer(workspace, asked(workspace))
    with opening:
        show.opening(answer)
    if not answer.is_empty:
        draw(answer)


def asked(workspace: Workspace) -> ReturnQuestion:
    """Draw the switches and return what they ask."""
    horizons = {str(days): counted("{n} day", "{n} days", days) for days in HORIZONS}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        days = choose("horizon", say("Horizon"), horizons, "90")
        return ReturnQuestion(int(days), choose_scale(workspace), session.filters())


def draw(answer: Answer) -> None:
    """Draw the chart by score beside the four rooms, who is in the chosen one, and the table."""
    left, right = st.columns([4, 3], gap="medium")
    with left:
        show.chart(answer.charts[0])
    rooms = answer.part("rooms")
    with right:
        st.caption(plain(rooms.notes[0]))
        show.figures(rooms.cards[:2])
        show.figures(rooms.cards[2:])
        names = {"": say("Choose a room …")} | {room.name: say(room.title) for room in ROOMS}
        chosen = choose("room", say("Who they are"), names, as_list=True, label_visibility="collapsed")
    for people in people_in(rooms, chosen) if chosen else ():
        show.table(people)
    for table in answer.tables:
        show.table(table)
    show.how_counted(answer)


def example(sample: Workspace) -> Chart:
    """Return the shares back by score of the sample shop."""
    return came_back_answer(sample, ReturnQuestion()).charts[0]


page()
