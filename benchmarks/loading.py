"""Loading a workbook beside the bare fast reader and pandas, and a large CSV beside DuckDB's bare load, with its memory.

Run as `make bench` or `python -m benchmarks.loading --rows 10000000`. The workbook is UCI Online Retail where it lies
in ../shared/data, else one that is generated. What is printed is seconds and ratios within this one run.
"""

import argparse
import os
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import duckdb
import fastexcel
import pandas as pd
import xlsxwriter

from benchmarks.cohort_table import DATA, generate
from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.ingestion.loading.upload import upload
from retention_core.ingestion.reading.read_file import read_file

RETAIL = Path(__file__).resolve().parents[2] / "shared" / "data" / "online_retail" / "online_retail.xlsx"
GENERATED_ROWS = 300_000


class Memory:
    """The most memory that this process and its children held while it was watched, above what they held before."""

    def __enter__(self) -> "Memory":
        self._before, self.most, self._ends = _held(), 0, threading.Event()
        self._watcher = threading.Thread(target=self._watch)
        self._watcher.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ends.set()
        self._watcher.join()

    def _watch(self) -> None:
        while not self._ends.wait(0.05):
            self.most = max(self.most, _held() - self._before)


def _held() -> int:
    """Return the bytes resident in this process and its children."""
    own = os.getpid()
    children = Path(f"/proc/{own}/task/{own}/children").read_text().split()
    return sum(_resident(Path(f"/proc/{each}/statm")) for each in [str(own), *children])


def _resident(statm: Path) -> int:
    try:
        return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0  # the child has just ended


def workbook() -> Path:
    """Return a large workbook of order lines."""
    if RETAIL.exists():
        return RETAIL
    path = DATA / f"lines_{GENERATED_ROWS}.xlsx"
    if not path.exists():
        DATA.mkdir(exist_ok=True)
        with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
            sheet = book.add_worksheet("Lines")
            sheet.write_row(0, 0, ["order id", "order date", "customer", "product", "quantity", "unit price"])
            for row in range(GENERATED_ROWS):
                day = f"2025-{row * 12 // GENERATED_ROWS + 1:02}-{row % 28 + 1:02}"
                line = [row // 3, day, f"C{row * 7919 % 9000}", f"product {row % 400}", row % 5 + 1, row % 900 / 10]
                sheet.write_row(row + 1, 0, line)
    return path


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that the work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def in_workspace(path: Path) -> None:
    """Read, understand and load a file as the dashboard does."""
    engine = DuckDBEngine()
    try:
        upload(engine, path, datetime(2026, 1, 1))
    finally:
        engine.close()


def staged(path: Path) -> None:
    """Read a file as the dashboard does, up to text in Parquet."""
    with tempfile.TemporaryDirectory() as folder:
        read_file(path, Path(folder))


def bare_load(path: Path) -> None:
    """Load a CSV with DuckDB alone into a database file."""
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(f"{folder}/bare.duckdb") as database:
        database.execute(f"CREATE TABLE orders AS SELECT * FROM read_csv('{path}')")


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--rows", type=int, default=10_000_000)
    rows = arguments.parse_args().rows
    book = workbook()
    bare = timed(lambda: fastexcel.read_excel(book).load_sheet(0, dtypes="string").to_arrow())
    read, whole = timed(lambda: staged(book)), timed(lambda: in_workspace(book))
    pandas = timed(lambda: pd.read_excel(book, engine="openpyxl"))
    print(
        f"{book.name}: bare fast reader {bare:.1f} s; ours, read {read:.1f} s ({read / bare:.2f} times), read, understood"
    )
    print(f"  and loaded {whole:.1f} s ({whole / bare:.2f} times); pandas with openpyxl {pandas:.1f} s")
    print(f"  ({pandas / read:.1f} times as long as our reading, {pandas / whole:.1f} times as long as our loading)")
    path = generate(rows, rows // 20)
    with Memory() as memory:
        ours = timed(lambda: in_workspace(path))
    floor = timed(lambda: bare_load(path))
    print(f"{rows:,} CSV lines: DuckDB alone {floor:.1f} s; ours {ours:.1f} s ({ours / floor:.2f} times), ", end="")
    print(f"{memory.most / (1 << 30):.2f} GiB above the idle process")


if __name__ == "__main__":
    main()
