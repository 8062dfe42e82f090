"""The sentences of the cohort page's tabs: the next purchase, who pays, who buys and how often."""

import math

import pandas as pd

from retention_core.analyses.customers.days_active import DaysActive
from retention_core.analyses.customers.lifecycle import stayed
from retention_core.analyses.customers.second_purchase import MARKS, SecondPurchase
from retention_core.analyses.intervals import Share
from retention_core.figures.window import Window
from retention_core.wording import amount, bare, counted, digits, percent, rough, say, share_in_words, when, whole


def step_sentence(answer: SecondPurchase, days: int = 90) -> str:
    """Say what share of customers has bought again after some days, or as long as is known, and when half have."""
    if not answer.customers:
        return say("step_none")
    if not answer.followed_for(days):
        days = answer.longest_known_mark
    if not days:
        bought = say(f"step_bought_{answer.step}")
        return say(
            "step_short", bought=bought, back=whole(answer.came_back), customers=whole(answer.customers), days=MARKS[0]
        )
    start = say(f"step_{answer.step}", rate=rate_after(answer, days), days=days)
    if math.isnan(answer.median_days):
        return say("second_no_half", start=start)
    return say("second_half", start=start, median=f"{answer.median_days:.0f}")


def rate_after(answer: SecondPurchase, days: int) -> str:
    """Return the share back after some days with its interval, or with how few it is of."""
    rate, low, high = answer.back_after(days)
    if math.isnan(low):
        return say("step_rate_few", rate=percent(rate), followed=whole(answer.followed_for(days)))
    shown = digits(low, high)
    return say("step_rate", rate=percent(rate, shown), low=bare(low, shown), high=bare(high, shown))


def revenue_sentence(rows: pd.DataFrame, unit: str) -> str:
    """Say how much of the revenue of the last complete period came from customers who had bought before.

    rows: of `returning_revenue`. Where refunds exceed what either kind bought there is no share, but the two sums.
    """
    last = last_known(rows)
    start, new, returning = start_of(last, unit), last["new_revenue"], last["returning_revenue"]
    if not new and not returning:
        bought = last["new_customers"] + last["returning_customers"]
        return say("revenue_zero" if bought else "revenue_none", start=start)
    if pd.isna(last["returning_share"]):
        return say("revenue_refunds", start=start, value=amount(returning), new=amount(new))
    share = rough(last["returning_share"])
    return say("revenue_share", start=start, share=share, value=amount(returning), total=amount(new + returning))


def lifecycle_sentence(rows: pd.DataFrame, unit: str) -> str:
    """Say who bought in the last complete period, and how many of those before stayed away. rows: of `lifecycle`."""
    last = last_known(rows)
    kinds = {kind: whole(last[f"{kind}_customers"]) for kind in ("new", "returning", "resurrected")}
    bought = say(
        "lifecycle", start=start_of(last, unit), customers=counted(last["customers"], "customer"), unit=unit, **kinds
    )
    if not last["customers_before"]:
        return bought
    places = {"bought": bought, "before": whole(last["customers_before"]), "unit": unit}
    if pd.isna(last["dormant_customers"]):
        return say("lifecycle_open", **places)
    rate, dormant = _of_a_known_number(stayed(last)), whole(last["dormant_customers"])
    return say("lifecycle_known", rate=rate, dormant=dormant, **places)


def days_sentence(answer: DaysActive) -> str:
    """Say what share of the customers of a period bought on more than one day."""
    day = when(answer.known_until)
    start = say("in_period", label=answer.label) if answer.is_complete else say("so_far", label=answer.label, day=day)
    share = answer.on_several
    return say("several_days", start=start, rate=_of_a_known_number(share), customers=whole(share.total))


def drawn_sentence(window: Window, first: str, last: str) -> str:
    """Say which part of a table is drawn. first, last: names of its oldest and youngest cohort."""
    places = {"left": window.columns[0], "right": window.columns[-1], "all_columns": whole(window.all_columns)}
    rows = {"rows": len(window.cohorts), "all_rows": whole(window.all_cohorts)}
    return say("drawn_part", first=first, last=last, **rows, **places)


def last_known(rows: pd.DataFrame) -> pd.Series:
    """Return the last complete period, or the one that is running where none is complete."""
    complete = rows[rows["state"] == "complete"]
    return (complete if len(complete) else rows).iloc[-1]


def start_of(row: pd.Series, unit: str) -> str:
    """Return how a sentence about a period begins: the last complete one, or one that is running, with its last day."""
    if row["state"] == "complete":
        return say("last_complete", unit=unit, label=row["label"])
    return say("so_far", label=row["label"], day=when(row["known_until"]))


def _of_a_known_number(share: Share) -> str:
    """Return a share with its interval where the sentence says of how many it is; of fewer than ten the count alone."""
    return share_in_words(share) if share.is_headline else whole(share.count)
