"""Where it is slow, and why, in words."""

from retention_core.analyses.complaints.between_people import BetweenPeople, between_people
from retention_core.analyses.complaints.hours_of_week import hours_of_week
from retention_core.analyses.complaints.mix_and_rate import change_explained
from retention_core.analyses.complaints.value_differences import value_differences
from retention_core.analyses.complaints.waits_by_segment import SegmentQuestion, SegmentWaits, waits_by_segment
from retention_core.answers.answer import Answer, Card, Chart
from retention_core.answers.complaints.depth_arrivals import (
    has_reasons,
    hours_charts,
    hours_note,
    hours_table,
    reasons_chart,
    reasons_table,
)
from retention_core.answers.complaints.depth_charts import change_chart, funnel_chart, values_chart
from retention_core.answers.complaints.depth_choices import segments_known
from retention_core.answers.complaints.depth_sentences import (
    change_sentence,
    cut_sentence,
    depth_sentence,
    people_sentence,
    people_words,
)
from retention_core.answers.complaints.depth_table import values_table
from retention_core.answers.complaints.kept_times import last_weeks
from retention_core.answers.complaints.response_sentences import days_words
from retention_core.answers.complaints.still_open_card import still_open_card
from retention_core.answers.kept import kept
from retention_core.answers.kept_answer import kept_answer
from retention_core.answers.nothing import nothing_within
from retention_core.answers.shares import share_card
from retention_core.words.numbers import UNKNOWN, percent
from retention_core.words.say import say, sentence
from retention_core.workspace import Workspace

QUESTION = sentence("Where is it slow, and why?")
TERMS = (
    "Complaint",
    "Wait",
    "Median and 90th percentile of the wait",
    "Answered within 1, 3, 5 days",
    "Against all others",
    "More than chance",
    "Share without chance",
    "Mix and own change",
    "By weekday and hour",
    "Reasons by number",
    "Still open",
    "Closed, moment unknown",
    "Data error",
    "Interval",
    "As of",
)


def depth_answer(workspace: Workspace, question: SegmentQuestion) -> Answer:
    """Return what is said of the waits by the value of a segment: sentence, cards, charts, and the table."""
    return kept_answer(workspace, ("waits_by_segment", question), lambda: _told(workspace, question))


def without_segments() -> Answer:
    """Return what is said where the complaints tell nothing by which they could be told apart."""
    return Answer(
        say(QUESTION),
        say("The complaints carry no column of two values or more by which they could be told apart."),
        (say("Upload a file with a reason, a channel, a team or the like."),),
        is_empty=True,
    )


def _told(workspace: Workspace, question: SegmentQuestion) -> Answer:
    waits = _waits(workspace, question)
    if waits.is_empty:
        return nothing_within(say(QUESTION), say("No complaint lies within these filters."))
    between = between_people(waits.everyone) if question.is_of_people else None
    told = people_sentence(waits, between) if question.is_of_people else depth_sentence(waits, value_differences(waits))
    charts, tables = [_first_chart(workspace, waits, between)], [values_table(workspace, waits, between)]
    weeks = last_weeks(workspace, question.response)
    is_cut, explained, notes = weeks is not None and weeks.is_cut, change_explained(waits), []
    if is_cut:
        notes.append(cut_sentence())
    elif explained is not None and explained.comparison.is_known and explained.comparison.is_claimed:
        charts.append(change_chart(workspace, waits, explained))  # the sentence stands under it
    else:
        notes.append(change_sentence(waits, explained))
    hours = kept(
        workspace, ("hours_of_week", question.response), lambda: hours_of_week(workspace.engine, question.response)
    )
    charts += hours_charts(hours)
    notes += [hours_note(hours)] if hours_note(hours) else []
    tables += [hours_table(hours)] if hours_charts(hours) else []
    if "reason" in segments_known(workspace) and has_reasons(reasons := _waits(workspace, _by_reason(question))):
        charts.append(reasons_chart(workspace, reasons))
        tables.append(reasons_table(reasons))
    return Answer(say(QUESTION), told, tuple(notes), _cards(waits, between), tuple(charts), tuple(tables), TERMS)


def _waits(workspace: Workspace, question: SegmentQuestion) -> SegmentWaits:
    return kept(workspace, question, lambda: waits_by_segment(workspace.engine, question))


def _by_reason(question: SegmentQuestion) -> SegmentQuestion:
    return SegmentQuestion(question.response, "reason")


def _first_chart(workspace: Workspace, waits: SegmentWaits, between: BetweenPeople | None) -> Chart:
    return funnel_chart(workspace, waits, between) if between else values_chart(workspace, waits)


def _cards(waits: SegmentWaits, between: BetweenPeople | None) -> tuple[Card, ...]:
    limit = waits.question.response.limit_days
    cards = [
        share_card(say("Within {limit}", limit=days_words(limit)), waits.overall, "Answered within 1, 3, 5 days"),
        still_open_card(waits.values["still_open"].sum(), waits.values["open_over_limit"].sum(), limit, waits.as_of),
    ]
    if waits.question.is_of_people:
        part = percent(between.above_chance) if between and between.is_real else UNKNOWN
        people = people_words(waits.question.segment, between.people if between else 0)
        note = say("{people} with 10 complaints or more", people=people)
        cards.append(Card(say("More than chance"), part, "More than chance", note))
    return tuple(cards)
