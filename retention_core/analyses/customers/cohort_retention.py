"""Of those who came, how many come back? Customers by cohort and periods since."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import pandas as pd

from retention_core.analyses.customers.active_periods import active_periods
from retention_core.analyses.customers.bought_bitmaps import bitmaps
from retention_core.analyses.customers.cells_by_bits import customers_in_cells, revenue_in_cells
from retention_core.analyses.customers.cohort_cells import MONEY, no_cells, pooled_row, triangle
from retention_core.analyses.customers.cohort_question import CohortQuestion
from retention_core.analyses.intervals import Share
from retention_core.analyses.steps import Filling, kept_rows, statement
from retention_core.engines.engine import Engine
from retention_core.observed import observed

# what counts as returned -> the step that tells in which periods customers are back
_RETURNED = {"in": "back_in", "in_or_after": "back_last", "by": "back_first", "every_up_to": "back_without_a_gap"}
_NO_END = 2**31 - 1  # of periods


@dataclass(frozen=True)
class CohortRetention:
    """The answer.

    cells: one row per segment (one, called "", unless asked for), cohort and period number (or bracket) that has begun
    by `as_of`: segment, cohort and period_number (integers), cohort_label, cohort_starts_on, cohort_size (customers),
    customers (who returned), base (of how many: the cohort, or those back one column before), retention_rate, low and
    high (0 to 1, Wilson 95 %), state (complete, or running until `ends_on`). Period number 0 is the cohort itself. Where
    the measure needs money: orders, revenue, kept_revenue (of each customer no more than they spent in period 0, nor less
    than nothing), revenue_before (up to the cell), first_revenue (of period 0, for gross retention kept as well), and
    `value`, what the measure says.
    pooled: one row per segment and period number with the same measures over the complete cells of all cohorts; without
    interval where a customer stands in several of them, and for period 0 alone where cells of “in it or later” had
    unequal time to come about.
    as_of: the last day of the data; None where there is no data. first_cohort: number of the earliest cohort in the
    data, whether or not the filters' days choose it.
    """

    question: CohortQuestion
    cells: pd.DataFrame
    pooled: pd.DataFrame
    as_of: date | None
    first_cohort: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether there is no cohort to show."""
        return bool(self.cells.empty)

    @property
    def segments(self) -> list[str]:
        """The segments shown, the largest first, the others together last."""
        return list(self.cells["segment"].drop_duplicates())

    @cached_property
    def shares_back(self) -> dict[int, Share]:
        """The pooled share of customers back, of all segments together, by period number."""
        sums = self.pooled.groupby("period_number")[["customers", "base"]].sum().astype("int64")
        return {number: Share(back, base) for number, back, base in sums.itertuples()}

    def counts(self, column: str = "customers") -> list[list[int]]:
        """Return the ragged matrix of customers (or of another column): one list per cohort, one number per column."""
        return [list(rows[column]) for _, rows in self.cells.groupby("cohort", sort=True)]

    def of_segment(self, name: str) -> "CohortRetention":
        """Return the table of one segment alone."""
        cells, pooled = self.cells[self.cells["segment"] == name], self.pooled[self.pooled["segment"] == name]
        return replace(self, cells=cells.reset_index(drop=True), pooled=pooled.reset_index(drop=True))


def cohort_retention(engine: Engine, question: CohortQuestion) -> CohortRetention:
    """Count the customers of each cohort who came back, period by period.

    The filters' first and last day choose the cohorts, by whole periods; all are followed up to the last day of the data.

    A cell (cohort c, number k) is complete when period c + k ends by the last day of the data (`as_of`), or, with own
    windows of w days, when the last day of c lies (k + 1) x w days back; it is running when it has begun; a period that
    has not begun has no row.
    """
    period, seen = question.period, observed(engine, question.filters)
    if seen is None:
        return CohortRetention(question, no_cells(), no_cells(), None)
    bits = bitmaps(engine, question)
    kept = bits.table if bits else active_periods(engine, question, seen.as_of)
    earliest = engine.query(*statement("earliest_cohort", {"kept": kept})).iloc[0, 0]
    if pd.isna(earliest):
        return CohortRetention(question, no_cells(), no_cells(), seen.as_of)
    first = period.number(seen.first_day) if seen.first_day > date.min else int(earliest)
    last, last_cohort = period.number(seen.as_of), period.number(seen.last_day)
    values: dict[str, object] = {"first_cohort": first, "last_cohort": last_cohort}
    last_period = _NO_END if question.own_windows else last
    values["last_period"] = last_period
    if bits:
        counted = customers_in_cells(engine, question, bits, (first, last_cohort), last_period)
    else:
        counted = _customers(engine, question, kept, values)
    if question.needs_money:
        keys = ["cohort", "period_number", *(["segment"] if question.segment else [])]
        money = revenue_in_cells(engine, question, bits, values) if bits else _money(engine, question, kept, values)
        counted = money.merge(counted, how="left", on=keys).fillna({"customers": 0})
        counted[MONEY] = counted[MONEY].astype("float64").fillna(0)
    counted["segment"] = counted["segment"].fillna("none").astype(str) if question.segment else ""
    cells = triangle(counted, question, (first, last_cohort), last, seen.as_of)
    return CohortRetention(question, cells, pooled_row(cells, question), seen.as_of, int(earliest))


def _customers(engine: Engine, question: CohortQuestion, active: str, values: Mapping[str, object]) -> pd.DataFrame:
    """Return the customers of each cell, as the step `cohort_retention` says."""
    holes, steps = _since(question, active, "in_brackets")
    steps["returned"] = _RETURNED[question.returned]
    bound = {**values, "least": question.least_purchases}
    return kept_rows(engine, *statement("cohort_retention", holes, bound, steps))


def _money(engine: Engine, question: CohortQuestion, active: str, values: Mapping[str, object]) -> pd.DataFrame:
    """Return the orders and revenue of each cell, as the step `cohort_revenue` says."""
    holes, steps = _since(question, active, "money_in_brackets")
    steps["money"] = "money"
    if question.measure == "gross_revenue_retention":
        steps["money"] = "money_kept"
        same = "base.segment IS NOT DISTINCT FROM numbered.segment" if question.segment else "1 = 1"
        holes["same_base"] = same + (" AND base.period = base.first_period" if question.is_by_person else "")
    return kept_rows(engine, *statement("cohort_revenue", holes, values, steps))


def _since(question: CohortQuestion, active: str, in_brackets: str) -> tuple[dict[str, Filling], dict[str, str]]:
    """Return the holes and steps that number the periods since customers came in, or gather them in brackets."""
    holes: dict[str, Filling] = {"active": active, "segment": ", segment" if question.segment else ""}
    since = "since_first"
    if question.cohort_by == "every_purchase":
        since = "since_every"
        same = "started.segment IS NOT DISTINCT FROM active.segment"
        holes["same_segment"] = same if question.segment else "1 = 1"
    if not question.brackets:
        return holes, {"numbered": since}
    return holes | {"bracket": bracket(question)}, {"numbered": in_brackets, "since": since}


def bracket(question: CohortQuestion) -> Filling:
    """Return the column in which a period number stands, with what it binds; the number itself where none are gathered."""
    if not question.brackets:
        return "period_number"
    sql, bounds = "CASE WHEN period_number = 0 THEN 0", dict[str, object]()
    for place in range(1, len(question.brackets) + 1):
        bounds[f"from_{place}"], bounds[f"to_{place}"] = question.bracket(place)
        sql += f" WHEN period_number BETWEEN $from_{place} AND $to_{place} THEN {place}"
    return f"{sql} END", bounds


def averages(cells: pd.DataFrame) -> dict[str, float]:
    """Return three averages of one column of cells, as three kinds of tools compute them; complete cells only.

    pooled: customers over customers, ours. simple_mean_of_rates: every cohort counts the same. double_weighted: each
    cohort counts by the square of its size, as the published formula of one tool does.
    """
    known = cells[(cells["state"] == "complete") & (cells["cohort_size"] > 0)]
    if known.empty:
        return {}
    customers, size = known["customers"].astype(float), known["base"].astype(float)
    return {
        "pooled": float(customers.sum() / size.sum()),
        "simple_mean_of_rates": float((customers / size).mean()),
        "double_weighted": float((customers * size).sum() / (size * size).sum()),
    }


def share_back(retention: CohortRetention, period_number: int) -> Share:
    """Return the pooled share of customers back in the period with this number."""
    return retention.shares_back.get(period_number, Share(0, 0))
