"""The same questions of DuckDB on this machine and of a Spark cluster, in one run, as ratios.

`python -m benchmarks.spark_cluster --rows 1000000`, with the cluster named by COMEBACK_SPARK_URL: its workers must see the
folder for temporary files of this machine. Without that it is pysail, within this process, which keeps no tables.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.generated import generate
from benchmarks.loaded import LOADED_AT
from retention_core.analyses.customers.cohort_question import CohortQuestion
from retention_core.analyses.customers.cohort_retention import cohort_retention
from retention_core.analyses.customers.lifecycle import lifecycle
from retention_core.analyses.customers.return_within import return_within
from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.engines.engine import Engine
from retention_core.engines.spark_engine import SparkEngine
from retention_core.filters import Filters
from retention_core.ingestion.loading.upload import upload
from retention_core.periods import Period
from tests.cluster import same_rows, serving

WEB = Filters(segments={"channel": ("Web",)})
QUESTIONS: dict[str, Callable[[Engine], object]] = {
    "cohorts by month": lambda engine: cohort_retention(engine, CohortQuestion()),
    "cohorts by month, one channel": lambda engine: cohort_retention(engine, CohortQuestion(filters=WEB)),
    "cohorts by week, revenue": lambda engine: cohort_retention(
        engine, CohortQuestion(Period("week"), measure="revenue")
    ),
    "back within 90 days": lambda engine: return_within(engine, Filters()),
    "customers in motion": lambda engine: lifecycle(engine, Filters(), Period()),
}


def seconds(ask: Callable[[Engine], object], engine: Engine) -> float:
    """Return how long a question takes."""
    began = time.perf_counter()
    ask(engine)
    return time.perf_counter() - began


def compare(stored: DuckDBEngine, cluster: SparkEngine, repeats: int) -> None:
    """Print for each question, first and kept, the median of both engines and their ratio."""
    seconds(QUESTIONS["cohorts by month"], cluster)  # a cluster warms up once a day, not once a question
    print("| question | | DuckDB | cluster | times |\n|---|---|---|---|---|")
    for name, ask in QUESTIONS.items():
        firsts, keeps = [], []
        for _ in range(repeats):
            with stored.transaction():  # a change of nothing: what was kept does not count any more
                pass
            cluster.look_again()
            firsts.append((seconds(ask, stored), seconds(ask, cluster)))
            keeps.append((seconds(ask, stored), seconds(ask, cluster)))
        for kind, pairs in (("first", firsts), ("kept", keeps)):
            here, there = (statistics.median(each) for each in zip(*pairs, strict=True))
            print(f"| {name} | {kind} | {here:.2f} s | {there:.2f} s | {there / here:.1f} |", flush=True)


def main() -> None:
    """Load the shop into both, and compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--repeats", type=int, default=3)
    chosen = parser.parse_args()
    stored = DuckDBEngine()
    upload(stored, generate(chosen.rows), LOADED_AT)
    with tempfile.TemporaryDirectory(prefix="comeback-cluster-") as folder, serving() as url:
        cluster = same_rows(stored, url, Path(folder))
        compare(stored, cluster, chosen.repeats)
        cluster.close()
    stored.close()


if __name__ == "__main__":
    main()
