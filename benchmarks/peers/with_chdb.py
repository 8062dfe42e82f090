"""ClickHouse in the process, over tables of its own kind."""

import json
from collections.abc import Callable
from functools import partial
from typing import Any

import chdb.session

from benchmarks.measured import THREADS
from benchmarks.peers.sql import questions

DIALECT = {
    "month": "toYear(day) * 12 + toMonth(day) - 1",
    "week": "intDiv(toInt32(day) + 719162, 7)",
    "orders": "bench.orders",
    "complaints": "bench.complaints",
    "opened_on": "toDate32(opened_at)",
    "waited": "dateDiff('second', opened_at, resolved_at)",
}


def opened(folder: str, key: str) -> Any:
    """Load both tables. A left join leaves zero and not NULL where nothing is joined, as ClickHouse does by default."""
    data = chdb.session.Session()
    data.query(f"SET max_threads = {THREADS}")
    data.query("CREATE DATABASE IF NOT EXISTS bench")
    table = (
        "CREATE TABLE bench.{0} ENGINE = MergeTree ORDER BY tuple() AS SELECT {1} FROM file('{2}/{0}.parquet', Parquet)"
    )
    sure = ", ".join(f"assumeNotNull({name}) AS {shown}" for name, shown in ((key, "customer"), ("day", "day")))
    data.query(
        table.format("orders", f"{sure}, assumeNotNull(channel) AS channel, assumeNotNull(amount) AS amount", folder)
    )
    data.query(table.format("complaints", "assumeNotNull(opened_at) AS opened_at, resolved_at", folder))
    return data


def _ask(sql: str, data: Any) -> list[list[float]]:
    lines = str(data.query(sql, "JSONCompactEachRow")).splitlines()
    return [[float(cell) for cell in json.loads(line)] for line in lines]


QUESTIONS: dict[str, Callable[[Any], Any]] = {name: partial(_ask, sql) for name, sql in questions(DIALECT).items()}
