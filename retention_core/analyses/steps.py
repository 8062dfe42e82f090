"""SQL in named steps: each a file of one SELECT with a head; those that a question needs become one statement.

The head of a step is lines of comment: first the question that it answers, then what one row is. Three of them are read
here: `-- reads:` names the canonical views and the steps it takes rows from, `-- holes:` the places to be filled, and
`-- binds:` the values to be bound; a line that would name none is left out. A hole among what is read is a kept table.
"""

import re
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from textwrap import indent
from weakref import WeakKeyDictionary

import pandas as pd

from retention_core.engines.engine import Engine

FOLDER = Path(__file__).parent
VIEWS = frozenset({"orders", "complaints", "satisfaction", "customers", "calendar", "day_ends"})

_FEW_ROWS, _MOST_READ = 10_000, 100
# engine -> name of a kept table -> its rows, the most recently used last
_READ: WeakKeyDictionary[Engine, OrderedDict[str, pd.DataFrame]] = WeakKeyDictionary()

# What fills a hole: SQL made of our own names, alone or with the values that it binds.
Filling = str | tuple[str, Mapping[str, object]]


class StepsDoNotFit(Exception):
    """Steps, holes and values do not belong together: a mistake in the program."""


@dataclass(frozen=True)
class Step:
    """One step. asks: the question that it answers. reads, holes, binds: the names that its head declares."""

    name: str
    asks: str
    reads: tuple[str, ...]
    holes: frozenset[str]
    binds: frozenset[str]
    sql: str


@lru_cache(maxsize=256)
def step(name: str) -> Step:
    """Return the step of this name, wherever below this folder its file lies."""
    files = list(FOLDER.rglob(f"{name}.sql"))
    if len(files) != 1:
        raise StepsDoNotFit(f"There are {len(files)} steps called {name}.")
    lines = files[0].read_text(encoding="utf-8").splitlines()
    head = [line[2:].strip() for line in lines if line.startswith("--")]
    reads, holes, binds = (_declared(head, word) for word in ("reads", "holes", "binds"))
    sql = "\n".join(line for line in lines if not line.startswith("--"))
    return Step(name, head[0], reads, frozenset(holes), frozenset(binds), sql)


def statement(
    question: str,
    holes: Mapping[str, Filling] | None = None,
    values: Mapping[str, object] | None = None,
    steps: Mapping[str, str] | None = None,
) -> tuple[str, dict[str, object]]:
    """Return the SQL of a question, and all that it binds, as an engine takes them.

    question: the step that ends it. holes: what fills the holes of all its steps; values: what they bind. steps: name
    that a step reads -> the step that stands for it this time, where there is a choice.
    Raises StepsDoNotFit where anything is unknown, missing, or given in vain.
    """
    holes, values, steps = holes or {}, values or {}, steps or {}
    used = dict(_in_order(question, steps))
    _require_same("steps", steps, set(steps) & set(used))
    _require_same("holes", holes, _all(each.holes for each in used.values()))
    _require_same("values", values, _all(each.binds for each in used.values()))
    texts = {hole: filling if isinstance(filling, str) else filling[0] for hole, filling in holes.items()}
    bound = dict(values)
    for filling in holes.values():
        for name, value in ({} if isinstance(filling, str) else filling[1]).items():
            if bound.setdefault(name, value) != value:
                raise StepsDoNotFit(f"${name} would be bound to two values.")
    last = used.pop(question)
    named = ",\n\n".join(f"-- {each.asks}\n{name} AS (\n{indent(each.sql, '    ')}\n)" for name, each in used.items())
    sql = f"-- {last.asks}\n" + (f"WITH {named}\n\n".replace("WITH -- ", "WITH\n-- ", 1) if named else "") + last.sql
    return _filled(sql, texts), bound


def kept_rows(engine: Engine, sql: str, values: Mapping[str, object]) -> pd.DataFrame:
    """Return the rows of a statement, worked out once per version of the data, and read once where they are few."""
    kept, name = _READ.setdefault(engine, OrderedDict()), engine.keep(sql, values)
    rows = kept.pop(name, None)
    if rows is None:
        rows = engine.query(*statement("all_rows", {"kept": name}))
    if len(rows) <= _FEW_ROWS:
        kept[name] = rows
        while len(kept) > _MOST_READ:
            with suppress(KeyError):  # somebody else has just taken it out
                kept.popitem(last=False)
    return rows.copy(deep=False)  # whoever changes it changes their own


def _declared(head: list[str], word: str) -> tuple[str, ...]:
    found = [line.removeprefix(f"{word}:") for line in head if line.startswith(f"{word}:")]
    return tuple(name.strip() for line in found for name in line.split(",") if "{" not in name)


def _in_order(name: str, steps: Mapping[str, str], seen: set[str] | None = None) -> Iterator[tuple[str, Step]]:
    """Yield a step after all those that it reads, each once, under the name by which it is read."""
    seen = set() if seen is None else seen
    seen.add(name)
    found = step(steps.get(name, name))
    for each in found.reads:
        if each not in VIEWS and each not in seen:
            yield from _in_order(each, steps, seen)
    yield name, found


def _filled(sql: str, texts: Mapping[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda hole: texts[hole[1]], sql)


def _all(names: Iterable[frozenset[str]]) -> set[str]:
    return set().union(*names)


def _require_same(kind: str, given: Iterable[str], declared: set[str]) -> None:
    """Raise StepsDoNotFit unless all that is declared is given, and nothing else."""
    missing, needless = declared - set(given), set(given) - declared
    if missing or needless:
        raise StepsDoNotFit(f"Of the {kind}, missing: {sorted(missing)}; given in vain: {sorted(needless)}.")
