"""Of those who came, how many come back? Customers by cohort and periods since."""

from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from retention_core.analyses.customers.active_periods import active_periods
from retention_core.analyses.customers.cohort_cells import MONEY, no_cells, pooled_row, triangle
from retention_core.analyses.customers.cohort_question import CohortQuestion
from retention_core.analyses.intervals import Share
from retention_core.analyses.statement import statement
from retention_core.engines.engine import Engine
from retention_core.observed import observed

_RETURNED = {"in": "in_it", "in_or_after": "last_of_them", "by": "first_of_them", "every_up_to": "without_a_gap"}
_MEASURED = "sum(orders) AS orders, sum(revenue) AS revenue, sum(kept_revenue) AS kept_revenue"


@dataclass(frozen=True)
class CohortRetention:
    """The answer.

    cells: one row per segment (one, called "", unless asked for), cohort and period number (or bracket) that has begun
    by `as_of`: segment, cohort and period_number (integers), cohort_label, cohort_starts_on, cohort_size (customers),
    customers (who returned), base (of how many: the cohort, or those back one column before), retention_rate, low and
    high (0 to 1, Wilson 95 %), state (complete, or running until `ends_on`). Period number 0 is the cohort itself. Where
    the measure needs money: orders, revenue, kept_revenue (of each customer no more than he spent in period 0, nor less
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
        return self.cells.empty

    @property
    def segments(self) -> list[str]:
        """The segments shown, the largest first, the others together last."""
        return list(self.cells["segment"].drop_duplicates())

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
    active = active_periods(engine, question, seen.as_of)
    earliest = engine.query(f"SELECT min(first_period) AS earliest FROM {active}").iloc[0, 0]
    if pd.isna(earliest):
        return CohortRetention(question, no_cells(), no_cells(), seen.as_of)
    first = period.number(seen.first_day) if seen.first_day > date.min else int(earliest)
    last, last_cohort = period.number(seen.as_of), period.number(seen.last_day)
    places, values = _places(question, active)
    values |= {"first_period": first, "last_cohort": last_cohort, "last_period": last}
    counted = engine.query(statement("cohort_retention", **places), values)
    if question.needs_money:
        money = statement("cohort_retention", **(places | {"returned": "money", "measured": _MEASURED}))
        keys = ["cohort", "period_number", *(["segment"] if question.segment else [])]
        counted = engine.query(money, values).merge(counted, how="left", on=keys).fillna({"customers": 0})
        counted[MONEY] = counted[MONEY].astype("float64").fillna(0)
    counted["segment"] = counted["segment"].fillna("none").astype(str) if question.segment else ""
    cells = triangle(counted, question, (first, last_cohort), last, seen.as_of)
    return CohortRetention(question, cells, pooled_row(cells, question), seen.as_of, int(earliest))


def _places(question: CohortQuestion, active: str) -> tuple[dict[str, str], dict[str, object]]:
    """Return the places of the statement and the values that it binds."""
    since = "since_every" if question.cohort_by == "every_purchase" else "since_first"
    numbered = "in_brackets" if question.brackets else since
    money, segment = question.needs_money, bool(question.segment)
    same = " AND base.segment IS NOT DISTINCT FROM numbered.segment" if segment else ""
    values: dict[str, object] = {"least": question.least_purchases}
    bracket, bounds = bracket_sql(question, "period_number")
    values |= bounds
    return {
        "active": active,
        "since": since,
        "numbered": numbered,
        "returned": _RETURNED[question.returned],
        "measured": "count(*) AS customers",
        "in_time": "period <= $last_period" if not question.own_windows else "period >= $first_period",
        "bracket": bracket,
        "segment": ", segment" if segment else "",
        "active_segment": ", active.segment" if segment else "",
        "numbered_segment": ", numbered.segment" if segment else "",
        "same_segment": " AND started.segment IS NOT DISTINCT FROM active.segment" if segment else "",
        "revenue": ", revenue" if money else "",
        "active_revenue": ", active.revenue" if money else "",
        "sum_revenue": ", sum(revenue) AS revenue" if money else "",
        "numbered_revenue": _kept_revenue(question) if money else "",
        "join_base": _BASE.format(numbered=numbered, same=same) if _needs_base(question) else "",
    }, values


def bracket_sql(question: CohortQuestion, number: str) -> tuple[str, dict[str, object]]:
    """Return the SQL of the column in which a period number stands, and what it binds; the number itself by default."""
    if not question.brackets:
        return number, {}
    sql, bounds = f"CASE WHEN {number} = 0 THEN 0", dict[str, object]()
    for place in range(1, len(question.brackets) + 1):
        bounds[f"from_{place}"], bounds[f"to_{place}"] = question.bracket(place)
        sql += f" WHEN {number} BETWEEN $from_{place} AND $to_{place} THEN {place}"
    return f"{sql} END", bounds


_BASE = """JOIN {numbered} AS base ON base.cohort = numbered.cohort AND base.customer_key = numbered.customer_key
     AND base.period_number = 0{same}"""


def _needs_base(question: CohortQuestion) -> bool:
    return question.measure == "gross_revenue_retention"


def _kept_revenue(question: CohortQuestion) -> str:
    """Return the SQL of revenue, and of how much of it the customer had already spent in the cohort's own period."""
    if not _needs_base(question):
        return ", numbered.revenue, 0 AS kept_revenue"
    kept = "least(greatest(numbered.revenue, 0), greatest(base.revenue, 0))"
    return f", numbered.revenue, {kept} AS kept_revenue"


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
    row = retention.pooled[retention.pooled["period_number"] == period_number]
    return Share(int(row["customers"].sum()), int(row["base"].sum()))
