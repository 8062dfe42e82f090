"""polars, lazily, over frames in memory."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import polars as pl

MONTH = pl.col("day").dt.year().cast(pl.Int32) * 12 + pl.col("day").dt.month() - 1
WEEK = (pl.col("day").cast(pl.Int32) + 719_162) // 7
_SECONDS = (pl.col("resolved_at") - pl.col("opened_at")).dt.total_seconds()


@dataclass(frozen=True)
class Data:
    """Both tables."""

    orders: pl.DataFrame
    complaints: pl.DataFrame


def opened(folder: str, key: str) -> Data:
    """Read both tables into memory."""
    orders = pl.read_parquet(f"{folder}/orders.parquet", columns=[key, "day", "channel", "amount"])
    return Data(orders.rename({key: "customer"}), pl.read_parquet(f"{folder}/complaints.parquet"))


def _cohorts(orders: pl.LazyFrame, period: pl.Expr) -> Any:
    pairs = orders.select("customer", period=period).unique()
    firsts = pairs.group_by("customer").agg(cohort=pl.col("period").min())
    joined = pairs.join(firsts, on="customer")
    counted = joined.group_by("cohort", (pl.col("period") - pl.col("cohort")).alias("number")).agg(customers=pl.len())
    return counted.collect().iter_rows()


def _back_within(data: Data) -> Any:
    orders = data.orders.lazy().select("customer", "day")
    as_of = data.orders["day"].max()
    firsts = orders.group_by("customer").agg(first=pl.col("day").min(), purchases=pl.len())
    later = orders.join(firsts, on="customer").filter(pl.col("day") > pl.col("first"))
    nexts = later.group_by("customer").agg(next=pl.col("day").min())
    until = pl.col("first") + pl.duration(days=90)
    told = firsts.join(nexts, on="customer", how="left").with_columns(day="first", known=until <= pl.lit(as_of))
    counted = told.group_by(cohort=MONTH).agg(
        pl.len(),
        pl.col("known").sum(),
        (pl.col("known") & (pl.col("next") <= until)).sum().alias("back"),
        (pl.col("purchases") > 1).sum(),
    )
    return counted.collect().iter_rows()


def _revenue(data: Data) -> Any:
    orders = data.orders.lazy().select("customer", "amount", period=MONTH)
    firsts = orders.group_by("customer").agg(cohort=pl.col("period").min())
    cells = orders.join(firsts, on="customer").group_by("cohort", (pl.col("period") - pl.col("cohort")).alias("number"))
    return cells.agg((pl.col("amount").sum() * 100).round()).collect().iter_rows()


def _waits(data: Data) -> Any:
    waits = data.complaints.lazy().select(day=pl.col("opened_at").dt.date(), seconds=_SECONDS)
    within = [(pl.col("seconds") <= days * 86_400).sum().alias(f"within_{days}") for days in (1, 3, 5)]
    counted = waits.group_by(week=WEEK).agg(pl.len(), pl.col("seconds").count(), *within)
    return counted.collect().iter_rows()


QUESTIONS: dict[str, Callable[[Data], Any]] = {
    "cohorts by month": lambda data: _cohorts(data.orders.lazy(), MONTH),
    "cohorts by month, one channel": lambda data: _cohorts(
        data.orders.lazy().filter(pl.col("channel") == "Web"), MONTH
    ),
    "cohorts by week": lambda data: _cohorts(data.orders.lazy(), WEEK),
    "back within 90 days": _back_within,
    "revenue by cohort": _revenue,
    "response times by week": _waits,
}
