"""What may be claimed of a cohort table, and of whom it is, in words."""

from dataclasses import replace
from datetime import date

from retention_core.analyses.customers.bought_words import bought_words
from retention_core.analyses.customers.cohort_question import CohortQuestion
from retention_core.analyses.customers.cohort_retention import CohortRetention
from retention_core.analyses.customers.comparisons import Change, changes, unfit
from retention_core.analyses.customers.return_within import Headline
from retention_core.analyses.customers.returning_revenue import buyers
from retention_core.analyses.intervals import SURE
from retention_core.answers.shares import share_words
from retention_core.figures.cohort_bars import segment_words
from retention_core.figures.column_names import column_within
from retention_core.filters import Filters
from retention_core.words.days import span, when
from retention_core.words.numbers import decimal, percent, points, whole
from retention_core.words.say import counted, say, sentence
from retention_core.workspace import Workspace

_UNFIT = {
    "unfit_previous": sentence(
        "No change is claimed: those back in a column are no part of those back one column before, so there is no "
        "interval."
    ),
    "unfit_several": sentence(
        "No difference is claimed: a customer stands in several cohorts or segments, which makes every interval too "
        "narrow."
    ),
    "unfit_longer": sentence("No change is claimed: older cohorts have had longer to come back later."),
}
# what brings customers in
BY = {
    "first_purchase": sentence("first purchase"),
    "first_matching_purchase": sentence("first purchase that matches"),
    "every_purchase": sentence("every purchase"),
    "joined": sentence("joining date"),
    "first_complaint": sentence("first complaint"),
    "first_answer": sentence("first answer"),
}
_BACK = {
    "in": sentence("Back in {column}"),
    "in_or_after": sentence("Back in {column} or later"),
    "by": sentence("Back by the end of {column}"),
    "every_up_to": sentence("Back in every period up to {column}"),
}
_POPULATION = {
    "day": sentence("Counted are cohorts of whole days, from {first} to {last}; they are followed up to {as_of}."),
    "week": sentence("Counted are cohorts of whole weeks, from {first} to {last}; they are followed up to {as_of}."),
    "month": sentence("Counted are cohorts of whole months, from {first} to {last}; they are followed up to {as_of}."),
    "quarter": sentence(
        "Counted are cohorts of whole quarters, from {first} to {last}; they are followed up to {as_of}."
    ),
    "year": sentence("Counted are cohorts of whole years, from {first} to {last}; they are followed up to {as_of}."),
}


def verdict(retention: CohortRetention, headline: Headline | None, segment: str = "") -> str:
    """Say in how many columns the youngest cohorts return more or less often, corrected for so many looks.

    headline: of the same page, so that both are measured by one yardstick. segment: whose table it is, empty for all
    customers.
    """
    question = retention.question
    if headline and headline.compare_with:
        question = replace(question, filters=replace(question.filters, compare_with=headline.compare_with))
    why_not = unfit(question)
    said = why_no_claim(why_not) if why_not else _verdict(changes(replace(retention, question=question)), question)
    if question.cohort_by != "first_purchase":
        said = say("Cohorts by {came}: {sentence}", came=say(BY[question.cohort_by]), sentence=said)
    return say("{segment}: {sentence}", segment=segment_words(segment), sentence=said) if segment else said


def why_no_claim(why_not: str) -> str:
    """Return why nothing is claimed. why_not: as `unfit` says it."""
    return say(_UNFIT[why_not])


def _verdict(found: list[Change], question: CohortQuestion) -> str:
    if not found:
        return say(
            "Whether shares back get better cannot be told from this table: no column has enough neighbouring complete "
            "cohorts of 30 customers after the first half year of the data."
        )
    other = say("the three cohorts before") if found[0].is_before else say("the same time last year")
    columns = counted("{n} column", "{n} columns", len(found))
    real = [change for change in found if change.is_real]
    if not real:
        return say(
            "Shares of customers back: in none of {columns} of the table do they differ from {other} beyond what so "
            "many looks show by luck. On their own {alone} would stand out; luck alone gives about {lucky}.",
            columns=columns,
            other=other,
            alone=sum(change.stands_out for change in found),
            lucky=_about(len(found) * (1 - SURE)),
        )
    most = min(real, key=lambda change: change.p_value)
    return say(
        "Shares of customers back differ from {other} in {changed} of {columns} of the table, corrected for so many "
        "looks; most of all {column}: {rate} of {recent} against {rate_before} of {before} ({range} points).",
        other=other,
        columns=columns,
        changed=len(real),
        column=column_within(question, most.column),
        rate=share_words(most.comparison.first),
        recent=span(*most.labels[0]),
        rate_before=share_words(most.comparison.second),
        before=span(*most.labels[1]),
        range=points(*most.comparison.interval),
    )


def back_words(question: CohortQuestion, column: int = 1) -> str:
    """Say what counts as back in a column of the table, in a few words: `Back by the end of month 1 · with Tea`."""
    words: str = say(_BACK[question.returned], column=column_within(question, column))
    if question.returns:
        words = say("{words} · with {values}", words=words, values=bought_words(question.returns))
    if question.least_purchases > 1:
        words = say("{words} · {least} purchases or more", words=words, least=question.least_purchases)
    if question.cohort_by != "first_purchase":
        words = say("{words} · by {came}", words=words, came=say(BY[question.cohort_by]))
    return words


def population_words(question: CohortQuestion, as_of: date | None) -> str:
    """Say which customers the dates choose, where they choose any: whole periods, followed up to the last day."""
    filters = question.filters
    if not (filters.first_day or filters.last_day):
        return ""
    last = when(filters.last_day or as_of)
    return say(_POPULATION[question.period.unit], first=when(filters.first_day), last=last, as_of=when(as_of))


def filters_sentence(workspace: Workspace, filters: Filters) -> str:
    """Say how many customers the filters in force leave; nothing where none is chosen."""
    if not filters.for_table("orders"):
        return ""
    left, everybody = (buyers(workspace.engine, each) for each in (filters, replace(filters, segments={})))
    return say(
        "The filters in force leave {left} of {all} customers ({share}).",
        left=whole(left),
        all=whole(everybody),
        share=percent(left / max(1, everybody)),
    )


def _about(number: float) -> str:
    """Return a number with one digit that counts: `0.4`, `2`."""
    return decimal(float(f"{number:.1g}"), 0 if number >= 0.95 else 2 if number < 0.095 else 1)
