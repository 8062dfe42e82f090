"""Switches that stand in the link: each holds an id or a value, and is shown in the words of who reads it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from pages.shared import link
from retention_core.words.days import when
from retention_core.words.say import say

_TRUTHS = {"true": True, "false": False, "1": True, "0": False}


def choose(
    key: str, label: str, choices: Mapping[str, str], default: str = "", *, as_list: bool = False, **layout: Any
) -> str:
    """Ask for one of several choices, id -> words; return the id. default: by default the first.

    as_list: as a list that opens, instead of buttons in a row.
    """
    usual = default or next(iter(choices))
    link.take(key, usual, _one_of(choices), label, choices.__getitem__)
    if as_list:
        st.selectbox(label, list(choices), format_func=choices.__getitem__, key=key, **layout)
    else:
        st.segmented_control(label, list(choices), format_func=choices.__getitem__, key=key, required=True, **layout)
    chosen: str = link.hold(key, usual)
    return chosen


def choose_many(key: str, label: str, values: Sequence[str], **layout: Any) -> tuple[str, ...]:
    """Ask for any of several values that come from the data; where there are none, say so of what was chosen before."""
    link.take(key, [], _some_of(values), label)
    if values:
        st.multiselect(label, values, key=key, **layout)
    return tuple(link.hold(key, []))


def toggle(key: str, label: str, *, default: bool = False, **layout: Any) -> bool:
    """Ask for yes or no."""
    link.take(key, default, _truth, label, lambda is_on: say("on") if is_on else say("off"))
    st.toggle(label, key=key, **layout)
    return bool(link.hold(key, default))


def day(key: str, label: str, low: date, high: date, **layout: Any) -> date | None:
    """Ask for a day between two, or none."""
    link.take(key, None, _day_between(low, high), label)
    st.date_input(label, None, low, high, key=key, **layout)
    chosen: date | None = link.hold(key, None)
    return chosen


def number(key: str, label: str, low: int, high: int, default: int, **layout: Any) -> int:
    """Ask for a whole number between two."""
    link.take(key, default, _between(low, high), label)
    st.slider(label, low, high, key=key, **layout)
    return int(link.hold(key, default))


def text(key: str, label: str, default: str, **layout: Any) -> str:
    """Ask for a text."""
    link.take(key, default, lambda texts: texts[-1], label)
    st.text_input(label, key=key, **layout)
    return str(link.hold(key, default))


def tabs(key: str, views: Mapping[str, str]) -> tuple[str, Any]:
    """Draw tabs, id -> words; return the id of the open one and its place. What the others would show costs nothing."""
    usual = next(iter(views))
    shown = f"{key}_shown"  # what is drawn holds the words, and these change with the language
    clicked = next((each for each, label in views.items() if label == st.session_state.get(shown)), None)
    if clicked and not link.is_asked(key):
        st.session_state[key] = clicked
    opened: str = link.take(key, usual, _one_of(views), say("View"), views.__getitem__)
    if st.session_state.get(shown) != views[opened]:
        st.session_state[shown] = views[opened]
    places = st.tabs(list(views.values()), key=shown, on_change="rerun")
    link.hold(key, usual)
    return opened, places[list(views).index(opened)]


def _one_of(choices: Mapping[str, str]) -> link.Read:
    def read(texts: list[str]) -> str:
        if texts[-1] not in choices:
            raise ValueError(texts[-1])
        return texts[-1]

    return read


def _some_of(values: Sequence[str]) -> link.Read:
    def read(texts: list[str]) -> list[str]:
        if lost := [text for text in texts if text not in values]:
            raise ValueError(", ".join(lost))
        return texts

    return read


def _truth(texts: list[str]) -> bool:
    if texts[-1].lower() not in _TRUTHS:
        raise ValueError(texts[-1])
    return _TRUTHS[texts[-1].lower()]


def _day_between(low: date, high: date) -> link.Read:
    def read(texts: list[str]) -> date:
        parts = texts[-1].replace("/", "-").split("-")
        chosen: date = _or_lost(lambda: date(*(int(part) for part in parts)), texts[-1])
        if not low <= chosen <= high:
            raise ValueError(when(chosen))
        return chosen

    return read


def _between(low: int, high: int) -> link.Read:
    def read(texts: list[str]) -> int:
        chosen: int = _or_lost(lambda: int(texts[-1]), texts[-1])
        if not low <= chosen <= high:
            raise ValueError(texts[-1])
        return chosen

    return read


def _or_lost(read: Callable[[], Any], text: str) -> Any:
    try:
        return read()
    except (ValueError, TypeError, OverflowError) as error:
        raise ValueError(text) from error
