"""How long people wait, and who waits now, in words."""

import math
from functools import partial

from retention_core.analyses.complaints.response_times import (
    ResponseQuestion,
    ResponseTimes,
    available_waits,
)
from retention_core.answers.answer import Answer, Card, Part, Table
from retention_core.answers.complaints.complaint_lists import apart_complaints, open_complaints
from retention_core.answers.complaints.kept_times import kept_times, last_weeks
from retention_core.answers.complaints.period_table import waits_table
from retention_core.answers.complaints.response_sentences import apart_notes, days_words, response_sentence
from retention_core.answers.complaints.still_open_card import still_open_card
from retention_core.answers.complaints.today_sentences import crossing_words
from retention_core.answers.complaints.trend_parts import control_answer, curves_answer
from retention_core.answers.complaints.trend_sentence import trend_sentence
from retention_core.answers.complaints.wait_charts import open_chart, shares_chart, waits_chart
from retention_core.answers.kept_answer import kept_answer
from retention_core.answers.nothing import nothing_within
from retention_core.answers.shares import share_card
from retention_core.filters import Filters
from retention_core.periods import Period
from retention_core.words.language import spoken
from retention_core.words.numbers import duration, wait_interval, whole
from retention_core.words.say import say, sentence
from retention_core.workspace import Workspace

QUESTION = sentence("How long do people wait, and who waits now?")
PARTS = {
    "shares": sentence("Answered in time, and open now"),
    "control": sentence("A real change, or noise?"),
    "curves": sentence("Still waiting, day by day"),
}
TERMS = (
    "Complaint",
    "Wait",
    "Median and 90th percentile of the wait",
    "Answered within 1, 3, 5 days",
    "Still open",
    "Closed, moment unknown",
    "Data error",
    "Weeks compared",
    "Control limits",
    "Log-rank test",
    "Answered alone",
    "Interval",
    "Claim",
    "As of",
)


def response_answer(workspace: Workspace, question: ResponseQuestion) -> Answer:
    """Return what is said of the waits of complaints: sentence, four cards, three charts, tables, and two parts."""
    return kept_answer(workspace, ("response_times", question), lambda: _told(workspace, question))


def _told(workspace: Workspace, question: ResponseQuestion) -> Answer:
    times = kept_times(workspace, question)
    if times.is_empty:
        return nothing_within(say(QUESTION), say("No complaint lies within these filters."))
    weeks = last_weeks(workspace, question)
    is_known = weeks is not None and weeks.is_known
    return Answer(
        say(QUESTION),
        response_sentence(times, trend_sentence(question, weeks), is_trend_first=is_known),
        apart_notes(times),
        _cards(times),
        (waits_chart(times), shares_chart(times), open_chart(times)),
        _tables(workspace, times),
        TERMS,
        (
            Part("control", say(PARTS["control"]), lambda: control_answer(times)),
            Part("curves", say(PARTS["curves"]), lambda: curves_answer(workspace, times, weeks)),
        ),
    )


def without_moments(question: str = QUESTION) -> Answer:
    """Return what is said where the complaints tell no wait at all. question: of the page, in English."""
    return Answer(
        say(question),
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
            told = "\n".join(part for part in (response_sentence(times), crossing_words(times)) if part)
            return Answer(question, told, charts=(shares_chart(times, is_titled=False),))
    return Answer(question, say("No complaints with a response to answer this."), is_empty=True)


def _cards(times: ResponseTimes) -> tuple[Card, ...]:
    overall, settled = times.overall, times.periods[times.periods["state"] == "complete"]
    limit, term = times.question.limit_days, "Median and 90th percentile of the wait"
    return (
        Card(
            say("Half wait at most"),
            duration(overall["median_seconds"]),
            term,
            _sure(times, "median_seconds"),
            tuple(settled["median_seconds"]),
        ),
        Card(
            say("Nine in ten wait at most"),
            duration(overall["p90_seconds"]),
            term,
            _sure(times, "p90_seconds"),
            tuple(settled["p90_seconds"]),
        ),
        share_card(
            say("Within {limit}", limit=days_words(limit)),
            times.within(limit),
            "Answered within 1, 3, 5 days",
            trend=tuple(settled["within_limit"] / settled["complaints"]),
        ),
        still_open_card(overall["still_open"], overall["open_over_limit"], limit, times.as_of),
    )


def _sure(times: ResponseTimes, column: str) -> str:
    """Return how sure a wait of all complaints together is."""
    overall = times.overall
    if math.isnan(overall[column]):
        return say("unknown: too few are answered")
    n = whole(overall["complaints"])
    if math.isnan(overall[f"low_{column}"]):
        return say("n = {n}, open ones included", n=n)
    waits = wait_interval(overall[f"low_{column}"], overall[f"high_{column}"])
    return say("{waits} · n = {n}", waits=waits, n=n)


def _tables(workspace: Workspace, times: ResponseTimes) -> tuple[Table, ...]:
    found = []
    if times.overall["still_open"]:
        found.append(open_complaints(workspace, times))
    if times.overall["closed_apart"]:
        found.append(apart_complaints(workspace, times))
    return (*found, waits_table(workspace, times))
