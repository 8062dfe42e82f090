"""How long people wait, and who waits now, in words."""

from functools import partial

from retention_core.analyses.complaints.response_times import (
    ResponseQuestion,
    ResponseTimes,
    available_waits,
)
from retention_core.answers.answer import Answer, Card, Table
from retention_core.answers.complaints.complaint_lists import apart_complaints, open_complaints
from retention_core.answers.complaints.kept_times import kept_times
from retention_core.answers.complaints.period_table import waits_table
from retention_core.answers.complaints.response_sentences import apart_notes, days_words, response_sentence
from retention_core.answers.complaints.wait_charts import open_chart, shares_chart, waits_chart
from retention_core.answers.kept_answer import kept_answer
from retention_core.answers.nothing import nothing_within
from retention_core.answers.shares import share_card
from retention_core.filters import Filters
from retention_core.periods import Period
from retention_core.words.language import spoken
from retention_core.words.numbers import duration, whole
from retention_core.words.say import say, sentence
from retention_core.workspace import Workspace

QUESTION = sentence("How long do people wait, and who waits now?")
TERMS = (
    "Complaint",
    "Wait",
    "Median and 90th percentile of the wait",
    "Answered within 1, 3, 5 days",
    "Still open",
    "Closed, moment unknown",
    "Data error",
    "Interval",
    "As of",
)


def response_answer(workspace: Workspace, question: ResponseQuestion) -> Answer:
    """Return what is said of the waits of complaints: sentence, four cards, three charts, and tables."""
    return kept_answer(workspace, ("response_times", question), lambda: _told(workspace, question))


def _told(workspace: Workspace, question: ResponseQuestion) -> Answer:
    times = kept_times(workspace, question)
    if times.is_empty:
        return nothing_within(say(QUESTION), say("No complaint lies within these filters."))
    return Answer(
        say(QUESTION),
        response_sentence(times),
        apart_notes(times),
        _cards(times),
        (waits_chart(times), shares_chart(times), open_chart(times)),
        _tables(workspace, times),
        TERMS,
    )


def without_moments() -> Answer:
    """Return what is said where the complaints tell no wait at all."""
    return Answer(
        say(QUESTION),
        say("The complaints carry neither the moment of a first response nor of a resolution."),
        (say("Upload a file with a column for one of the two; without it, waits cannot be known."),),
        is_empty=True,
    )


def complaints_in_brief(workspace: Workspace, filters: Filters) -> Answer:
    """Return what the overview says of complaints: the sentence and the shares in time by month."""
    make = partial(_in_brief, workspace, filters)
    return kept_answer(workspace, ("complaints_in_brief", filters), make)


def _in_brief(workspace: Workspace, filters: Filters) -> Answer:
    question = say("How long do they wait?")
    if known := available_waits(workspace.engine) if workspace.has("complaints") else []:
        period = Period("month", spoken().calendar)
        times = kept_times(workspace, ResponseQuestion(known[-1], period, filters))
        if not times.is_empty:
            return Answer(question, response_sentence(times), charts=(shares_chart(times, is_titled=False),))
    return Answer(question, say("No complaints with a response to answer this."), is_empty=True)


def _cards(times: ResponseTimes) -> tuple[Card, ...]:
    overall, settled = times.overall, times.periods[times.periods["state"] == "complete"]
    limit, term = times.question.limit_days, "Median and 90th percentile of the wait"
    note = say("n = {n}, open ones included", n=whole(overall["complaints"]))
    is_p90_known = overall["p90_seconds"] > 0
    late = {"late": whole(overall["open_over_limit"]), "limit": days_words(limit), "as_of": times.as_of}
    return (
        Card(
            say("Half wait at most"),
            duration(overall["median_seconds"]),
            term,
            note,
            tuple(settled["median_seconds"]),
        ),
        Card(
            say("Nine in ten wait at most"),
            duration(overall["p90_seconds"]),
            term,
            note if is_p90_known else say("unknown: too few are answered"),
            tuple(settled["p90_seconds"]),
        ),
        share_card(
            say("Within {limit}", limit=days_words(limit)),
            times.within(limit),
            "Answered within 1, 3, 5 days",
            trend=tuple(settled["within_limit"] / settled["complaints"]),
        ),
        Card(
            say("Still open"),
            whole(overall["still_open"]),
            "Still open",
            say("{late} over {limit}, on {as_of}", **late),
        ),
    )


def _tables(workspace: Workspace, times: ResponseTimes) -> tuple[Table, ...]:
    found = []
    if times.overall["still_open"]:
        found.append(open_complaints(workspace, times))
    if times.overall["closed_apart"]:
        found.append(apart_complaints(workspace, times))
    return (*found, waits_table(workspace, times))
