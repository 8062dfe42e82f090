"""What is looked at and how far it can be followed: made here alone, for every question."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from retention_core.engines.engine import Engine
from retention_core.filters import Filters

# table -> SQL of the last moment of one row, where that is not its day
LATEST = {"complaints": "greatest(opened_at, first_response_at, resolved_at)"}


@dataclass(frozen=True)
class Observed:
    """The stretch of time of one question.

    first_day, last_day: who is looked at, both days included: customers by their first purchase, complaints by their
    opening, answers by their day. as_of: the last day up to which they are followed; nothing after it is known.
    """

    first_day: date
    last_day: date
    as_of: date

    @property
    def values(self) -> dict[str, object]:
        """The days as SQL binds them, as dates and as numbers of the calendar."""
        days = {"first": self.first_day, "last": self.last_day, "as_of": self.as_of}
        dates: dict[str, object] = {"first_day": self.first_day, "last_day": self.last_day, "as_of": self.as_of}
        return dates | {f"{name}_number": day.toordinal() for name, day in days.items()}


def observed(engine: Engine, filters: Filters, table: str = "orders") -> Observed | None:
    """Return the stretch of time of a question about `table`; None where the table is empty.

    table: orders or complaints, whose last day the data is known up to, unless the filters say an earlier one.
    """
    as_of = filters.as_of or last_day(engine, table)
    if as_of is None:
        return None
    return Observed(filters.first_day or date.min, min(filters.last_day or as_of, as_of), as_of)


def last_day(engine: Engine, table: str = "orders") -> date | None:
    """Return the last day on which anything of the table happened; None where it is empty.

    For complaints: an opening, a first response or a resolution.
    """
    day = engine.query(f"SELECT CAST(max({LATEST.get(table, 'day')}) AS DATE) AS last_day FROM {table}").iloc[0, 0]
    return None if pd.isna(day) else pd.Timestamp(day).date()
