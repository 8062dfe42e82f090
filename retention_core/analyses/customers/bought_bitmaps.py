"""Customers by period as bits: the kept table from which counts of customers are read, where the periods are few enough.

A customer is one row, and every period is one bit of it. So a first question costs one pass over the orders, and every
cell of the table a bit (docs/decisions/0014).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from retention_core.analyses.customers.cohort_question import UNITS, WINDOW_DAYS, CohortQuestion
from retention_core.analyses.steps import Filling, statement
from retention_core.analyses.workspace.holds import order_days
from retention_core.engines.engine import Engine

WORD = 62  # periods in one whole number: it has 64 bits, of which one is the sign
MOST_WORDS = 4
DAY_SECONDS = 86_400
Parts = tuple[dict[str, Filling], dict[str, object], dict[str, str]]  # holes, values and steps of a statement


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
        return (self.last - self.first) // WORD + 1

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

    def later_within(self, from_period: str, to_period: str) -> str:
        """Return the condition that later_0, later_1 … have a bit from one period to another. Both: SQL of their numbers."""
        tests = []
        for word in range(self.words):
            begins = self.first + WORD * word
            low, end = (f"least(greatest({each} - {begins}, 0), {WORD})" for each in (from_period, f"{to_period} + 1"))
            tests.append(f"shiftright(later_{word}, {low}) & (shiftleft(CAST(1 AS BIGINT), {end} - {low}) - 1) <> 0")
        return " OR ".join(f"({test})" for test in tests)

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
    if question.own_windows:  # that with the number k stands as the k-th period after the first
        last = first + (days[1] - days[0]).days // WINDOW_DAYS[question.period.unit] + 1
    if Bitmaps("", first, last).words > _most_words(question):
        return None
    holes, bound, steps = _placed(engine, question)
    holes |= {"words": ", ".join(_words_sql(first, last)), "segment": ", segment" if _of_each(question) else ""}
    kept = Bitmaps(engine.keep(*statement("bought_bitmaps", holes, bound, steps)), first, last)
    return kept if not question.segment or _of_each(question) else _by_first(engine, question, kept)


def visits(question: CohortQuestion) -> dict[str, Filling]:
    """Return what fills the holes of the steps that read purchases and place them in periods."""
    return {
        "unit": UNITS[question.unit],
        "orders_looked_at": question.filters.conditions("orders"),
        "period": question.period.sql,
    }


def _placed(engine: Engine, question: CohortQuestion) -> Parts:
    """Return what the steps need that tell in which period, or own window, each purchase lies."""
    holes, values = visits(question), dict[str, object](refunds_are_visits=1)
    if not question.own_windows:
        segment = f", visits.{question.segment} AS segment" if _of_each(question) else ""
        return holes | {"segment_column": segment}, values, {"placed": "placed_in_periods"}
    firsts = engine.keep(*statement("first_visits", holes, values))
    del holes["period"]
    values["window_seconds"] = WINDOW_DAYS[question.period.unit] * DAY_SECONDS
    return holes | {"firsts": firsts}, values, {"placed": "placed_in_windows"}


def _by_first(engine: Engine, question: CohortQuestion, kept: Bitmaps) -> Bitmaps:
    """Return the same table with the segment of each customer's first purchase."""
    holes = visits(question) | {
        "bitmaps": kept.table,
        "words": ", ".join(f"bought_{word}" for word in range(kept.words)),
        "of_purchase": f"visits.{question.segment}",
    }
    return replace(kept, table=engine.keep(*statement("bitmaps_by_first", holes, {"refunds_are_visits": 1})))


def _is_told_by_bits(question: CohortQuestion) -> bool:
    """Tell whether a customer's periods with a purchase decide about everything that is asked."""
    plain = question.cohort_by in ("first_purchase", "every_purchase") and not (question.starts or question.returns)
    plain = plain and question.least_purchases == 1 and len(question.brackets) <= WORD
    if question.needs_money:  # only of customers who stand in one cohort, and of all that each of them spent
        whole = not (question.segment or question.brackets or question.own_windows)
        return plain and whole and question.is_by_person and question.measure != "gross_revenue_retention"
    return plain and not (question.own_windows and _of_each(question))


def _most_words(question: CohortQuestion) -> int:
    """Return of how many words the bits are counted in less time than rows."""
    is_plain = question.is_by_person and question.returned == "in" and not (question.segment or question.brackets)
    return 3 * MOST_WORDS if is_plain else MOST_WORDS


def _of_each(question: CohortQuestion) -> bool:
    """Tell whether each customer is counted apart by the segment of each purchase."""
    return bool(question.segment) and question.segment_of == "each_purchase"


def _words_sql(first: int, last: int) -> Iterator[str]:
    """Yield the SQL of each word: the bits of its periods, 0 where there is none."""
    for word in range(Bitmaps("", first, last).words):
        begins = first + WORD * word
        bit = f"shiftleft(CAST(1 AS BIGINT), period - {begins})"
        if last - first >= WORD:
            bit = f"CASE WHEN period BETWEEN {begins} AND {begins + WORD - 1} THEN {bit} ELSE 0 END"
        yield f"bit_or({bit}) AS bought_{word}"
