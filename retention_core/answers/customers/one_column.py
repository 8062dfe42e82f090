"""One column of the cohort table over time, and what other tools would make of it."""

import pandas as pd

from retention_core.analyses.customers.cohort_question import CohortQuestion
from retention_core.analyses.customers.cohort_retention import CohortRetention, averages
from retention_core.answers.answer import Answer, Card, Chart
from retention_core.answers.customers.cohort_view import CohortView
from retention_core.answers.customers.last_periods import last_periods
from retention_core.figures.column_names import column_within
from retention_core.figures.rate_over_time import rate_over_time
from retention_core.figures.window import Window
from retention_core.words.numbers import percent
from retention_core.words.say import say


def one_column_answer(retention: CohortRetention, view: CohortView, window: Window) -> Answer:
    """Return the share back in one column, by cohort."""
    question, title = retention.question, say("One column over time")
    column = column_within(question, view.column)
    cells = retention.cells[retention.cells["period_number"] == view.column]
    notes = shares_only(question)
    if cells.empty:
        return Answer(title, "", (*notes, say("No cohort has this column yet.")))
    drawn, left_out = last_periods(cells, question.period, window.cohorts[-1], "cohort")
    points = drawn.rename(
        columns={"retention_rate": "rate", "customers": "returned", "base": "total", "cohort_label": "label"}
    )
    cards = _what_others_say(cells) if question.share == "cohort" else ()
    chart = Chart(
        "one_column",
        lambda palette: rate_over_time(
            points, palette, x_title=say("Cohort"), y_title=say("Back in {column}", column=column), height=380
        ),
        alt=_seen(points, column),
        caption=_beside(column) if cards else "",
    )
    return Answer(title, "", (*notes, left_out) if left_out else notes, cards, (chart,), terms=("Pooled average",))


def shares_only(question: CohortQuestion) -> tuple[str, ...]:
    """Return the note of a view that shows shares of customers, whatever the table shows."""
    if not question.needs_money:
        return ()
    return (say("This view shows shares of customers, whatever is chosen under “Show”."),)


def _what_others_say(cells: pd.DataFrame) -> tuple[Card, ...]:
    known, term = averages(cells), "Pooled average"
    if not known:
        return ()
    return (
        Card(say("Pooled (ours)"), percent(known["pooled"], 1), term, say("customers over customers")),
        Card(
            say("Mean of the rates"),
            percent(known["simple_mean_of_rates"], 1),
            term,
            say("a cohort of 5 counts like one of 5,000"),
        ),
        Card(
            say("Weighted by size twice"),
            percent(known["double_weighted"], 1),
            term,
            say("large cohorts count by their square"),
        ),
    )


def _beside(column: str) -> str:
    return say(
        "What other tools would say for {column} stands below, all three over complete cells only. They differ where "
        "cohorts differ in size, and further where a tool also takes running cells, or counts periods to come as zeros.",
        column=column,
    )


def _seen(points: pd.DataFrame, column: str) -> str:
    rates = points.loc[points["state"] == "complete", "rate"].dropna()
    if rates.empty:
        return say("Share back in {column}, by cohort; none is complete yet.", column=column)
    return say(
        "Share back in {column}, by cohort: between {least} and {most}, lately {last}.",
        column=column,
        least=percent(rates.min()),
        most=percent(rates.max()),
        last=percent(rates.iloc[-1]),
    )
