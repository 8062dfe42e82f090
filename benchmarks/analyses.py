"""Every analysis beside the floor, asked first, under a new filter and again; its memory, and how it grows.

Run as `python -m benchmarks.analyses --rows 20000000`. First: the workspace has just been opened, so nothing is kept and
the database has read nothing (the operating system may have). New filter: the open workspace is asked about a channel,
a fifth of the orders, that nobody has asked for. Again: the first question a second time. The floor, one pass that
finds every customer's first day in the orders as they came, is timed in plain DuckDB in the same way: opened, and again.
"""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.generated import CHANNELS
from benchmarks.loaded import loaded
from benchmarks.measured import GIB, Goal, Marks, Seconds, Subject, Table, in_child, number, once
from benchmarks.plain import floor
from benchmarks.questions import QUESTIONS
from benchmarks.results import printed
from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.filters import Filters

KEPT_ALLOWED = 0.5  # times the floor, for a question that is asked again
GROWTH_ALLOWED = 6  # times, from 20 to 100 million
ALLOWED_GIB = 4
KINDS = FIRST, FILTERED, AGAIN = "first", "new filter", "again"


@dataclass(frozen=True)
class Taken:
    """How long one question takes. new_filter: the same as first where filters are of no matter to it."""

    first: Seconds
    new_filter: Seconds
    again: Seconds


def ask_all(rows: int, runs: int, only: Sequence[str] = ()) -> dict[str, Taken]:
    """Ask every question of a workspace of so many orders, opened anew for each question and run."""
    folder = loaded(rows).folder
    taken = {}
    for name in only or QUESTIONS:
        opened = [_ask_opened(folder, name, CHANNELS[run % len(CHANNELS)]) for run in range(runs)]
        taken[name] = Taken(*(Seconds(seconds) for seconds in zip(*opened, strict=True)))
        print(f"{rows:>12,} {name:<32} {taken[name].first.median:8.3f} {taken[name].again.median:8.3f}", flush=True)
    return taken


def _ask_opened(folder: Path, name: str, channel: str) -> tuple[float, float, float]:
    asked, engine = QUESTIONS[name], DuckDBEngine(folder)
    web = Filters(segments={"channel": (channel,)})
    try:
        first = _seconds(lambda: asked.ask(engine, Filters()))
        filtered = _seconds(lambda: asked.ask(engine, web)) if asked.has_filter else first
        return first, filtered, _seconds(lambda: asked.ask(engine, Filters()))
    finally:
        engine.close()


def _seconds(work: Callable[[], Any]) -> float:
    return once(work)[0]


def measure(rows: int, runs: int = 3, taken: dict[str, Taken] | None = None) -> Subject:
    """Put every analysis beside the floor. taken: our times where they are known already."""
    taken = taken or ask_all(rows, runs)
    opened, again = floor(rows)
    memory = {name: in_child("benchmarks.asked_once", loaded(rows).folder, name).answer for name in taken}
    floors = [number(seconds.median) for seconds in (opened, again, again)]
    lines, marks = [["the floor", *floors, "1", "1", "1", "–"]], {}
    for name, each in taken.items():
        marks[name] = ratios = _ratios(each, opened, again, has_filter=QUESTIONS[name].has_filter)
        seconds = {FIRST: each.first, FILTERED: each.new_filter, AGAIN: each.again}
        cells = [number(seconds[kind].median) if kind in ratios else "–" for kind in seconds]
        cells += [number(ratios[kind]) if kind in ratios else "–" for kind in seconds]
        lines.append([name, *cells, number(memory[name]["most"] / GIB)])
    head = ("analysis", *(f"{kind}, s" for kind in KINDS), *(f"{kind} to floor" for kind in KINDS), "peak, GiB")
    table = Table(f"{rows:,} orders", head, lines, _NOTE)
    return Subject("Every analysis", [table], _goals(marks, memory, rows), Marks(marks, KINDS))


def _ratios(taken: Taken, opened: Seconds, again: Seconds, *, has_filter: bool) -> dict[str, float]:
    """Return how many times the floor each kind of asking takes, like beside like."""
    found = {FIRST: taken.first.median / opened.median, AGAIN: taken.again.median / again.median}
    return found | ({FILTERED: taken.new_filter.median / again.median} if has_filter else {})


_NOTE = (
    "First: the workspace has just been opened, beside the floor on a database just opened. New filter: a channel (a "
    "fifth of the orders) that nobody has asked for, beside the floor asked again, as is what is asked again. "
    "Peak: the whole process that opens the workspace and asks this one question."
)


def _goals(marks: dict[str, dict[str, float]], memory: dict[str, dict[str, int]], rows: int) -> list[Goal]:
    goals = []
    for name, ratios in marks.items():
        allowed = QUESTIONS[name].most
        if allowed:
            goals.append(Goal(f"{name}, first, times the floor", ratios[FIRST], allowed))
    goals.append(Goal("cohorts by month, new filter, times the floor", marks["cohorts by month"][FILTERED], 1))
    kept = max((name for name in marks if "cohorts" in name), key=lambda name: marks[name][AGAIN])
    says = f"asked again, the slowest of the cohort tables ({kept}), times the floor"
    goals.append(Goal(says, marks[kept][AGAIN], KEPT_ALLOWED))
    most = max(memory, key=lambda name: memory[name]["most"])
    goals.append(Goal(f"most memory of an analysis ({most}), GiB", memory[most]["most"] / GIB, ALLOWED_GIB))
    return goals


def growth(sizes: dict[int, dict[str, Taken]]) -> Subject:
    """Tell how the first asking grows. sizes: orders -> our times."""
    ordered = sorted(sizes)
    steps = list(pairwise(ordered))
    lines = [
        [
            name,
            *(number(sizes[rows][name].first.median) for rows in ordered),
            *(number(_grows(sizes, name, *step)) for step in steps),
        ]
        for name in sizes[ordered[-1]]
    ]
    head = (
        "first, s",
        *(f"{rows / 1e6:g} m" for rows in ordered),
        *(f"{b / 1e6:g} to {a / 1e6:g} m" for a, b in steps),
    )
    goals = []
    if {20_000_000, 100_000_000} <= set(ordered):
        worst = max(sizes[100_000_000], key=lambda name: _grows(sizes, name, 20_000_000, 100_000_000))
        grows = _grows(sizes, worst, 20_000_000, 100_000_000)
        goals.append(Goal(f"growth from 20 to 100 million orders, the worst ({worst}), times", grows, GROWTH_ALLOWED))
    note = "The last columns: how many times as long the larger shop takes as the smaller one, in this run."
    return Subject("Growth", [Table("From smaller to larger shops", head, lines, note)], goals)


def _grows(sizes: dict[int, dict[str, Taken]], name: str, small: int, large: int) -> float:
    return sizes[large][name].first.median / sizes[small][name].first.median


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--rows", type=int, default=20_000_000)
    arguments.add_argument("--runs", type=int, default=3)
    given = arguments.parse_args()
    print(printed(measure(given.rows, given.runs)))
