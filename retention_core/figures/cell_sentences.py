"""What one cell of the cohort table says: its few letters, and its sentences."""

from collections import namedtuple
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from html import escape
from typing import Any

import pandas as pd

from retention_core.analyses.customers.bought_words import bought_words
from retention_core.analyses.customers.cohort_question import WINDOW_DAYS, CohortQuestion
from retention_core.analyses.customers.cohort_retention import CohortRetention
from retention_core.figures.column_names import column_within
from retention_core.words.days import span, when
from retention_core.words.numbers import UNKNOWN, amount, percent, whole
from retention_core.words.say import Number, counted, say, sentence

_CAME: dict[str, Callable[..., str]] = {
    "first_purchase": lambda n, **places: counted(
        "{n} customer first bought in {cohort}.", "{n} customers first bought in {cohort}.", n, **places
    ),
    "first_matching_purchase": lambda n, **places: counted(
        "{n} customer first bought {values} in {cohort}.",
        "{n} customers first bought {values} in {cohort}.",
        n,
        **places,
    ),
    "every_purchase": lambda n, **places: counted(
        "{n} customer bought in {cohort}.", "{n} customers bought in {cohort}.", n, **places
    ),
    "joined": lambda n, **places: counted(
        "{n} customer joined in {cohort}.", "{n} customers joined in {cohort}.", n, **places
    ),
    "first_complaint": lambda n, **places: counted(
        "{n} customer first complained in {cohort}.", "{n} customers first complained in {cohort}.", n, **places
    ),
    "first_answer": lambda n, **places: counted(
        "{n} customer first gave a score in {cohort}.", "{n} customers first gave a score in {cohort}.", n, **places
    ),
}
# what counts as back -> of purchases again, of any, of those that must match
_RETURNED = {
    "in": (
        sentence("{customers} of them ({share}) bought again in {period}."),
        sentence("{customers} of them ({share}) bought in {period}."),
        sentence("{customers} of them ({share}) bought {values} in {period}."),
    ),
    "in_or_after": (
        sentence("{customers} of them ({share}) bought again in {period} or later."),
        sentence("{customers} of them ({share}) bought in {period} or later."),
        sentence("{customers} of them ({share}) bought {values} in {period} or later."),
    ),
    "by": (
        sentence("{customers} of them ({share}) bought again by the end of {period}."),
        sentence("{customers} of them ({share}) bought by the end of {period}."),
        sentence("{customers} of them ({share}) bought {values} by the end of {period}."),
    ),
    "every_up_to": (
        sentence("{customers} of them ({share}) bought again in every period up to {period}."),
        sentence("{customers} of them ({share}) bought in every period up to {period}."),
        sentence("{customers} of them ({share}) bought {values} in every period up to {period}."),
    ),
}
_MONEY = {
    "revenue": sentence("{cohort}, {column}: {value} of revenue."),
    "revenue_per_customer": sentence("{cohort}, {column}: {value} of revenue per customer of the cohort."),
    "orders": sentence("{cohort}, {column}: {value} purchases."),
    "net_revenue_retention": sentence("{cohort}, {column}: {value} of the revenue of the cohort's own period."),
    "gross_revenue_retention": sentence(
        "{cohort}, {column}: {value} of the revenue of the cohort's own period, without what customers spent beyond it."
    ),
    "lifetime_value": sentence("{cohort}, {column}: {value} spent per customer of the cohort up to here."),
}


def measured(retention: CohortRetention) -> str:
    """Return the column of the cells that the question shows: shares of customers, or a measure of money."""
    return "value" if retention.question.needs_money else "retention_rate"


def shows_shares(question: CohortQuestion) -> bool:
    """Tell whether cells hold shares: of customers or of revenue."""
    return question.measure == "customers" or question.measure.endswith("retention")


def each_cell(cells: pd.DataFrame) -> Iterator[Any]:
    """Yield the rows of a table of cells as plain values, which pandas takes out of text one by one."""
    names = tuple(map(str, cells.columns))
    return map(_row(names)._make, zip(*(cells[name].to_numpy(object).tolist() for name in names), strict=True))


@cache
def _row(names: tuple[str, ...]) -> Any:
    return namedtuple("row", names)


@dataclass(frozen=True)
class CellSentences:
    """What the cells of one table say. What many of them say alike is said once."""

    retention: CohortRetention

    def text(self, cell: Any, as_count: bool) -> str:
        """Return what stands in a cell: a share without its sign, a sum in few letters, or the number of customers."""
        is_of_customers, is_of_money = self._measured
        if as_count and not is_of_money:
            return self._number(f"{cell.customers:,.0f}") if cell.cohort_size else ""
        number = cell.retention_rate if is_of_customers else cell.value
        if number != number:
            return UNKNOWN if cell.cohort_size else ""
        if is_of_money:
            return amount(number)
        digits = 1 if is_of_customers and cell.base >= 100 else 0
        return self._number(f"{number * 100:.{digits}f}")

    def of_cell(self, cell: Any) -> list[str]:
        """Return what a cell says, for example `885 customers first bought in Dec 2010.`, `324 of them (…) bought …`."""
        question = self.retention.question
        if question.needs_money:
            said = _of_money(question, cell, cell.cohort_label)
        elif not cell.period_number:
            said = [self._came(cell.cohort_label, int(cell.cohort_size))]
        else:
            said = [self._base(cell), self._back(cell, self._period_words(int(cell.cohort), int(cell.period_number)))]
        return [*said, self._open_until(cell.ends_on)] if cell.state == "running" else said

    def of_all(self, cell: Any) -> list[str]:
        """Return what a cell of the pooled row says, and of how many cohorts and customers it is."""
        question, cohorts = (
            self.retention.question,
            counted("{n} complete cohort", "{n} complete cohorts", int(cell.cohorts)),
        )
        if question.needs_money:
            return _of_money(question, cell, cohorts)
        places = {"customers": counted("{n} customer", "{n} customers", int(cell.base)), "cohorts": cohorts}
        if question.share == "previous_period" and cell.period_number:
            start = say("{customers} in {cohorts} were back one column before.", **places)
        elif question.is_by_person:
            start = say("{customers} in {cohorts}.", **places)
        else:
            start = say("{customers} in {cohorts}; a customer counts in each of them anew.", **places)
        if not cell.period_number:
            return [start]
        return [start, self._back(cell, column_within(question, int(cell.period_number)))]

    @cached_property
    def _came(self) -> Callable[[str, int], str]:
        """What brought the customers of a cohort in: `12 customers first bought Tea in Dec 2010.`"""
        question = self.retention.question
        is_usual = question.cohort_by == "first_matching_purchase" and not question.starts
        said, values = _CAME["first_purchase" if is_usual else question.cohort_by], _plainly(question.starts)
        return cache(lambda cohort, size: str(said(size, cohort=cohort, values=values)))

    def _base(self, cell: Any) -> str:
        if self.retention.question.share == "cohort":
            return self._came(cell.cohort_label, int(cell.cohort_size))
        return say(
            "Of the customers of {cohort}, {size} were back one column before.",
            cohort=cell.cohort_label,
            size=whole(cell.base),
        )

    def _back(self, cell: Any, period: str) -> str:
        """Return who of them is back: `3 of them (25.0 %, 8.9 to 53.2) bought again in Jan 2011.`"""
        number, rate = self._number, cell.retention_rate
        share = percent(rate, 1) if rate != rate else number(f"{rate * 100:.1f}\u00a0%")
        if cell.low == cell.low:
            share = self._with_interval.format(share, number(f"{cell.low * 100:.1f}"), number(f"{cell.high * 100:.1f}"))
        return self._returned.format(number(f"{cell.customers:,.0f}"), share, period)

    @cached_property
    def _number(self) -> Callable[[str], str]:
        """Writes a number as the language does; there are far fewer of them than cells."""
        return cache(lambda plain: str(Number(plain)))

    @cached_property
    def _measured(self) -> tuple[bool, bool]:
        """Whether cells show customers, and whether they show sums of money."""
        question = self.retention.question
        return question.measure == "customers", not shows_shares(question)

    @cached_property
    def _returned(self) -> str:
        """The sentence of those who are back, with {0} customers, {1} the share and {2} the period still to be filled."""
        question = self.retention.question
        kind = 2 if question.returns else 1 if question.begins_otherwise else 0
        values = _plainly(question.returns).replace("{", "{{").replace("}", "}}")
        places = {"customers": "{0}", "share": "{1}", "period": "{2}", "values": values}
        return str(say(_RETURNED[question.returned][kind], **places))

    @cached_property
    def _with_interval(self) -> str:
        return str(say("{rate}, {low} to {high}", rate="{0}", low="{1}", high="{2}"))

    @cached_property
    def _open_until(self) -> Callable[[Any], str]:
        return cache(lambda day: str(say("Still running: open until {day}.", day=when(day))))

    @cached_property
    def _bracket(self) -> Callable[[int], tuple[int, int]]:
        return cache(self.retention.question.bracket)

    @cached_property
    def _label(self) -> Callable[[int], str]:
        return cache(self.retention.question.period.label)

    def _period_words(self, cohort: int, number: int) -> str:
        """Return the period of a cell: `Jan 2011`, `Jan 2011 to Mar 2011`, or the days of an own window."""
        question = self.retention.question
        since, until = self._bracket(number)
        if not question.own_windows:
            return (
                self._label(cohort + since)
                if since == until
                else span(*map(self._label, (cohort + since, cohort + until)))
            )
        days = WINDOW_DAYS[question.period.unit]
        return say(
            "days {since} to {until} after their first purchase", since=since * days, until=(until + 1) * days - 1
        )


def _of_money(question: CohortQuestion, cell: Any, cohort: str) -> list[str]:
    is_share = question.measure.endswith("retention")
    value = percent(cell.value, 1) if is_share else amount(cell.value)
    column = column_within(question, int(cell.period_number))
    size = counted("{n} customer", "{n} customers", int(cell.cohort_size))
    return [
        say(_MONEY[question.measure], cohort=cohort, column=column, value=value),
        say("{customers} of {size} bought.", customers=whole(cell.customers), size=size),
    ]


def _plainly(segments: Any) -> str:
    """Return values from files so that a chart shows them to the letter."""
    return escape(bought_words(segments), quote=False) if segments else ""
