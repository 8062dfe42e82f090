"""The settings that a DuckDB workspace is kept with: its clock and the first day of its week."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from functools import cached_property

import duckdb
import pandas as pd

from retention_core.calendar import calendar_table
from retention_core.engines.settings import doubts, week_start_of


class StoredSettings(ABC):
    """A workspace as far as its settings go.

    week_start: first day of its week, 0 for Monday to 6 for Sunday. doubts: settings that it was kept with and that do
    not exist, in words.
    """

    week_start: int
    doubts: tuple[str, ...] = ()

    _cursor: Callable[[], AbstractContextManager[duckdb.DuckDBPyConnection]]

    @abstractmethod
    def query(self, sql: str, parameters: Mapping[str, object] | None = None) -> pd.DataFrame:
        """Return the rows of a query."""

    @abstractmethod
    def transaction(self, *, is_light: bool = False) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        """Yield a cursor whose statements take effect together or not at all."""

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
        """Return a setting of the workspace, empty where it was never set; nobody waits for memory to see one."""
        with self._cursor() as cursor:
            found = cursor.execute("SELECT value FROM settings WHERE name = $name", {"name": name}).fetchone()
        return str(found[0]) if found else ""

    def set_setting(self, name: str, value: str) -> None:
        """Keep a setting with the workspace."""
        with self.transaction(is_light=True) as cursor:
            cursor.execute("DELETE FROM settings WHERE name = $name", {"name": name})
            cursor.execute("INSERT INTO settings VALUES ($name, $value)", {"name": name, "value": value})
            if name == "time_zone":
                self._set_clock(cursor, value)
        self._doubt_settings()

    def start_weeks_on(self, week_start: int) -> None:
        """Let weeks begin on another day, 0 for Monday to 6 for Sunday, from now on."""
        self.set_setting("week_start", str(week_start))
        self.week_start = week_start
        with self.transaction(is_light=True) as cursor:
            _write_calendar(cursor, week_start)

    def _follow_settings(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Have the clock and the calendar follow the settings that the workspace was kept with."""
        self._set_clock(connection, self.setting("time_zone"))
        self.week_start = week_start_of(self.setting("week_start"), self.week_start)
        self._doubt_settings()
        _write_calendar(connection, self.week_start)

    def _set_clock(self, connection: duckdb.DuckDBPyConnection, zone: str) -> None:
        """Read local times by the clock of a zone from now on, by UTC where there is no such zone."""
        known = zone if zone in self.time_zones else "UTC"
        connection.execute(f"CREATE OR REPLACE MACRO business_zone() AS '{known}'")

    def _doubt_settings(self) -> None:
        zone = self.setting("time_zone")
        self.doubts = doubts(zone, is_known=zone in self.time_zones, week_start=self.setting("week_start"))


def _write_calendar(connection: duckdb.DuckDBPyConnection, week_start: int) -> None:
    connection.register("calendar_rows", calendar_table(week_start))
    connection.execute(
        "CREATE OR REPLACE TABLE calendar AS SELECT * REPLACE (day::DATE AS day, "
        "week_starts_on::DATE AS week_starts_on) FROM calendar_rows"
    )
    connection.unregister("calendar_rows")
