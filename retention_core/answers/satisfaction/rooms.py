"""The four rooms: satisfied or less satisfied, back or gone; each with its people, and what they had spent."""

from dataclasses import dataclass
from functools import partial

import pandas as pd

from retention_core.analyses.satisfaction.satisfaction_return import SatisfactionReturn
from retention_core.answers.answer import Answer, Card, Column, Part, Table
from retention_core.answers.satisfaction.customer_lists import customers_of
from retention_core.words.numbers import UNKNOWN, percent, whole
from retention_core.words.say import counted, say, sentence
from retention_core.workspace import Workspace


@dataclass(frozen=True)
class Room:
    """One room. name: its id. title: as it stands alone. is_satisfied, outcome: who is in it."""

    name: str
    title: str
    is_satisfied: bool
    outcome: str


ROOMS = (
    Room("satisfied_back", sentence("Satisfied, back"), True, "came_back"),
    Room("satisfied_gone", sentence("Satisfied, gone"), True, "did_not"),
    Room("less_satisfied_back", sentence("Less satisfied, back"), False, "came_back"),
    Room("less_satisfied_gone", sentence("Less satisfied, gone"), False, "did_not"),
)


def rooms_part(workspace: Workspace, told: SatisfactionReturn) -> Part:
    """Return the rooms as a part of the page; the customers in a room lie behind its row of the table."""
    return Part("rooms", say("The four rooms"), partial(_rooms, workspace, told))


def people_in(rooms: Answer, name: str) -> tuple[Table, ...]:
    """Return the list of the customers in a room. rooms: what the part says. name: the room's id."""
    table, place = rooms.table("rooms"), [room.name for room in ROOMS].index(name)
    return table.behind(place) if table and table.behind else ()


def _rooms(workspace: Workspace, told: SatisfactionReturn) -> Answer:
    note = say(
        "The four rooms, of all whose {days} days have passed. Spent: all they had bought by {as_of}.",
        days=told.question.days,
        as_of=told.as_of,
    )
    cards = tuple(_card(told, room) for room in ROOMS)
    return Answer(say("The four rooms"), "", (note,), cards, tables=(_table(workspace, told),))


def _card(told: SatisfactionReturn, room: Room) -> Card:
    people, revenue = told.room(room.is_satisfied, room.outcome)
    everybody = int(told.rooms["customers"].sum())
    share = percent(people / everybody) if everybody else UNKNOWN
    note = say("{share} · spent {amount}", share=share, amount=whole(revenue))
    return Card(say(room.title), whole(people), "Satisfied, less satisfied", note)


def _table(workspace: Workspace, told: SatisfactionReturn) -> Table:
    columns = {
        "room": Column(say("Room"), is_pinned=True),
        "customers": Column(say("Customers"), "count"),
        "customer_value": Column(say("Spent"), "money"),
    }
    return Table(
        "rooms",
        lambda: _rows(told),
        columns,
        alt=say("Customers in each of the four rooms, and what they had spent"),
        behind=lambda place: (_people(workspace, told, ROOMS[place]),),
        shown=lambda rows: rows.assign(room=[say(room.title) for room in ROOMS]),
    )


def _rows(told: SatisfactionReturn) -> pd.DataFrame:
    found = [(room.name, *told.room(room.is_satisfied, room.outcome)) for room in ROOMS]
    return pd.DataFrame(found, columns=["room", "customers", "customer_value"])


def _people(workspace: Workspace, told: SatisfactionReturn, room: Room) -> Table:
    count = told.room(room.is_satisfied, room.outcome)[0]
    title = counted("{room}: {n} customer", "{room}: {n} customers", count, room=say(room.title))
    return customers_of(
        workspace,
        told,
        room.outcome,
        name="customers_in_room",
        title=title,
        count=count,
        is_satisfied=room.is_satisfied,
    )
