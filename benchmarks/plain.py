"""The orders as they came, unsorted, in plain DuckDB: what the floor is measured on, and what the peers read."""

from pathlib import Path

import duckdb

from benchmarks.generated import complaints, default_customers, generate
from benchmarks.loaded import home, others_of
from benchmarks.measured import THREADS, Seconds, once, timed

FLOOR = (
    "CREATE OR REPLACE TEMPORARY TABLE found AS SELECT customer_key, min(day) AS day FROM orders GROUP BY customer_key"
)
FLOOR_RUNS = 5


def plain_files(rows: int) -> Path:
    """Write orders.parquet, complaints.parquet and floor.duckdb for so many orders, and return their folder.

    orders: customer_id, customer_key (the number in it), day, channel, amount, in the order of the file.
    """
    folder = home() / f"plain {rows}"
    if folder.exists():
        return folder
    folder.mkdir()
    customers = default_customers(rows)
    with duckdb.connect(folder / "floor.duckdb", config={"threads": THREADS}) as database:
        database.execute(
            "CREATE TABLE orders AS SELECT customer_id, substr(customer_id, 2)::INTEGER AS customer_key, "
            f"order_date::DATE AS day, channel, amount::DOUBLE AS amount FROM read_csv('{generate(rows)}')"
        )
        database.execute(f"COPY orders TO '{folder}/orders.parquet' (FORMAT parquet)")
        database.execute(
            "COPY (SELECT opened_at, CASE WHEN resolved_at::DATE <= max(opened_at::DATE) OVER () THEN resolved_at END "
            f"AS resolved_at FROM read_csv('{complaints(others_of(rows), customers)}')) "
            f"TO '{folder}/complaints.parquet' (FORMAT parquet)"
        )
    return folder


def floor(rows: int) -> tuple[Seconds, Seconds]:
    """Return how long the first day of every customer takes: right after the file is opened, and again."""
    path = plain_files(rows) / "floor.duckdb"
    firsts = Seconds(tuple(_first_time(path) for _ in range(FLOOR_RUNS)))
    with _opened(path) as database:
        database.execute(FLOOR)
        again, _ = timed(FLOOR_RUNS, lambda: database.execute(FLOOR))
    return firsts, again


def _first_time(path: Path) -> float:
    with _opened(path) as database:
        return once(lambda: database.execute(FLOOR))[0]


def _opened(path: Path) -> duckdb.DuckDBPyConnection:
    settings: dict[str, str | bool | int | float | list[str]] = {
        "threads": THREADS,
        "preserve_insertion_order": False,
        "memory_limit": "4GB",
    }
    return duckdb.connect(path, read_only=True, config=settings)
