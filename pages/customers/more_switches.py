"""The switches that few people need, folded away; what is set there is said beside them."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages.customers.brackets import choose_brackets
from pages.shared import link
from pages.shared.switches import choose, choose_many, number
from retention_core.analyses.customers.bought_words import bought_words
from retention_core.analyses.customers.cohort_question import WINDOW_DAYS, CohortQuestion
from retention_core.answers.customers.cohort_verdict import BY
from retention_core.answers.in_force import segment_label
from retention_core.periods import Period
from retention_core.words.days import month
from retention_core.words.glossary import definition
from retention_core.words.language import spoken
from retention_core.words.lists import listed
from retention_core.words.numbers import whole
from retention_core.words.say import counted, say
from retention_core.workspace import Workspace

_NEEDED = {"joined": "customers", "first_complaint": "complaints", "first_answer": "satisfaction"}
_MOST_PURCHASES, _MOST_SEGMENTS, _USUAL_SEGMENTS = 50, 12, 6


def more_switches(
    workspace: Workspace, values: Mapping[str, list[str]], unit: str, *, is_compared: bool
) -> dict[str, Any]:
    """Draw the switches and return what they hold, by the names of `CohortQuestion`.

    values: of each segment of orders. unit: of the period. is_compared: whether segments are compared.
    """
    chosen = _time(unit, workspace.week_start)
    chosen |= _cohorts(workspace, values)
    chosen["returns"] = _coming_back(values)
    chosen["least_purchases"] = int(
        choose(
            "least",
            say("Purchases in a period to count as back"),
            {str(each): whole(each) for each in range(1, _MOST_PURCHASES + 1)},
            as_list=True,
        )
    )
    shares = {"cohort": say("Of the cohort"), "previous_period": say("Of the column before")}
    chosen["share"] = choose("share", say("Share"), shares)
    if "account" in values:
        units = {"customer": say("Customers"), "account": say("Accounts")}
        chosen["unit"] = choose("count", say("Count"), units)
    return chosen | (_segments() if is_compared else {})


def set_in_words(question: CohortQuestion) -> str:
    """Return what these switches hold beside what they usually do, in words; nothing where it is all as usual."""
    period, said = question.period, []
    if period.calendar != spoken().calendar:
        said.append(say("Jalali calendar") if period.calendar == "jalali" else say("Gregorian calendar"))
    if period.year_start != 1:
        said.append(say("years begin in {month}", month=month(period.year_start, period.calendar)))
    if question.own_windows:
        said.append(say("own windows"))
    if question.brackets:
        said.append(say("brackets of {lengths}", lengths=listed([whole(length) for length in question.brackets])))
    if question.cohort_by != "first_purchase":
        said.append(say("cohorts by {came}", came=say(BY[question.cohort_by])))
    if question.starts:
        said.append(say("cohorts begin with {values}", values=bought_words(question.starts)))
    if question.returns:
        said.append(say("back means {values}", values=bought_words(question.returns)))
    if question.least_purchases > 1:
        said.append(
            counted("{n} purchase to count as back", "{n} purchases to count as back", question.least_purchases)
        )
    if question.share == "previous_period":
        said.append(say("shares of the column before"))
    if question.unit == "account":
        said.append(say("accounts are counted"))
    if question.segment and question.segment_of == "each_purchase":
        said.append(say("segment of each purchase"))
    if question.segment and question.top != _USUAL_SEGMENTS:
        said.append(counted("{n} segment shown", "{n} segments shown", question.top))
    return " · ".join(said)


def is_compared_by(values: Mapping[str, list[str]]) -> dict[str, str]:
    """Return the segments by which cohorts can be compared: name -> words."""
    return {column: segment_label(column) for column in values}


def _time(unit: str, week_start: int) -> dict[str, Any]:
    calendars = {"gregorian": say("Gregorian"), "jalali": say("Jalali")}
    _follow_the_calendar_spoken()
    calendar = choose("calendar", say("Calendar"), calendars, spoken().calendar)
    year_start = 1
    if unit in ("quarter", "year"):
        months = {str(each): month(each, calendar) for each in range(1, 13)}  # type: ignore[arg-type]
        year_start = int(choose("year_start", say("Years begin in"), months, as_list=True))
    columns = choose(
        "columns",
        say("Columns"),
        {"periods": say("Calendar periods"), "windows": say("Own windows"), "brackets": say("Brackets")},
        help=say(
            "Own windows: {hours} hours each, from the moment of each customer's first purchase. Brackets: several "
            "periods together.",
            hours=WINDOW_DAYS[unit] * 24,
        ),
    )
    return {
        "period": Period(unit, calendar, week_start, year_start),  # type: ignore[arg-type]
        "own_windows": columns == "windows",
        "brackets": choose_brackets(unit) if columns == "brackets" else (),
    }


def _follow_the_calendar_spoken() -> None:
    """Let the calendar of the cohorts follow that of all days, where it was the same before."""
    usual, before = spoken().calendar, st.session_state.get("_calendar_before")
    if before and before != usual and st.session_state.get("calendar") == before:
        link.choose("calendar", usual)
    st.session_state["_calendar_before"] = usual


def _cohorts(workspace: Workspace, values: Mapping[str, list[str]]) -> dict[str, Any]:
    """Ask what makes a cohort, of what the workspace knows; for a first purchase that matches, what it must match."""
    known = workspace.linked
    names = {
        "first_purchase": say("First purchase"),
        "first_matching_purchase": say("First purchase that matches"),
        "every_purchase": say("Every purchase"),
        "joined": say("Joining date"),
        "first_complaint": say("First complaint"),
        "first_answer": say("First answer"),
    }
    offered = {kind: name for kind, name in names.items() if kind not in _NEEDED or known[_NEEDED[kind]]}
    cohort_by = choose("cohort_by", say("Cohorts by"), offered, as_list=True)
    if cohort_by != "first_matching_purchase":
        return {"cohort_by": cohort_by}
    return {"cohort_by": cohort_by if values else "first_purchase", "starts": _matching(values, "match")}


def _coming_back(values: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    chosen = choose(
        "coming_back",
        say("Coming back means"),
        {"any": say("Any purchase"), "matching": say("A purchase that matches")},
        as_list=True,
        help=say(
            "What a purchase must be to count as coming back. What brings customers in is chosen under “Cohorts by”."
        ),
    )
    return _matching(values, "back") if chosen == "matching" else {}


def _matching(values: Mapping[str, list[str]], key: str) -> dict[str, tuple[str, ...]]:
    """Ask which purchases match: those with one of the values chosen of a segment; all where none is chosen."""
    if not values:
        st.caption(say("The orders have no segment that a purchase could match."))
        return {}
    column = choose(f"{key}_by", say("Which matches by"), is_compared_by(values), as_list=True)
    chosen = choose_many(f"{key}_values", say("These values"), values[column])
    return {column: chosen} if chosen else {}


def _segments() -> dict[str, Any]:
    of = choose(
        "segment_of",
        say("A customer's segment is that of"),
        {"first_purchase": say("First purchase"), "each_purchase": say("Each purchase")},
        help=definition("Compared by").text,
    )
    top = number("top", say("Segments shown, the others together"), 1, _MOST_SEGMENTS, _USUAL_SEGMENTS)
    return {"segment_of": of, "top": top}
