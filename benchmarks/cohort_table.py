"""The orders of earlier benchmarks, without channels; `benchmarks.generated` makes those of today."""

from pathlib import Path

import duckdb

from benchmarks.generated import DATA as DATA


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
