"""Several who ask the same at once wait for one computation, which is stopped when nobody waits for it any more."""

import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from retention_core.engines.asking import Asking, current_asking
from retention_core.errors import QuestionStopped

Look = Callable[[float], None]
"""Called again and again while somebody waits, with the seconds so far; whatever it raises ends the waiting."""

_LOOK_SECONDS = 0.05
_LOOKS: ContextVar[Look | None] = ContextVar("looks_while_waiting", default=None)


@contextmanager
def looking(look: Look) -> Iterator[None]:
    """Let `look` be called while this thread waits for answers."""
    token = _LOOKS.set(look)
    try:
        yield
    finally:
        _LOOKS.reset(token)


@dataclass
class _Computation:
    """One computation under way. waiting: how many wait for it. answer, error: how it ended."""

    asking: Asking = field(default_factory=Asking)
    done: threading.Event = field(default_factory=threading.Event)
    waiting: int = 0
    answer: Any = None
    error: BaseException | None = None

    @property
    def is_given_up(self) -> bool:
        """Whether it ended because somebody else went away, so that who still waits begins anew."""
        return isinstance(self.error, QuestionStopped) or not isinstance(self.error, Exception)


class AskedOnce:
    """What is being computed now, each thing once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._under_way: dict[Hashable, _Computation] = {}

    def ask(self, key: Hashable, work: Callable[[], Any], *, here: bool) -> Any:
        """Return what the work returns or raise what it raises, together with everybody who asks for `key` meanwhile.

        here: in this thread, for what takes moments and cannot be stopped; else in one of its own, while this one looks
        whether it is still wanted.
        """
        while True:
            with self._lock:
                found = self._under_way.get(key)
                computation = found or self._under_way.setdefault(key, _Computation())
                computation.waiting += 1
            try:
                if not found:
                    self._begin(key, computation, work, here=here)
                _wait(computation)
            finally:
                self._leave(key, computation)
            if computation.error is None:
                return computation.answer
            if not found or not computation.is_given_up:
                raise computation.error

    def _begin(self, key: Hashable, computation: _Computation, work: Callable[[], Any], *, here: bool) -> None:
        def run() -> None:
            _LOOKS.set(None)  # nobody looks at a page from here
            try:
                _compute(computation, lambda: computation.asking.run(work))
            finally:
                self._over(key, computation)

        if here:
            try:
                _compute(computation, work)
            finally:
                self._over(key, computation)
        else:
            context = copy_context()
            threading.Thread(target=context.run, args=(run,), name="question", daemon=True).start()

    def _leave(self, key: Hashable, computation: _Computation) -> None:
        """Wait no longer; where nobody does, stop it, and let whoever comes begin anew."""
        with self._lock:
            computation.waiting -= 1
            is_unwanted = not computation.waiting and not computation.done.is_set()
        if is_unwanted:
            self._over(key, computation)
            computation.asking.stop()

    def _over(self, key: Hashable, computation: _Computation) -> None:
        with self._lock:
            if self._under_way.get(key) is computation:
                del self._under_way[key]


def _compute(computation: _Computation, work: Callable[[], Any]) -> None:
    try:
        computation.answer = work()
    except BaseException as error:  # noqa: BLE001 - raised again by everybody who waits
        computation.error = error
    finally:
        computation.done.set()


def _wait(computation: _Computation) -> None:
    """Wait until it is done; look meanwhile whether this thread still has anything to wait for."""
    look, start, asking = _LOOKS.get(), monotonic(), current_asking()
    while not computation.done.wait(_LOOK_SECONDS):
        if asking:
            asking.require_wanted()
        if look:
            look(monotonic() - start)
