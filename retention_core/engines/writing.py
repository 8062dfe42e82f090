"""One person's writing, which that person may cancel, and nobody else's."""

import threading
from collections.abc import Callable
from contextvars import ContextVar
from typing import TypeVar

from retention_core.errors import UploadCancelled
from retention_core.words.say import say

T = TypeVar("T")


class Writing:
    """A piece of work with at most one transaction; it can be cancelled from another thread until that commits.

    Waiting for its turn, it never starts; writing, its statement is interrupted and all of it rolled back; once it
    commits it can no longer be cancelled. is_cancelled: whether it was, and so nothing of it took effect.
    waits_for_memory: whether it waits for memory that others use.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._interrupt: Callable[[], None] | None = None
        self._is_settled = False
        self.is_cancelled = False
        self.waits_for_memory = False

    def run(self, work: Callable[..., T], *arguments: object) -> T:
        """Do the work in this thread; the transactions that it opens are this writing."""
        token = _current.set(self)
        try:
            return work(*arguments)
        finally:
            _current.reset(token)

    def cancel(self) -> bool:
        """Cancel it, and tell whether that was in time. An interrupt ends one statement: ask again until it is over."""
        with self._guard:
            self.is_cancelled = self.is_cancelled or not self._is_settled
            if self._interrupt and self.is_cancelled:
                self._interrupt()
            return self.is_cancelled

    def require_wanted(self) -> None:
        """Raise UploadCancelled where it was cancelled."""
        if self.is_cancelled:
            raise UploadCancelled(
                say("The upload was cancelled."),
                say("Nothing of it was loaded, and nothing else was changed."),
                say("Load it again whenever you like."),
            )

    def waits(self, does_wait: bool) -> None:
        """Note whether it waits for memory; raise UploadCancelled where it does and was cancelled."""
        self.waits_for_memory = does_wait
        if does_wait:
            self.require_wanted()

    def begins(self, interrupt: Callable[[], None]) -> None:
        """Note that its statements run from here on. interrupt: what ends the one that is running."""
        with self._guard:
            self._interrupt, self._is_settled = interrupt, False

    def commits(self) -> None:
        """Note that it can be cancelled no longer; raise UploadCancelled where it was before."""
        with self._guard:
            self.require_wanted()
            self._interrupt, self._is_settled = None, True

    def fails(self) -> None:
        """Note that it is rolled back, which nothing may interrupt."""
        with self._guard:
            self._interrupt = None


_current: ContextVar[Writing | None] = ContextVar("current_writing", default=None)


def current_writing() -> Writing:
    """Return the writing that this thread is about, a new one where nobody asked to be able to cancel it."""
    return _current.get() or Writing()
