"""The sentence that answers a page's question, chosen by what the figures allow."""

import math
from dataclasses import replace

import pandas as pd

from retention_core.analyses.cohort_retention import CohortRetention
from retention_core.analyses.comparisons import changes, unfit
from retention_core.analyses.intervals import TOO_FEW, Share, difference
from retention_core.analyses.response_times import ResponseQuestion, ResponseTimes, available_waits, response_times
from retention_core.analyses.return_within import ReturnWithin, return_within
from retention_core.analyses.returning_revenue import buyers
from retention_core.analyses.satisfaction_return import ReturnQuestion, SatisfactionReturn, satisfaction_return
from retention_core.analyses.second_purchase import SecondPurchase
from retention_core.engines.engine import Engine
from retention_core.filters import Filters
from retention_core.wording import amount, bare, percent, say, share_in_words, span, whole

COHORTS_COMPARED = 3
LUCK = 0.05  # of comparisons without any difference, how many look real at 95 %
WIDE = 0.2  # an interval of a difference this wide says that little is known, not that nothing has changed


def back_within_sentence(back: ReturnWithin) -> str:
    """Say what share of the youngest complete cohorts came back, against those before them."""
    complete = back.cohorts[back.cohorts["state"] == "complete"] if len(back.cohorts) else back.cohorts
    latest, before = complete.tail(COHORTS_COMPARED), complete.iloc[-2 * COHORTS_COMPARED : -COHORTS_COMPARED]
    if not len(complete):
        return say("back_unknown", days=back.days)
    share = back.share(latest)
    if share.total < TOO_FEW:
        return say("back_few", known=share.total, days=back.days)
    low, high = share.interval
    start = say(
        "back_within",
        span=span(latest["label"].iloc[0], latest["label"].iloc[-1]),
        days=back.days,
        rate=percent(share.rate),
        low=bare(low),
        high=bare(high),
    )
    return _compared(start, share, back.share(before), before)


def _compared(start: str, share: Share, share_before: Share, before: pd.DataFrame) -> str:
    if len(before) < COHORTS_COMPARED or share_before.total < TOO_FEW:
        return say("alone", start=start)
    change, low, high = difference(share, share_before)
    named = span(before["label"].iloc[0], before["label"].iloc[-1])
    if low <= 0 <= high:
        name = "same" if high - low < WIDE else "unsure"
        return say(name, start=start, before=named, rate_before=percent(share_before.rate))
    points = max(1, round(abs(change) * 100))
    return say("more" if change > 0 else "fewer", start=start, points=points, before=named)


def verdict(retention: CohortRetention, segment: str = "") -> str:
    """Say whether the youngest cohorts return more often than those before, and how many comparisons were looked at.

    segment: whose table it is, empty for all customers.
    """
    start = f"{segment}: " if segment else ""
    return start + (say(unfit(retention.question)) if unfit(retention.question) else _verdict(retention))


def _verdict(retention: CohortRetention) -> str:
    found = changes(retention)
    if not found:
        return say("verdict_none")
    real = [change for change in found if change.is_real]
    if not real:
        return say("verdict_same", columns=len(found))
    most = max(real, key=lambda change: abs(change.recent.rate - change.before.rate))
    return say(
        "verdict_changed",
        columns=len(found),
        changed=len(real),
        column=retention.question.column_label(most.column).lower(),
        rate=percent(most.recent.rate),
        recent=span(*most.labels[:2]),
        rate_before=percent(most.before.rate),
        before=span(*most.labels[2:]),
        low=bare(most.low, 1),
        high=bare(most.high, 1),
        lucky=max(1, round(len(found) * LUCK)),
    )


def first_sentence(engine: Engine, table: str) -> str:
    """Return the sentence that the page of a table opens with, over all its data; nothing where there is none."""
    if table == "customers":
        return ""
    if table == "orders":
        back = return_within(engine, Filters())
        return "" if back.cohorts.empty else back_within_sentence(back)
    if table == "complaints":
        waits = available_waits(engine)
        return response_sentence(response_times(engine, ResponseQuestion(waits[-1]))) if waits else ""
    answer = satisfaction_return(engine, ReturnQuestion())
    return satisfaction_sentence(answer) if len(answer.scores) else ""


def filters_sentence(engine: Engine, filters: Filters) -> str:
    """Say how many customers the filters in force leave; nothing where none is chosen."""
    if not filters.for_table("orders"):
        return ""
    left, everybody = (buyers(engine, each) for each in (filters, replace(filters, segments={})))
    return say("filters_leave", left=whole(left), all=whole(everybody), share=percent(left / max(1, everybody)))


def second_purchase_sentence(answer: SecondPurchase, days: int = 90) -> str:
    """Say what share of customers has bought a second time after some days, and when half have."""
    if not answer.came_back:
        return say("second_unknown")
    rate, low, high = answer.back_after(days)
    start = say("second_purchase", rate=percent(rate), low=bare(low), high=bare(high), days=days)
    if math.isnan(answer.median_days):
        return say("second_no_half", start=start)
    return say("second_half", start=start, median=f"{answer.median_days:.0f}")


def returning_sentence(rows: pd.DataFrame, unit: str) -> str:
    """Say how much of the revenue of the last complete period came from customers who had bought before."""
    complete = rows[(rows["state"] == "complete") & rows["returning_share"].notna()]
    last = (complete if len(complete) else rows).iloc[-1]
    total = last["returning_revenue"] + last["new_revenue"]
    places = {
        "share": percent(last["returning_share"]),
        "value": amount(last["returning_revenue"]),
        "total": amount(total),
    }
    return say("returning_share", unit=unit, label=last["label"], **places)


def response_sentence(times: ResponseTimes, days: int = 5) -> str:
    """Say what share of complaints was answered within five days, and how many still wait."""
    share, overall = times.within(days), times.overall
    still_open, late = int(overall["still_open"]), int(overall["open_over_5_days"])
    if not share.is_headline:
        return say("complaints_few", total=share.total, open=still_open)
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
    name = "open_all_late" if late == still_open else "open_some"
    return say(name, start=start, open=whole(still_open), late=whole(late))


def satisfaction_sentence(answer: SatisfactionReturn) -> str:
    """Say whether satisfied customers came back more often than dissatisfied ones."""
    satisfied, dissatisfied = answer.share(True), answer.share(False)
    places = {"satisfied": share_in_words(satisfied), "dissatisfied": share_in_words(dissatisfied)}
    if not satisfied.is_headline or not dissatisfied.is_headline:
        return say("satisfied_few", days=answer.question.days, **places)
    _, low, high = difference(satisfied, dissatisfied)
    if low <= 0 <= high:
        name = "satisfied_same" if high - low < WIDE else "satisfied_unsure"
    else:
        name = "satisfied_more" if low > 0 else "satisfied_fewer"
    return say(name, days=answer.question.days, **places)


def rate_points(rows: pd.DataFrame, rate: str, returned: str, total: str, label: str) -> pd.DataFrame:
    """Return the points of a line over time from the rows of an analysis."""
    points = rows.rename(columns={rate: "rate", returned: "returned", total: "total", label: "label"})
    return points[["label", "rate", "low", "high", "returned", "total", "state"]]
