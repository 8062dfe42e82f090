"""What one cell of the cohort table says: its few letters, and its sentence."""

import pandas as pd

from retention_core.analyses.customers.cohort_question import WINDOW_DAYS, CohortQuestion
from retention_core.analyses.customers.cohort_retention import CohortRetention
from retention_core.wording import amount, bare, bought_words, percent, say, when, whole


def measured(retention: CohortRetention) -> str:
    """Return the column of the cells that the question shows: shares of customers, or a measure of money."""
    return "value" if retention.question.needs_money else "retention_rate"


def cell_text(retention: CohortRetention, cell, as_count: bool) -> str:  # type: ignore[no-untyped-def]
    """Return what stands in a cell: a share without its sign, a sum in few letters, or the number of customers."""
    measure = retention.question.measure
    if as_count and measure != "customers" and not measure.endswith("retention"):
        as_count = False
    if as_count:
        return whole(cell.customers) if cell.cohort_size else ""
    number = getattr(cell, measured(retention))
    if pd.isna(number):
        return "–" if cell.cohort_size else ""
    if measure == "customers":
        return bare(number, 0 if cell.base < 100 else 1)
    return bare(number, 0) if measure.endswith("retention") else amount(number)


def cell_sentence(retention: CohortRetention, cell) -> str:  # type: ignore[no-untyped-def]
    """Return what one cell says: `Of 885 customers who first bought in Dec 2010, 324 (36.6 %, …) bought again …`."""
    question = retention.question
    running = say("still_running", day=when(cell.ends_on)) if cell.state == "running" else ""
    if question.needs_money:
        return say("cohort_money", cohort=cell.cohort_label, open=running, **_money(retention, cell))
    if not cell.period_number:
        return say("cohort_size_cell", size=whole(cell.cohort_size), cohort=cell.cohort_label, came=_came(question))
    returned = _returned(question, _period_words(retention, cell))
    name = "cohort_cell_previous" if question.share == "previous_period" else "cohort_cell"
    places = {"came": _came(question), "returned": returned, "open": running}
    return say(name, cohort=cell.cohort_label, **places, **_figures(cell))


def pooled_sentence(retention: CohortRetention, cell) -> str:  # type: ignore[no-untyped-def]
    """Return what one cell of the pooled row says."""
    question = retention.question
    if question.needs_money:
        return say("cohort_money_pooled", cohorts=cell.cohorts, **_money(retention, cell))
    column = question.column_label(int(cell.period_number)).lower()
    returned = _returned(question, column)
    name = "" if not pd.isna(cell.low) else "_bare" if question.is_by_person else "_every"
    if question.share == "previous_period":
        name = "_previous"
    places = {"cohorts": cell.cohorts, "returned": returned, "unit": question.period.unit}
    return say(f"cohort_pooled{name}", **places, **_figures(cell))


def _came(question: CohortQuestion) -> str:
    """Return what brought the customers of a cohort in: `first bought Tea`."""
    return say(f"came_{question.cohort_by}", values=bought_words(question.starts))


def _returned(question: CohortQuestion, period: str) -> str:
    """Return who counts as back: `bought again in Jan 2011`, or `bought Tea in …` where purchases must match."""
    name = "bought_matching" if question.returns else "bought" if question.begins_otherwise else "bought_again"
    bought = say(name, values=bought_words(question.returns))
    return say(f"returned_{question.returned}", bought=bought, period=period)


def _period_words(retention: CohortRetention, cell) -> str:  # type: ignore[no-untyped-def]
    """Return the period of a cell by its name: `Jan 2011`, `Jan 2011 to Mar 2011`, or the days of an own window."""
    question, period = retention.question, retention.question.period
    since, until = question.bracket(int(cell.period_number))
    if question.own_windows:
        days = WINDOW_DAYS[period.unit]
        return say("window", since=since * days, until=(until + 1) * days - 1)
    names = [period.label(int(cell.cohort + number)) for number in (since, until)]
    return names[0] if since == until else f"{names[0]} to {names[1]}"


def _figures(cell) -> dict[str, str]:  # type: ignore[no-untyped-def]
    return {
        "size": whole(cell.base),
        "customers": whole(cell.customers),
        "rate": percent(cell.retention_rate, 1),
        "low": bare(cell.low, 1),
        "high": bare(cell.high, 1),
    }


def _money(retention: CohortRetention, cell) -> dict[str, str]:  # type: ignore[no-untyped-def]
    question = retention.question
    is_share = question.measure.endswith("retention")
    return {
        "column": question.column_label(int(cell.period_number)).lower(),
        "value": percent(cell.value, 1) if is_share else amount(cell.value),
        "measure": say(question.measure),
        "customers": whole(cell.customers),
        "size": whole(cell.cohort_size),
    }
