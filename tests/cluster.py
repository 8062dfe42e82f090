"""The rows of a workspace in a cluster too: what both engines are asked about.

The cluster is `pysail`, which serves Spark Connect within this process; another one, such as Apache Spark with workers of
its own, where COMEBACK_SPARK_URL names it (it must see the folder for temporary files of this machine).
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from retention_core.engines.cluster import Cluster
from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.engines.spark_engine import SparkEngine
from retention_core.tables import TABLES

# The client takes a process whose main module has no file, as those of pytest-xdist, for one of its own doctests.
sys.modules["__main__"].__dict__.setdefault("__file__", __file__)

_TOLD = ("row_number", "is_refund", "is_closed", "scale_top")


@contextmanager
def serving() -> Iterator[str]:
    """Yield the URL of a cluster."""
    if url := os.environ.get("COMEBACK_SPARK_URL"):
        yield url
        return
    os.environ.setdefault("RUST_LOG", "error")
    from pysail.spark import SparkConnectServer  # type: ignore[import-untyped]

    server = SparkConnectServer(ip="127.0.0.1", port=0)
    server.start(background=True)
    try:
        yield "sc://{}:{}".format(*server.listening_address)
    finally:
        server.stop()


def same_rows(engine: DuckDBEngine, url: str, folder: Path, name: str = "Cluster", **settings) -> SparkEngine:
    """Open a workspace at the cluster whose tables hold the rows in force of another one; they lie in `folder`."""
    views = [view for table in TABLES if (view := _written(engine, table, folder))]
    time_zone = settings.pop("time_zone", engine.time_zone)
    return SparkEngine(
        Cluster(name, url, "\n".join(views), time_zone=time_zone, week_start=engine.week_start, **settings)
    )


def _written(engine: DuckDBEngine, table: str, folder: Path) -> str:
    """Write the rows of a table as a file, and return the statement of the view over it; empty where there are none."""
    columns = [column.name for column in TABLES[table].stored() if column.name not in ("customer", "other_id")]
    told = [name for name in _TOLD if name in engine.query(f"SELECT * FROM stored_{table} LIMIT 0").columns]
    rows = engine.query(
        f"SELECT ids.customer, {', '.join(columns + told)} FROM stored_{table} AS stored "
        "LEFT JOIN customer_ids AS ids ON ids.customer_key = stored.customer_key WHERE replaced_by IS NULL"
    )
    if rows.empty:
        return ""
    path = folder / f"{table}.parquet"
    path.unlink(missing_ok=True)
    pq.write_table(pa.Table.from_pandas(rows, preserve_index=False), path)
    return f"CREATE OR REPLACE TEMPORARY VIEW cluster_{table} AS SELECT {_read(rows)} FROM parquet.`{path}`;"


def _read(rows) -> str:
    """Name the columns, those without any value by their type: a file says nothing of it."""
    return ", ".join(f"CAST({name} AS STRING) AS {name}" if rows[name].isna().all() else name for name in rows.columns)
