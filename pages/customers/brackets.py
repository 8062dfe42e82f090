"""The lengths of brackets, as people write them; whatever a link holds, the page stands."""

import re

import streamlit as st

from pages.shared import switches
from pages.shared.messages import plain
from retention_core.analyses.customers.cohort_question import WINDOW_DAYS
from retention_core.words.numbers import whole
from retention_core.words.say import say, sentence

MOST_BRACKETS, MOST_DAYS = 24, 20_000
_NUMBER = re.compile("[0-9۰-۹٠-٩]{1,6}")
_LENGTHS = {
    "day": sentence("Lengths of the brackets in days"),
    "week": sentence("Lengths of the brackets in weeks"),
    "month": sentence("Lengths of the brackets in months"),
    "quarter": sentence("Lengths of the brackets in quarters"),
    "year": sentence("Lengths of the brackets in years"),
}
_TOO_LONG = {
    "day": sentence("Together the brackets are {sum} days long, and the calendar holds {most}."),
    "week": sentence("Together the brackets are {sum} weeks long, and the calendar holds {most}."),
    "month": sentence("Together the brackets are {sum} months long, and the calendar holds {most}."),
    "quarter": sentence("Together the brackets are {sum} quarters long, and the calendar holds {most}."),
    "year": sentence("Together the brackets are {sum} years long, and the calendar holds {most}."),
}


def choose_brackets(unit: str) -> tuple[int, ...]:
    """Ask for the lengths of the brackets; what cannot be read is said, and single periods are shown meanwhile."""
    written = switches.text(
        "brackets",
        say(_LENGTHS[unit]),
        "7, 23, 61",
        help=say("7, 23, 61 gives 1–7, 8–30 and 31–91. Purchases are counted per period, not per bracket."),
    )
    lengths, wrong = read_brackets(written, unit)
    if wrong:
        instead = say("Single periods are shown meanwhile. Write for example 7, 23, 61.")
        st.caption(f"{plain(wrong)} {plain(instead)}")
    return lengths


def read_brackets(text: str, unit: str) -> tuple[tuple[int, ...], str]:
    """Return the lengths of brackets as written, and what is wrong with them in words; one of the two is empty."""
    parts = [part for part in re.split(r"[,،;؛\s]+", text) if part]
    unread = [part for part in parts if not _NUMBER.fullmatch(part) or int(part) < 1]
    if not parts:
        return (), say("No length is given yet.")
    if unread:
        return (), say("“{text}” is no length: lengths are whole numbers from 1 to 999999.", text=unread[0][:40])
    if len(parts) > MOST_BRACKETS:
        return (), say(
            "{given} brackets are given, and at most {most} can be shown.", given=len(parts), most=MOST_BRACKETS
        )
    lengths = tuple(int(part) for part in parts)
    most = MOST_DAYS // WINDOW_DAYS[unit]
    if sum(lengths) > most:
        return (), say(_TOO_LONG[unit], sum=whole(sum(lengths)), most=whole(most))
    return lengths, ""
