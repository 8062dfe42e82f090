"""What of the cohort table is looked at: whose table, which part of a large one, and what the open tab shows."""

from typing import Any

import streamlit as st

from pages.shared import link, switches
from pages.shared.switches import choose
from retention_core.analyses.customers.cohort_question import CohortQuestion
from retention_core.analyses.customers.cohort_retention import CohortRetention
from retention_core.answers.customers.cohort_view import CohortView
from retention_core.answers.customers.in_motion import periods_with_customers
from retention_core.figures.cohort_bars import segment_words
from retention_core.figures.purchase_curve import STEP_NAMES
from retention_core.figures.window import MOST, window_of
from retention_core.periods import Period
from retention_core.words.say import say, sentence
from retention_core.workspace import Workspace

COARSER = {"day": "week", "week": "month"}
BRACKETS = {"day": "1, 6, 23, 60, 90", "week": "4, 9, 13, 26"}
_SHOW_COARSER = {"week": sentence("Show weeks"), "month": sentence("Show months")}
_NUMBER_OF = {
    "day": sentence("Day number"),
    "week": sentence("Week number"),
    "month": sentence("Month number"),
    "quarter": sentence("Quarter number"),
    "year": sentence("Year number"),
}


def choose_part(table: CohortRetention) -> dict[str, Any]:
    """Ask whose table is shown and, where it is larger than can be seen, which part; by the names of `CohortView`."""
    chosen: dict[str, Any] = {}
    if table.question.segment:
        names = {name: segment_words(name) for name in table.segments}
        chosen["segment"] = choose("segment_shown", say("The table of"), names, as_list=True, width=320)
    return chosen | _part(CohortView(**chosen).of(table))


def choose_for_tab(tab: str, workspace: Workspace, table: CohortRetention) -> dict[str, Any]:
    """Ask what the open tab shows, by the names of `CohortView`."""
    question = table.question
    if tab == "curves" and not question.needs_money:
        return {"show_articles": _articles()}
    if tab == "one_column":
        return {"column": _column(table, "period_number", _number_of(question))}
    if tab == "segments" and question.segment:
        return {"segments_column": _column(table, "segment_number", say("Column"))}
    if tab == "next_purchase":
        names = {str(step): say(name) for step, name in STEP_NAMES.items()}
        return {"step": int(choose("step", say("From purchase to purchase"), names))}
    if tab == "in_motion" and question.period.unit != "day":
        return _days_in(workspace, question)
    return {}


def _part(retention: CohortRetention) -> dict[str, Any]:
    window, chosen = window_of(retention), dict[str, Any]()
    if window.all_cohorts <= MOST and window.all_columns <= MOST:
        return chosen
    period, cohorts = retention.question.period, retention.cells["cohort"]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if window.all_cohorts > MOST:
            low, high = (period.starts_on(int(each)) for each in (cohorts.min() + MOST - 1, cohorts.max()))
            if last := switches.day("cohorts_to", say("Cohorts up to"), low, high, width=180):
                chosen["last_cohort"] = period.number(last)
        if window.all_columns > MOST:
            label = say("Columns from")
            chosen["first_column"] = switches.number("columns_from", label, 0, window.all_columns - 1, 0, width=300)
        _offer_coarser(retention.question)
    return chosen


def _offer_coarser(question: CohortQuestion) -> None:
    """Offer longer periods, and columns of several periods together, one click away."""
    if coarser := COARSER.get(question.period.unit):
        label = say(_SHOW_COARSER[coarser])
        st.button(label, key="coarser", icon=":material/zoom_out:", on_click=link.choose, args=("period", coarser))
        if not question.own_windows and not question.brackets:
            st.button(
                say("Columns in brackets"),
                key="in_brackets",
                icon=":material/view_column:",
                on_click=_show_brackets,
                args=(question.period.unit,),
            )


def _show_brackets(unit: str) -> None:
    link.choose("columns", "brackets")
    link.choose("brackets", BRACKETS[unit])


def _articles() -> bool:
    return switches.toggle(
        "articles",
        say("Show what articles give for the use of products eight weeks after sign-up"),
        help=say(
            "Not purchases: the share of new users of a product who use it in week 8, as published by others, by "
            "industry. Shown for orientation only; nothing of it was measured here."
        ),
    )


def _column(table: CohortRetention, key: str, label: str) -> int:
    highest = max(1, int(table.cells["period_number"].max()))
    return switches.number(key, label, 1, highest, 1, width=320) if highest > 1 else 1


def _number_of(question: CohortQuestion) -> str:
    if question.brackets or question.own_windows:
        return say("Column number")
    return say(_NUMBER_OF[question.period.unit])


def _days_in(workspace: Workspace, question: CohortQuestion) -> dict[str, Any]:
    """Ask in which period the customers bought whose days are shown; it stands in the link by its first day."""
    period: Period = question.period
    known = periods_with_customers(workspace, question.filters, period)
    if not known:
        return {}
    names = {period.starts_on(number).isoformat(): name for number, name in known}
    label = say("Days of the customers who bought in")
    chosen = choose(f"days_in_{period.unit}", label, names, as_list=True, width=280)
    return {"days_in": next(number for number, _ in known if period.starts_on(number).isoformat() == chosen)}
