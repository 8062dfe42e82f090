"""A saved workspace that holds the shop of the benchmarks, loaded once for all subjects of a run.

The loading itself runs in a process of its own, which is this module: it prints the seconds it took as JSON.
"""

import argparse
import atexit
import json
import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from benchmarks.generated import DATA, answers, complaints, default_customers, generate
from benchmarks.measured import in_child, once
from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.ingestion.loading.load import load
from retention_core.ingestion.loading.upload import understand_file

LOADED_AT = datetime(2026, 1, 1)
SHARE_OF_COMPLAINTS = 20  # one complaint, and one answer, for so many orders


@dataclass(frozen=True)
class Loaded:
    """A workspace with everything loaded. reading, storing: seconds for the orders. most_bytes: held meanwhile."""

    folder: Path
    reading: float
    storing: float
    most_bytes: int

    @property
    def seconds(self) -> float:
        """How long the orders took in all."""
        return self.reading + self.storing


@lru_cache
def home() -> Path:
    """Return a folder for the saved workspaces of this run; it goes when the program ends."""
    DATA.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="workspaces-", dir=DATA))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@lru_cache
def loaded(rows: int) -> Loaded:
    """Load so many orders, and the complaints and answers that belong to them, into a workspace of this run."""
    customers, folder = default_customers(rows), home() / f"Orders {rows}"
    orders = in_child("benchmarks.loaded", generate(rows), folder)
    others = complaints(others_of(rows), customers), answers(others_of(rows), customers)
    for file in others:
        in_child("benchmarks.loaded", file, folder)
    return Loaded(folder, orders.answer["reading"], orders.answer["storing"], orders.most_bytes)


def others_of(rows: int) -> int:
    """Return how many complaints, and how many answers, belong to so many orders."""
    return max(50, rows // SHARE_OF_COMPLAINTS)


def load_here(file: Path, folder: Path | None) -> dict[str, float]:
    """Load a file as the dashboard does. folder: of the workspace; None for a private one that goes away."""
    engine = DuckDBEngine(folder)
    reading, understood = once(lambda: understand_file(engine, file))
    storing, _ = once(lambda: load(engine, understood, LOADED_AT))
    engine.discard_staged(understood.staged.path, whole_file=True)
    engine.close()
    return {"reading": reading, "storing": storing}


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("file", type=Path)
    arguments.add_argument("folder", type=Path, nargs="?")
    given = arguments.parse_args()
    print(json.dumps(load_here(given.file, given.folder)))
