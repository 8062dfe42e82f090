"""Of those who came, how many come back, and is it getting better?"""

from collections.abc import Callable
from functools import partial

import streamlit as st

from pages.customers.cohort_switches import choose_question
from pages.customers.cohort_view_switches import choose_for_tab, choose_part
from pages.shared import session, show
from pages.shared.charts import picture_format
from pages.shared.messages import empty, errors_shown
from pages.shared.part import part_of_page
from pages.shared.switches import tabs
from retention_core.answers.answer import Answer, Part
from retention_core.answers.customers.cohort_answer import (
    PARTS,
    QUESTION,
    cohort_answer,
    cohort_example,
    cohort_part,
    widened,
)
from retention_core.answers.customers.cohort_view import CohortView
from retention_core.answers.customers.kept import kept_retention
from retention_core.answers.in_force import in_force
from retention_core.reports.workbook import as_workbook
from retention_core.words.say import say, sentence

WOULD_SHOW = sentence(
    "For every month: how many customers first bought then, and what share of them bought again in each month that "
    "followed, with the cells that can still change marked."
)


def page() -> None:
    """Show the answer for what the switches ask."""
    workspace = session.current()
    if not workspace.has("orders"):
        empty(say(QUESTION), say(WOULD_SHOW), "orders", cohort_example)
        return
    part_of_page(cohorts, "orders")


def cohorts() -> None:
    """Draw the switches and what they ask."""
    workspace = session.current()
    top = st.container(key="opening_place")
    with errors_shown():
        asked, show_counts = choose_question(workspace, session.filters())
        question = widened(asked)
        table = kept_retention(workspace, question)
        if table.is_empty:
            with top:
                show.opening(cohort_answer(workspace, question))
            return
        part = choose_part(table)
        tab, place = tabs("tab", {name: say(title) for name, title in PARTS.items()})
        with place:
            part |= choose_for_tab(tab, workspace, table)
        view = CohortView(show_counts, **part)
        with place:  # before what is said over it, which asks more
            show.part(Part(tab, say(PARTS[tab]), partial(cohort_part, workspace, question, view, tab)))
        answer = cohort_answer(workspace, question, view)
        with top:
            show.opening(answer)
        _below(answer)


def _below(answer: Answer) -> None:
    """Show the table with all that can be taken away, and the definitions."""
    show.table(answer.tables[0])
    with st.container(horizontal=True, vertical_alignment="center"):
        show.download("cohort_retention", _workbook(answer), say("Download as Excel"), "xlsx")
        picture_format()
        show.how_counted(answer)


def _workbook(answer: Answer) -> Callable[[], bytes]:
    """Return what makes the workbook, later and in another thread, which knows nothing of the page."""
    workspace, table = session.current(), answer.tables[0]
    notes = (f"{session.title_of(workspace.name)} · {in_force(workspace, session.filters())}", table.caption)
    return lambda: as_workbook(table.rows(), answer.question, answer.terms, notes)


page()
