"""A workspace in one DuckDB database: opened once, locked, a cursor per call."""

import hashlib
import re
import shutil
import tempfile
import threading
import weakref
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

import duckdb
import pandas as pd

from retention_core.engines.duckdb_cursors import Cursors
from retention_core.engines.duckdb_prepared import complete, create_views
from retention_core.engines.duckdb_settings import StoredSettings
from retention_core.engines.kept_tables import size_of
from retention_core.engines.last_change import LastChange, count_change, held_change, require_last_change
from retention_core.engines.limits import EngineLimits as EngineLimits
from retention_core.engines.memory_room import MemoryRoom, room_of_all
from retention_core.engines.owned_folders import OwnedFolder, delete_all
from retention_core.engines.staging import discard_staged, own_staging
from retention_core.engines.unavailable import identity, why_unavailable
from retention_core.engines.writing import Writing, current_writing
from retention_core.engines.written_aside import written_aside

_FILE = "workspace.duckdb"
_LOOK_SECONDS = 0.05


class DuckDBEngine(StoredSettings):
    """One workspace. Close it when done; a temporary one takes its files with it.

    folder: where its files lie; None for a private, temporary workspace. The database file is `workspace.duckdb`,
    files being loaded lie in `staging`, the only folder that SQL may read. room: the memory that it shares with others.
    Raises WorkspaceUnavailable where it cannot be opened, WorkspaceBehind where its newest changes are missing.
    """

    def __init__(
        self,
        folder: Path | None = None,
        *,
        week_start: int = 0,
        limits: EngineLimits | None = None,
        room: MemoryRoom | None = None,
    ) -> None:
        self.week_start = week_start
        self.is_temporary = folder is None
        self._limits, room = limits or EngineLimits(), room or room_of_all()
        self.folder = folder or Path(tempfile.mkdtemp(prefix="comeback-"))
        # Stays open as long as the database: to close any handle of a file gives up all locks of this program on it.
        self._copied_from: BinaryIO | None = None
        self._lock = threading.RLock()
        self._owned: list[OwnedFolder] = []  # deleted when closed, and at the latest when the program ends
        self._delete = weakref.finalize(self, delete_all, self._owned)
        try:
            self._open(room)
        except (duckdb.Error, OSError) as error:
            raise why_unavailable(self.folder, error) from error

    def _open(self, room: MemoryRoom) -> None:
        """Open the database, which locks it against other programs, and prepare it; close it again if that fails."""
        if self.is_temporary:
            self._owned.append(OwnedFolder(self.folder))
        self.folder.mkdir(parents=True, exist_ok=True)
        if self.is_temporary:
            (self.folder / _FILE).write_bytes(_prepared_file(self.week_start))
        connection = duckdb.connect(self.folder / _FILE, config={"custom_user_agent": "comeback"})
        self._cursors = Cursors(connection, self.folder, self._limits, room)
        self._cursor, self._kept = self._cursors.any, self._cursors.kept
        try:
            self._opened = identity(self.folder / _FILE)
            self._owned.append(own_staging(self.folder))
            self.staging = self._owned[-1].path
            connection.execute("ATTACH ':memory:' AS kept")  # fails where this program has the database open already
            shutil.rmtree(self.folder / f"{_FILE}.tmp", ignore_errors=True)  # what a program that was killed left
            if not self.is_temporary:
                require_last_change(self.folder, held_change(connection.execute))
                complete(connection)
                self._follow_settings(connection)
                create_views(connection)
            for statement in self._limits.locking_sql(self.staging):
                connection.execute(statement)
        except BaseException:
            self.close()
            raise

    @property
    def version(self) -> str:
        """A token of this opening and of the data as it stands: changed by every transaction."""
        return f"{self.staging.name}-{self._kept.version}"

    @property
    def waits_for_memory(self) -> bool:
        """Whether any work on this workspace waits for memory that others use; memory_room.WAITING says so in words."""
        return self._cursors.waits_for_memory

    def query(self, sql: str, parameters: Mapping[str, object] | None = None) -> pd.DataFrame:
        """Return the rows of a query; `$name` in it is bound to the parameter of that name.

        Raises QuestionTooLarge where it needs more memory or time than it may, QuestionStopped where it was stopped.
        """
        with self._kept.read_by(sql), self._cursors.asking(self._staging_of(sql)) as cursor:
            return cursor.execute(sql, used(sql, parameters)).df()

    def keep(self, sql: str, parameters: Mapping[str, object] | None = None) -> str:
        """Compute a query once, keep its rows in memory until the data changes, and return the table's name.

        The table is there until the asking of this thread ends, and for ten minutes where there is none.
        """
        values, version = used(sql, parameters), self._kept.version
        key = repr((version, sql, sorted(values.items())))
        name = f"kept.k{hashlib.sha256(key.encode()).hexdigest()[:16]}"

        def compute() -> int:
            with self._kept.read_by(sql), self._cursors.asking(self._staging_of(sql)) as cursor:
                (rows,) = cursor.execute(f"CREATE OR REPLACE TABLE {name} AS {sql}", values).fetchone() or (0,)
                return size_of(rows, [str(column[1]) for column in cursor.execute(f"FROM {name} LIMIT 0").description])

        self._kept.keep(name, version, compute)
        return name

    def _staging_of(self, sql: str) -> Path | None:
        """Return the folder of staged files where a query reads one."""
        return self.staging if "read_parquet" in sql else None

    @contextmanager
    def transaction(self, *, is_light: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
        """Yield a cursor whose statements take effect together or not at all, and are on the disk afterwards.

        is_light: whether it needs hardly any memory, however large the workspace is. Tables kept before it are no longer
        used; those that somebody still needs go later.
        Raises UploadCancelled where the writing of this thread is cancelled before it commits, WorkspaceUnavailable
        where the files were deleted meanwhile.
        """
        with self._turn() as writing, self._cursors.writing(writing, None if is_light else self.staging) as cursor:
            cursor.execute("BEGIN TRANSACTION")
            try:
                writing.begins(cursor.interrupt)
                yield cursor
                change = count_change(cursor.execute)
                self.require_files()
                writing.commits()
                cursor.execute("COMMIT")
            except BaseException:
                writing.fails()
                with suppress(duckdb.Error):
                    cursor.execute("ROLLBACK")
                writing.require_wanted()
                raise
            self._kept.renew()
            self._secure(cursor, change)

    @contextmanager
    def _turn(self) -> Iterator[Writing]:
        """Wait until nobody else writes; one who cancels while waiting never gets the turn."""
        writing = current_writing()
        while not self._lock.acquire(timeout=_LOOK_SECONDS):
            writing.require_wanted()
        try:
            writing.require_wanted()
            yield writing
        finally:
            self._lock.release()

    def _secure(self, cursor: duckdb.DuckDBPyConnection, change: LastChange) -> None:
        """Bring a committed change from the log into the database file if nobody reads it now, and note it."""
        if not self.is_temporary:
            with suppress(duckdb.Error):
                cursor.execute("CHECKPOINT workspace")
            with suppress(OSError):  # it is committed all the same, and an older note does no harm
                change.write(self.folder)

    def require_files(self) -> None:
        """Raise WorkspaceUnavailable where the files were deleted or replaced while the workspace is open."""
        if identity(self.folder / _FILE) != self._opened:
            raise why_unavailable(self.folder, FileNotFoundError("No such file or directory"))

    def discard_staged(self, path: Path, *, whole_file: bool = False) -> None:
        """Delete a staged table that is no longer needed; other sheets of its file stay unless `whole_file`."""
        discard_staged(self.staging, path, whole_file=whole_file)

    def copy_to(self, folder: Path) -> None:
        """Write the workspace as it stands to another folder, which appears when it is whole.

        Raises WorkspaceNameInvalid where there is something of that name, WorkspaceUnavailable where it cannot be
        written or the files of this one were deleted.
        """
        with written_aside(folder) as aside, self._lock, self._cursor() as cursor:
            self.require_files()
            with suppress(duckdb.Error):  # somebody reads: then the newest changes lie in the log, and are copied too
                cursor.execute("CHECKPOINT workspace")
            self._copied_from = self._copied_from or (self.folder / _FILE).open("rb")
            self._copied_from.seek(0)
            with (aside / _FILE).open("wb") as copy:
                shutil.copyfileobj(self._copied_from, copy)
            if (self.folder / f"{_FILE}.wal").exists():
                shutil.copyfile(self.folder / f"{_FILE}.wal", aside / f"{_FILE}.wal")
            held_change(cursor.execute).write(aside)

    def close(self) -> None:
        """Close the database; a temporary workspace is deleted, and so is what is staged."""
        self._cursors.close()
        if self._copied_from:
            self._copied_from.close()
        self._delete()


@lru_cache(maxsize=7)
def _prepared_file(week_start: int) -> bytes:
    """Return the file of an empty workspace that is prepared: each temporary one begins as its copy, in a third of the time."""
    place = OwnedFolder(Path(tempfile.mkdtemp(prefix="comeback-")))
    try:
        DuckDBEngine(place.path / "Prepared", week_start=week_start).close()
        return (place.path / "Prepared" / _FILE).read_bytes()
    finally:
        place.delete()


def used(sql: str, parameters: Mapping[str, object] | None) -> dict[str, object]:
    """Return the parameters that the query names; DuckDB refuses others."""
    named = set(re.findall(r"\$(\w+)", sql))
    return {name: value for name, value in (parameters or {}).items() if name in named}
