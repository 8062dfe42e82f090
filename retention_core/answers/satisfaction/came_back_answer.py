"""Whether those who say they are happy return, in words."""

from functools import partial

from retention_core.analyses.satisfaction.satisfaction_return import (
    ReturnQuestion,
    SatisfactionReturn,
    satisfaction_return,
)
from retention_core.answers.answer import Answer, Card
from retention_core.answers.kept import kept
from retention_core.answers.kept_answer import kept_answer
from retention_core.answers.satisfaction.alike_words import alike_card, both_compared
from retention_core.answers.satisfaction.by_score import scores_chart, scores_in_brief, scores_table
from retention_core.answers.satisfaction.rooms import rooms_part
from retention_core.answers.satisfaction.satisfaction_sentence import satisfaction_sentence
from retention_core.answers.shares import share_card
from retention_core.filters import Filters
from retention_core.words.numbers import whole
from retention_core.words.say import counted, say, sentence
from retention_core.workspace import Workspace

QUESTION = sentence("Do those who say they are happy return?")
TERMS = (
    "Score",
    "Satisfied, less satisfied",
    "Came back after an answer",
    "Among customers alike",
    "Not yet known",
    "No answer",
    "Interval",
    "Claim",
)


def came_back_answer(workspace: Workspace, question: ReturnQuestion) -> Answer:
    """Return what is said of those who gave a score: sentence, cards, the chart and table by score, and the rooms."""
    return kept_answer(workspace, ("came_back", question), partial(_told, workspace, question))


def _told(workspace: Workspace, question: ReturnQuestion) -> Answer:
    told = kept_return(workspace, question)
    if told.is_empty:
        return _nothing_joined()
    return Answer(
        say(QUESTION),
        satisfaction_sentence(told),
        both_compared(told),
        _cards(told),
        (scores_chart(workspace, told),),
        (scores_table(workspace, told),),
        TERMS,
        (rooms_part(workspace, told),),
    )


def satisfaction_in_brief(workspace: Workspace, filters: Filters) -> Answer:
    """Return what the overview says of satisfaction: the sentence and the chart by score."""
    return kept_answer(workspace, ("satisfaction_in_brief", filters), partial(_in_brief, workspace, filters))


def kept_return(workspace: Workspace, question: ReturnQuestion) -> SatisfactionReturn:
    """Return who came back after an answer, counted once for each version of the data."""
    return kept(workspace, question, lambda: satisfaction_return(workspace.engine, question))


def _in_brief(workspace: Workspace, filters: Filters) -> Answer:
    question = say("Do the satisfied return?")
    if workspace.has("satisfaction") and workspace.has("orders"):
        told = kept_return(workspace, ReturnQuestion(filters=filters))
        if not told.is_empty:
            return Answer(question, satisfaction_sentence(told), charts=(scores_in_brief(told),))
    return Answer(question, say("No satisfaction answers of customers with orders to answer this."), is_empty=True)


def _nothing_joined() -> Answer:
    note = say(
        "Answers need the customer, or the number of an order that is loaded. Check that both files use the same ids."
    )
    empty = say("No answer can be joined to a customer within these filters.")
    return Answer(say(QUESTION), empty, (note,), is_empty=True)


def _cards(told: SatisfactionReturn) -> tuple[Card, ...]:
    threshold, term = told.scale.satisfied_from, "Came back after an answer"
    not_yet_known = counted("of {n} customer", "of {n} customers", told.customers)
    return (
        share_card(say("Satisfied (from {score}): came back", score=threshold), told.share(True), term),
        share_card(say("Less satisfied (below {score}): came back", score=threshold), told.share(False), term),
        alike_card(told),
        Card(say("Not yet known"), whole(told.not_yet_known), "Not yet known", not_yet_known),
    )
