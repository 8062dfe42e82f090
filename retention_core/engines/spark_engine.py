"""A workspace over the tables of a Spark cluster, by Spark Connect: nothing is copied out of it but results."""

import hashlib
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

import pandas as pd
import pyarrow as pa

from retention_core.calendar import calendar_table
from retention_core.engines.asking import Asking, current_asking
from retention_core.engines.cluster import Cluster
from retention_core.engines.spark_session import SessionGone, away, connect, in_words
from retention_core.engines.spark_values import bound, frame_of
from retention_core.engines.spark_views import create_views

T = TypeVar("T")
KEPT_LIMIT = 24


class SparkEngine:
    """A session at a cluster, opened anew where the cluster forgets it. Close it when done.

    A cluster does not say when its tables change: what was computed holds until `look_again`, and that happens by itself
    after the time that the workspace states. version: tells this opening, and the last look at the tables, from others.
    doubts: what does not fit in the views of the workspace, in words.
    Raises WorkspaceUnavailable where the cluster cannot be reached, or its tables do not fit.
    """

    def __init__(self, cluster: Cluster) -> None:
        self.cluster, self.week_start, self.time_zone = cluster, cluster.week_start, cluster.time_zone
        self.doubts: tuple[str, ...] = ()
        self._opened, self._looks, self._looked_at = uuid.uuid4().hex, 0, time.monotonic()
        self._lock = threading.RLock()
        # key -> name, SQL and values of a kept table, the most recently used last; and who computes one now
        self._kept: dict[str, tuple[str, str, dict[str, object]]] = {}
        self._computing: dict[str, threading.Lock] = {}
        self._open()

    @property
    def version(self) -> str:
        """A token of this opening and of the last look at the tables."""
        return f"{self._opened}-{self._look()}"

    def query(self, sql: str, parameters: Mapping[str, object] | None = None) -> pd.DataFrame:
        """Return the rows of a query; `$name` in it is bound to the parameter of that name."""
        text, values = bound(sql, parameters)
        return frame_of(self._asked(lambda session: session.sql(text, args=values or None).toArrow()))

    def keep(self, sql: str, parameters: Mapping[str, object] | None = None) -> str:
        """Compute a query once, keep its rows in the cluster until the next look at it, and return the view's name."""
        text, values = bound(sql, parameters)
        key = repr((self._look(), text, sorted(values.items())))
        with self._lock:
            turn = self._computing.setdefault(key, threading.Lock())
        with turn:  # who asks the same waits for it; who asks something else does not
            if key not in self._kept:
                name = f"kept_{hashlib.sha256(f'{self._opened}{key}'.encode()).hexdigest()[:16]}"
                self._asked(lambda session: _compute(session, name, text, values))
                self._note(key, (name, text, values))
            with self._lock:
                self._computing.pop(key, None)
                self._kept[key] = self._kept.pop(key)
                return self._kept[key][0]

    def look_again(self) -> None:
        """Let everything be computed anew from the tables as they are now."""
        with self._lock:
            self._looks, self._looked_at = self._looks + 1, time.monotonic()
            names = [name for name, _, _ in self._kept.values()]
        for name in names:  # the cluster would answer from what it cached, as long as that is there
            self._quietly(_uncache, name)
        for table in self._tables:
            self._quietly(_refresh, table)

    def setting(self, name: str) -> str:
        """Return a setting of the workspace, as its file states it; empty where it states none."""
        settings = {
            "time_zone": self.time_zone,
            "week_start": str(self.week_start),
            "money_unit": self.cluster.money_unit,
        }
        return settings.get(name, "")

    def close(self) -> None:
        """End the session; what it kept in the cluster goes with it."""
        with self._lock:
            kept, self._kept = list(self._kept.values()), {}
        for name, _, _ in kept:
            self._quietly(_uncache, name)
        with suppress(Exception):  # the cluster may be gone already
            self._session.stop()

    def _open(self) -> None:
        """Open a session and name its views; what was kept before is named again, and computed when it is asked for."""
        session = connect(self.cluster)
        with in_words(self.cluster):
            calendar = pa.Table.from_pandas(calendar_table(self.week_start), preserve_index=False)
            session.createDataFrame(_with_days(calendar)).createOrReplaceTempView("calendar")
            session.table("calendar").cache()  # else every task would be sent its 73,000 rows
            self._tables, self.doubts = create_views(session, self.cluster)
            for name, text, values in list(self._kept.values()):
                session.sql(text, args=values or None).createOrReplaceTempView(name)
        self._session = session

    def _asked(self, ask: Callable[[Any], T]) -> T:
        """Return what the cluster answers, from a new session where it has forgotten this one."""
        session = self._session
        try:
            return self._once(session, ask)
        except SessionGone:
            with self._lock:
                if self._session is session:
                    self._open()
            try:
                return self._once(self._session, ask)
            except SessionGone as error:
                raise away(self.cluster) from error

    def _once(self, session: Any, ask: Callable[[Any], T]) -> T:
        with in_words(self.cluster), _stoppable(session, self.cluster.question_seconds):
            return ask(session)

    def _note(self, key: str, kept: tuple[str, str, dict[str, object]]) -> None:
        """Remember a kept table, and drop those that were used longest ago where there are too many."""
        with self._lock:
            self._kept[key] = kept
            old = [self._kept.pop(each) for each in list(self._kept)[:-KEPT_LIMIT]]
        for name, _, _ in old:
            self._quietly(_drop, name)

    def _look(self) -> int:
        """Return the number of the present look at the tables, a new one where the last was too long ago."""
        if time.monotonic() - self._looked_at > self.cluster.look_again_seconds:
            self.look_again()
        return self._looks

    def _quietly(self, tidy: Callable[[Any, str], None], name: str) -> None:
        """Tidy up in the cluster; where that fails no figure is wrong for it."""
        with suppress(Exception):
            tidy(self._session, name)


@contextmanager
def _stoppable(session: Any, seconds: float) -> Iterator[None]:
    """Let what is asked be stopped from another thread, and stop it after so many seconds."""
    tag = f"comeback-{uuid.uuid4().hex}"

    def interrupt() -> None:
        with suppress(Exception):  # a cluster that cannot be told to stop runs on; nobody waits for it
            session.interruptTag(tag)

    asking, limit = current_asking() or Asking(), threading.Timer(seconds, interrupt)
    limit.daemon = True
    session.addTag(tag)
    limit.start()
    try:
        with asking.asks(interrupt):
            yield
    except Exception:
        asking.require_wanted()
        raise
    finally:
        limit.cancel()
        session.removeTag(tag)


def _compute(session: Any, name: str, text: str, values: dict[str, object]) -> None:
    session.sql(text, args=values or None).createOrReplaceTempView(name)
    session.table(name).cache().count()


def _uncache(session: Any, name: str) -> None:
    session.table(name).unpersist()


def _refresh(session: Any, table: str) -> None:
    session.catalog.refreshTable(f"cluster_{table}")


def _drop(session: Any, name: str) -> None:
    _uncache(session, name)
    session.catalog.dropTempView(name)


def _with_days(calendar: pa.Table) -> pa.Table:
    for name in ("day", "week_starts_on"):
        calendar = calendar.set_column(calendar.column_names.index(name), name, calendar[name].cast(pa.date32()))
    return calendar
