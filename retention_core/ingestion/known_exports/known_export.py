"""Whose export a file is, told by its headers, and what its columns mean there."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class KnownExport:
    """What one export of a system means.

    system, what: “a Zendesk export of tickets”. table: the canonical table. known_by: headers that it always has;
    any_of: of these at least one. columns: canonical column -> its headers, the preferred one first. read: canonical
    column -> name of the reading that the documentation fixes. zone: of moments without an offset, empty where it is
    not documented. amount_of: `order` where each line of an order repeats the order's total, `line` where it has its
    own, empty where a row is an order. bought, not_bought: statuses that are purchases, or none, beyond the usual
    words. closed: statuses of complaints that are done.
    scale: the highest score of answers, 0 where the question decides it.
    """

    system: str
    what: str
    table: str
    known_by: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    any_of: tuple[str, ...] = ()
    read: Mapping[str, str] = field(default_factory=dict)
    zone: str = ""
    amount_of: str = ""
    bought: tuple[str, ...] = ()
    not_bought: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    scale: int = 0

    @property
    def name(self) -> str:
        """The export in words: `Zendesk export of tickets`."""
        return f"{self.system} export of {self.what}"

    def headers(self, column: str, header: Sequence[str]) -> list[str]:
        """Return the headers of a file that may be a canonical column, the preferred one first."""
        there = {letters(each): each for each in reversed(header)}
        return [there[letters(each)] for each in self.columns.get(column, ()) if letters(each) in there]

    def fit(self, header: Sequence[str]) -> int:
        """Return how many headers of a file are known here, 0 where it is another export."""
        there = {letters(each) for each in header}
        needed, some = set(map(letters, self.known_by)), set(map(letters, self.any_of))
        if not needed <= there or (some and not some & there):
            return 0
        known = needed | some | {letters(each) for headers in self.columns.values() for each in headers}
        return len(known & there)


def known_export(header: Sequence[str]) -> KnownExport | None:
    """Return the export that explains most of a file's headers, None where no system is known by them."""
    fits = [(each.fit(header), each) for each in known_exports()]
    best = max(fits, key=lambda found: found[0], default=(0, None))
    return best[1] if best[0] else None


@lru_cache(maxsize=1)
def known_exports() -> tuple[KnownExport, ...]:
    """Return every export that is known, by system."""
    return tuple(
        KnownExport(system=told["system"], **_frozen(each))
        for told in (tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.toml")))
        for each in told["exports"]
    )


@lru_cache(maxsize=8192)
def letters(header: str) -> str:
    """Return the letters and digits of a header, which is all by which headers of systems are compared."""
    text = "".join(each for each in unicodedata.normalize("NFKD", header) if not unicodedata.combining(each))
    return re.sub(r"[\W_]+", "", text.casefold()).translate(str.maketrans("يك", "یک"))


def _frozen(export: dict[str, Any]) -> dict[str, Any]:
    frozen = {name: tuple(value) if isinstance(value, list) else value for name, value in export.items()}
    return frozen | {"columns": {column: tuple(headers) for column, headers in export["columns"].items()}}
