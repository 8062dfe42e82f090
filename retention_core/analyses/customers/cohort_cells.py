"""The triangle of a cohort table: every cell that has begun, its state, its share and its interval."""

from datetime import date, timedelta

import numpy as np
import pandas as pd

from retention_core.analyses.customers.cohort_question import OTHER, WINDOW_DAYS, CohortQuestion
from retention_core.analyses.intervals import wilson

MONEY = ["orders", "revenue", "kept_revenue"]
_COLUMNS = [
    "segment",
    "cohort",
    "cohort_label",
    "cohort_starts_on",
    "cohort_size",
    "period_number",
    "customers",
    "base",
]


def triangle(
    counted: pd.DataFrame, question: CohortQuestion, cohorts: tuple[int, int], last: int, as_of: date
) -> pd.DataFrame:
    """Return one row for every cell that has begun, empty cohorts and zeros included.

    counted: segment, cohort, period_number, customers and the columns of money, where SQL found any. cohorts: numbers
    of the first and the last. last: number of the last period. Columns: see `CohortRetention`.
    """
    period = question.period
    segments = _segments(counted, question)
    counted = counted.assign(segment=counted["segment"].map(lambda name: name if name in segments else OTHER))
    measures = [name for name in counted.columns if name not in ("segment", "cohort", "period_number")]
    counted = counted.groupby(["segment", "cohort", "period_number"], as_index=False, sort=False)[measures].sum()
    first, last_cohort = cohorts
    cells = _possible_cells(question, cohorts, last, as_of)
    names = pd.DataFrame({"segment": [*segments, *([OTHER] if (counted["segment"] == OTHER).any() else [])] or [""]})
    frame = names.merge(cells, how="cross").merge(counted, how="left", on=["segment", "cohort", "period_number"])
    frame[measures] = frame[measures].fillna(0)
    frame["customers"] = _returned(frame, question).astype("int64")
    sizes = frame[frame["period_number"] == 0].set_index(["segment", "cohort"])["customers"]
    keys = pd.MultiIndex.from_frame(frame[["segment", "cohort"]])
    frame["cohort_size"] = sizes.reindex(keys).to_numpy()
    frame["base"] = _base(frame, question)
    frame.insert(2, "cohort_label", frame["cohort"].map({n: period.label(n) for n in range(first, last_cohort + 1)}))
    frame.insert(
        3, "cohort_starts_on", frame["cohort"].map({n: period.starts_on(n) for n in range(first, last_cohort + 1)})
    )
    return with_rates(_with_value(frame, question))


def pooled_row(cells: pd.DataFrame, question: CohortQuestion | None = None) -> pd.DataFrame:
    """Return, for each segment and period number, sums over the complete cells of all cohorts, and what follows.

    A cohort without customers adds nothing. Cells of “in it or later” are not added up: older cohorts have had longer to
    come back. A customer who stands in several cohorts makes the row one without interval. Columns: segment,
    period_number, cohorts, and those of `triangle`.
    """
    question = question or CohortQuestion()
    complete = cells[(cells["state"] == "complete") & (cells["cohort_size"] > 0)]
    if question.returned == "in_or_after":
        complete = complete[complete["period_number"] == 0]
    sums = {name: (name, "sum") for name in ("cohort_size", "base", "customers")}
    sums |= {name: (name, "sum") for name in (*MONEY, "revenue_before", "first_revenue") if name in cells}
    pooled = complete.groupby(["segment", "period_number"], as_index=False, sort=False).agg(
        cohorts=("cohort", "count"), **sums
    )
    pooled = pooled.sort_values("period_number", kind="stable").reset_index(drop=True)
    pooled = with_rates(_with_share_of_money(pooled, question))
    return pooled if question.is_by_person else pooled.assign(low=np.nan, high=np.nan)


def with_rates(frame: pd.DataFrame) -> pd.DataFrame:
    """Add retention_rate, low and high: customers over base, with the 95 % Wilson interval.

    No interval where the base is not the cohort: those back are then not a part of it, and the ratio may exceed 1.
    """
    is_part = frame["base"] == frame["cohort_size"]
    low, high = wilson(frame["customers"].where(is_part), frame["base"])
    return frame.assign(retention_rate=frame["customers"] / frame["base"].where(frame["base"] > 0), low=low, high=high)


def no_cells() -> pd.DataFrame:
    """Return a triangle without a cell."""
    return pd.DataFrame(columns=[*_COLUMNS, "ends_on", "state", "retention_rate", "low", "high"])


def _segments(counted: pd.DataFrame, question: CohortQuestion) -> list[str]:
    """Return the segments that stand for themselves: those with most customers, the largest first.

    Where customers are counted in the period of their last return, all of them together are the cohort.
    """
    members = counted if question.returned == "in_or_after" else counted[counted["period_number"] == 0]
    sizes = members.groupby("segment")["customers"].sum().reindex(counted["segment"].unique(), fill_value=0)
    ranked = sorted(sizes.items(), key=lambda each: (-each[1], str(each[0])))
    return [str(name) for name, _ in ranked[: question.top]]


def _possible_cells(question: CohortQuestion, cohorts_of: tuple[int, int], last: int, as_of: date) -> pd.DataFrame:
    """Return cohort, period_number, ends_on and state of every cell that has begun by the last period."""
    period, days = question.period, WINDOW_DAYS[question.period.unit]
    cohorts = np.arange(cohorts_of[0], cohorts_of[1] + 1)
    last_on = min(period.ends_on(last), as_of)
    if question.own_windows:
        reach = np.array([(last_on - period.starts_on(int(cohort))).days // days for cohort in cohorts])
    else:
        reach = last - cohorts
    columns = range(len(question.brackets) + 1 if question.brackets else int(reach.max(initial=-1)) + 1)
    bounds = np.array([question.bracket(column) for column in columns]).reshape(-1, 2)
    counts = np.searchsorted(bounds[:, 0], reach, side="right")  # columns that have begun, for each cohort
    cohort = np.repeat(cohorts, counts)
    number = np.concatenate([np.arange(count) for count in counts] or [np.array([], int)])
    until = bounds[number, 1] if len(number) else number
    ends = {each: period.ends_on(int(each)) for each in np.unique(cohort if question.own_windows else cohort + until)}
    if question.own_windows:
        ends_on = [ends[each] + timedelta(days=int(k + 1) * days) for each, k in zip(cohort, until, strict=True)]
    else:
        ends_on = [ends[each] for each in cohort + until]
    state = ["complete" if day <= as_of else "running" for day in ends_on]
    return pd.DataFrame({"cohort": cohort, "period_number": number, "ends_on": ends_on, "state": state})


def _returned(frame: pd.DataFrame, question: CohortQuestion) -> pd.Series:
    """Return the customers of each cell: sums of those whose last (or first) return lies there, where so asked."""
    if question.returned not in ("in_or_after", "by"):
        return frame["customers"]
    later = frame[frame["period_number"] > 0]
    order = later.iloc[::-1] if question.returned == "in_or_after" else later
    summed = order.groupby(["segment", "cohort"], sort=False)["customers"].cumsum()
    own = frame["customers"].astype("float64")
    if question.returned == "in_or_after":  # each customer stands once, where they were last; all are in period 0
        own = frame.groupby(["segment", "cohort"], sort=False)["customers"].transform("sum")
    return summed.reindex(frame.index).where(frame["period_number"] > 0, own)


def _base(frame: pd.DataFrame, question: CohortQuestion) -> pd.Series:
    """Return of how many the customers are a share: of the cohort, or of those back one column before."""
    if question.share == "cohort":
        return frame["cohort_size"]
    before = frame.groupby(["segment", "cohort"], sort=False)["customers"].shift(1)
    return before.where(frame["period_number"] > 0, frame["cohort_size"]).astype("int64")


def _with_value(frame: pd.DataFrame, question: CohortQuestion) -> pd.DataFrame:
    """Add the columns that measures of money need: revenue up to each cell, and revenue of the cohort's own period."""
    if not question.needs_money:
        return frame
    groups = frame.groupby(["segment", "cohort"], sort=False)
    of_first = "kept_revenue" if question.measure == "gross_revenue_retention" else "revenue"
    frame = frame.assign(revenue_before=groups["revenue"].cumsum(), first_revenue=groups[of_first].transform("first"))
    return _with_share_of_money(frame, question)


def _with_share_of_money(frame: pd.DataFrame, question: CohortQuestion) -> pd.DataFrame:
    """Add `value`: what the measure says of each cell; NaN where it divides by nothing."""
    size = frame["cohort_size"].where(frame["cohort_size"] > 0)
    if not question.needs_money:
        return frame
    first = frame["first_revenue"].where(frame["first_revenue"] > 0)
    value = {
        "revenue": frame["revenue"].where(size.notna()),
        "orders": frame["orders"].where(size.notna()),
        "revenue_per_customer": frame["revenue"] / size,
        "lifetime_value": frame["revenue_before"] / size,
        "net_revenue_retention": frame["revenue"] / first,
        "gross_revenue_retention": frame["kept_revenue"] / first,
    }[question.measure]
    return frame.assign(value=np.asarray(value, float))
