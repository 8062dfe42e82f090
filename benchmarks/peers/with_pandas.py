"""pandas, over frames in memory."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd


@dataclass(frozen=True)
class Data:
    """Both tables."""

    orders: pd.DataFrame
    complaints: pd.DataFrame


def opened(folder: str, key: str) -> Data:
    """Read both tables into memory."""
    orders = pd.read_parquet(f"{folder}/orders.parquet", columns=[key, "day", "channel", "amount"])
    orders = orders.rename(columns={key: "customer"}).assign(day=lambda read: pd.to_datetime(read["day"]))
    return Data(orders, pd.read_parquet(f"{folder}/complaints.parquet"))


def _month(day: "pd.Series") -> "pd.Series":
    return day.dt.year * 12 + day.dt.month - 1


def _week(day: "pd.Series") -> "pd.Series":
    return ((day - pd.Timestamp(1970, 1, 1)).dt.days + 719_162) // 7


def _cohorts(orders: pd.DataFrame, period: "Callable[[pd.Series], pd.Series]") -> Any:
    pairs = pd.DataFrame({"customer": orders["customer"], "period": period(orders["day"])}).drop_duplicates()
    pairs["cohort"] = pairs.groupby("customer")["period"].transform("min")
    counted = pairs.groupby(["cohort", pairs["period"] - pairs["cohort"]]).size()
    return [(cohort, number, customers) for (cohort, number), customers in counted.items()]


def _back_within(data: Data) -> Any:
    days, as_of = data.orders.groupby("customer")["day"], data.orders["day"].max()
    told = days.agg(["min", "size"])
    first = days.transform("min")
    later = data.orders[data.orders["day"] > first]
    until, back = told["min"] + pd.Timedelta(days=90), later.groupby("customer")["day"].min().reindex(told.index)
    told = told.assign(cohort=_month(told["min"]), known=until <= as_of, several=told["size"] > 1)
    told["back"] = told["known"] & (back <= until)
    counted = told.groupby("cohort").agg({"size": "size", "known": "sum", "back": "sum", "several": "sum"})
    return counted.itertuples()


def _revenue(data: Data) -> Any:
    month = _month(data.orders["day"])
    cohort = month.groupby(data.orders["customer"]).transform("min")
    summed = (data.orders["amount"].groupby([cohort, month - cohort]).sum() * 100).round()
    return [(first, number, hundredths) for (first, number), hundredths in summed.items()]


def _waits(data: Data) -> Any:
    seconds = (data.complaints["resolved_at"] - data.complaints["opened_at"]).dt.total_seconds()
    within = {f"within_{days}": seconds <= days * 86_400 for days in (1, 3, 5)}
    waits = pd.DataFrame({"all": True, "answered": seconds.notna(), **within})
    return waits.groupby(_week(data.complaints["opened_at"].dt.normalize())).sum().itertuples()


QUESTIONS: dict[str, Callable[[Data], Any]] = {
    "cohorts by month": lambda data: _cohorts(data.orders, _month),
    "cohorts by month, one channel": lambda data: _cohorts(data.orders[data.orders["channel"] == "Web"], _month),
    "cohorts by week": lambda data: _cohorts(data.orders, _week),
    "back within 90 days": _back_within,
    "revenue by cohort": _revenue,
    "response times by week": _waits,
}
