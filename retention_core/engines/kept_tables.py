"""Tables kept between questions: each computed once, dropped when there are too many and nobody needs them."""

import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

from retention_core.engines.asking import current_asking
from retention_core.errors import QuestionTooLarge

MOST_TABLES = 200
_LOOK_SECONDS = 0.05
_FRESH_SECONDS = 1.0  # a table just computed stays until it is handed out, which follows at once
_NAME = re.compile(r"kept\.k[0-9a-f]{16}")
# bytes of a value in memory by SQL type; text and the rest as short words
_WIDTHS = {"BOOLEAN": 1, "TINYINT": 1, "SMALLINT": 2, "INTEGER": 4, "DATE": 4, "FLOAT": 4, "HUGEINT": 16, "DECIMAL": 16}
_WIDTHS |= dict.fromkeys(("BIGINT", "UBIGINT", "DOUBLE", "TIMESTAMP", "TIME"), 8)
_OTHER_WIDTH = 24


@dataclass
class KeptTable:
    """One table. version: of the data it was made of. size: in bytes. needed_until: a moment of time.monotonic()."""

    name: str
    version: int
    size: int
    needed_until: float = 0.0
    needed_by: int = 0

    def is_needed(self) -> bool:
        """Tell whether a query reads it now, or whoever was told its name may do so yet."""
        return self.needed_by > 0 or time.monotonic() < self.needed_until


@dataclass
class _Computing:
    """A table that somebody computes or drops at this moment. too_large: why that failed, for those who wait."""

    is_over: threading.Event = field(default_factory=threading.Event)
    too_large: QuestionTooLarge | None = None


class KeptTables:
    """The kept tables of one workspace.

    drop: drops the table of that name. most_bytes: that all may take together, but for the latest and those that are
    needed: a table
    is needed while a query reads it, until the asking ends that kept it, and `seconds` long where there was none.
    version: of the data; tables of older ones go as soon as nobody needs them.
    """

    def __init__(self, drop: Callable[[str], None], most_bytes: int, seconds: float = 600.0) -> None:
        self._drop, self._most_bytes, self._seconds = drop, most_bytes, seconds
        self._guard = threading.Lock()
        self._tables: dict[str, KeptTable] = {}  # by name, the most recently used last
        self._computing: dict[str, _Computing] = {}
        self.version = 0

    def keep(self, name: str, version: int, compute: Callable[[], int]) -> None:
        """See to it that the table is there: have it computed first, which returns its bytes, where it is not.

        Who asks for the same meanwhile waits, and takes over where the one who computes is stopped.
        """
        while not self._hand_out(name):
            computing, is_mine = self._begin(name)
            if is_mine:
                self._compute(name, version, compute, computing)
            else:
                _wait_for(computing)
        self.tidy()

    def renew(self) -> None:
        """Note that the data has changed."""
        with self._guard:
            self.version += 1
        self.tidy()

    def tidy(self, *, all_unneeded: bool = False) -> None:
        """Drop what nobody needs of older versions, and what is too much; all that nobody needs where told to."""
        for name in self._take_out(all_unneeded=all_unneeded):
            try:
                self._drop(name)
            finally:
                self._end(name)

    @contextmanager
    def read_by(self, sql: str) -> Iterator[None]:
        """Let nobody drop the tables that a query names while it reads them."""
        names = [each for each in _NAME.findall(sql) if self._need(each, 1)]
        try:
            yield
        finally:
            for name in names:
                self._need(name, -1)

    def _need(self, name: str, more: int) -> bool:
        """Count who needs a table, and tell whether it is there."""
        with self._guard:
            if name in self._tables:
                self._tables[name].needed_by += more
            return name in self._tables

    def _hand_out(self, name: str) -> bool:
        """Tell whether the table is there; then it stays for whoever asks now."""
        asking = current_asking()
        if not self._need(name, 1):
            return False
        with self._guard:
            table = self._tables[name] = self._tables.pop(name)
            if asking is None:
                table.needed_by, table.needed_until = table.needed_by - 1, time.monotonic() + self._seconds
        if asking:
            asking.at_end(partial(self._let_go, name))
        return True

    def _let_go(self, name: str) -> None:
        self._need(name, -1)
        self.tidy()

    def _begin(self, name: str) -> tuple[_Computing, bool]:
        """Return the computing of a table, and whether whoever asks has to do it."""
        with self._guard:
            is_mine = name not in self._computing
            return self._computing.setdefault(name, _Computing()), is_mine

    def _compute(self, name: str, version: int, compute: Callable[[], int], computing: _Computing) -> None:
        """Compute a table unless somebody has done so meanwhile."""
        try:
            if not self._need(name, 0):
                size = compute()
                with self._guard:
                    self._tables[name] = KeptTable(name, version, size, time.monotonic() + _FRESH_SECONDS)
        except QuestionTooLarge as error:
            computing.too_large = error
            raise
        finally:
            self._end(name)

    def _end(self, name: str) -> None:
        with self._guard:
            self._computing.pop(name).is_over.set()

    def _take_out(self, *, all_unneeded: bool) -> list[str]:
        """Return the names of what has to go, after having seen to it that nobody is told them meanwhile."""
        with self._guard:
            left, size, gone = list(self._tables.values()), sum(each.size for each in self._tables.values()), []
            for each in left[:]:
                is_too_much = (len(left) > MOST_TABLES or size > self._most_bytes) and each is not left[-1]
                is_useless = all_unneeded or is_too_much or each.version != self.version
                if (
                    is_useless and not each.is_needed() and each.name not in self._computing
                ):  # whoever computes is to end it
                    left.remove(each)
                    size -= each.size
                    self._computing[self._tables.pop(each.name).name] = _Computing()
                    gone.append(each.name)
            return gone


def size_of(rows: int, types: list[str]) -> int:
    """Return about how many bytes a table takes in memory. types: of its columns, as SQL has them."""
    return rows * sum(_WIDTHS.get(each.split("(")[0].split(" ")[0], _OTHER_WIDTH) for each in types)


def _wait_for(computing: _Computing) -> None:
    """Wait until somebody has computed a table, or failed to; raise QuestionTooLarge where it is too large."""
    asking = current_asking()
    while not computing.is_over.wait(_LOOK_SECONDS):
        if asking:
            asking.require_wanted()
    if computing.too_large:
        error = computing.too_large
        raise QuestionTooLarge(error.title, error.found, error.advice) from error
