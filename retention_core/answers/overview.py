"""Whether customers are kept, in brief: the sentence and one chart of each of three answers."""

from collections.abc import Callable
from functools import partial

from retention_core.analyses.claims import LOOKS_A_YEAR
from retention_core.analyses.customers.bought_words import bought_words
from retention_core.answers.answer import Answer, Part
from retention_core.answers.complaints.response_answer import complaints_in_brief
from retention_core.answers.customers.back_within import back_within_chart, back_within_sentence
from retention_core.answers.customers.kept import kept_back_within
from retention_core.answers.kept_answer import kept_answer
from retention_core.answers.satisfaction.came_back_answer import satisfaction_in_brief
from retention_core.filters import Filters
from retention_core.periods import Period
from retention_core.words.language import spoken
from retention_core.words.say import say, sentence
from retention_core.workspace import Workspace

QUESTION = sentence("Are we keeping our customers?")
TERMS = (
    "Back within 90 days",
    "Answered within 1, 3, 5 days",
    "Still open",
    "Satisfied, less satisfied",
    "Came back after an answer",
    "No answer",
    "Interval",
    "Claim",
    "Compared with",
    "Dates",
)


def overview_answer(workspace: Workspace, filters: Filters) -> Answer:
    """Return the overview: three parts, called by the table that each of them needs."""
    if workspace.is_empty:
        return _nothing_yet()
    parts = (
        Part("orders", say("Do they come back?"), partial(customers_in_brief, workspace, filters)),
        Part("complaints", say("How long do they wait?"), partial(complaints_in_brief, workspace, filters)),
        Part("satisfaction", say("Do the satisfied return?"), partial(satisfaction_in_brief, workspace, filters)),
    )
    return Answer(say(QUESTION), "", terms=TERMS, parts=parts)


def customers_in_brief(workspace: Workspace, filters: Filters, looks: int = LOOKS_A_YEAR) -> Answer:
    """Return what the overview says of customers: the sentence and the share back within 90 days by month.

    looks: how often such a comparison is looked at, see `Comparison`.
    """
    make = partial(_customers, workspace, filters, looks)
    return kept_answer(workspace, ("customers_in_brief", filters, looks), make)


def _customers(workspace: Workspace, filters: Filters, looks: int) -> Answer:
    question = say("Do they come back?")
    if not workspace.has("orders"):
        return Answer(question, say("No orders to answer this."), is_empty=True)
    period = Period("month", spoken().calendar)
    back = kept_back_within(workspace, filters.whole(period), period)
    if back.cohorts.empty:
        return Answer(question, say("No purchase lies within these filters."), is_empty=True)
    headline = back.headline(filters.compare_with, looks)
    told = back_within_sentence(back, headline, bought_words(filters.for_table("orders")))
    notes = (_looks(),) if headline and headline.comparison else ()
    return Answer(question, told, notes, charts=(back_within_chart(back),))


def first_sentence(workspace: Workspace, table: str) -> str:
    """Return the sentence that the page of a table opens with, over all its data; nothing where there is none.

    table: of which somebody has just loaded a file.
    """
    in_brief: dict[str, Callable[[Workspace, Filters], Answer]] = {
        "orders": partial(customers_in_brief, looks=1),
        "complaints": complaints_in_brief,
        "satisfaction": satisfaction_in_brief,
    }
    if table not in in_brief:
        return ""
    answer = in_brief[table](workspace, Filters())
    return "" if answer.is_empty else answer.sentence


def _nothing_yet() -> Answer:
    note = say(
        "Upload orders, complaints or satisfaction answers: any spreadsheet that has a customer and a date. Comeback "
        "then says whether customers come back, how fast they are answered, and whether the satisfied return."
    )
    return Answer(say(QUESTION), "", (note,), is_empty=True)


def _looks() -> str:
    return say(
        "Looked at every month, an unchanged shop would seem to change in half of all years. A change is claimed here "
        "only where twelve looks show it by luck in one year of twenty."
    )
