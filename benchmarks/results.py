"""What was measured, told: printed while it runs, and written as RESULTS.md."""

import os
import platform
from collections.abc import Sequence
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.measured import Goal, Subject, Table, number

RESULTS = Path(__file__).parent / "RESULTS.md"
NAMED = ("duckdb", "pandas", "polars", "chdb", "streamlit", "plotly", "fastexcel")


def printed(subject: Subject) -> str:
    """Return a subject as text for a terminal, which is Markdown too."""
    parts = [f"## {subject.title}"]
    for table in subject.tables:
        parts += [f"### {table.title}", _lined_up(table), *([table.note] if table.note else [])]
    if subject.goals:
        parts.append(_lined_up(goals_table(subject.goals)))
    return "\n\n".join(parts) + "\n"


def goals_table(goals: Sequence[Goal]) -> Table:
    """Return the promises with what was measured of them."""
    rows = [
        [
            goal.says,
            number(goal.measured),
            f"{'at least' if goal.at_least else 'at most'} {goal.limit:g}",
            "kept" if goal.is_met else "**missed**",
        ]
        for goal in goals
    ]
    return Table("What it must show", ("promise", "measured", "allowed", ""), rows)


def write(subjects: Sequence[Subject], rows: int, minutes: float, path: Path = RESULTS) -> None:
    """Write everything as one document."""
    goals = [goal for subject in subjects for goal in subject.goals]
    kept = sum(goal.is_met for goal in goals)
    parts = [
        "# What was measured",
        f"{datetime.now().astimezone():%d %B %Y}, {rows:,} orders, one run of {minutes:.0f} minutes with "
        f"`make bench ROWS={rows}`, on "
        f"{machine()}. {_versions()}. Seconds depend on the machine and on what else it does: what counts is the ratios, "
        "all taken within this run. Seconds are the median of the runs unless it is said otherwise.",
        "![Every analysis beside the floor, and the promises](results.svg)",
        f"## What it must show: {kept} of {len(goals)} promises kept",
        _lined_up(goals_table(goals)),
    ]
    for subject in subjects:
        parts.append(printed(Subject(subject.title, subject.tables)).rstrip())
    path.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def machine() -> str:
    """Return what it ran on, in words that name no machine."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    return f"{os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()}, shared and noisy"


def _versions() -> str:
    known = [f"{name} {found}" for name in NAMED if (found := _version(name))]
    return ", ".join([f"Python {platform.python_version()}", *known])


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _lined_up(table: Table) -> str:
    """Return a table in Markdown whose columns line up; figures stand on the right."""
    rows = [list(table.head), *(list(row) for row in table.rows)]
    widths = [max(3, *(len(row[place]) for row in rows)) for place in range(len(table.head))]
    lines = [
        "| "
        + " | ".join(_cell(cell, width, place) for place, (cell, width) in enumerate(zip(row, widths, strict=True)))
        + " |"
        for row in rows
    ]
    rules = [("-" * (width + 1)) + ("-" if place == 0 else ":") for place, width in enumerate(widths)]
    return "\n".join([lines[0], f"|{'|'.join(rules)}|", *lines[1:]])


def _cell(text: str, width: int, place: int) -> str:
    return text.ljust(width) if place == 0 else text.rjust(width)
