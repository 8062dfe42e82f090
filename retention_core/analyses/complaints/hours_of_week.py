"""When do complaints come, and when are they answered? By weekday and hour."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from retention_core.analyses.complaints.response_times import ANSWERED_AT, WAITED_FOR, ResponseQuestion, known_until
from retention_core.analyses.steps import Filling, kept_rows, statement
from retention_core.engines.engine import Engine
from retention_core.observed import observed

Event = Literal["opened", "answered"]

EVENTS: tuple[Event, ...] = ("opened", "answered")


@dataclass(frozen=True)
class HoursOfWeek:
    """The answer. rows: one row per event (`opened`, `answered`), weekday (0 is Monday) and hour_of_day with any: complaints,
    and with_time (of those, how many have more than a day as their moment).
    """

    question: ResponseQuestion
    rows: pd.DataFrame

    def has_hours(self, event: Event) -> bool:
        """Whether the hour of an event is known of any complaint."""
        return not self.rows.empty and bool(self.rows["with_time"][self.rows["event"] == event].sum())

    def counts(self, event: Event) -> np.ndarray:
        """Return how many complaints had an event: seven rows, by the first day of the week, and 24 hours."""
        found = np.zeros((7, 24), dtype=np.int64)
        own = self.rows[self.rows["event"] == event] if not self.rows.empty else self.rows
        if not own.empty:
            found[own["weekday"].to_numpy(int), own["hour_of_day"].to_numpy(int)] = own["complaints"]
        return np.roll(found, -self.question.period.week_start, axis=0)

    @property
    def weekdays(self) -> tuple[int, ...]:
        """The weekdays in order, 0 for Monday, from that with which a week begins."""
        return tuple((self.question.period.week_start + number) % 7 for number in range(7))


def hours_of_week(engine: Engine, question: ResponseQuestion) -> HoursOfWeek:
    """Return when complaints come and are answered, by the clock of the workspace."""
    seen = observed(engine, question.filters, "complaints")
    if seen is None:
        return HoursOfWeek(question, pd.DataFrame())
    values = seen.values("first_day", "last_day") | {"known_until": known_until(engine, seen.as_of)}
    holes: dict[str, Filling] = {
        "complaints_looked_at": question.filters.conditions("complaints"),
        "answered_at": ANSWERED_AT[question.awaited],
    }
    steps = {"awaited": WAITED_FOR[question.awaited]}
    return HoursOfWeek(question, kept_rows(engine, *statement("hours_of_week", holes, values, steps)))
