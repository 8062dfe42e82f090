"""What a workspace holds: its days, counts and segments, of the rows in force; counted once per version of the data."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import pandas as pd

from retention_core.analyses.workspace import holds
from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.engines.engine import Engine
from retention_core.engines.spark_engine import SparkEngine
from retention_core.errors import WorkspaceUnavailable
from retention_core.ingestion.loading.rejects import upload_history
from retention_core.words.say import say

T = TypeVar("T")


@dataclass(frozen=True)
class Workspace:
    """The place where somebody's data lies, and what it holds.

    name: as people chose it. is_sample: whether it is the sample shop, which nobody can change.
    """

    name: str
    engine: DuckDBEngine | SparkEngine
    is_sample: bool = False

    @property
    def cluster(self) -> SparkEngine | None:
        """The engine where the rows lie in the tables of a cluster; None where they lie here."""
        return self.engine if isinstance(self.engine, SparkEngine) else None

    def in_files(self) -> DuckDBEngine:
        """Return the engine where the rows lie in files of this workspace; nothing else can be uploaded to or changed."""
        if not isinstance(self.engine, DuckDBEngine):
            raise WorkspaceUnavailable(
                say("Nothing can be changed in “{name}”.", name=self.name),
                say("Its rows lie in tables of a cluster; Comeback only reads them."),
                say("Choose another workspace, or change the tables there."),
            )
        return self.engine

    @property
    def version(self) -> str:
        """A token of this opening of the workspace and of the data in force: whenever these change, so does it."""
        return self.engine.version

    @property
    def counts(self) -> Mapping[str, int]:
        """How many rows each canonical table has in force; of customers, those of whom a file says something."""
        return self._once(holds.counts)

    @property
    def linked(self) -> Mapping[str, int]:
        """How many rows in force know their customer; of customers, how many joined on a known day."""
        return self._once(holds.linked)

    @property
    def days(self) -> tuple[date | None, date | None]:
        """The first and the last day of all rows in force; None where there are none."""
        return self._once(holds.days)

    @property
    def as_of(self) -> date | None:
        """The last day on which anything happened: up to it the data is known; None where there is none."""
        return self.days[1]

    @property
    def segment_values(self) -> Mapping[str, list[str]]:
        """The segments that tell rows apart, each with its most frequent values."""
        return self._once(holds.segment_values)

    @property
    def absent_segments(self) -> Mapping[str, tuple[str, ...]]:
        """For each table that has rows: the segments of which none of them knows anything."""
        return self._once(holds.absent_segments)

    @property
    def has_refunds(self) -> bool:
        """Whether any order in force is a refund."""
        return self._once(holds.has_refunds)

    @property
    def is_empty(self) -> bool:
        """Whether no table holds any row."""
        return not any(self.counts.values())

    @property
    def week_start(self) -> int:
        """The first day of the week, 0 for Monday to 6 for Sunday."""
        return self.engine.week_start

    @property
    def time_zone(self) -> str:
        """The business time zone, into which moments with an offset are turned when they are loaded."""
        return self.engine.time_zone

    def has(self, table: str) -> bool:
        """Tell whether a canonical table holds any row."""
        return self.counts[table] > 0

    def rows_there(self, table: str) -> int:
        """Return how many rows of a table no later upload replaced, those of the future included."""
        return holds.rows_there(self.engine, table)

    def setting(self, name: str) -> str:
        """Return a setting kept with the workspace, empty where it was never set."""
        return self.engine.setting(name)

    def uploads(self) -> pd.DataFrame:
        """Return one row per upload, the latest first, none of a cluster; the columns are those of `upload_history`."""
        return pd.DataFrame({"upload_id": [], "file_name": []}) if self.cluster else upload_history(self.in_files())

    def _once(self, ask: Callable[[Engine], T]) -> T:
        """Ask the engine, unless it has answered that for this version of the data."""
        known, version = _ANSWERED.setdefault(self.engine, {}), self.version
        if ask not in known or known[ask][0] != version:
            known[ask] = version, ask(self.engine)
        answer: T = known[ask][1]
        return answer


# engine -> what was asked of it -> version of the data, and the answer
_ANSWERED: WeakKeyDictionary[DuckDBEngine | SparkEngine, dict[Callable[..., Any], tuple[str, Any]]] = (
    WeakKeyDictionary()
)
