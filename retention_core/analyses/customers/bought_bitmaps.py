"""Customers by period as bits: the kept table from which counts of customers are read, where the periods are few enough.

A customer is one row, and every period is one bit of it. So a first question costs one pass over the orders, and every
cell of the table a bit (docs/decisions/0014).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from retention_core.analyses.customers.cohort_question import UNITS, CohortQuestion
from retention_core.analyses.steps import Filling, kept_rows, statement
from retention_core.analyses.workspace.holds import order_days
from retention_core.engines.engine import Engine

WORD = 62  # periods in one whole number: it has 64 bits, of which one is the sign
MOST_WORDS = 4


@dataclass(frozen=True)
class Bitmaps:
    """A kept table of customers with the periods in which they bought.

    table: its name. Its columns: customer_key, first_period, bought_0, bought_1 … (bit j of bought_i stands for the period
    first + 62 i + j), segment where one is asked for. first, last: the numbers of the periods of the whole data.
    """

    table: str
    first: int
    last: int

    @property
    def words(self) -> int:
        """How many whole numbers hold the periods of a customer."""
        return _words(self.first, self.last)

    def place(self, period: int) -> tuple[int, int]:
        """Return the word and the bit in which a period stands."""
        return divmod(period - self.first, WORD)

    def is_bought(self, period: str) -> str:
        """Return the condition that the customer bought in a period. period: SQL of its number."""
        tests = (
            f"WHEN {period} < {self.first + WORD * (word + 1)} "
            f"THEN shiftright(bought_{word}, {period} - {self.first + WORD * word}) & 1"
            for word in range(self.words)
        )
        return f"CASE {' '.join(tests)} END = 1"

    def bit(self, period: int) -> str:
        """Return the SQL of the bit of a period; 0 where it lies outside of the data."""
        if not self.first <= period <= self.last:
            return "0"
        word, bit = self.place(period)
        return f"(shiftright(bought_{word}, {bit}) & 1)"

    def bought_within(self, from_period: int, to_period: int) -> str:
        """Return the SQL of the number of periods, from one to another, in which the customer bought."""
        counts = ["0"]
        for word in range(self.words):
            begins = self.first + WORD * word
            low, high = max(from_period - begins, 0), min(to_period - begins, WORD - 1)
            if low <= high:
                counts.append(f"bit_count(bought_{word} & {2 ** (high + 1) - 2**low})")
        return " + ".join(counts)

    def later_than(self, period: str) -> str:
        """Return the columns later_0, later_1 … of the bits after a period. period: SQL of its number."""
        columns = []
        for word in range(self.words):
            passed = f"least(greatest({period} - {self.first + WORD * word - 1}, 0), {WORD})"
            columns.append(f"shiftleft(shiftright(bought_{word}, {passed}), {passed}) AS later_{word}")
        return ", ".join(columns)


def bitmaps(engine: Engine, question: CohortQuestion) -> Bitmaps | None:
    """Return the kept table of the customers of a question; None where it needs more than the bits of its periods tell."""
    days = order_days(engine)
    if days is None or not _is_told_by_bits(question):
        return None
    first, last = (question.period.number(day) for day in days)
    if _words(first, last) > MOST_WORDS:
        return None
    of_each = bool(question.segment)
    holes: dict[str, Filling] = {
        "unit": UNITS[question.unit],
        "orders_looked_at": question.filters.conditions("orders"),
        "period": question.period.sql,
        "words": ", ".join(_words_sql(first, last)),
        "segment": ", segment" if of_each else "",
        "segment_column": f", visits.{question.segment} AS segment" if of_each else "",
    }
    return Bitmaps(engine.keep(*statement("bought_bitmaps", holes, {"refunds_are_visits": 1})), first, last)


def customers_in_cells(
    engine: Engine, question: CohortQuestion, kept: Bitmaps, cohorts: tuple[int, int], last: int
) -> pd.DataFrame:
    """Return the customers of each cell: cohort, period_number, customers, and segment where one is asked for.

    cohorts: numbers of the first and the last. last: number of the last period looked at.
    """
    by_every = question.cohort_by == "every_purchase"
    holes: dict[str, Filling] = {
        "bitmaps": kept.table,
        "later": kept.later_than("cohort"),
        "segment": ", segment" if question.segment else "",
        "members": _members(question, kept),
        "back_in_each": "".join(_back_in_each(question, kept, cohorts[0], last)),
    }
    if by_every:
        holes |= {"is_bought": kept.is_bought("cohort"), "period": question.period.sql}
    steps = {"later": "later_by_every" if by_every else "later_by_first"}
    bound = {"first_cohort": cohorts[0], "last_cohort": min(cohorts[1], kept.last)}
    return _one_row_per_cell(engine.query(*statement("customers_in_cells", holes, bound, steps)))


def revenue_in_cells(
    engine: Engine, question: CohortQuestion, kept: Bitmaps, values: Mapping[str, object]
) -> pd.DataFrame:
    """Return the orders and revenue of each cell: cohort, period_number, orders, revenue, kept_revenue (0).

    values: first_cohort, last_cohort and last_period, the numbers of the periods looked at.
    """
    filters = replace(question.filters, count_refunds=True)
    holes: dict[str, Filling] = {
        "unit": UNITS[question.unit],
        "orders_looked_at": filters.conditions("orders"),
        "period": question.period.sql,
        "bitmaps": kept.table,
    }
    bound = {"refunds_are_visits": int(question.filters.count_refunds)}
    rows = kept_rows(engine, *statement("cohort_revenue_by_first", holes, bound))
    is_seen = rows["cohort"].between(values["first_cohort"], values["last_cohort"])
    return rows[is_seen & (rows["cohort"] + rows["period_number"] <= values["last_period"])].reset_index(drop=True)


def _is_told_by_bits(question: CohortQuestion) -> bool:
    """Tell whether a customer's periods with a purchase decide about everything that is asked."""
    plain = question.cohort_by in ("first_purchase", "every_purchase") and not (question.starts or question.returns)
    whole = question.least_purchases == 1 and not question.brackets and not question.own_windows
    if question.needs_money:  # only of customers who stand in one cohort, and of all that each of them spent
        plain = plain and question.is_by_person and not question.segment
        whole = whole and question.measure != "gross_revenue_retention"
    return plain and whole and not (question.segment and question.segment_of == "first_purchase")


def _words(first: int, last: int) -> int:
    return (last - first) // WORD + 1


def _words_sql(first: int, last: int) -> Iterator[str]:
    """Yield the SQL of each word: the bits of its periods, 0 where there is none."""
    for word in range(_words(first, last)):
        begins = first + WORD * word
        bit = f"shiftleft(CAST(1 AS BIGINT), period - {begins})"
        if last - first >= WORD:
            bit = f"CASE WHEN period BETWEEN {begins} AND {begins + WORD - 1} THEN {bit} ELSE 0 END"
        yield f"bit_or({bit}) AS bought_{word}"


def _members(question: CohortQuestion, kept: Bitmaps) -> str:
    """Return the SQL of the customers who stand in period 0: all, or those never back where each stands where they were last."""
    if question.returned != "in_or_after":
        return "count(*)"
    return f"count(CASE WHEN {_none(range(kept.words))} THEN 1 END)"


def _back_in_each(question: CohortQuestion, kept: Bitmaps, first_cohort: int, last: int) -> Iterator[str]:
    """Yield for each period after the first cohort the SQL of the customers who stand in it, as `back_in` … count them."""
    for period in range(max(first_cohort, kept.first) + 1, min(last, kept.last) + 1):
        word, bit = kept.place(period)
        up_to = f"(later_{word} & {2 ** (bit + 1) - 1})"
        if question.returned == "in":
            yield f",\n       sum(shiftright(later_{word}, {bit}) & 1) AS in_{period}"
            continue
        condition = {
            "by": f"{_none(range(word))} AND {up_to} = {2**bit}",
            "in_or_after": f"shiftright(later_{word}, {bit}) = 1 AND {_none(range(word + 1, kept.words))}",
            "every_up_to": f"{_bits(word, up_to)} = {period} - cohort AND {period} > cohort",
        }[question.returned]
        yield f",\n       count(CASE WHEN {condition} THEN 1 END) AS in_{period}"


def _none(words: range) -> str:
    """Return the condition that nothing was bought in the periods of these words."""
    return " AND ".join(["1 = 1", *(f"later_{word} = 0" for word in words)])


def _bits(word: int, up_to: str) -> str:
    """Return the SQL that counts the bits of the words before this one, and of what is left of it."""
    return " + ".join([*(f"bit_count(later_{each})" for each in range(word)), f"bit_count({up_to})"])


def _one_row_per_cell(counted: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each sum above zero: that of the members is period 0, the others are named by their period."""
    counted = counted.sort_values("cohort", kind="stable", ignore_index=True)
    periods = [int(name.removeprefix("in_")) for name in counted if name.startswith("in_")]
    sums = counted[["members", *(f"in_{period}" for period in periods)]].to_numpy(float)
    cohort = counted["cohort"].to_numpy(int)
    numbers = np.column_stack([np.zeros(len(cohort), int), np.asarray(periods, int) - cohort[:, None]])
    row, column = np.nonzero((sums > 0) & (numbers >= 0))
    cells = {"cohort": cohort[row], "period_number": numbers[row, column], "customers": sums[row, column].astype(int)}
    return pd.DataFrame(cells | ({"segment": counted["segment"].to_numpy()[row]} if "segment" in counted else {}))
