"""The triangle of a cohort table: every cell that has begun, its state, its share and its interval."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from retention_core.analyses.customers.cohort_question import OTHER, WINDOW_DAYS, CohortQuestion
from retention_core.analyses.intervals import wilson
from retention_core.periods import Period

MONEY = ["orders", "revenue", "kept_revenue"]
_KEYS = ["segment", "cohort", "period_number"]
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
    names = [""]
    if question.segment:
        segments = _segments(counted, question)
        counted = _others_together(counted, segments)
        names = [*segments, *([OTHER] if (counted["segment"] == OTHER).any() else [])] or [""]
    cells = _possible_cells(question, cohorts, last, as_of)
    columns = _named(cells, names, question.period) | _placed(counted, cells, names)
    is_first = columns["period_number"] == 0
    customers = _returned(columns["customers"], is_first, question).astype("int64")
    size = _of_first(customers, is_first)
    base = _base(customers, size, is_first, question)
    frame = pd.DataFrame(columns | {"customers": customers, "cohort_size": size, "base": base})
    return with_rates(_with_value(frame, question))


def _others_together(counted: pd.DataFrame, segments: list[str]) -> pd.DataFrame:
    """Return what was counted with all segments that do not stand for themselves as one."""
    measures = [name for name in counted.columns if name not in _KEYS]
    named = counted.assign(segment=counted["segment"].map(lambda name: name if name in segments else OTHER))
    return named.groupby(_KEYS, as_index=False, sort=False)[measures].sum()


def _named(cells: pd.DataFrame, names: list[str], period: Period) -> dict[str, Any]:
    """Return the columns of the possible cells of each segment, with the names and first days of their cohorts."""
    place = np.tile(np.arange(len(cells)), len(names))
    cohorts, of_cohort = np.unique(cells["cohort"].to_numpy(), return_inverse=True)
    labels = pd.array([str(period.label(int(each))) for each in cohorts], dtype="str")
    starts = np.array([period.starts_on(int(each)) for each in cohorts], dtype=object)
    return {
        "segment": pd.array(names, dtype="str").take(np.repeat(np.arange(len(names)), len(cells))),
        "cohort": cells["cohort"].to_numpy()[place],
        "cohort_label": labels.take(of_cohort[place]),
        "cohort_starts_on": starts[of_cohort[place]],
        "period_number": cells["period_number"].to_numpy()[place],
        "ends_on": cells["ends_on"].to_numpy()[place],
        "state": cells["state"].array.take(place),
    }


def _placed(counted: pd.DataFrame, cells: pd.DataFrame, names: list[str]) -> dict[str, np.ndarray]:
    """Return what was counted, one array for each measure, in the order of the cells of each segment; zero elsewhere."""
    measures = [name for name in counted.columns if name not in _KEYS]
    found = {name: np.zeros(len(cells) * len(names)) for name in measures}
    if cells.empty or counted.empty:
        return found
    cohort, number = (cells[name].to_numpy() for name in _KEYS[1:])
    first, width = cohort.min(), number.max() + 1
    places = np.full((cohort.max() - first + 1, width), -1)
    places[cohort - first, number] = np.arange(len(cells))
    row, column = (counted[name].to_numpy("int64") for name in _KEYS[1:])
    row = row - first
    is_inside = (row >= 0) & (row < len(places)) & (column >= 0) & (column < width)
    place = np.where(is_inside, places[np.where(is_inside, row, 0), np.where(is_inside, column, 0)], -1)
    if len(names) > 1:
        segment = counted["segment"].map({name: code for code, name in enumerate(names)}).to_numpy("int64")
        place = np.where(place >= 0, place + segment * len(cells), -1)
    is_cell = place >= 0
    for name in measures:
        np.add.at(found[name], place[is_cell], counted[name].to_numpy("float64")[is_cell])
    return found


def _first_rows(is_first: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return where each cohort of each segment begins, with its period 0, and in which of them each row stands."""
    return np.flatnonzero(is_first), np.cumsum(is_first) - 1


def _of_first(values: np.ndarray, is_first: np.ndarray) -> np.ndarray:
    """Return for each row the value of its cohort's period 0."""
    starts, group = _first_rows(is_first)
    of_first: np.ndarray = values[starts][group]
    return of_first


def pooled_row(cells: pd.DataFrame, question: CohortQuestion | None = None) -> pd.DataFrame:
    """Return, for each segment and period number, sums over the complete cells of all cohorts, and what follows.

    A cohort without customers adds nothing. Cells of “in it or later” are not added up: older cohorts have had longer to
    come back. A customer who stands in several cohorts makes the row one without interval. Columns: segment,
    period_number, cohorts, and those of `triangle`.
    """
    question = question or CohortQuestion()
    size, numbers = cells["cohort_size"].to_numpy(), cells["period_number"].to_numpy()
    is_counted = (cells["state"] == "complete").to_numpy() & (size > 0)
    if question.returned == "in_or_after":
        is_counted &= numbers == 0
    segment, names = pd.factorize(cells["segment"].array[is_counted])
    key, row, cohorts = np.unique(
        numbers[is_counted] * max(1, len(names)) + segment, return_inverse=True, return_counts=True
    )
    number, of_segment = np.divmod(key, max(1, len(names)))
    pooled = pd.DataFrame(
        {"segment": names.take(of_segment), "period_number": number, "cohorts": cohorts}
        | {
            name: np.bincount(row, cells[name].to_numpy()[is_counted], len(key)).astype("int64")
            for name in ("cohort_size", "base", "customers")
        }
    )
    money = [name for name in (*MONEY, "revenue_before", "first_revenue") if name in cells]
    if money:
        pooled[money] = cells.loc[is_counted, money].groupby(row).sum().to_numpy()
    pooled = with_rates(_with_share_of_money(pooled, question))
    return pooled if question.is_by_person else pooled.assign(low=np.nan, high=np.nan)


def with_rates(frame: pd.DataFrame) -> pd.DataFrame:
    """Add retention_rate, low and high: customers over base, with the 95 % Wilson interval.

    No interval where the base is not the cohort: those back are then not a part of it, and the ratio may exceed 1.
    """
    customers, base, size = (frame[name].to_numpy("float64") for name in ("customers", "base", "cohort_size"))
    known = np.where(base > 0, base, np.nan)
    low, high = wilson(np.where(base == size, customers, np.nan), base)
    return frame.assign(retention_rate=customers / known, low=low, high=high)


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


def _returned(own: np.ndarray, is_first: np.ndarray, question: CohortQuestion) -> np.ndarray:
    """Return the customers of each cell: sums of those whose last (or first) return lies there, where so asked."""
    if question.returned not in ("in_or_after", "by"):
        return own
    starts, group = _first_rows(is_first)
    later = np.where(is_first, 0, own)
    so_far = np.cumsum(later)
    so_far = so_far - so_far[starts][group]
    if question.returned == "by":
        return np.where(is_first, own, so_far)
    # each customer stands once, where they were last; all are in period 0
    from_here = np.bincount(group, later)[group] - so_far + later
    back: np.ndarray = np.where(is_first, np.bincount(group, own)[group], from_here)
    return back


def _base(customers: np.ndarray, size: np.ndarray, is_first: np.ndarray, question: CohortQuestion) -> np.ndarray:
    """Return of how many the customers are a share: of the cohort, or of those back one column before."""
    return size if question.share == "cohort" else np.where(is_first, size, np.roll(customers, 1))


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
