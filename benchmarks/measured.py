"""What every subject of the benchmarks measures with: seconds with repeats, memory, and what is told of them."""

import json
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")
THREADS = 2  # of everything that is measured: ours, the floor and the peers
GIB = 1 << 30
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Seconds:
    """How long one piece of work took, several times over."""

    runs: tuple[float, ...]

    @property
    def median(self) -> float:
        """The time of the middle run."""
        return statistics.median(self.runs)

    @property
    def p95(self) -> float:
        """The time within which 95 of 100 runs ended (nearest rank)."""
        return sorted(self.runs)[max(0, -(-95 * len(self.runs) // 100) - 1)]


@dataclass(frozen=True)
class Goal:
    """One promise, and what was measured of it. measured, limit: in the unit that the words name."""

    says: str
    measured: float
    limit: float
    at_least: bool = False

    @property
    def is_met(self) -> bool:
        """Whether the promise is kept."""
        return self.measured >= self.limit if self.at_least else self.measured <= self.limit

    @property
    def share(self) -> float:
        """What was measured as a part of what is allowed: up to 1 the promise is kept."""
        needed, allowed = (self.limit, self.measured) if self.at_least else (self.measured, self.limit)
        return needed / allowed if allowed else 2.0 * (needed > 0)


@dataclass(frozen=True)
class Table:
    """Figures as they are printed. rows: one list of cells for each, the first cell names the row."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""


@dataclass(frozen=True)
class Marks:
    """What the picture shows of a subject: for each row, how many times the floor each kind of asking takes."""

    rows: dict[str, dict[str, float]]
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class Subject:
    """All that was measured of one subject."""

    title: str
    tables: list[Table] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    marks: Marks | None = None


def once(work: Callable[[], T]) -> tuple[float, T]:
    """Return how many seconds the work takes, and what it returns."""
    start = time.perf_counter()
    answer = work()
    return time.perf_counter() - start, answer


def timed(runs: int, work: Callable[[], T]) -> tuple[Seconds, T]:
    """Do the work so often, and return the seconds of each run and what the last one returns."""
    taken = [once(work) for _ in range(runs)]
    return Seconds(tuple(seconds for seconds, _ in taken)), taken[-1][1]


@dataclass(frozen=True)
class Child:
    """What a process of its own has measured. most_bytes: what it and its children held at most at one time."""

    answer: Any
    most_bytes: int


def in_child(module: str, *arguments: object) -> Child:
    """Run a module that prints JSON in a process of its own, so that nobody's memory or threads disturb it."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    limits = dict.fromkeys(("POLARS_MAX_THREADS", "RAYON_NUM_THREADS", "OMP_NUM_THREADS"), str(THREADS))
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=os.environ | limits, cwd=ROOT) as child:  # noqa: S603
        most, ends = [0], threading.Event()
        watcher = threading.Thread(target=_watch, args=(child.pid, most, ends))
        watcher.start()
        printed, _ = child.communicate()
        ends.set()
        watcher.join()
    if child.returncode:
        raise ChildFailed(f"{module} ended with {child.returncode}: {' '.join(map(str, arguments))}")
    return Child(json.loads(printed), most[0])


class ChildFailed(Exception):
    """A process that should have measured something ended without it, perhaps for want of memory."""


def _watch(process: int, most: list[int], ends: threading.Event) -> None:
    while not ends.wait(0.05):
        most[0] = max(most[0], held_by(process))


def held_by(process: int) -> int:
    """Return the bytes resident in a process and all that it started, 0 where it has ended."""
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        children = []
    return _resident(Path(f"/proc/{process}/statm")) + sum(held_by(int(each)) for each in children)


def most_held() -> int:
    """Return the most bytes that were ever resident in this process."""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM"))


def _resident(statm: Path) -> int:
    try:
        return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0  # the child has just ended


def number(value: float) -> str:
    """Return a figure with as many digits as it deserves: 0.052, 0.52, 5.2, 52."""
    return (
        f"{value:.3f}"
        if value < 0.1
        else f"{value:.2f}"
        if value < 3
        else f"{value:.1f}"
        if value < 30
        else f"{value:,.0f}"
    )
