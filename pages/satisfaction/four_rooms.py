"""The four rooms: satisfied or less satisfied, back or gone; each with its people, and what they had spent."""

import streamlit as st

from pages.shared import cards
from pages.shared.columns import CUSTOMER_COLUMNS
from retention_core.analyses.satisfaction.customers_by_score import customers_in_room
from retention_core.analyses.satisfaction.satisfaction_return import SatisfactionReturn
from retention_core.engines.engine import Engine
from retention_core.wording import percent, when, whole

ROOMS = {
    (True, "came_back"): "Satisfied, back",
    (True, "did_not"): "Satisfied, gone",
    (False, "came_back"): "Less satisfied, back",
    (False, "did_not"): "Less satisfied, gone",
}


def four_rooms(answer: SatisfactionReturn) -> str:
    """Show the rooms, and return which of them a person chose to look into."""
    days = answer.question.days
    st.caption(
        f"The four rooms, of all whose {days} days have passed. Spent: all they had bought by {when(answer.as_of)}."
    )
    for is_satisfied in (True, False):
        for column, outcome in zip(st.columns(2), ("came_back", "did_not"), strict=True):
            _room(column, answer, is_satisfied=is_satisfied, outcome=outcome)
    choices = ["Choose a room …", *ROOMS.values()]
    return st.selectbox("Who they are", choices, label_visibility="collapsed", key="room", bind="query-params")


def who_is_in(engine: Engine, answer: SatisfactionReturn, chosen: str) -> None:
    """List the customers in the room called `chosen`, if it is one."""
    for (is_satisfied, outcome), name in ROOMS.items():
        if name == chosen:
            people = customers_in_room(engine, answer, outcome, is_satisfied=is_satisfied)
            count = answer.room(is_satisfied, outcome)[0]
            title = f"{name}: {whole(count)} customers"
            cards.list_behind(people, title, name="customers_in_room", labels=CUSTOMER_COLUMNS)


def _room(column, answer: SatisfactionReturn, *, is_satisfied: bool, outcome: str) -> None:  # type: ignore[no-untyped-def]
    people, revenue = answer.room(is_satisfied, outcome)
    everybody = answer.rooms["customers"].sum()
    cards.figure(
        column,
        ROOMS[is_satisfied, outcome],
        whole(people),
        term="Satisfied, less satisfied",
        note=f"{percent(people / everybody) if everybody else '–'} · spent {whole(revenue)}",
    )
