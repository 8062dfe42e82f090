"""The lengths of brackets, as people write them; whatever a link holds, the page stands."""

import re

import streamlit as st

from pages.shared.messages import plain
from retention_core.analyses.customers.cohort_question import WINDOW_DAYS

MOST_BRACKETS, MOST_DAYS = 24, 20_000
_NUMBER = re.compile("[0-9۰-۹٠-٩]{1,6}")


def choose_brackets(unit: str) -> tuple[int, ...]:
    """Ask for the lengths of the brackets; what cannot be read is said, and single periods are shown meanwhile."""
    text = st.text_input(
        f"Lengths of the brackets in {unit}s",
        "7, 23, 61",
        key="brackets",
        bind="query-params",
        help="7, 23, 61 gives 1–7, 8–30 and 31–91. Purchases are counted per period, not per bracket.",
    )
    lengths, wrong = read_brackets(text, unit)
    if wrong:
        st.caption(f"{plain(wrong)} Single periods are shown meanwhile. Write for example 7, 23, 61.")
    return lengths


def read_brackets(text: str, unit: str) -> tuple[tuple[int, ...], str]:
    """Return the lengths of brackets as written, and what is wrong with them in words; one of the two is empty."""
    parts = [part for part in re.split(r"[,،;؛\s]+", text) if part]
    unread = [part for part in parts if not _NUMBER.fullmatch(part) or int(part) < 1]
    if not parts:
        return (), "No length is given yet."
    if unread:
        return (), f"“{unread[0][:40]}” is no length: lengths are whole numbers from 1 to 999999."
    if len(parts) > MOST_BRACKETS:
        return (), f"{len(parts)} brackets are given, and at most {MOST_BRACKETS} can be shown."
    lengths = tuple(int(part) for part in parts)
    most = MOST_DAYS // WINDOW_DAYS[unit]
    if sum(lengths) > most:
        return (), f"Together the brackets are {sum(lengths):,} {unit}s long, and the calendar holds {most:,}."
    return lengths, ""
