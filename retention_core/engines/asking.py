"""One question and all that it asks of the database, which can be stopped, and nobody else's."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from retention_core.errors import QuestionStopped
from retention_core.words.say import say

T = TypeVar("T")
_AGAIN_SECONDS = 0.05


class Asking:
    """A piece of work that asks; it can be stopped from another thread, for good.

    Its statements are interrupted, also those that wait for memory or for a table that somebody else computes, and
    further ones raise QuestionStopped. What it writes within a transaction is not: see Writing. Where one asking runs
    within another, what the inner one asks belongs to the inner one alone. Tables that it keeps are there until `run`
    ends. is_stopped: whether it was stopped. waits_for_memory: whether it waits for memory that others use.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._interrupts: dict[int, Callable[[], None]] = {}
        self._stops_again: threading.Thread | None = None
        self._numbered = self._runs = 0
        self._at_end: list[Callable[[], None]] = []
        self.is_stopped = False
        self.waits_for_memory = False

    def run(self, work: Callable[..., T], *arguments: object) -> T:
        """Do the work in this thread; all that it asks belongs to this asking."""
        self.require_wanted()
        token = _current.set(self)
        with self._guard:
            self._runs += 1
        try:
            return work(*arguments)
        finally:
            _current.reset(token)
            self._ends()

    def stop(self) -> None:
        """Stop it, and return at once; what it is about ends in the next moments."""
        with self._guard:
            self.is_stopped = True
            if self._interrupts and not self._stops_again:
                self._stops_again = threading.Thread(target=self._interrupt_until_over, daemon=True)
                self._stops_again.start()

    def require_wanted(self) -> None:
        """Raise QuestionStopped where it was stopped."""
        if self.is_stopped:
            raise QuestionStopped(
                say("This question was stopped."),
                say("Somebody stopped it, or nobody waited for its answer any more. Nothing was changed."),
                say("Ask it again whenever you like."),
            )

    @contextmanager
    def asks(self, interrupt: Callable[[], None]) -> Iterator[None]:
        """Let a statement run that `interrupt` ends; raise QuestionStopped instead where it was stopped before."""
        with self._guard:
            self.require_wanted()
            self._numbered += 1
            number = self._numbered
            self._interrupts[number] = interrupt
        try:
            yield
        finally:
            with self._guard:
                del self._interrupts[number]

    def waits(self, does_wait: bool) -> None:
        """Note whether it waits for memory; raise QuestionStopped where it does and was stopped."""
        self.waits_for_memory = does_wait
        if does_wait:
            self.require_wanted()

    def at_end(self, do: Callable[[], None]) -> None:
        """Do something when nothing runs in it any more."""
        with self._guard:
            self._at_end.append(do)

    def _ends(self) -> None:
        """Do what was left for the end, unless the same asking still runs in another thread."""
        with self._guard:
            self._runs -= 1
            left, self._at_end = ([], self._at_end) if self._runs else (self._at_end, [])
        for do in left:
            do()

    def _interrupt_until_over(self) -> None:
        """Interrupt what runs, again and again: an interrupt that comes before a statement has begun is lost."""
        pause = threading.Event()
        while True:
            with self._guard:
                for interrupt in self._interrupts.values():
                    interrupt()
                if not self._interrupts:
                    self._stops_again = None
                    return
            pause.wait(_AGAIN_SECONDS)


_current: ContextVar[Asking | None] = ContextVar("current_asking", default=None)


def current_asking() -> Asking | None:
    """Return the asking that this thread is about, None where nobody asked to be able to stop it."""
    return _current.get()
