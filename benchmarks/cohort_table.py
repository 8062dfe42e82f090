"""The monthly cohort table, ours beside pandas, polars, chdb and plain DuckDB, and loading beside a bare CSV load.

Run as `make bench` or `python -m benchmarks.cohort_table --rows 20000000 --customers 1000000`. Every tool answers the
same question over the same orders and must give the same table; what is printed is seconds (median of the runs) and
ratios within this one run, since machines differ and are noisy.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import chdb.session
import duckdb
import pandas as pd
import polars as pl

from retention_core.analyses.customers.cohort_question import CohortQuestion
from retention_core.analyses.customers.cohort_retention import cohort_retention
from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.ingestion.loading.load import load
from retention_core.ingestion.loading.upload import understand_file

DATA = Path(__file__).parent / ".data"
Table = dict[tuple[int, int], int]


def generate(rows: int, customers: int) -> Path:
    """Write a CSV of orders over two years, some customers far busier than others; the same for the same numbers."""
    path = DATA / f"orders_{rows}_{customers}.csv"
    if not path.exists():
        DATA.mkdir(exist_ok=True)
        duckdb.sql(
            f"""COPY (
                SELECT 'INV' || (10000000 + range) AS order_id,
                       'C' || lpad((((hash(range) % 1000000) / 1e6 * (hash(range + 7) % 1000000) / 1e6)
                                    * {customers})::BIGINT::VARCHAR, 7, '0') AS customer_id,
                       strftime(TIMESTAMP '2024-01-01' + to_seconds((hash(range * 3) % 63072000)::BIGINT), '%Y-%m-%d %H:%M:%S')
                           AS order_date,
                       ((hash(range * 5) % 20000) / 100)::DECIMAL(10, 2) AS amount
                FROM range({rows})) TO '{path}' (HEADER)"""
        )
    return path


def timed(runs: int, ask: Callable[[], Any]) -> tuple[float, Any]:
    """Return the median time of several runs, and the answer of the last."""
    seconds, answer = [], None
    for _ in range(runs):
        start = time.perf_counter()
        answer = ask()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds), answer


def ours(engine: DuckDBEngine) -> Table:
    """Ask our core."""
    cells = cohort_retention(engine, CohortQuestion()).cells
    return {(row.cohort, row.period_number): row.customers for row in cells.itertuples() if row.customers}


def with_pandas(orders: pd.DataFrame) -> Table:
    """Ask pandas: months, first months, distinct customers."""
    month = orders["day"].dt.year * 12 + orders["day"].dt.month - 1
    pairs = pd.DataFrame({"customer": orders["customer_id"], "month": month}).drop_duplicates()
    pairs["cohort"] = pairs.groupby("customer")["month"].transform("min")
    counts = pairs.groupby(["cohort", pairs["month"] - pairs["cohort"]]).size()
    return {(int(cohort), int(number)): int(count) for (cohort, number), count in counts.items()}


def with_polars(orders: pl.DataFrame) -> Table:
    """Ask polars, lazily."""
    month = pl.col("day").dt.year().cast(pl.Int32) * 12 + pl.col("day").dt.month() - 1
    pairs = orders.lazy().select("customer_id", month=month).unique()
    first = pairs.group_by("customer_id").agg(cohort=pl.col("month").min())
    counts = (
        pairs.join(first, on="customer_id")
        .group_by("cohort", (pl.col("month") - pl.col("cohort")).alias("number"))
        .agg(customers=pl.len())
        .collect()
    )
    return {(row[0], row[1]): row[2] for row in counts.iter_rows()}


COHORT_SQL = """
WITH pairs AS (SELECT DISTINCT customer_id, year(day) * 12 + month(day) - 1 AS period FROM {orders}),
first AS (SELECT customer_id, min(period) AS cohort FROM pairs GROUP BY customer_id)
SELECT cohort, period - cohort AS number, count(*) AS customers
FROM pairs JOIN first ON pairs.customer_id = first.customer_id GROUP BY cohort, number
"""


def with_duckdb(connection: duckdb.DuckDBPyConnection) -> Table:
    """Ask plain DuckDB over text ids."""
    return {(int(a), int(b)): int(c) for a, b, c in connection.execute(COHORT_SQL.format(orders="orders")).fetchall()}


def with_chdb(session: chdb.session.Session) -> Table:
    """Ask ClickHouse in the process."""
    sql = (
        COHORT_SQL.replace("year(day)", "toYear(day)")
        .replace("month(day)", "toMonth(day)")
        .format(orders="bench.orders")
    )
    lines = str(session.query(sql, "CSV")).split()
    return {(int(a), int(b)): int(c) for a, b, c in (line.split(",") for line in lines)}


def compare(rows: int, customers: int, runs: int) -> None:
    """Load, ask everyone, and print seconds and ratios."""
    csv = generate(rows, customers)
    print(f"{rows:,} orders, up to {customers:,} customers, {csv.stat().st_size / 1e6:,.0f} MB of CSV")
    with tempfile.TemporaryDirectory() as folder:
        plain = duckdb.connect(Path(folder) / "plain.duckdb", config={"threads": 2})
        bare, _ = timed(1, lambda: plain.execute(f"CREATE TABLE orders AS FROM read_csv('{csv}')"))
        plain.execute("ALTER TABLE orders ADD COLUMN day DATE; UPDATE orders SET day = order_date::DATE; CHECKPOINT")
        engine = DuckDBEngine()
        read, understood = timed(1, lambda: understand_file(engine, csv))
        stored, _ = timed(1, lambda: load(engine, understood, datetime(2026, 1, 1)))
        print(f"\nLoading           seconds   ratio to bare\n  bare read_csv     {bare:7.2f}      1.00")
        print(
            f"  ours              {read + stored:7.2f}   {(read + stored) / bare:7.2f}"
            f"   (reading {read:.2f}, storing {stored:.2f})"
        )
        tools: dict[str, tuple[float, object]] = {}
        tools["ours, first time"] = timed(1, lambda: ours(engine))
        tools["ours"] = timed(runs, lambda: ours(engine))
        floor, _ = timed(
            runs,
            lambda: engine.query(
                "SELECT count(*) FROM (SELECT customer_key, min(day) AS day FROM stored_orders GROUP BY customer_key)"
            ),
        )
        tools["DuckDB, text ids"] = timed(runs, lambda: with_duckdb(plain))
        parquet = Path(folder) / "orders.parquet"
        plain.execute(f"COPY (SELECT customer_id, day FROM orders) TO '{parquet}'")
        tools["polars"] = _ask_polars(parquet, runs)
        tools["chdb"] = _ask_chdb(parquet, runs)
        tools["pandas"] = _ask_pandas(parquet, min(runs, 2))
        engine.close()
    _print(tools, floor)


def _ask_polars(parquet: Path, runs: int) -> tuple[float, object]:
    orders = pl.read_parquet(parquet)
    return timed(runs, lambda: with_polars(orders))


def _ask_pandas(parquet: Path, runs: int) -> tuple[float, object]:
    orders = pd.read_parquet(parquet)
    orders["day"] = pd.to_datetime(orders["day"])
    return timed(runs, lambda: with_pandas(orders))


def _ask_chdb(parquet: Path, runs: int) -> tuple[float, object]:
    session = chdb.session.Session()
    session.query("CREATE DATABASE IF NOT EXISTS bench")
    session.query(
        "CREATE TABLE bench.orders ENGINE = MergeTree ORDER BY tuple() AS "
        f"SELECT assumeNotNull(customer_id) AS customer_id, assumeNotNull(day) AS day FROM file('{parquet}', Parquet)"
    )
    answer = timed(runs, lambda: with_chdb(session))
    session.close()
    return answer


def _print(tools: dict[str, tuple[float, object]], floor: float) -> None:
    mine, table = tools["ours"]
    print("\nMonthly cohorts     seconds   ratio to ours   ratio to the floor")
    for name, (seconds, answer) in tools.items():
        same = "" if answer == table else "   ANOTHER TABLE"
        print(f"  {name:<17} {seconds:8.3f}   {seconds / mine:13.2f}   {seconds / floor:18.2f}{same}")
    print(f"  {'floor':<17} {floor:8.3f}   {floor / mine:13.2f}   {1:18.2f}   (min(day) per customer)")
    best = min(tools[name][0] for name in ("pandas", "polars", "chdb"))
    print(
        f"\nOurs is {best / mine:.1f} times as fast as the best of pandas, polars and chdb, "
        f"and takes {mine / floor:.2f} times the floor."
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000_000)
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    compare(given.rows, given.customers, given.runs)
