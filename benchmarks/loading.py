"""Loading CSV, Parquet and a workbook beside the bare reader of each.

Run as `python -m benchmarks.loading --rows 20000000`. Bare is what the fastest reader needs without checking,
understanding or sorting anything: DuckDB's own load of CSV or Parquet into a database file, fastexcel for workbooks.
"""

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import fastexcel

from benchmarks.generated import as_parquet, generate, workbook
from benchmarks.loaded import loaded
from benchmarks.measured import GIB, THREADS, Child, Goal, Subject, Table, in_child, number, timed
from benchmarks.results import printed

WORKBOOK_ROWS = 300_000
ALLOWED = 3  # times the bare load of a CSV, our sorting included
ALLOWED_GIB = 4


def bare_load(reader: str, path: Path) -> None:
    """Load a file with DuckDB alone into a database file. reader: read_csv or read_parquet."""
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        settings: dict[str, str | bool | int | float | list[str]] = {
            "threads": THREADS,
            "preserve_insertion_order": False,
        }
        with duckdb.connect(f"{folder}/bare.duckdb", config=settings) as database:
            database.execute(f"CREATE TABLE orders AS SELECT * FROM {reader}('{path}')")


def bare_workbook(path: Path) -> None:
    """Read the first sheet of a workbook as text with fastexcel alone."""
    fastexcel.read_excel(path).load_sheet(0, dtypes="string").to_arrow()


def measure(rows: int, runs: int = 3) -> Subject:
    """Load each kind of file, ours and bare."""
    csv, book = generate(rows), workbook(min(rows, WORKBOOK_ROWS))
    parquet = as_parquet(csv)
    ours = loaded(rows)
    as_child = Child({"reading": ours.reading, "storing": ours.storing}, ours.most_bytes)
    lines, ratio = [], {}
    cases: tuple[tuple[str, Child, Callable[[], None], int], ...] = (
        (f"CSV, {rows:,} orders", as_child, lambda: bare_load("read_csv", csv), runs),
        (
            f"Parquet, {rows:,} orders",
            in_child("benchmarks.loaded", parquet),
            lambda: bare_load("read_parquet", parquet),
            runs,
        ),
        (
            f"XLSX, {min(rows, WORKBOOK_ROWS):,} lines",
            in_child("benchmarks.loaded", book),
            lambda: bare_workbook(book),
            runs,
        ),
    )
    for name, child, bare, times in cases:
        line, ratio[name] = _line(name, child, timed(times, bare)[0].median)
        lines.append(line)
    head = ("file", "bare, s", "ours, s", "reading, s", "storing, s", "ours to bare", "peak, GiB")
    note = (
        "Ours opens the file, understands and checks every value, numbers the customers, sorts and stores, in one "
        "transaction. Peak: resident in the loading process and its children."
    )
    csv_ratio = next(iter(ratio.values()))
    goals = [
        Goal("load of CSV, sorting included, times DuckDB's bare load", csv_ratio, ALLOWED),
        Goal("most memory while loading CSV, GiB", ours.most_bytes / GIB, ALLOWED_GIB),
    ]
    return Subject("Loading", [Table(f"{rows:,} orders", head, lines, note)], goals)


def _line(name: str, child: Child, bare: float) -> tuple[list[str], float]:
    reading, storing = child.answer["reading"], child.answer["storing"]
    ratio = (reading + storing) / bare
    figures = (bare, reading + storing, reading, storing, ratio, child.most_bytes / GIB)
    return [name, *map(number, figures)], ratio


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--rows", type=int, default=20_000_000)
    arguments.add_argument("--runs", type=int, default=3)
    given = arguments.parse_args()
    print(printed(measure(given.rows, given.runs)))
