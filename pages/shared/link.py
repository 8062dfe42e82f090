"""The link: what is chosen stands in the address, by ids; whoever opens it sees the same.

What people chose is remembered for their whole visit, and the address names what the page on the screen asks for. An
address that says something else than what was last written there (one that was opened, or gone back to) sets the
switches; else the switches set the address.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from pages.shared.old_links import as_now
from retention_core.words.language import spoken
from retention_core.words.say import say

Asked = dict[str, list[str]]
Read = Callable[[list[str]], Any]
"""Reads the texts of a link as a value; raises ValueError with what cannot be read."""

# How a person is spoken to: a link that does not say it changes nothing about it.
LANGUAGE, CALENDAR = "lang", "days_in"
_ON_ITS_WAY = 1.0  # seconds in which a browser may still send the address from before it was written anew


@dataclass
class _State:
    """What is known of the link in one tab.

    kept: key -> value last chosen, for the whole visit. chosen: key -> value that a button chose, until the switch holds
    it. asked: what the address asks for, None where the switches decide.
    read: the keys that switches have taken since it was asked. shown: what the page has so far for the address. missing:
    what cannot be chosen here, in words. written, before: what stood last in the address, and before that. is_drawn:
    whether the page was drawn to its end; a run that a click interrupts leaves the rest of what was asked to the next.
    named_alone: pages that the menu opened, whose address asked for nothing until it was written; going back to that
    moment changes nothing of what is chosen. bare: pages that the visit began on, or that were drawn, while nothing was
    chosen; on no other page does an address that asks for nothing take back what is chosen. drawn_in: code of the
    language in which the browser last drew the switches. said: what the page that stands says to be missing.
    """

    kept: dict[str, Any] = field(default_factory=dict)
    chosen: dict[str, Any] = field(default_factory=dict)
    asked: Asked | None = None
    read: set[str] = field(default_factory=set)
    shown: Asked = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    written: Asked = field(default_factory=dict)
    before: Asked = field(default_factory=dict)
    written_at: float = 0.0
    page: str | None = None
    is_drawn: bool = True
    named_alone: set[str] = field(default_factory=set)
    bare: set[str] = field(default_factory=set)
    drawn_in: str = ""
    said: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Drawn:
    """What of the page stands in the link when a part of it begins, for when the part is drawn alone. shown: as in
    `_State`. said: what was missing on the whole page, which it says as long as it stands.
    """

    shown: Asked
    said: list[str]

    def is_marked(self) -> bool:
        """Tell whether the page that stands says that something is missing."""
        return bool(self.said)


def begin(page: str) -> None:
    """Find out whether the address or the switches decide; before any switch is drawn. page: the one to be drawn."""
    state = _state()
    address = _address()
    is_menu = not address and state.page is not None and (page != state.page or _only_names(state, page))
    if state.page is None and not address:
        state.bare.add(page)
    if is_menu and state.written:  # however soon the menu was used: the same moment may be gone back to much later
        state.named_alone.add(page)
    if not is_menu and _is_new(state, address):
        state.asked, state.read = address, {LANGUAGE, CALENDAR} - address.keys()
        state.written, state.before = address, state.written
    elif state.is_drawn or page != state.page:
        state.asked, state.read = None, set()
    state.page, state.shown, state.missing, state.is_drawn = page, {}, [], False


def drawn_so_far() -> Drawn:
    """Return what of the link is drawn before a part of the page begins."""
    state = _state()
    state.said = []
    return Drawn(dict(state.shown), state.said)


def go_on_from(before: Drawn) -> None:
    """Begin to draw a part of the page alone. before: what stands there, and stays."""
    state = _state()
    if state.is_drawn:
        state.asked, state.read = None, set()
    state.shown, state.missing, state.is_drawn = dict(before.shown), [], False


def page() -> str:
    """Return the address of the page that is drawn; empty for the first."""
    return _state().page or ""


def language_wanted() -> str | None:
    """Return the code of the language that is asked for or was chosen before; for the menu, drawn before all else."""
    state, address = _state(), _address()
    if LANGUAGE in address and _is_new(state, address):
        return address[LANGUAGE][-1]
    code: str | None = st.session_state.get(LANGUAGE, state.kept.get(LANGUAGE))
    return code


def take(key: str, default: Any, read: Read, label: str = "", words: Callable[[Any], str] | None = None) -> Any:
    """Let a switch hold what the link asks for, else what was chosen before, else the default; return it.

    To be called before the switch is drawn. read: also tells whether what was chosen before can be chosen here. label:
    of the switch, for what is said where it cannot; empty for a switch that falls back without a word. words: says what
    it holds, by default as the link writes it.
    """
    state = _state()
    if key in state.chosen:
        st.session_state[key] = state.chosen.pop(key)
        state.read.add(key)
    asked = is_asked(key)
    is_set = not asked and key in st.session_state
    held = st.session_state[key] if is_set else default if asked else state.kept.get(key, default)
    texts = state.asked[key] if asked and state.asked and key in state.asked else texts_of(held)
    state.read.add(key)
    try:
        value = read(texts) if texts else default
    except ValueError as lost:
        value = _left(read, texts, default)
        if label:
            state.missing.append(
                _cannot_be_chosen(label, str(lost), "" if value in (None, []) else (words or _as_written)(value))
            )
    # A browser remembers the words of a choice, which it must unlearn when the language changes.
    if not is_set or value != held or state.drawn_in != spoken().language.code:
        st.session_state[key] = value
    return value


def is_asked(key: str) -> bool:
    """Tell whether the address decides about a switch in this run, and not what it holds."""
    state = _state()
    return state.asked is not None and key not in state.read


def wanted(key: str, default: str) -> str:
    """Return what a switch is going to hold, as the link writes it, whether or not it can be chosen here."""
    state = _state()
    if key in state.chosen:
        return str(state.chosen[key])
    if is_asked(key):
        return (state.asked or {}).get(key, [default])[-1]
    return str(st.session_state.get(key, state.kept.get(key, default)))


def hold(key: str, default: Any) -> Any:
    """Put what a switch holds, now that it is drawn, into the link, unless it is the default; return it."""
    state, value = _state(), st.session_state[key]
    state.kept[key] = value
    if value != default:
        state.shown[key] = texts_of(value)
    return value


def choose(key: str, value: Any) -> None:
    """Let a switch hold a value from the next run on, whatever the address asks for: for buttons."""
    _state().chosen[key] = value


def write() -> None:
    """Write into the address what the page asks for; when everything is drawn."""
    state = _state()
    address = {key: st.query_params.get_all(key) for key in st.query_params}
    if state.shown != address or not address:  # a browser that has just changed the page may still show the old one's
        st.query_params.from_dict(state.shown)
    if state.shown != state.written:
        state.before, state.written, state.written_at = state.written, state.shown, time.monotonic()
    if not state.shown:
        state.bare.add(state.page or "")
    state.is_drawn, state.drawn_in = True, spoken().language.code


def missing() -> list[str]:
    """Return what of the link cannot be had here, in words; when all switches of the page are drawn."""
    state = _state()
    state.said[:] = _missing(state)
    return list(state.said)


def _missing(state: _State) -> list[str]:
    unknown = [key for key in state.asked or () if key not in state.read]
    if unknown:
        left = say("The page as it stands has no switch “{names}”, which is left aside.", names=", ".join(unknown))
        return [*state.missing, left]
    return state.missing


def texts_of(value: Any) -> list[str]:
    """Return a value as links write it."""
    if value is None or value == "":
        return []
    if isinstance(value, bool):
        return [str(value).lower()]
    if isinstance(value, list | tuple):
        return [text for each in value for text in texts_of(each)]
    return [value.isoformat() if hasattr(value, "isoformat") else str(value)]


def _address() -> Asked:
    return as_now({key: st.query_params.get_all(key) for key in st.query_params})


def _state() -> _State:
    state: _State = st.session_state.setdefault("_link", _State())
    return state


def _only_names(state: _State, page: str) -> bool:
    """Tell whether an address that asks for nothing says no more than which page is shown.

    So it is where the page was never there with nothing chosen, or the menu opened it: a browser empties the address
    when it leaves a page by the menu, and may draw the old page once more before the next one is there.
    """
    return page in state.named_alone or page not in state.bare


def _is_new(state: _State, address: Asked) -> bool:
    """Tell whether the address says something else than what we wrote there."""
    return address != state.written and not _is_late(state, address)


def _is_late(state: _State, address: Asked) -> bool:
    """Tell whether a switch was changed so soon that the browser still sent the address from before."""
    if address != state.before:
        return False
    is_changed = any(key in st.session_state and st.session_state[key] != value for key, value in state.kept.items())
    return is_changed or time.monotonic() - state.written_at < _ON_ITS_WAY


def _left(read: Read, texts: Sequence[str], default: Any) -> Any:
    """Return what is left of several values when those are taken out that cannot be chosen; else the default."""
    if not isinstance(default, list):
        return default
    left = []
    for text in texts:
        try:
            left += read([text])
        except ValueError:
            continue
    return left


def _as_written(value: Any) -> str:
    return ", ".join(texts_of(value))


def _cannot_be_chosen(label: str, lost: str, instead: str) -> str:
    places: Mapping[str, str] = {"label": label, "lost": lost, "instead": instead}
    if not instead:
        return say("{label}: “{lost}” cannot be chosen here; it is left out.", **places)
    return say("{label}: “{lost}” cannot be chosen here; “{instead}” is shown instead.", **places)
