"""A workspace in one DuckDB database: opened once, locked, a cursor per call."""

import hashlib
import re
import shutil
import tempfile
import threading
import weakref
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd

from retention_core.calendar import calendar_table
from retention_core.engines.duckdb_tables import schema_sql
from retention_core.errors import QuestionTooLarge

VIEWS = Path(__file__).parent / "canonical_views" / "duckdb.sql"
KEPT_LIMIT = 24


@dataclass(frozen=True)
class EngineLimits:
    """What one workspace may use. memory, temporary_space: as DuckDB writes them. question_seconds: for one query."""

    memory: str = "4GB"
    temporary_space: str = "20GB"
    threads: int = 2
    question_seconds: int = 300


class DuckDBEngine:
    """One workspace. Close it when done; a temporary one takes its files with it.

    folder: where its files lie; None for a private, temporary workspace. The database file is `workspace.duckdb`,
    files being loaded lie in `staging`, the only folder that SQL may read.
    """

    def __init__(self, folder: Path | None = None, *, week_start: int = 0, limits: EngineLimits | None = None) -> None:
        self.week_start = week_start
        self.is_temporary = folder is None
        self.folder = folder or Path(tempfile.mkdtemp(prefix="comeback-"))
        if self.is_temporary:  # deleted when closed, and at the latest when the program ends
            self._delete = weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)
        self.staging = self.folder / "staging"
        self.staging.mkdir(parents=True, exist_ok=True)
        self._kept: dict[str, str] = {}
        self._version = 0
        self._lock = threading.RLock()
        self._writing: duckdb.DuckDBPyConnection | None = None
        self._connection = duckdb.connect(self.folder / "workspace.duckdb", config={"custom_user_agent": "comeback"})
        self._prepare()
        self._limit_and_lock(limits or EngineLimits())

    def query(self, sql: str, parameters: Mapping[str, object] | None = None) -> pd.DataFrame:
        """Return the rows of a query; `$name` in it is bound to the parameter of that name."""
        with self._cursor() as cursor:
            return cursor.execute(sql, _used(sql, parameters)).df()

    def keep(self, sql: str, parameters: Mapping[str, object] | None = None) -> str:
        """Compute a query once, keep its rows in memory until the data changes, and return the table's name."""
        values = _used(sql, parameters)
        key = repr((self._version, sql, sorted(values.items())))
        with self._lock:
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
        """Yield a cursor whose statements take effect together or not at all.

        Tables kept before it are no longer used; those in use by other people's queries go later, when new ones come.
        """
        with self._lock, self._cursor() as cursor:
            self._writing = cursor
            cursor.execute("BEGIN TRANSACTION")
            try:
                yield cursor
                cursor.execute("COMMIT")
            except BaseException:
                with suppress(duckdb.Error):
                    cursor.execute("ROLLBACK")
                raise
            self._version += 1

    def interrupt_writing(self) -> None:
        """End the statement of a transaction that runs in another thread; nothing of it takes effect."""
        if self._writing is not None:
            self._writing.interrupt()

    def _forget(self, cursor: duckdb.DuckDBPyConnection, count: int) -> None:
        """Drop the `count` kept tables that were used longest ago."""
        for key in list(self._kept)[: max(0, count)]:
            cursor.execute(f"DROP TABLE IF EXISTS {self._kept.pop(key)}")

    @property
    def time_zone(self) -> str:
        """The business time zone, into which moments with an offset are turned when they are loaded."""
        return self.setting("time_zone") or "UTC"

    def setting(self, name: str) -> str:
        """Return a setting of the workspace, empty where it was never set."""
        found = self.query("SELECT value FROM settings WHERE name = $name", {"name": name})["value"]
        return str(found.iloc[0]) if len(found) else ""

    def set_setting(self, name: str, value: str) -> None:
        """Keep a setting with the workspace."""
        with self.transaction() as cursor:
            cursor.execute("DELETE FROM settings WHERE name = $name", {"name": name})
            cursor.execute("INSERT INTO settings VALUES ($name, $value)", {"name": name, "value": value})

    def copy_to(self, folder: Path) -> None:
        """Write the workspace as it stands to another folder, for it to be opened there."""
        folder.mkdir(parents=True, exist_ok=True)
        with self._lock, self._cursor() as cursor:
            cursor.execute("CHECKPOINT workspace")
            shutil.copyfile(self.folder / "workspace.duckdb", folder / "workspace.duckdb")

    def close(self) -> None:
        """Close the database; a temporary workspace is deleted."""
        self._connection.close()
        if self.is_temporary:
            self._delete()

    @contextmanager
    def _cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        cursor = self._connection.cursor()
        try:
            yield cursor
        except (duckdb.OutOfMemoryException, duckdb.InterruptException) as error:
            raise QuestionTooLarge(
                "This question is too large for this machine.",
                "It needs more memory or time than a workspace may use.",
                "Choose fewer dates or a longer period, or run Comeback on a larger machine.",
            ) from error
        finally:
            cursor.close()

    def _prepare(self) -> None:
        """Create what is missing: stored tables, the calendar, the canonical views."""
        connection = self._connection
        connection.execute(schema_sql())
        kept = connection.execute("SELECT value FROM settings WHERE name = 'week_start'").fetchone()
        self.week_start = int(kept[0]) if kept else self.week_start
        self._write_calendar(connection)
        connection.execute(VIEWS.read_text(encoding="utf-8"))
        connection.execute("ATTACH ':memory:' AS kept")

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

    def _limit_and_lock(self, limits: EngineLimits) -> None:
        """Set the limits, shut the doors, and lock the settings, in this order."""
        for statement in (
            f"SET memory_limit = '{limits.memory}'",
            f"SET max_temp_directory_size = '{limits.temporary_space}'",
            f"SET threads = {limits.threads}",
            f"SET max_execution_time = {limits.question_seconds * 1000}",
            "SET TimeZone = 'UTC'",
            "SET preserve_insertion_order = false",
            "SET python_enable_replacements = false",
            "SET autoload_known_extensions = false",
            "SET autoinstall_known_extensions = false",
            "SET allow_community_extensions = false",
            f"SET allowed_directories = ['{self.staging}']",
            "SET enable_external_access = false",
            "SET lock_configuration = true",
        ):
            self._connection.execute(statement)


def _used(sql: str, parameters: Mapping[str, object] | None) -> dict[str, object]:
    """Return the parameters that the query names; DuckDB refuses others."""
    named = set(re.findall(r"\$(\w+)", sql))
    return {name: value for name, value in (parameters or {}).items() if name in named}
