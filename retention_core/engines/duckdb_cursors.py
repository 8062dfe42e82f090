"""A cursor for each piece of work on a DuckDB database: within the memory there is, stoppable, its errors in words."""

import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import partial
from pathlib import Path

import duckdb

from retention_core.engines.asking import Asking, current_asking
from retention_core.engines.kept_tables import KeptTables
from retention_core.engines.limits import EngineLimits
from retention_core.engines.memory import OF_EMPTY, needed_memory
from retention_core.engines.memory_room import SMALL, MemoryRoom, Tenant
from retention_core.engines.unavailable import is_about_the_file, why_unavailable
from retention_core.engines.writing import Writing
from retention_core.errors import QuestionTooLarge, WorkspaceUnavailable
from retention_core.words.say import say

_AGAIN_SECONDS = 0.05
_TIMES_KEPT = 2  # of the limit of memory: what does not fit lies on the disk, and should be read sooner than computed


class Cursors:
    """Opens cursors on the database in `folder`. kept: the tables that are kept in it between questions."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, folder: Path, limits: EngineLimits, room: MemoryRoom
    ) -> None:
        self._connection, self._folder, self._limits, self._room = connection, folder, limits, room
        self._tenant = Tenant(weakref.WeakMethod(self._give_back))
        self._opened = threading.Condition()  # a connection refuses who opens a cursor while another does, or closes it
        self._working: set[duckdb.DuckDBPyConnection] = set()
        self._is_closed = False
        self.kept = KeptTables(partial(_drop_table, self._cursor), _TIMES_KEPT * limits.memory_bytes)

    @property
    def waits_for_memory(self) -> bool:
        """Whether any work on this database waits for memory that others use."""
        return self._tenant.waiting > 0

    @contextmanager
    def asking(self, staging: Path | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
        """Yield a cursor for one question, which ends when the asking of this thread is stopped.

        staging: where the files lie that it reads besides the database.
        """
        asking = current_asking() or Asking()
        asking.require_wanted()
        needed = needed_memory(self._folder, staging, self._limits.memory_bytes)
        with (
            self._room.claim(self._tenant, needed, asking.waits),
            self.any() as cursor,
            asking.asks(cursor.interrupt),
        ):
            try:
                yield cursor
            except duckdb.InterruptException:
                asking.require_wanted()
                raise

    @contextmanager
    def writing(self, writing: Writing, staging: Path | None) -> Iterator[duckdb.DuckDBPyConnection]:
        """Yield a cursor for a transaction, whose statements may take as long as they need.

        staging: where the files lie that it loads; None where it needs hardly any memory. After large work the memory is
        given back: what was read and written is cached by the operating system as well.
        """
        needed = needed_memory(self._folder, staging, self._limits.memory_bytes) if staging else OF_EMPTY
        with self._room.claim(self._tenant, needed, writing.waits), self.any() as cursor:
            cursor.execute("SET SESSION max_execution_time = 0")
            try:
                yield cursor
            except duckdb.OutOfMemoryException as error:
                raise QuestionTooLarge(
                    say("This upload is too large for this machine."),
                    say("It needs more memory or room on the disk than a workspace may use. Nothing of it was loaded."),
                    say("Load it in several files, or run Comeback on a larger machine."),
                ) from error
        if needed > SMALL:
            self._room.rest(self._tenant)

    @contextmanager
    def any(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Yield a cursor that claims no memory, for what needs hardly any; what it raises is in words."""
        try:
            with self._cursor() as cursor:
                yield cursor
        except (duckdb.OutOfMemoryException, duckdb.InterruptException) as error:
            self._require_open()
            raise QuestionTooLarge(
                say("This question is too large for this machine."),
                say("It needs more memory or time than a workspace may use."),
                say("Choose fewer dates or a longer period, or run Comeback on a larger machine."),
            ) from error
        except duckdb.Error as error:
            if is_about_the_file(error):
                raise why_unavailable(self._folder, error) from error
            raise

    def close(self) -> None:
        """Close the database; what still runs in it ends first, in the next moments."""
        with self._opened:
            self._is_closed = True
            while self._working:
                for cursor in self._working:
                    with suppress(duckdb.Error):  # it is about to be closed
                        cursor.interrupt()
                self._opened.wait(_AGAIN_SECONDS)  # an interrupt that comes before a statement has begun is lost
            self._connection.close()
        self._room.forget(self._tenant)

    @contextmanager
    def _cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        with self._opened:
            self._require_open()
            cursor = self._connection.cursor()
            self._working.add(cursor)
        try:
            yield cursor
        finally:
            cursor.close()
            with self._opened:
                self._working.remove(cursor)
                self._opened.notify_all()

    def _require_open(self) -> None:
        if self._is_closed:
            raise why_unavailable(self._folder, duckdb.ConnectionException("Connection already closed"))

    def _give_back(self) -> None:
        """Give back the memory of kept tables that nobody needs, and of what was read from the file."""
        self.kept.tidy(all_unneeded=True)
        with suppress(duckdb.Error, WorkspaceUnavailable), self._cursor() as cursor:  # it is used again, or was closed
            for statement in self._limits.giving_back_sql():
                cursor.execute(statement)


def _drop_table(open_cursor: Callable[[], AbstractContextManager[duckdb.DuckDBPyConnection]], name: str) -> None:
    with suppress(duckdb.Error, WorkspaceUnavailable), open_cursor() as cursor:  # it was closed
        cursor.execute(f"DROP TABLE IF EXISTS {name}")
