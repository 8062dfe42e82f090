"""The quiet bar under the menu: what is looked at, in words and in the link."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import streamlit as st

from pages.shared import link, session, switches
from pages.shared.messages import plain
from retention_core.answers.in_force import in_force, segment_label
from retention_core.errors import SettingInvalid
from retention_core.filters import CompareWith, Filters
from retention_core.periods import Period
from retention_core.tables import TABLES
from retention_core.words.glossary import definition
from retention_core.words.language import LANGUAGES, language_of, speak, spoken
from retention_core.words.say import say
from retention_core.workspace import Workspace

_LAST_DAYS = {"last_30": 30, "last_90": 90, "last_365": 365}


def speak_as_asked() -> None:
    """Speak the language and the calendar that the link asks for, before anything is said."""
    language = language_of(link.wanted(link.LANGUAGE, LANGUAGES[0].code))
    calendar = link.wanted(link.CALENDAR, language.calendar)
    speak(language, "jalali" if calendar == "jalali" else "gregorian")


def bar(name: str, *, has_filters: bool) -> tuple[Workspace, Filters]:
    """Draw the bar and return the workspace and the filters in force.

    name: of the workspace. has_filters: whether the page shows what filters choose; else everything is in force.
    """
    workspace = session.open_workspace(name)
    with st.container(gap="xsmall", key="bar"):
        top = st.container(horizontal=True, vertical_alignment="center", key="bar_words")
        words = top.empty()
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="bar_switches"):
            names = {each: session.title_of(each) for each in session.names()}
            switches.choose("workspace", say("Workspace"), names, session.SAMPLE, **_quiet(140))
            filters = _filters(workspace) if has_filters else Filters()
        with top:
            filters = replace(filters, count_refunds=has_filters and _count_refunds(workspace))
            _how_to_speak()
            st.toggle(say("Filters"), key="bar_open")  # seen on a phone alone, where the switches hide behind it
        said = in_force(workspace, filters) if has_filters else _where_it_lies(workspace)
        words.caption(f"**{plain(session.title_of(workspace.name))}** · {plain(said)}")
    return workspace, filters


def require_order(filters: Filters) -> None:
    """Raise SettingInvalid where From lies after To or after As of, so that nothing could lie between them."""
    for name, end in ((say("To"), filters.last_day), (say("As of"), filters.as_of)):
        if filters.first_day and end and filters.first_day > end:
            raise SettingInvalid(
                say("“From” lies after “{name}”.", name=name),
                say(
                    "Nothing can lie between {first} and {last}, so nothing is shown.",
                    first=filters.first_day,
                    last=end,
                ),
                say("Choose an earlier “From” or a later “{name}”.", name=name),
            )


def _where_it_lies(workspace: Workspace) -> str:
    """Return who sees a workspace, and how long it lasts."""
    if workspace.is_sample:
        return say("made up, for everybody to look at")
    if workspace.name == session.PRIVATE:
        return say("only this tab sees it, and it is deleted with the tab")
    if workspace.cluster:
        return say("in the tables of a cluster")
    return say("saved on this machine")


def _quiet(width: int) -> dict[str, Any]:
    """Return the layout of a switch of the bar: a list that says itself what it holds."""
    return {"as_list": True, "label_visibility": "collapsed", "width": width}


def _filters(workspace: Workspace) -> Filters:
    first_day, last_day, as_of = _days(workspace)
    against = {"last_year": say("Against last year"), "before": say("Against the time before")}
    compared = switches.choose("compare_with", say("Compare with"), against, **_quiet(175))
    segments = {
        column: switches.choose_many(
            column,
            segment_label(column),
            values,
            placeholder=segment_label(column),
            label_visibility="collapsed",
            width=118,
        )
        for column, values in _segments(workspace).items()
    }
    chosen = {column: values for column, values in segments.items() if values}
    absent = workspace.absent_segments if chosen else {}
    compare_with: CompareWith = "before" if compared == "before" else "last_year"
    return Filters(first_day, last_day, as_of, chosen, compare_with=compare_with, absent=absent)


def _segments(workspace: Workspace) -> dict[str, list[str]]:
    """Return every segment with its values, also those of which this workspace knows nothing."""
    known = workspace.segment_values
    names = dict.fromkeys(column.name for table in TABLES.values() for column in table.segments())
    return {name: known.get(name, []) for name in names}


def _count_refunds(workspace: Workspace) -> bool:
    """Ask whether refunds count as visits, where there are any."""
    said = say("Off: a refund brings nobody into a cohort and nobody back.")
    return workspace.has_refunds and switches.toggle("refunds", say("Count refunds as visits"), help=said)


def _days(workspace: Workspace) -> tuple[date | None, date | None, date | None]:
    """Ask for the days that are looked at; return the first, the last, and up to which the data is taken as known."""
    choices = {"everything": say("All days")}
    choices |= {key: say("Last {days} days", days=days) for key, days in _LAST_DAYS.items()}
    choices |= {"this_year": say("This year"), "last_year": say("Last year"), "own": say("Own days")}
    chosen = switches.choose("dates", say("Dates"), choices, **_quiet(120))
    if chosen == "own":
        return _own_days(workspace)
    return (*(_preset(chosen, workspace.as_of) if workspace.as_of else (None, None)), None)


def _own_days(workspace: Workspace) -> tuple[date | None, date | None, date | None]:
    first, last = workspace.days
    low, high = first or session.today() - timedelta(days=365), last or session.today()
    known = say("{as_of} {dates}", as_of=_term("As of"), dates=_term("Dates"))
    return (
        switches.day("from", say("From"), low, high, help=_term("Dates"), width=165),
        switches.day("to", say("To"), low, high, help=_term("Dates"), width=165),
        switches.day("as_of", say("As of"), low, high, help=known, width=165),
    )


def _preset(chosen: str, as_of: date) -> tuple[date | None, date | None]:
    """Return the days of a choice, counted back from the last day of the data; years are those of the calendar spoken."""
    if chosen in _LAST_DAYS:
        return as_of - timedelta(days=_LAST_DAYS[chosen] - 1), as_of
    if chosen == "everything":
        return None, None
    year = Period("year", spoken().calendar)
    number = year.number(as_of) - (chosen == "last_year")
    return year.starts_on(number), min(year.ends_on(number), as_of)


def _how_to_speak() -> None:
    names = {each.code: each.name for each in LANGUAGES}
    switches.choose(link.LANGUAGE, say("Language"), names, on_change=_take_its_calendar, **_quiet(100))
    calendars = {"gregorian": say("Gregorian"), "jalali": say("Jalali")}
    switches.choose(link.CALENDAR, say("Calendar"), calendars, spoken().language.calendar, **_quiet(115))


def _take_its_calendar() -> None:
    """Write days in the calendar of the language that has just been chosen."""
    link.choose(link.CALENDAR, language_of(st.session_state[link.LANGUAGE]).calendar)


def _term(term: str) -> str:
    return definition(term).text
