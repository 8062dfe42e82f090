"""Plain DuckDB SQL over a table in its own memory."""

from collections.abc import Callable
from functools import partial
from typing import Any

import duckdb

from benchmarks.measured import THREADS
from benchmarks.peers.sql import questions

DIALECT = {
    "month": "year(day) * 12 + month(day) - 1",
    "week": "(day - DATE '1970-01-01' + 719162) // 7",
    "orders": "orders",
    "complaints": "complaints",
    "opened_on": "opened_at::DATE",
    "waited": "epoch(resolved_at)::BIGINT - epoch(opened_at)::BIGINT",
}
Data = duckdb.DuckDBPyConnection


def opened(folder: str, key: str) -> Data:
    """Load both tables."""
    data = duckdb.connect(config={"threads": THREADS, "preserve_insertion_order": False})
    columns = f"{key} AS customer, day, channel, amount"
    data.execute(f"CREATE TABLE orders AS SELECT {columns} FROM '{folder}/orders.parquet'")
    data.execute(f"CREATE TABLE complaints AS FROM '{folder}/complaints.parquet'")
    return data


def _ask(sql: str, data: Data) -> list[tuple[Any, ...]]:
    return data.execute(sql).fetchall()


QUESTIONS: dict[str, Callable[[Data], Any]] = {name: partial(_ask, sql) for name, sql in questions(DIALECT).items()}
