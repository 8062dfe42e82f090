"""Small canonical tables for tests: a handful of rows put straight into an engine, no file in between."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

import pandas as pd

from retention_core.engines.duckdb_engine import DuckDBEngine

Order = tuple[str, datetime | str, float | None]
Complaint = tuple[str | None, datetime | str, datetime | str | None, datetime | str | None]
Answer = tuple[str, datetime | str, float]


@contextmanager
def orders_engine(orders: Sequence[Order] = (), *, week_start: int = 0) -> Iterator[DuckDBEngine]:
    """Open a temporary workspace that holds these orders: customer, moment, amount (negative for a refund)."""
    engine = DuckDBEngine(week_start=week_start)
    try:
        if orders:
            add_orders(engine, orders)
        yield engine
    finally:
        engine.close()


def add_orders(engine: DuckDBEngine, orders: Sequence[Order], **columns: Sequence[object]) -> None:
    """Add orders; columns: further canonical columns, one value per order."""
    frame = pd.DataFrame(list(orders), columns=["customer", "ordered_at", "amount"]).assign(**columns)
    frame["is_refund"] = frame["amount"].fillna(0) < 0
    _add(engine, "orders", "ordered_at", frame)


def add_complaints(engine: DuckDBEngine, complaints: Sequence[Complaint], **columns: Sequence[object]) -> None:
    """Add complaints: customer, opened, first response, resolved; columns: further ones, one value per complaint."""
    moments = ["opened_at", "first_response_at", "resolved_at"]
    frame = pd.DataFrame(list(complaints), columns=["customer", *moments]).assign(**columns)
    for column in {*moments[1:], "closed_at"} & set(frame.columns):
        frame[column] = pd.to_datetime(frame[column], format="ISO8601")
    _add(engine, "complaints", "opened_at", frame)


def add_answers(engine: DuckDBEngine, answers: Sequence[Answer]) -> None:
    """Add answers of a survey: customer, moment, score."""
    frame = pd.DataFrame(list(answers), columns=["customer", "answered_at", "score"])
    _add(engine, "satisfaction", "answered_at", frame)


def add_customers(engine: DuckDBEngine, customers: Sequence[tuple[str, datetime | str]]) -> None:
    """Add customers: customer, day they joined."""
    _add(engine, "customers", "joined_at", pd.DataFrame(list(customers), columns=["customer", "joined_at"]))


def _add(engine: DuckDBEngine, table: str, moment: str, frame: pd.DataFrame) -> None:
    frame[moment] = pd.to_datetime(frame[moment], format="ISO8601")
    frame = frame.assign(day=frame[moment].dt.date, upload_id=0, row_number=range(2, len(frame) + 2), line_count=1)
    others = [name for name in frame.columns if name != "customer"]
    with engine.transaction() as cursor:
        cursor.register("added", frame)
        cursor.execute(
            "INSERT INTO customer_ids SELECT (SELECT coalesce(max(customer_key), 0) FROM customer_ids) "
            "+ row_number() OVER (), customer FROM (SELECT DISTINCT customer FROM added WHERE customer IS NOT NULL) "
            "WHERE customer NOT IN (SELECT customer FROM customer_ids)"
        )
        cursor.execute(
            f"INSERT INTO stored_{table} BY NAME SELECT ids.customer_key, {', '.join('added.' + x for x in others)} "
            "FROM added LEFT JOIN customer_ids AS ids ON ids.customer = added.customer"
        )
