"""Who waits now, and how much is left until each crosses the limit?"""

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from retention_core.analyses.complaints.response_times import DAY, WAITED_FOR, ResponseQuestion, known_until
from retention_core.analyses.steps import kept_rows, statement
from retention_core.engines.engine import Engine
from retention_core.observed import observed


@dataclass(frozen=True)
class OpenNow:
    """The answer.

    complaints: one row per open complaint, the longest wait first, with complaint_id, customer, opened_at, wait_seconds
    (until the end of the day as_of), seconds_left (to the limit, negative where it has passed), due_at (the moment of the
    limit, by the clock of the workspace), customer_value (what the customer has spent so far), reason, channel, team,
    employee, severity, last_touch_at (the later of first response and follow-up; missing where there is none) and
    complaints_before (of the same customer, whatever the filters). least_value: from which sum on a customer belongs to
    the tenth who have spent most; None where no tenth stands out. as_of: the last day of the data.
    """

    question: ResponseQuestion
    complaints: pd.DataFrame
    least_value: float | None
    as_of: date | None

    @property
    def over(self) -> pd.DataFrame:
        """Those that have waited for longer than the limit."""
        return self.complaints[self.complaints["seconds_left"] < 0]

    @property
    def is_by_day(self) -> bool:
        """Whether only the days of opening are known: every moment is a midnight."""
        opened = pd.to_datetime(self.complaints["opened_at"])
        return bool(len(opened)) and bool((opened == opened.dt.normalize()).all())

    def crossing(self, days: int) -> pd.DataFrame:
        """Return those that cross the limit within so many days after the last one, the soonest first."""
        left = self.complaints["seconds_left"]
        return self.complaints[(left >= 0) & (left < days * DAY)]

    def of_top_tenth(self, complaints: pd.DataFrame) -> int:
        """Return how many of these complaints are of customers among the tenth who have spent most."""
        if self.least_value is None:
            return 0
        return int((complaints["customer_value"].astype(float) >= self.least_value).sum())


def open_now(engine: Engine, question: ResponseQuestion) -> OpenNow:
    """Return every open complaint among those looked at; they are the open ones of `response_times`."""
    seen = observed(engine, question.filters, "complaints")
    if seen is None:
        return OpenNow(question, pd.DataFrame(), None, None)
    days = seen.values("first_day", "last_day", "as_of")
    ends = {"known_until": known_until(engine, seen.as_of), "next_day": seen.as_of + timedelta(days=1)}
    holes = {"complaints_looked_at": question.filters.conditions("complaints")}
    steps = {"awaited": WAITED_FOR[question.awaited], "chosen": "open_waits"}
    found = engine.query(*statement("open_now", holes, days | ends, steps))
    tenth = kept_rows(engine, *statement("top_tenth", values=seen.values("as_of")))  # whatever the filters
    least = tenth["least_value"].iloc[0]
    rows = _with_what_is_left(found, question.limit_days * DAY, engine.time_zone)
    return OpenNow(question, rows, None if pd.isna(least) else float(least), seen.as_of)


def _with_what_is_left(found: pd.DataFrame, limit: int, zone: str) -> pd.DataFrame:
    """Return the complaints with what is left to the limit. limit: in seconds. zone: whose clock tells `due_at`."""
    due = pd.to_datetime(found["opened_second"].astype("int64") + limit, unit="s", utc=True)
    rows = found.assign(
        seconds_left=limit - found["wait_seconds"],
        due_at=due.dt.tz_convert(zone).dt.tz_localize(None),
    )
    return rows.drop(columns="opened_second")
