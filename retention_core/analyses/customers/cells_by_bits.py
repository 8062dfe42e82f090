"""The cells of a table of cohorts, counted from bits: the customers who are back in each, and what all of them spent."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from retention_core.analyses.customers.bought_bitmaps import WORD, Bitmaps, visits
from retention_core.analyses.customers.cohort_question import CohortQuestion
from retention_core.analyses.steps import Filling, kept_rows, statement
from retention_core.engines.engine import Engine

HALF = WORD // 2  # bits so far apart are counted by one sum, in its lower and its upper half


def customers_in_cells(
    engine: Engine, question: CohortQuestion, kept: Bitmaps, cohorts: tuple[int, int], last: int
) -> pd.DataFrame:
    """Return the customers of each cell: cohort, period_number, customers, and segment where one is asked for.

    cohorts: numbers of the first and the last. last: number of the last period looked at.
    """
    by_every = question.cohort_by == "every_purchase"
    columns = _columns(question, kept, cohorts[0], last)
    holes: dict[str, Filling] = {
        "bitmaps": kept.table,
        "later": kept.later_than("cohort"),
        "segment": ", segment" if question.segment else "",
        "members": _members(question, columns),
        "back_in_each": "".join(_back_in_each(question, columns)),
    }
    if by_every:
        holes |= {"is_bought": kept.is_bought("cohort"), "period": question.period.sql}
    steps = {"later": "later_by_every" if by_every else "later_by_first"}
    if question.brackets:
        holes["brackets"] = _brackets(question, kept)
        steps = {"later": "later_in_brackets", "later_periods": steps["later"]}
    bound = {"first_cohort": cohorts[0], "last_cohort": min(cohorts[1], kept.last)}
    rows = kept_rows(engine, *statement("customers_in_cells", holes, bound, steps))
    return _one_row_per_cell(rows, question, columns)


def revenue_in_cells(
    engine: Engine, question: CohortQuestion, kept: Bitmaps, values: Mapping[str, object]
) -> pd.DataFrame:
    """Return the orders and revenue of each cell: cohort, period_number, orders, revenue, kept_revenue (0).

    values: first_cohort, last_cohort and last_period, the numbers of the periods looked at.
    """
    filters = replace(question.filters, count_refunds=True)
    holes = visits(replace(question, filters=filters)) | {"bitmaps": kept.table}
    bound = {"refunds_are_visits": int(question.filters.count_refunds)}
    rows = kept_rows(engine, *statement("cohort_revenue_by_first", holes, bound))
    is_seen = rows["cohort"].between(values["first_cohort"], values["last_cohort"])
    return rows[is_seen & (rows["cohort"] + rows["period_number"] <= values["last_period"])].reset_index(drop=True)


@dataclass(frozen=True)
class _Columns:
    """The columns of the table after the first, as the bits of later_0, later_1 … tell them.

    first: what the first bit stands for. numbers: of the periods, or brackets. since: SQL of what is taken off a period's.
    """

    first: int
    numbers: range
    words: int
    since: str

    def place(self, number: int) -> tuple[int, int]:
        """Return the word and the bit in which a column stands."""
        return divmod(number - self.first, WORD)

    def half(self, number: int) -> tuple[int, int, int]:
        """Return the word, the lower bit that is counted together with that of a column, and how far this is above it."""
        word, bit = self.place(number)
        return word, bit % HALF, bit - bit % HALF


def _columns(question: CohortQuestion, kept: Bitmaps, first_cohort: int, last: int) -> _Columns:
    if question.brackets:
        return _Columns(1, range(1, len(question.brackets) + 1), 1, "0")
    numbers = range(max(first_cohort, kept.first) + 1, min(last, kept.last) + 1)
    return _Columns(kept.first, numbers, kept.words, "cohort")


def _brackets(question: CohortQuestion, kept: Bitmaps) -> str:
    """Return the SQL of a whole number with a bit for each bracket in which a customer bought."""
    bits = []
    for number in range(1, len(question.brackets) + 1):
        since, until = question.bracket(number)
        bits.append(
            f"CASE WHEN {kept.later_within(f'cohort + {since}', f'cohort + {until}')} THEN {2 ** (number - 1)} ELSE 0 END"
        )
    return "CAST(" + "\n       + ".join(bits) + " AS BIGINT)"


def _members(question: CohortQuestion, columns: _Columns) -> str:
    """Return the SQL of the customers who stand in period 0: all, or those never back where each stands where they were last."""
    if question.returned != "in_or_after":
        return "count(*)"
    return f"count(CASE WHEN {_none(range(columns.words))} THEN 1 END)"


def _back_in_each(question: CohortQuestion, columns: _Columns) -> Iterator[str]:
    """Yield for each column the SQL of the customers who stand in it, as `back_in` … count them."""
    if question.returned == "in":
        for word, bit in dict.fromkeys(columns.half(number)[:2] for number in columns.numbers):
            both = f"shiftright(later_{word}, {bit}) & {2**HALF + 1}"
            yield f",\n       CAST(sum({both}) AS BIGINT) AS in_{word}_{bit}"
        return
    for number in columns.numbers:
        word, bit = columns.place(number)
        up_to = f"(later_{word} & {2 ** (bit + 1) - 1})"
        so_far = " + ".join([*(f"bit_count(later_{each})" for each in range(word)), f"bit_count({up_to})"])
        condition = {
            "by": f"{_none(range(word))} AND {up_to} = {2**bit}",
            "in_or_after": f"shiftright(later_{word}, {bit}) = 1 AND {_none(range(word + 1, columns.words))}",
            "every_up_to": f"{so_far} = {number} - {columns.since} AND {number} > {columns.since}",
        }[question.returned]
        yield f",\n       count(CASE WHEN {condition} THEN 1 END) AS in_{number}"


def _none(words: range) -> str:
    """Return the condition that nothing was bought in the periods of these words."""
    return " AND ".join(["1 = 1", *(f"later_{word} = 0" for word in words)])


def _one_row_per_cell(counted: pd.DataFrame, question: CohortQuestion, columns: _Columns) -> pd.DataFrame:
    """Return one row for each sum above zero: that of the members is period 0, the others are named by their column."""
    counted = counted.sort_values("cohort", kind="stable", ignore_index=True)
    back = [_customers_back(counted, question, columns, number) for number in columns.numbers]
    sums = np.column_stack([counted["members"].to_numpy("int64"), *back])
    cohort = counted["cohort"].to_numpy(int)
    since = cohort if columns.since == "cohort" else np.zeros(len(cohort), int)
    numbers = np.column_stack([np.zeros(len(cohort), int), np.asarray(columns.numbers, int) - since[:, None]])
    row, column = np.nonzero((sums > 0) & (numbers >= 0))
    cells = {"cohort": cohort[row], "period_number": numbers[row, column], "customers": sums[row, column]}
    return pd.DataFrame(cells | ({"segment": counted["segment"].to_numpy()[row]} if "segment" in counted else {}))


def _customers_back(counted: pd.DataFrame, question: CohortQuestion, columns: _Columns, number: int) -> np.ndarray:
    """Return the customers of each row who stand in a column."""
    if question.returned != "in":
        return np.asarray(counted[f"in_{number}"], "int64")
    word, bit, above = columns.half(number)
    both = np.asarray(counted[f"in_{word}_{bit}"], "int64")
    return np.asarray(both >> above & 2**HALF - 1)
