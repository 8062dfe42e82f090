"""Who makes the revenue of each period: new customers or those who had bought before?"""

import pandas as pd

from retention_core.analyses.customers.returning_revenue import returning_revenue
from retention_core.answers.answer import Answer, Chart, Column, Table
from retention_core.answers.customers.last_periods import last_periods
from retention_core.answers.customers.period_words import chosen_periods, last_known, period_words
from retention_core.figures.customer_bars import returning_bars
from retention_core.filters import Filters
from retention_core.periods import Period
from retention_core.words.numbers import amount, rough
from retention_core.words.say import say
from retention_core.workspace import Workspace


def who_pays_answer(workspace: Workspace, filters: Filters, period: Period, until: int) -> Answer:
    """Return the revenue of new and of returning customers by period. until: number of the last period drawn."""
    title = say("New and returning")
    rows = returning_revenue(workspace.engine, filters, period)
    if rows.empty or not rows[["new_revenue", "returning_revenue"]].abs().sum().sum():
        return Answer(title, "", (say("No amounts are known for these orders."),))
    drawn, left_out = last_periods(rows, period, until)
    told = revenue_sentence(rows, period.unit)
    chart = Chart(
        "returning_revenue",
        lambda palette: returning_bars(drawn, palette),
        alt=say("Revenue of new and returning customers. {told}", told=told),
    )
    notes = (chosen_periods(), left_out) if left_out else (chosen_periods(),)
    terms = ("New and returning revenue",)
    return Answer(title, told, notes, charts=(chart,), tables=(_table(rows),), terms=terms)


def revenue_sentence(rows: pd.DataFrame, unit: str) -> str:
    """Say how much of the revenue of the last complete period came from customers who had bought before.

    rows: of `returning_revenue`. Where refunds exceed what either kind bought there is no share, but the two sums.
    """
    last = last_known(rows)
    period, new, returning = period_words(last, unit), last["new_revenue"], last["returning_revenue"]
    if not new and not returning:
        if last["new_customers"] + last["returning_customers"]:
            return say("In {period}, the revenue is zero: no amounts are known, or refunds cancel them.", period=period)
        return say("In {period}, nothing was bought.", period=period)
    if pd.isna(last["returning_share"]):
        return say(
            "In {period}, refunds exceed what some bought: customers who had bought before brought {value}, new ones "
            "{new}.",
            period=period,
            value=amount(returning),
            new=amount(new),
        )
    return say(
        "In {period}, customers who had bought before brought {share} of the revenue: {value} of {total}.",
        period=period,
        share=rough(last["returning_share"]),
        value=amount(returning),
        total=amount(new + returning),
    )


def _table(rows: pd.DataFrame) -> Table:
    columns = {
        "label": Column(say("Period"), is_pinned=True),
        "state": Column(say("State")),
        "new_customers": Column(say("New customers"), "count"),
        "returning_customers": Column(say("Customers who had bought before"), "count"),
        "new_revenue": Column(say("Revenue of new customers"), "money"),
        "returning_revenue": Column(say("Revenue of those who had bought before"), "money"),
        "returning_share": Column(say("Share of those who had bought before"), "share"),
    }
    return Table(
        "returning_revenue",
        lambda: rows.drop(columns=["period", "known_until"]),
        columns,
        alt=say("Revenue of new and returning customers by period"),
        title=say("The table behind it"),
        shown=lambda all_rows: all_rows.iloc[::-1].assign(state=states(all_rows.iloc[::-1])),
        is_folded=True,
    )


def states(rows: pd.DataFrame) -> list[str]:
    """Return the state of each period in words."""
    words = {"complete": say("complete"), "running": say("still running")}
    return [words[state] for state in rows["state"]]
