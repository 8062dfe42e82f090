"""Of those who came, how many come back? Customers by cohort and periods since."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

import numpy as np
import pandas as pd

from retention_core.analyses.intervals import Share, wilson
from retention_core.analyses.statement import statement
from retention_core.engines.engine import Engine
from retention_core.errors import SettingInvalid
from retention_core.filters import Filters
from retention_core.periods import Period

CohortBy = Literal["first_purchase", "every_purchase"]
Returned = Literal["in", "in_or_after"]


@dataclass(frozen=True)
class CohortQuestion:
    """What is asked.

    period: how time is cut. cohort_by: customers belong to the cohort of their first purchase in the whole history,
    or to one for every period with a purchase. returned: bought again *in* period k, or *in* period k *or after*.
    filters: what is looked at; the dates choose whole periods and, with them, the cohorts.
    """

    period: Period = Period()
    cohort_by: CohortBy = "first_purchase"
    returned: Returned = "in"
    filters: Filters = Filters()

    def __post_init__(self) -> None:
        for value, allowed in ((self.cohort_by, get_args(CohortBy)), (self.returned, get_args(Returned))):
            if value not in allowed:
                raise SettingInvalid(
                    "This switch does not exist.", f"{value!r} was asked for.", f"It is one of: {', '.join(allowed)}."
                )


@dataclass(frozen=True)
class CohortRetention:
    """The answer.

    cells: one row per cohort and period number that has begun by `as_of`: cohort and period_number (integers),
    cohort_label, cohort_starts_on, cohort_size (customers), customers (who returned), retention_rate, low and high
    (0 to 1, Wilson 95 %), state (complete, or running until `ends_on`). Period number 0 is the cohort itself.
    pooled: one row per period number with the same measures over the complete cells of all cohorts.
    as_of: the last day of the data; None where there is no data.
    """

    question: CohortQuestion
    cells: pd.DataFrame
    pooled: pd.DataFrame
    as_of: date | None

    @property
    def is_empty(self) -> bool:
        """Whether there is no cohort to show."""
        return self.cells.empty

    def counts(self) -> list[list[int]]:
        """Return the ragged matrix of customers: one list per cohort, one number per period number."""
        return [list(rows["customers"]) for _, rows in self.cells.groupby("cohort", sort=True)]


def cohort_retention(engine: Engine, question: CohortQuestion) -> CohortRetention:
    """Count the customers of each cohort who came back, period by period.

    A cell (cohort c, number k) is complete when period c + k ends by the last day of the data (`as_of`); it is
    running when it has begun; a period that has not begun has no row. Rates are customers over cohort size.
    """
    filters, period = question.filters, question.period
    active = active_periods(engine, filters, period)
    bounds = engine.query(f"SELECT min(period) AS first_period, max(period) AS last_period FROM {active}").iloc[0]
    as_of = filters.as_of or last_day(engine)
    if pd.isna(bounds["first_period"]) or as_of is None:
        return CohortRetention(question, _no_cells(), _no_cells(), as_of)
    first = period.number(filters.first_day) if filters.first_day else int(bounds["first_period"])
    last = period.number(min(filters.last_day, as_of) if filters.last_day else as_of)
    since = f"since_{question.cohort_by}"
    returned = {"in": since, "in_or_after": "last_period"}[question.returned]
    sql = statement("cohort_retention", active_periods=active, since=since, returned=returned)
    counted = engine.query(sql, {"first_period": first, "last_period": last})
    if question.returned == "in_or_after":
        counted = _or_after(counted)
    cells = _cells(counted, period, first, last, as_of)
    return CohortRetention(question, cells, pooled_row(cells), as_of)


def active_periods(engine: Engine, filters: Filters, period: Period) -> str:
    """Return the name of the kept table of customers x periods with their orders and revenue."""
    looked_at, values = filters.conditions("orders")
    return engine.keep(statement("active_periods", period=period.column, looked_at=looked_at), values)


def last_day(engine: Engine) -> date | None:
    """Return the last day on which anything was bought, the day up to which the data is known."""
    day = engine.query("SELECT max(day) AS last_day FROM orders").iloc[0, 0]
    return None if pd.isna(day) else pd.Timestamp(day).date()


def pooled_row(cells: pd.DataFrame) -> pd.DataFrame:
    """Return, for each period number, customers over customers of the complete cells of all cohorts.

    A cohort without customers adds nothing. Columns: period_number, cohorts, cohort_size, customers, retention_rate,
    low, high.
    """
    complete = cells[(cells["state"] == "complete") & (cells["cohort_size"] > 0)]
    pooled = complete.groupby("period_number", as_index=False).agg(
        cohorts=("cohort", "count"), cohort_size=("cohort_size", "sum"), customers=("customers", "sum")
    )
    return _with_rates(pooled)


def averages(cells: pd.DataFrame) -> dict[str, float]:
    """Return three averages of one column of cells, as three kinds of tools compute them; complete cells only.

    pooled: customers over customers, ours. simple_mean_of_rates: every cohort counts the same. double_weighted: each
    cohort counts by the square of its size, as the published formula of one tool does.
    """
    known = cells[(cells["state"] == "complete") & (cells["cohort_size"] > 0)]
    if known.empty:
        return {}
    customers, size = known["customers"].astype(float), known["cohort_size"].astype(float)
    return {
        "pooled": float(customers.sum() / size.sum()),
        "simple_mean_of_rates": float((customers / size).mean()),
        "double_weighted": float((customers * size).sum() / (size * size).sum()),
    }


def _or_after(counted: pd.DataFrame) -> pd.DataFrame:
    """Turn `bought last in period k` into `bought in period k or after`; period 0 stays the whole cohort."""
    summed = counted.sort_values("period_number", ascending=False)
    summed["customers"] = summed.groupby("cohort")["customers"].cumsum()
    grid = summed.pivot(index="cohort", columns="period_number", values="customers")
    grid = grid.reindex(columns=range(int(grid.columns.max()) + 1)).bfill(axis=1)
    stacked = grid.stack().dropna().rename("customers").reset_index()
    return stacked.rename(columns={"level_1": "period_number"})


def _cells(counted: pd.DataFrame, period: Period, first: int, last: int, as_of: date) -> pd.DataFrame:
    """Return one row for every cell of the triangle, empty cohorts and zeros included."""
    cohorts = np.arange(first, last + 1)
    frame = pd.DataFrame(
        {
            "cohort": np.repeat(cohorts, last - cohorts + 1),
            "period_number": np.concatenate(
                [np.arange(last - cohort + 1) for cohort in cohorts] or [np.array([], int)]
            ),
        }
    )
    frame = frame.merge(counted, how="left", on=["cohort", "period_number"])
    frame["customers"] = frame["customers"].fillna(0).astype("int64")
    sizes = frame[frame["period_number"] == 0].set_index("cohort")["customers"]
    ends_on = {number: period.ends_on(number) for number in range(first, last + 1)}
    frame.insert(1, "cohort_label", frame["cohort"].map(period.label))
    frame.insert(2, "cohort_starts_on", frame["cohort"].map(period.starts_on))
    frame.insert(3, "cohort_size", frame["cohort"].map(sizes))
    frame["ends_on"] = (frame["cohort"] + frame["period_number"]).map(ends_on)
    frame["state"] = ["complete" if day <= as_of else "running" for day in frame["ends_on"]]
    return _with_rates(frame)


def _with_rates(frame: pd.DataFrame) -> pd.DataFrame:
    low, high = wilson(frame["customers"], frame["cohort_size"])
    rate = frame["customers"] / frame["cohort_size"].where(frame["cohort_size"] > 0)
    return frame.assign(retention_rate=rate, low=low, high=high)


def _no_cells() -> pd.DataFrame:
    columns = ["cohort", "cohort_label", "cohort_starts_on", "cohort_size", "period_number", "customers"]
    return pd.DataFrame(columns=[*columns, "ends_on", "state", "retention_rate", "low", "high"])


def share_back(retention: CohortRetention, period_number: int) -> Share:
    """Return the pooled share of customers back in the period with this number."""
    row = retention.pooled[retention.pooled["period_number"] == period_number]
    return Share(int(row["customers"].sum()), int(row["cohort_size"].sum()))
