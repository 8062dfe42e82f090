"""The memory that all workspaces of this program share: who comes last waits until there is room."""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from weakref import WeakMethod

from retention_core.engines.memory import memory_of_all
from retention_core.words.say import sentence

WAITING = sentence("Waiting for memory that other workspaces are using …")
SMALL = 128_000_000
_LOOK_SECONDS = 0.05


class Tenant:
    """A workspace that uses the room.

    claims: bytes of each piece of work that is going on. rests: bytes that it may still hold though it does nothing.
    waiting: how many pieces of work wait. gives_back: whether it is giving back now, and begins no work until it has.
    """

    def __init__(self, give_back: "WeakMethod[Callable[[], None]]") -> None:
        self._give_back = give_back  # weak, for nobody is kept alive by having used memory
        self.claims: list[int] = []
        self.rests = 0
        self.waiting = 0
        self.gives_back = False

    def give_back(self) -> None:
        """Have it give back the memory of what it keeps but does not need."""
        give_back = self._give_back()
        if give_back:
            give_back()

    @property
    def held(self) -> int:
        """The bytes that its work has claimed: the largest claim, since all its work shares one database."""
        return max(self.claims, default=0)


class MemoryRoom:
    """Memory to be claimed, in the order of asking; small claims have a quarter of it to themselves and pass large ones.

    Work of a workspace that claims no more than others of the same workspace have claimed never waits, and neither
    does work within other work of the same thread: so nobody who holds a claim waits for another. total: in bytes.
    """

    def __init__(self, total: int) -> None:
        self.total = total
        self._changed = threading.Condition()
        self._queues: dict[bool, deque[object]] = {True: deque(), False: deque()}
        self._tenants: list[Tenant] = []  # with claims or at rest, the most recently used last

    @contextmanager
    def claim(self, tenant: Tenant, amount: int, waits: Callable[[bool], None]) -> Iterator[None]:
        """Hold so many bytes; wait for them first where others hold too much.

        waits: called with True again and again while it waits, and may raise to give up; with False after that.
        """
        if _holds.get():
            yield
            return
        amount = self._enter(tenant, amount, waits)
        token = _holds.set(True)
        try:
            yield
        finally:
            _holds.reset(token)
            self._leave(tenant, amount)

    def rest(self, tenant: Tenant) -> None:
        """Have a workspace give back its memory now, unless it works."""
        with self._changed:
            if tenant.claims or tenant.gives_back:
                return
            tenant.rests, tenant.gives_back = 0, True
        self._have_given_back(tenant)

    def forget(self, tenant: Tenant) -> None:
        """Count no longer what a workspace holds that is closed."""
        with self._changed:
            tenant.rests = 0
            self._changed.notify_all()

    def _enter(self, tenant: Tenant, amount: int, waits: Callable[[bool], None]) -> int:
        """Note the claim when there is room for it, and return its bytes; have those at rest give back what they hold."""
        is_small = amount <= SMALL
        amount = min(amount, self._share(is_small))
        with self._changed:
            self._wait(lambda: not tenant.gives_back, tenant, waits)
            if amount > tenant.held:
                self._queue(tenant, amount, is_small, waits)
            tenant.claims.append(amount)
            self._tenants = [each for each in self._tenants if each is not tenant] + [tenant]
            resting = self._to_give_back()
        for each in resting:
            self._have_given_back(each)
        return amount

    def _queue(self, tenant: Tenant, amount: int, is_small: bool, waits: Callable[[bool], None]) -> None:
        """Wait until all who came before have got theirs, and there is room."""
        ticket, queue = object(), self._queues[is_small]
        queue.append(ticket)
        try:
            self._wait(
                lambda: queue[0] is ticket and self._fits(tenant, amount, is_small) and not tenant.gives_back,
                tenant,
                waits,
            )
        finally:
            queue.remove(ticket)
            self._changed.notify_all()

    def _have_given_back(self, tenant: Tenant) -> None:
        try:
            tenant.give_back()
        finally:
            with self._changed:
                tenant.gives_back = False
                self._changed.notify_all()

    def _wait(self, has_room: Callable[[], bool], tenant: Tenant, waits: Callable[[bool], None]) -> None:
        if has_room():
            return
        tenant.waiting += 1
        try:
            while not has_room():
                waits(True)
                self._changed.wait(_LOOK_SECONDS)
        finally:
            tenant.waiting -= 1
            waits(False)

    def _leave(self, tenant: Tenant, amount: int) -> None:
        with self._changed:
            tenant.rests = max(tenant.rests, tenant.held)
            tenant.claims.remove(amount)
            self._changed.notify_all()

    def _share(self, is_small: bool) -> int:
        """Return the bytes that claims of this kind have together."""
        return self.total // 4 if is_small else self.total - self.total // 4

    def _fits(self, tenant: Tenant, amount: int, is_small: bool) -> bool:
        """Tell whether a claim leaves those of its kind within their share."""
        others = (each.held for each in self._tenants if each is not tenant and (each.held <= SMALL) == is_small)
        return sum(others) + amount <= self._share(is_small)

    def _to_give_back(self) -> list[Tenant]:
        """Return those at rest, the longest first, that have to give back for all to stay within the room."""
        used, found = sum(max(each.held, each.rests) for each in self._tenants), []
        for each in [each for each in self._tenants if each.rests and not each.claims]:
            if used > self.total:
                used, each.rests, each.gives_back = used - each.rests, 0, True
                found.append(each)
        self._tenants = [each for each in self._tenants if each.claims or each.rests]
        return found


_holds: ContextVar[bool] = ContextVar("holds_memory", default=False)


@lru_cache(maxsize=1)
def room_of_all() -> MemoryRoom:
    """Return the room of this program; raise SettingInvalid where its size is set to none."""
    return MemoryRoom(memory_of_all())
