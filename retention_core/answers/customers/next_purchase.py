"""How long it takes until customers buy again, and how often they buy."""

import math
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from retention_core.analyses.customers.returning_revenue import orders_per_customer
from retention_core.analyses.customers.second_purchase import MARKS, STEPS, SecondPurchase, second_purchase
from retention_core.answers.answer import Answer, Card, Chart, Column, Table
from retention_core.answers.kept import kept
from retention_core.figures.customer_bars import orders_bars
from retention_core.figures.purchase_curve import STEP_NAMES, second_purchase_curve
from retention_core.filters import Filters
from retention_core.words.numbers import bare, decimal, digits, interval, percent, whole
from retention_core.words.say import say, sentence
from retention_core.workspace import Workspace

_BACK = {
    1: sentence("{rate} of customers have bought a second time within {days} days of their first purchase."),
    2: sentence(
        "{rate} of those who bought twice have bought a third time within {days} days of their second purchase."
    ),
    3: sentence(
        "{rate} of those who bought three times have bought a fourth time within {days} days of their third purchase."
    ),
    4: sentence(
        "{rate} of those who bought four times have bought a fifth time within {days} days of their fourth purchase."
    ),
}
_SHORT = {
    1: sentence("Have bought a second time so far: {back} of {customers}."),
    2: sentence("Have bought a third time so far: {back} of {customers}."),
    3: sentence("Have bought a fourth time so far: {back} of {customers}."),
    4: sentence("Have bought a fifth time so far: {back} of {customers}."),
}


@dataclass(frozen=True)
class _Steps:
    """From each purchase to the next; each counted when it is asked for."""

    workspace: Workspace
    filters: Filters

    @cached_property
    def all(self) -> dict[int, SecondPurchase]:
        """All steps, by their number."""
        return {step: _kept_step(self.workspace, self.filters, step) for step in STEPS}

    def rows(self) -> pd.DataFrame:
        """One row per step that anybody has reached."""
        return pd.DataFrame([_row(each) for each in self.all.values() if each.customers])


def _kept_step(workspace: Workspace, filters: Filters, step: int) -> SecondPurchase:
    return kept(workspace, ("second_purchase", filters, step), lambda: second_purchase(workspace.engine, filters, step))


def next_purchase_answer(workspace: Workspace, filters: Filters, step: int) -> Answer:
    """Return how long it takes from one purchase to the next. step: 1 from the first to the second, and so on."""
    steps, title = _Steps(workspace, filters), say("Time to next purchase")
    told = steps.all[step]
    charts = [*_curve(told, steps.all[STEPS[0]]), *_how_often(workspace, filters)]
    cards = tuple(_back_after(told, days) for days in MARKS) if len(told.curve) else ()
    terms = ("Time to the next purchase",)
    return Answer(title, step_sentence(told), (_how_counted(),), cards, tuple(charts), (_table(steps),), terms)


def step_sentence(answer: SecondPurchase, days: int = 90) -> str:
    """Say what share of customers has bought again after some days, or as long as is known, and when half have."""
    if not answer.customers:
        return say("Nobody has come so far yet.")
    if not answer.followed_for(days):
        days = answer.longest_known_mark
    if not days:
        bought = say(_SHORT[answer.step], back=whole(answer.came_back), customers=whole(answer.customers))
        short = say(
            "Fewer than ten of them are followed for {days} days: too short to speak of a share.", days=MARKS[0]
        )
        return f"{bought} {short}"
    start = say(_BACK[answer.step], rate=_rate_after(answer, days), days=days)
    half = say("Fewer than half are back, as far as they can be followed.")
    if not math.isnan(answer.median_days):
        half = say("Half are back after {median} days.", median=decimal(answer.median_days, 0))
    return f"{start} {half}"


def _rate_after(answer: SecondPurchase, days: int) -> str:
    """Return the share back after some days with its interval, or with how few it is of."""
    rate, low, high = answer.back_after(days)
    if math.isnan(low):
        followed = whole(answer.followed_for(days))
        return say(
            "{rate} (by the curve; {followed} followed so long, too few for an interval)",
            rate=percent(rate),
            followed=followed,
        )
    shown = digits(low, high)
    return say("{rate} ({interval})", rate=percent(rate, shown), interval=interval(low, high, shown))


def _how_counted() -> str:
    return say(
        "Customers whose first purchase lies within “From” and “To”, followed up to the last day of the data. Drawn as "
        "far as 10 are followed, with an interval as far as 30 are. Several purchases on one day are one."
    )


def _curve(told: SecondPurchase, first: SecondPurchase) -> list[Chart]:
    if not len(told.curve):
        return []
    return [
        Chart(
            "second_purchase",
            lambda palette: second_purchase_curve(told, palette, beside=first),
            alt=say("Curve of the share back by days since the purchase before. {told}", told=step_sentence(told)),
        )
    ]


def _how_often(workspace: Workspace, filters: Filters) -> list[Chart]:
    rows = orders_per_customer(workspace.engine, filters)
    if not len(rows):
        return []
    once = float(rows.loc[rows["orders"] == 1, "share"].sum())
    return [
        Chart(
            "purchases",
            lambda palette: orders_bars(rows, palette),
            alt=say("Share of customers by purchases: {once} have bought once.", once=percent(once)),
            title=say("How often customers have bought so far"),
        )
    ]


def _back_after(answer: SecondPurchase, days: int) -> Card:
    rate, low, high = answer.back_after(days)
    followed = answer.followed_for(days)
    return Card(
        say("Back after {days} days", days=days),
        percent(rate, 1),
        "Time to the next purchase",
        _sure(low, high, followed),
    )


def _sure(low: float, high: float, followed: int) -> str:
    if not followed:
        return say("fewer than 10 followed so long")
    if math.isnan(low):
        return say("too few for an interval · n = {n} followed", n=whole(followed))
    return say("{low} to {high} · n = {n} followed", low=bare(low, 1), high=bare(high, 1), n=whole(followed))


def _row(answer: SecondPurchase) -> dict[str, object]:
    row: dict[str, object] = {"step": STEP_NAMES[answer.step], "customers": answer.customers}
    row |= {"came_back": answer.came_back, "median_days": answer.median_days}
    for days in MARKS:
        row |= dict(zip((f"after_{days}", f"low_{days}", f"high_{days}"), answer.back_after(days), strict=True))
    return row


def _table(steps: _Steps) -> Table:
    columns = {
        "step": Column(say("From purchase to purchase"), is_pinned=True),
        "customers": Column(say("Customers"), "count"),
        "came_back": Column(say("Bought again"), "count"),
        "median_days": Column(say("Half are back after days"), "count"),
    }
    for days in MARKS:
        columns[f"after_{days}"] = Column(say("Back after {days} days", days=days), "share")
        columns[f"low_{days}"] = Column(say("from"), "share")
        columns[f"high_{days}"] = Column(say("to"), "share")
    return Table(
        "next_purchase",
        steps.rows,
        columns,
        alt=say("From each purchase to the next"),
        shown=lambda rows: rows.assign(step=rows["step"].map(say)) if len(rows) else rows,
    )
