"""What one cell of the cohort table says: its few letters, and its sentences."""

from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, partial
from html import escape
from typing import Any

import pandas as pd

from retention_core.analyses.customers.bought_words import bought_words
from retention_core.analyses.customers.cohort_question import WINDOW_DAYS, CohortQuestion
from retention_core.analyses.customers.cohort_retention import CohortRetention
from retention_core.figures.column_names import column_within
from retention_core.words.days import span, when
from retention_core.words.numbers import UNKNOWN, amount, percent, whole
from retention_core.words.say import counted, say, sentence, written

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

_BREAK = "<br>"


def measured(retention: CohortRetention) -> str:
    """Return the column of the cells that the question shows: shares of customers, or a measure of money."""
    return "value" if retention.question.needs_money else "retention_rate"


def shows_shares(question: CohortQuestion) -> bool:
    """Tell whether cells hold shares: of customers or of revenue."""
    return question.measure == "customers" or question.measure.endswith("retention")


def each_cell(cells: pd.DataFrame) -> Iterator[Any]:
    """Yield the rows of a table of cells as plain values, which pandas takes out of text one by one."""
    names = tuple(map(str, cells.columns))
    return map(_row(names)._make, zip(*(_plain(cells, name) for name in names), strict=True))


@cache
def _row(names: tuple[str, ...]) -> Any:
    return namedtuple("row", names)


def _plain(cells: pd.DataFrame, name: str) -> list[Any]:
    """Return a column of cells as plain values."""
    values: list[Any] = cells[name].to_numpy(object).tolist()
    return values


@dataclass(frozen=True)
class CellSentences:
    """What the cells of one table say. What many of them say alike is said once."""

    retention: CohortRetention

    def texts(self, cells: pd.DataFrame, is_count: list[bool]) -> list[str]:
        """Return what stands in each cell: a share without its sign, a sum in few letters, or the number of customers.

        is_count: which cells hold customers in place of their share.
        """
        if not shows_shares(self.retention.question):
            return [
                amount(value) if value == value else UNKNOWN if size else ""
                for value, size in zip(_plain(cells, "value"), _plain(cells, "cohort_size"), strict=True)
            ]

        def text(counts: bool, share: float, customers: int, size: int, base: int) -> str:
            if counts or share != share:
                return "" if not size else f"{customers:,.0f}" if counts else UNKNOWN
            return f"{share * 100:.{1 if is_of_customers and base >= 100 else 0}f}"

        is_of_customers = not self.retention.question.needs_money
        columns = (measured(self.retention), "customers", "cohort_size", "base")
        return written(map(text, is_count, *(_plain(cells, name) for name in columns)))

    def of_cells(self, cells: pd.DataFrame) -> list[str]:
        """Return what each cell says: `885 customers first bought in Dec 2010.<br>324 of them (…) bought again in …`."""
        question = self.retention.question
        if question.needs_money:
            said = [_of_money(question, cell, cell.cohort_label) for cell in each_cell(cells)]
        else:
            numbers, backs = _plain(cells, "period_number"), self._backs(cells, self._periods(cells))
            columns = (_plain(cells, name) for name in ("cohort_label", "cohort_size", "base"))
            said = [
                f"{self._base(label, size, base)}{_BREAK}{back}" if number else self._came(label, size)
                for number, back, label, size, base in zip(numbers, backs, *columns, strict=True)
            ]
        open_until = cache(lambda day: f"{_BREAK}{say('Still running: open until {day}.', day=when(day))}")
        ends = zip(said, _plain(cells, "state"), _plain(cells, "ends_on"), strict=True)
        return [of_cell + open_until(ends_on) if state == "running" else of_cell for of_cell, state, ends_on in ends]

    def of_pooled(self, pooled: pd.DataFrame) -> list[str]:
        """Return what each cell of the pooled row says, and of how many cohorts and customers it is."""
        question = self.retention.question
        cohorts = [counted("{n} complete cohort", "{n} complete cohorts", n) for n in _plain(pooled, "cohorts")]
        if question.needs_money:
            return [_of_money(question, cell, of) for cell, of in zip(each_cell(pooled), cohorts, strict=True)]
        numbers = _plain(pooled, "period_number")
        backs = self._backs(pooled, [column_within(question, number) for number in numbers])
        starts = map(self._of_all, numbers, _plain(pooled, "base"), cohorts)
        return [
            f"{start}{_BREAK}{back}" if number else str(start)
            for number, start, back in zip(numbers, starts, backs, strict=True)
        ]

    def _of_all(self, number: int, base: int, cohorts: str) -> str:
        question, customers = self.retention.question, counted("{n} customer", "{n} customers", base)
        if question.share == "previous_period" and number:
            return say("{customers} in {cohorts} were back one column before.", customers=customers, cohorts=cohorts)
        if question.is_by_person:
            return say("{customers} in {cohorts}.", customers=customers, cohorts=cohorts)
        return say(
            "{customers} in {cohorts}; a customer counts in each of them anew.", customers=customers, cohorts=cohorts
        )

    @cached_property
    def _came(self) -> Callable[[str, int], str]:
        """What brought the customers of a cohort in: `12 customers first bought Tea in Dec 2010.`"""
        question = self.retention.question
        is_usual = question.cohort_by == "first_matching_purchase" and not question.starts
        said, values = _CAME["first_purchase" if is_usual else question.cohort_by], _plainly(question.starts)
        return cache(lambda cohort, size: str(said(size, cohort=cohort, values=values)))

    def _base(self, cohort: str, size: int, base: int) -> str:
        if self.retention.question.share == "cohort":
            return self._came(cohort, size)
        return say("Of the customers of {cohort}, {size} were back one column before.", cohort=cohort, size=whole(base))

    def _backs(self, cells: pd.DataFrame, periods: Iterable[str]) -> list[str]:
        """Return who of each cell is back: `3 of them (25.0 %, 8.9 to 53.2) bought again in Jan 2011.`"""
        rates, low, high = (cells[name].to_numpy("float64") * 100 for name in ("retention_rate", "low", "high"))
        shares = written(UNKNOWN if rate != rate else f"{rate:.1f}\u00a0%" for rate in rates.tolist())
        ends = (written(f"{end:.1f}" for end in each.tolist()) for each in (low, high))
        customers = written(f"{number:,.0f}" for number in _plain(cells, "customers"))
        with_ends = self._returned(say("{rate}, {low} to {high}", rate="{1}", low="{2}", high="{3}"))
        form = {True: with_ends.format, False: self._returned("{1}").format}
        told = zip((low == low).tolist(), customers, shares, *ends, periods, strict=True)
        return [form[has_ends](*places) for has_ends, *places in told]

    def _returned(self, share: str) -> str:
        """Return the sentence of those who are back, with {0} customers, their share, and {4} the period to be filled."""
        question = self.retention.question
        kind = 2 if question.returns else 1 if question.begins_otherwise else 0
        values = _plainly(question.returns).replace("{", "{{").replace("}", "}}")
        places = {"customers": "{0}", "share": share, "period": "{4}", "values": values}
        return str(say(_RETURNED[question.returned][kind], **places))

    def _periods(self, cells: pd.DataFrame) -> Iterator[str]:
        """Yield the period of each cell: `Jan 2011`, `Jan 2011 to Mar 2011`, or the days of an own window."""
        question, bracket = self.retention.question, cache(self.retention.question.bracket)
        label, days = cache(question.period.label), cache(partial(_days, WINDOW_DAYS[question.period.unit]))
        for cohort, number in zip(_plain(cells, "cohort"), _plain(cells, "period_number"), strict=True):
            since, until = bracket(number)
            yield days(since, until) if question.own_windows else span(label(cohort + since), label(cohort + until))


def _days(length: int, since: int, until: int) -> str:
    """Return the days of windows of so many days: `days 30 to 59 after their first purchase`."""
    return say(
        "days {since} to {until} after their first purchase", since=since * length, until=(until + 1) * length - 1
    )


def _of_money(question: CohortQuestion, cell: Any, cohort: str) -> str:
    is_share = question.measure.endswith("retention")
    value = percent(cell.value, 1) if is_share else amount(cell.value)
    column = column_within(question, int(cell.period_number))
    size = counted("{n} customer", "{n} customers", int(cell.cohort_size))
    said = say(_MONEY[question.measure], cohort=cohort, column=column, value=value)
    return f"{said}{_BREAK}{say('{customers} of {size} bought.', customers=whole(cell.customers), size=size)}"


def _plainly(segments: Any) -> str:
    """Return values from files so that a chart shows them to the letter."""
    return escape(bought_words(segments), quote=False) if segments else ""
