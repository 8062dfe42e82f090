"""A workspace in one DuckDB database: opened once, locked, a cursor per call."""

import hashlib
import re
import shutil
import tempfile
import threading
import weakref
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cached_property, lru_cache
from pathlib import Path
from typing import BinaryIO

import duckdb
import pandas as pd

from retention_core.calendar import calendar_table
from retention_core.engines.duckdb_tables import schema_sql
from retention_core.engines.last_change import LastChange, count_change, held_change, require_last_change
from retention_core.engines.limits import EngineLimits as EngineLimits
from retention_core.engines.owned_folders import OwnedFolder, delete_all
from retention_core.engines.rows_of_the_future import judge_older_uploads
from retention_core.engines.same_customer import join_ids
from retention_core.engines.settings import doubts, week_start_of
from retention_core.engines.staging import discard_staged, own_staging
from retention_core.engines.unavailable import identity, is_about_the_file, why_unavailable
from retention_core.engines.writing import Writing, current_writing
from retention_core.engines.written_aside import written_aside
from retention_core.errors import QuestionTooLarge
from retention_core.words.say import say

VIEWS = Path(__file__).parent / "canonical_views" / "duckdb.sql"
KEPT_LIMIT = 24
_FILE = "workspace.duckdb"
_LOOK_SECONDS = 0.05


class DuckDBEngine:
    """One workspace. Close it when done; a temporary one takes its files with it.

    folder: where its files lie; None for a private, temporary workspace. The database file is `workspace.duckdb`,
    files being loaded lie in `staging`, the only folder that SQL may read. doubts: settings that it was kept with and
    that do not exist, in words.
    Raises WorkspaceUnavailable where it cannot be opened, WorkspaceBehind where its newest changes are missing.
    """

    def __init__(self, folder: Path | None = None, *, week_start: int = 0, limits: EngineLimits | None = None) -> None:
        self.week_start = week_start
        self.doubts: tuple[str, ...] = ()
        self.is_temporary = folder is None
        self.folder = folder or Path(tempfile.mkdtemp(prefix="comeback-"))
        # Stays open as long as the database: to close any handle of a file gives up all locks of this program on it.
        self._copied_from: BinaryIO | None = None
        self._kept: dict[str, str] = {}
        self._version = 0
        self._lock, self._keeping = threading.RLock(), threading.Lock()
        self._owned: list[OwnedFolder] = []  # deleted when closed, and at the latest when the program ends
        self._delete = weakref.finalize(self, delete_all, self._owned)
        try:
            self._open(limits or EngineLimits())
        except (duckdb.Error, OSError) as error:
            raise why_unavailable(self.folder, error) from error

    def _open(self, limits: EngineLimits) -> None:
        """Open the database, which locks it against other programs, and prepare it; close it again if that fails."""
        if self.is_temporary:
            self._owned.append(OwnedFolder(self.folder))
        self.folder.mkdir(parents=True, exist_ok=True)
        if self.is_temporary:
            (self.folder / _FILE).write_bytes(_prepared_file(self.week_start))
        self._connection = duckdb.connect(self.folder / _FILE, config={"custom_user_agent": "comeback"})
        try:
            self._opened = identity(self.folder / _FILE)
            self._owned.append(own_staging(self.folder))
            self.staging = self._owned[-1].path
            if not self.is_temporary:
                require_last_change(self.folder, held_change(self._connection.execute))
                self._prepare()
            self._connection.execute("ATTACH ':memory:' AS kept")
            for statement in limits.locking_sql(self.staging):
                self._connection.execute(statement)
        except BaseException:
            self.close()
            raise

    def query(self, sql: str, parameters: Mapping[str, object] | None = None) -> pd.DataFrame:
        """Return the rows of a query; `$name` in it is bound to the parameter of that name."""
        with self._cursor() as cursor:
            return cursor.execute(sql, used(sql, parameters)).df()

    def keep(self, sql: str, parameters: Mapping[str, object] | None = None) -> str:
        """Compute a query once, keep its rows in memory until the data changes, and return the table's name."""
        values = used(sql, parameters)
        key = repr((self._version, sql, sorted(values.items())))
        with self._keeping:  # not the lock of those who write: nobody waits for somebody else's import
            if key not in self._kept:
                name = f"kept.k{hashlib.sha256(key.encode()).hexdigest()[:16]}"
                with self._cursor() as cursor:
                    cursor.execute(f"CREATE OR REPLACE TABLE {name} AS {sql}", values)
                    self._forget(cursor, len(self._kept) - KEPT_LIMIT + 1)
                self._kept[key] = name
            self._kept[key] = self._kept.pop(key)  # the most recently used stands last
            return self._kept[key]

    @contextmanager
    def transaction(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Yield a cursor whose statements take effect together or not at all, and are on the disk afterwards.

        Tables kept before it are no longer used; those in use by other people's queries go later, when new ones come.
        Raises UploadCancelled where the writing of this thread is cancelled before it commits, WorkspaceUnavailable
        where the files were deleted meanwhile.
        """
        with self._turn() as writing, self._cursor() as cursor:
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
            self._version += 1
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

    def _forget(self, cursor: duckdb.DuckDBPyConnection, count: int) -> None:
        """Drop the `count` kept tables that were used longest ago."""
        for key in list(self._kept)[: max(0, count)]:
            cursor.execute(f"DROP TABLE IF EXISTS {self._kept.pop(key)}")

    @property
    def time_zone(self) -> str:
        """The business time zone, into which moments with an offset are turned when they are loaded."""
        kept = self.setting("time_zone")
        return kept if kept in self.time_zones else "UTC"

    @cached_property
    def time_zones(self) -> frozenset[str]:
        """The names of the time zones that the database knows."""
        return frozenset(self.query("SELECT name FROM pg_timezone_names()")["name"])

    def setting(self, name: str) -> str:
        """Return a setting of the workspace, empty where it was never set."""
        found = self.query("SELECT value FROM settings WHERE name = $name", {"name": name})["value"]
        return str(found.iloc[0]) if len(found) else ""

    def set_setting(self, name: str, value: str) -> None:
        """Keep a setting with the workspace."""
        with self.transaction() as cursor:
            cursor.execute("DELETE FROM settings WHERE name = $name", {"name": name})
            cursor.execute("INSERT INTO settings VALUES ($name, $value)", {"name": name, "value": value})
            if name == "time_zone":
                self._set_clock(cursor, value)
        self._doubt_settings()

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
        self._connection.close()
        if self._copied_from:
            self._copied_from.close()
        self._delete()

    @contextmanager
    def _cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        cursor = self._connection.cursor()
        try:
            yield cursor
        except (duckdb.OutOfMemoryException, duckdb.InterruptException) as error:
            raise QuestionTooLarge(
                say("This question is too large for this machine."),
                say("It needs more memory or time than a workspace may use."),
                say("Choose fewer dates or a longer period, or run Comeback on a larger machine."),
            ) from error
        except duckdb.Error as error:
            if is_about_the_file(error):
                raise why_unavailable(self.folder, error) from error
            raise
        finally:
            cursor.close()

    def _prepare(self) -> None:
        """Create what is missing: stored tables, the calendar, the canonical views."""
        connection = self._connection
        self._complete(connection)
        self._set_clock(connection, self.setting("time_zone"))
        self.week_start = week_start_of(self.setting("week_start"), self.week_start)
        self._doubt_settings()
        self._write_calendar(connection)
        connection.execute(VIEWS.read_text(encoding="utf-8"))

    def _complete(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Create the stored tables that are missing, and decide for older uploads what is decided when loading now."""
        has_joined = "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'same_customer'"
        is_older = connection.execute(has_joined).fetchone() == (0,)
        connection.execute("BEGIN TRANSACTION")
        if is_older:
            connection.execute("DROP VIEW IF EXISTS same_customer")
        connection.execute(schema_sql())
        if is_older:
            join_ids(connection)
        judge_older_uploads(connection.execute)
        connection.execute("COMMIT")

    def _set_clock(self, connection: duckdb.DuckDBPyConnection, zone: str) -> None:
        """Read local times by the clock of a zone from now on, by UTC where there is no such zone."""
        known = zone if zone in self.time_zones else "UTC"
        connection.execute(f"CREATE OR REPLACE MACRO business_zone() AS '{known}'")

    def _doubt_settings(self) -> None:
        zone = self.setting("time_zone")
        self.doubts = doubts(zone, is_known=zone in self.time_zones, week_start=self.setting("week_start"))

    def _write_calendar(self, connection: duckdb.DuckDBPyConnection) -> None:
        connection.register("calendar_rows", calendar_table(self.week_start))
        connection.execute(
            "CREATE OR REPLACE TABLE calendar AS SELECT * REPLACE (day::DATE AS day, "
            "week_starts_on::DATE AS week_starts_on) FROM calendar_rows"
        )
        connection.unregister("calendar_rows")

    def start_weeks_on(self, week_start: int) -> None:
        """Let weeks begin on another day, 0 for Monday to 6 for Sunday, from now on."""
        self.set_setting("week_start", str(week_start))
        self.week_start = week_start
        with self.transaction() as cursor:
            self._write_calendar(cursor)


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
