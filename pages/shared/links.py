"""The link: what it asks for and cannot be chosen here is said, once, with what is shown instead."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared.messages import plain
from retention_core.wording import when

_DROPPED, _LEFT, _SAID = "_link_dropped", "_link_left", "_link_said"
_UNSAID = object()  # no switch of this key was drawn in this tab

_DAY = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")

Link = dict[str, list[str]]


def asked() -> Link:
    """Return what the link asks for, key -> values; to be read before any switch is drawn, since that corrects it.

    Without the workspace: where that is not here, no page is shown at all.
    """
    st.session_state[_DROPPED] = {}
    return _link()


def _link() -> Link:
    return {key: st.query_params.get_all(key) for key in st.query_params if key != "workspace"}


def keep(key: str, choices: Sequence[Any], label: str = "") -> None:
    """Let what was chosen before survive where it can be chosen; the rest is dropped, with a word if it has a label.

    To be called before a switch is drawn whose choices differ between workspaces. A single choice falls back to the
    first one.
    """
    chosen = st.session_state.get(key)
    if isinstance(chosen, list):
        kept: object = [each for each in chosen if each in choices]
        lost = [each for each in chosen if each not in choices]
    else:
        is_lost = chosen is not None and chosen not in choices
        kept, lost = (next(iter(choices), None), [chosen]) if is_lost else (chosen, [])
    _drop(key, lost, kept, label)


def keep_within(key: str, low: date, high: date, label: str) -> None:
    """Let a day chosen before survive where it lies between two days; else drop it with a word."""
    chosen = st.session_state.get(key)
    is_lost = isinstance(chosen, date) and not low <= chosen <= high
    _drop(key, [chosen] if is_lost else [], None, label)


def _drop(key: str, lost: list[object], kept: object, label: str) -> None:
    """Set a switch to what is left of its choice, which brings that into the link, and note what is lost."""
    if not lost:
        return
    st.session_state[key] = kept
    if label:
        st.session_state[_DROPPED][key] = _cannot_be_chosen(label, lost, kept)


def say_what_is_missing(place: DeltaGenerator, where: str, link: Link, labels: Mapping[str, str]) -> None:
    """Say in a place what of the link cannot be chosen here; to be called when all switches of a page are drawn.

    where: page and workspace. labels: key -> name of the switch as people read it, where it is not the key.
    """
    said: set[str] = st.session_state.setdefault(_SAID, set())
    notes: dict[str, str] = dict(st.session_state[_DROPPED])
    if st.session_state.get(_LEFT) != (where, link):
        notes = _lost(link, labels) | notes
    unknown = [key for key in link if st.session_state.get(key, _UNSAID) is _UNSAID and f"{where} {key}" not in said]
    if unknown:
        said |= {f"{where} {key}" for key in unknown}
        names = ", ".join(f"“{key}”" for key in unknown)
        notes[""] = f"The page as it stands has no switch {names}, which is left aside."
    if notes:
        lines = [plain(note) for note in notes.values()]
        place.warning(
            "  \n".join(["**Not everything that was asked for is here.**", *lines]), icon=":material/link_off:"
        )
    st.session_state[_LEFT] = (where, _link())


def _lost(link: Link, labels: Mapping[str, str]) -> dict[str, str]:
    notes = {}
    for key, values in link.items():
        held = st.session_state.get(key, _UNSAID)
        shown = {_written(each) for each in (held if isinstance(held, list) else [held])}
        wanted = values if isinstance(held, list) else values[-1:]
        lost = [each for each in wanted if each and _written(each) not in shown]
        if held is not _UNSAID and lost:
            notes[key] = _cannot_be_chosen(labels.get(key, key), lost, held)
    return notes


def _cannot_be_chosen(label: str, lost: Sequence[object], kept: object) -> str:
    values = ", ".join(f"“{_in_words(each)}”" for each in lost)
    instead = f"“{_in_words(kept)}” is shown instead" if kept not in (None, [], "") else "it is left out"
    return f"{label}: {values} cannot be chosen here; {instead}."


def _in_words(value: object) -> str:
    words: dict[type, Callable[[Any], str]] = {date: when, bool: lambda on: "on" if on else "off", list: ", ".join}
    return words.get(type(value), str)(value)


def _written(value: object) -> str:
    """Return a value as links write it, so that one way to write a number, a day or a truth is like another."""
    text = str(value)
    if day := _DAY.fullmatch(text):
        return "-".join(str(int(part)) for part in day.groups())
    if text.lower() in ("true", "false"):
        return text.lower()
    try:
        return str(float(text))
    except ValueError:
        return text
