"""What many people at once see, as figures of the suite; people.py drives them."""

import importlib
from typing import Any

from benchmarks.measured import Goal, Subject, Table, number

PEOPLE = (1, 10, 50)
ALLOWED_SECONDS = {1: 0.3, 50: 1.0}  # p95


def measure(rows: int, seconds: int) -> Subject:
    """Let 1, 10 and 50 people change switches, and tell what they saw: whatever people.py returns, a row for each."""
    people: Any = importlib.import_module("benchmarks.people")  # only when it is asked for: it starts a server
    found: list[dict[str, Any]] = people.measure(list(PEOPLE), rows, seconds)
    head = list(found[0])
    lines = [[_cell(each[name]) for name in head] for each in found]
    goals = []
    for each in found:
        if each["people"] in ALLOWED_SECONDS:
            says = f"{each['people']} people, {rows / 1e6:g} million orders, p95, s"
            goals.append(Goal(says, each["p95"], ALLOWED_SECONDS[each["people"]]))
        goals.append(Goal(f"{each['people']} people, errors", each["errors"], 0))
    return Subject("Many people at once", [Table(f"{rows:,} orders, {seconds} s each", head, lines)], goals)


def _cell(value: Any) -> str:
    return number(value) if isinstance(value, float) else str(value)
