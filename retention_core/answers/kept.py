"""Finished answers, kept and shared by everybody who may see a workspace, as long as its data is the same.

An answer is found by the workspace that is open (nobody else's key can reach it), its version, how the person is spoken
to, and the question. What is kept must hold neither the workspace nor its engine: it goes with them.
"""

import logging
import os
import threading
import weakref
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from retention_core.answers.asked_once import AskedOnce
from retention_core.answers.weight import weight
from retention_core.words.language import spoken
from retention_core.workspace import Workspace

_LOG = logging.getLogger(__name__)
T = TypeVar("T")


def bytes_allowed(setting: str) -> int:
    """Return what the answers of all workspaces together may take; those used longest ago go first.

    setting: so many MiB, as COMEBACK_ANSWERS_MB says it; what is no number is told in the log, and 256 are used.
    """
    if not setting.strip().isascii() or not setting.strip().isdigit():
        _LOG.warning("COMEBACK_ANSWERS_MB is “%s”, which is no whole number of MiB: 256 are used.", setting)
        setting = "256"
    return int(setting) * 2**20


MOST_BYTES = bytes_allowed(os.environ.get("COMEBACK_ANSWERS_MB", "256"))


@dataclass
class _Shelf:
    """Whose answers, and of which version of the data. number: of the engine that was opened."""

    number: int
    version: object = None


class Kept:
    """A store of finished answers."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.most_bytes, self.bytes = most_bytes, 0
        self._lock = threading.RLock()  # an engine may be collected, and its answers dropped, while it is held
        self._numbers = count()
        self._shelves: WeakKeyDictionary[object, _Shelf] = WeakKeyDictionary()
        self._answers: OrderedDict[tuple[int, str], tuple[Any, int]] = OrderedDict()  # the last used at the end
        self._once = AskedOnce()

    def ask(
        self, workspace: Workspace, question: object, work: Callable[[], T], *, here: bool, version: object = None
    ) -> T:
        """Return what the work returns for a question, computed once for each version of the data and language.

        version: of the data that the work is about, where it may be about an older one, which is not kept any more.
        """
        shelf = self._shelf(workspace.engine, None if version else workspace.version)
        version = version or shelf.version
        key = shelf.number, f"{version}{spoken()}{question}"
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                known: T = self._answers[key][0]
                return known

        def finish() -> T:
            answer = work()
            if workspace.version == version:  # nothing was loaded meanwhile
                self._keep(shelf, version, key, answer)
            return answer

        found: T = self._once.ask(key, finish, here=here)
        return found

    def __len__(self) -> int:
        return len(self._answers)

    def _shelf(self, engine: object, version: object) -> _Shelf:
        """Return the shelf of an engine; what is there of another version than the newest is thrown away."""
        with self._lock:
            shelf = self._shelves.get(engine)
            if shelf is None:
                shelf = self._shelves[engine] = _Shelf(next(self._numbers))
                weakref.finalize(engine, self._drop, shelf.number).atexit = False
            if version and shelf.version != version:
                self._drop(shelf.number)
                shelf.version = version
            return shelf

    def _keep(self, shelf: _Shelf, version: object, key: tuple[int, str], answer: object) -> None:
        size = weight(answer) + len(key[1])
        with self._lock:
            if shelf.version != version or size > self.most_bytes or key in self._answers:
                return
            self._answers[key] = answer, size
            self.bytes += size
            while self.bytes > self.most_bytes:
                self.bytes -= self._answers.popitem(last=False)[1][1]

    def _drop(self, number: int) -> None:
        """Throw away all answers of one engine."""
        with self._lock:
            for key in [key for key in self._answers if key[0] == number]:
                self.bytes -= self._answers.pop(key)[1]


_KEPT = Kept()


def kept(workspace: Workspace, question: object, work: Callable[[], T], version: object = None) -> T:
    """Return the answer to a question that asks the database, see `Kept`; who waits can go away, which stops it.

    question: all on which the answer depends; its text tells it from others.
    """
    return _KEPT.ask(workspace, question, work, here=False, version=version)


def kept_here(workspace: Workspace, question: object, work: Callable[[], T], version: object = None) -> T:
    """Return what is made of answers in moments, see `Kept`: a sentence, a figure, the rows of a table."""
    return _KEPT.ask(workspace, question, work, here=True, version=version)
