"""Who buys in each period and who has gone quiet, and on how many days they buy."""

import pandas as pd

from retention_core.analyses.customers.days_active import DaysActive, days_active
from retention_core.analyses.customers.lifecycle import lifecycle, stayed
from retention_core.analyses.intervals import Share
from retention_core.answers.answer import Answer, Chart, Column, Table
from retention_core.answers.customers.last_periods import last_periods
from retention_core.answers.customers.period_words import chosen_periods, last_known, period_words, so_far
from retention_core.answers.customers.who_pays import states
from retention_core.answers.kept import kept
from retention_core.answers.shares import share_words
from retention_core.figures.customer_bars import BEFORE, days_bars, lifecycle_bars
from retention_core.filters import Filters
from retention_core.periods import Period
from retention_core.words.numbers import whole
from retention_core.words.say import counted, say
from retention_core.workspace import Workspace


def in_motion_answer(workspace: Workspace, filters: Filters, period: Period, until: int, days_in: int | None) -> Answer:
    """Return who buys and who has gone quiet. until: number of the last period drawn. days_in: see `CohortView`."""
    title, rows = say("Customers in motion"), _kept_lifecycle(workspace, filters, period)
    if rows.empty or not rows["customers"].sum():
        return Answer(title, "", (say("Nobody bought in the periods that “From” and “To” choose."),))
    drawn, left_out = last_periods(rows, period, until)
    told = lifecycle_sentence(rows, period.unit)
    pale = say("Pale: still running, and who stays away from it is not known yet.")
    charts = [
        Chart(
            "customers_in_motion",
            lambda palette: lifecycle_bars(drawn, palette, period.unit),
            alt=say("Those who bought over the line, those who stayed away under it, by period. {told}", told=told),
        )
    ]
    tables, notes = [_table(rows)], [chosen_periods(), pale, *([left_out] if left_out else [])]
    if period.unit == "day":
        notes.append(say("On how many days they buy is not told of a day: it has only one. Choose weeks or longer."))
    elif answer := days_active(workspace.engine, filters, period, _whose_days(rows, days_in)):
        charts.append(_days_chart(answer))
        tables.append(_days_table(answer))
    terms = ("New, returning, resurrected, dormant", "Days active")
    return Answer(title, told, tuple(notes), charts=tuple(charts), tables=tuple(tables), terms=terms)


def periods_with_customers(workspace: Workspace, filters: Filters, period: Period) -> list[tuple[int, str]]:
    """Return number and name of each period in which anybody bought, the last complete one first, then the youngest."""
    rows = _kept_lifecycle(workspace, filters, period)
    if rows.empty or not rows["customers"].sum():
        return []
    bought = rows[rows["customers"] > 0]
    first = int(last_known(bought)["period"])
    youngest = [int(number) for number in bought["period"].iloc[::-1] if number != first]
    return [(number, period.label(number)) for number in (first, *youngest)]


def _kept_lifecycle(workspace: Workspace, filters: Filters, period: Period) -> pd.DataFrame:
    return kept(workspace, ("lifecycle", filters, period), lambda: lifecycle(workspace.engine, filters, period))


def lifecycle_sentence(rows: pd.DataFrame, unit: str) -> str:
    """Say who bought in the last complete period, and how many of those before stayed away. rows: of `lifecycle`."""
    last, before = last_known(rows), say(BEFORE[unit])
    bought = say(
        "In {period}, {customers} bought: {new} new, {returning} who had bought in {before} too, {resurrected} back "
        "after a pause.",
        period=period_words(last, unit),
        customers=counted("{n} customer", "{n} customers", int(last["customers"])),
        new=whole(last["new_customers"]),
        returning=whole(last["returning_customers"]),
        resurrected=whole(last["resurrected_customers"]),
        before=before,
    )
    if not last["customers_before"]:
        return bought
    return f"{bought} {_who_stayed_away(last, before)}"


def days_sentence(answer: DaysActive) -> str:
    """Say what share of the customers of a period bought on more than one day."""
    share = answer.on_several
    return say(
        "In {period}, {rate} of {customers} customers bought on more than one day.",
        period=answer.label if answer.is_complete else so_far(answer.label, answer.known_until),
        rate=_of_a_known_number(share),
        customers=whole(share.total),
    )


def _who_stayed_away(last: pd.Series, before: str) -> str:
    count = whole(last["customers_before"])
    if pd.isna(last["dormant_customers"]):
        return say(
            "How many of the {count} who bought in {before} stay away is not known yet.", count=count, before=before
        )
    return say(
        "Of the {count} who bought in {before} {rate} did so again, and {dormant} did not.",
        count=count,
        before=before,
        rate=_of_a_known_number(stayed(last)),
        dormant=whole(last["dormant_customers"]),
    )


def _of_a_known_number(share: Share) -> str:
    """Return a share with its interval where the sentence says of how many it is; of fewer than ten the count alone."""
    return share_words(share) if share.is_headline else whole(share.count)


def _whose_days(rows: pd.DataFrame, days_in: int | None) -> int:
    bought = rows[rows["customers"] > 0]
    usual = int(last_known(bought)["period"])
    return days_in if days_in is not None and days_in in set(bought["period"]) else usual


def _days_chart(answer: DaysActive) -> Chart:
    told = days_sentence(answer)
    return Chart(
        "days_active",
        lambda palette: days_bars(answer, palette),
        alt=say("Customers by days with a purchase. {told}", told=told),
        title=say("On how many days do they buy?"),
        caption=told,
    )


def _table(rows: pd.DataFrame) -> Table:
    columns = {
        "label": Column(say("Period"), is_pinned=True),
        "state": Column(say("State")),
        "customers": Column(say("Customers"), "count"),
        "new_customers": Column(say("New"), "count"),
        "returning_customers": Column(say("Returning"), "count"),
        "resurrected_customers": Column(say("Back after a pause"), "count"),
        "dormant_customers": Column(say("Gone quiet"), "count"),
        "customers_before": Column(say("Customers of the period before"), "count"),
    }
    return Table(
        "customers_in_motion",
        lambda: rows[list(columns)],
        columns,
        alt=say("Customers in motion by period"),
        title=say("Customers in motion by period"),
        shown=lambda all_rows: all_rows.iloc[::-1].assign(state=states(all_rows.iloc[::-1])),
        is_folded=True,
    )


def _days_table(answer: DaysActive) -> Table:
    columns = {
        "days": Column(say("Days with a purchase"), "count"),
        "customers": Column(say("Customers"), "count"),
        "share": Column(say("Share"), "share"),
        "low": Column(say("from"), "share"),
        "high": Column(say("to"), "share"),
    }
    title = say("Customers by days with a purchase")
    return Table("days_active", lambda: answer.rows, columns, alt=title, title=title, is_folded=True)
