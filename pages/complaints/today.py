"""What needs a decision today?"""

from functools import partial

from pages.shared import session, show
from pages.shared.messages import empty
from pages.shared.part import part_of_page
from retention_core.analyses.complaints.response_times import ResponseQuestion
from retention_core.answers.answer import Answer, Chart
from retention_core.answers.complaints.response_answer import without_moments
from retention_core.answers.complaints.today_answer import QUESTION, today_answer, today_question
from retention_core.filters import Filters
from retention_core.words.say import say
from retention_core.workspace import Workspace


def page() -> None:
    """Say what needs a decision, or what is missing for it."""
    workspace = session.current()
    if not workspace.has("complaints"):
        would_show = say(
            "Which complaints cross day 5 within 24 and 72 hours, and which have crossed it, with what the customer has "
            "spent, reason, employee and last touch; and how many were opened, answered and open at the end of each day."
        )
        empty(say(QUESTION), would_show, "complaints", example)
        return
    question = today_question(workspace, session.filters())
    if question is None:
        show.opening(without_moments(QUESTION))
        return
    part_of_page(partial(decisions_of, workspace, question), "complaints")


def decisions_of(workspace: Workspace, question: ResponseQuestion) -> None:
    """Draw what is said of the open complaints: those that are urgent first."""
    answer = today_answer(workspace, question)
    show.opening(answer)
    if not answer.is_empty:
        draw(answer)


def draw(answer: Answer) -> None:
    """Draw the lists of complaints, and under them how the backlog moves."""
    *lists, over_time = answer.tables
    for table in lists:
        show.table(table)
    show.chart(answer.chart("backlog"))
    show.table(over_time)
    show.how_counted(answer)


def example(sample: Workspace) -> Chart:
    """Return the backlog of the sample shop."""
    question = today_question(sample, Filters())
    assert question  # its complaints tell when they were resolved
    return today_answer(sample, question).chart("backlog")


page()
