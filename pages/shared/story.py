"""The sentence that answers a page's question, chosen by what the figures allow."""

from dataclasses import replace
from datetime import date

import pandas as pd

from retention_core.analyses.claims import Comparison
from retention_core.analyses.complaints.response_times import (
    ResponseQuestion,
    ResponseTimes,
    available_waits,
    response_times,
)
from retention_core.analyses.customers.cohort_question import CohortQuestion
from retention_core.analyses.customers.cohort_retention import CohortRetention
from retention_core.analyses.customers.comparisons import Change, changes, unfit
from retention_core.analyses.customers.return_within import Headline, ReturnWithin, return_within
from retention_core.analyses.customers.returning_revenue import buyers
from retention_core.analyses.intervals import SURE, TOO_FEW
from retention_core.analyses.satisfaction.satisfaction_return import (
    ReturnQuestion,
    SatisfactionReturn,
    satisfaction_return,
)
from retention_core.engines.engine import Engine
from retention_core.filters import Filters
from retention_core.wording import (
    apart,
    bare,
    bought_words,
    counted,
    digits,
    percent,
    points,
    say,
    share_in_words,
    span,
    when,
    whole,
)


def back_within_sentence(back: ReturnWithin, headline: Headline | None, bought: str = "") -> str:
    """Say what share of the youngest complete cohorts came back, against those they are compared with.

    bought: what the filters let them buy, see `wording.bought_words`.
    """
    share = headline.share if headline else back.share()
    if not share.total:
        return say("back_unknown", days=back.days)
    known = counted(share.total, "customer")
    if share.total < TOO_FEW:
        return say("back_few", known=known, days=back.days)
    if headline is None:
        return say("back_so_far", known=known, rate=share_in_words(share), days=back.days)
    places = {"span": span(*headline.labels), "days": back.days, "rate": share_in_words(share)}
    start = say("back_within_matching", values=bought, **places) if bought else say("back_within", **places)
    if headline.comparison is None:
        return say("cut_before" if headline.is_cut else "none_before", start=start)
    return _compared(start, headline.comparison, span(*headline.other_labels))


def _compared(start: str, comparison: Comparison, before: str) -> str:
    if not comparison.is_known:
        return say("few_before", start=start, before=before)
    low, high = comparison.interval
    places = {"start": start, "before": before, "rate_before": share_in_words(comparison.second)}
    if comparison.is_claimed:
        change = abs(comparison.first.rate - comparison.second.rate)
        places |= apart(low, high) | {"points": bare(change, digits(low, high))}
    return say(comparison.says, range=points(low, high), **places)


def verdict(retention: CohortRetention, headline: Headline | None, segment: str = "") -> str:
    """Say in how many columns the youngest cohorts return more or less often, corrected for so many looks.

    headline: of the same page, so that both are measured by one yardstick. segment: whose table it is, empty for all
    customers.
    """
    question = retention.question
    if headline and headline.compare_with:
        question = replace(question, filters=replace(question.filters, compare_with=headline.compare_with))
    why_not = unfit(question)
    sentence = say(why_not) if why_not else _verdict(changes(replace(retention, question=question)), question)
    if question.cohort_by != "first_purchase":
        sentence = say("cohorts_of", came=say(f"by_{question.cohort_by}"), sentence=sentence)
    return f"{segment}: {sentence}" if segment else sentence


def _verdict(found: list[Change], question: CohortQuestion) -> str:
    if not found:
        return say("verdict_none")
    other = say("cohorts_before" if found[0].is_before else "same_time_last_year")
    places = {"columns": counted(len(found), "column"), "other": other}
    real = [change for change in found if change.is_real]
    if not real:
        alone = sum(change.stands_out for change in found)
        return say("verdict_same", alone=alone, lucky=f"{len(found) * (1 - SURE):.1g}", **places)
    most = min(real, key=lambda change: change.p_value)
    recent, before = (span(*labels) for labels in most.labels)
    return say(
        "verdict_changed",
        changed=len(real),
        column=question.column_label(most.column).lower(),
        rate=share_in_words(most.comparison.first),
        recent=recent,
        rate_before=share_in_words(most.comparison.second),
        before=before,
        range=points(*most.comparison.interval),
        **places,
    )


def first_sentence(engine: Engine, table: str) -> str:
    """Return the sentence that the page of a table opens with, over all its data; nothing where there is none."""
    if table == "customers":
        return ""
    if table == "orders":
        back = return_within(engine, Filters())
        return "" if back.cohorts.empty else back_within_sentence(back, back.headline())
    if table == "complaints":
        waits = available_waits(engine)
        return response_sentence(response_times(engine, ResponseQuestion(waits[-1]))) if waits else ""
    answer = satisfaction_return(engine, ReturnQuestion())
    return satisfaction_sentence(answer) if len(answer.scores) else ""


def back_words(question: CohortQuestion, column: int = 1) -> str:
    """Say what counts as back in a column of the cohort table, in a few words: `Back by the end of month 1`."""
    words = say(f"back_card_{question.returned}", column=question.column_label(column).lower())
    if question.returns:
        words = say("matching", start=words, values=bought_words(question.returns))
    if question.least_purchases > 1:
        words = say("least", start=words, least=question.least_purchases)
    is_usual = question.cohort_by == "first_purchase"
    return words if is_usual else say("card_of", words=words, came=say(f"by_{question.cohort_by}"))


def population_words(question: CohortQuestion, as_of: date | None) -> str:
    """Say which customers the dates choose, where they choose any: whole periods, followed up to the last day."""
    filters = question.filters
    if not (filters.first_day or filters.last_day):
        return ""
    places = {"unit": question.period.unit, "as_of": when(as_of)}
    return say("population", first=when(filters.first_day), last=when(filters.last_day or as_of), **places)


def filters_sentence(engine: Engine, filters: Filters) -> str:
    """Say how many customers the filters in force leave; nothing where none is chosen."""
    if not filters.for_table("orders"):
        return ""
    left, everybody = (buyers(engine, each) for each in (filters, replace(filters, segments={})))
    return say("filters_leave", left=whole(left), all=whole(everybody), share=percent(left / max(1, everybody)))


def response_sentence(times: ResponseTimes, days: int = 5) -> str:
    """Say what share of complaints was answered within five days, how many still wait, and how many are left out."""
    apart = int(times.overall["closed_apart"])
    sentence = _response_sentence(times, days)
    if not apart:
        return sentence
    return say(f"left_out_{times.question.awaited}", sentence=sentence, count=whole(apart))


def _response_sentence(times: ResponseTimes, days: int) -> str:
    share, overall = times.within(days), times.overall
    still_open, late = int(overall["still_open"]), int(overall["open_over_5_days"])
    if not share.is_headline:
        return say("complaints_few", total=counted(share.total, "complaint"), open=still_open)
    low, high = share.interval
    start = say(
        "answered_share",
        rate=percent(share.rate),
        low=bare(low),
        high=bare(high),
        total=whole(share.total),
        answered=say(times.question.awaited),
        days=days,
    )
    if not still_open:
        return say("open_none", start=start)
    name = "open_all_late" if late == still_open else "open_some" if late else "open_young"
    return say(name, start=start, open=whole(still_open), late=whole(late))


def satisfaction_sentence(answer: SatisfactionReturn) -> str:
    """Say whether satisfied customers came back more often than less satisfied ones like them."""
    satisfied, dissatisfied = answer.share(True), answer.share(False)
    places = {"satisfied": share_in_words(satisfied), "dissatisfied": share_in_words(dissatisfied)}
    places |= {"days": str(answer.question.days)}
    if not satisfied.is_headline or not dissatisfied.is_headline:
        return say("satisfied_few", **places)
    alike = answer.alike
    if not alike.is_known:
        return say("satisfied_not_alike", **places)
    places |= {"range": points(alike.low, alike.high), "n": whole(alike.compared)}
    says = "thin" if alike.is_claimed and alike.history_is_thin else alike.says
    return say(f"satisfied_{says}", **places, **apart(alike.low, alike.high))


def rate_points(rows: pd.DataFrame, rate: str, returned: str, total: str, label: str) -> pd.DataFrame:
    """Return the points of a line over time from the rows of an analysis."""
    points = rows.rename(columns={rate: "rate", returned: "returned", total: "total", label: "label"})
    return points[["label", "rate", "low", "high", "returned", "total", "state"]]
