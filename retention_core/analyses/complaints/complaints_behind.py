"""Which complaints stand behind a figure?"""

from dataclasses import dataclass
from datetime import timedelta

import pandas as pd

from retention_core.analyses.complaints.response_times import WAITED_FOR, ResponseQuestion, known_until
from retention_core.analyses.steps import Filling, statement
from retention_core.engines.engine import Engine
from retention_core.observed import observed

LIMIT = 5000


@dataclass(frozen=True)
class OfSegment:
    """The complaints of one value of a segment. column: of complaints. value: None for those of which it is unknown.
    but_not: where it names any, all with another value than these.
    """

    column: str
    value: str | None = None
    but_not: tuple[str, ...] = ()

    @property
    def condition(self) -> tuple[str, dict[str, object]]:
        """The SQL condition of the complaints, and the values that it binds."""
        if self.but_not:
            names = [f"but_not_{number}" for number in range(len(self.but_not))]
            places = ", ".join(f"${name}" for name in names)
            return f"complaints.{self.column} NOT IN ({places})", dict(zip(names, self.but_not, strict=True))
        if self.value is None:
            return f"complaints.{self.column} IS NULL", {}
        return f"complaints.{self.column} = $segment_value", {"segment_value": self.value}


def complaints_behind(
    engine: Engine,
    question: ResponseQuestion,
    *,
    period_number: int | None = None,
    only_open: bool = False,
    only_apart: bool = False,
    of_segment: OfSegment | None = None,
) -> pd.DataFrame:
    """Return one row per complaint, at most 5,000, open ones first and the longest wait first.

    Columns: complaint_id, customer, opened_at, first_response_at, resolved_at, closed_at (each missing where it lies
    after the last day), is_open, is_apart (closed while the moment asked about is unknown), wait_seconds (negative: a
    data error; missing where is_apart), customer_value (what the customer has spent by then), reason, team, employee.
    period_number: only those opened in that period. only_open, only_apart: only those.
    of_segment: only those of one of its values.
    """
    seen, period = observed(engine, question.filters, "complaints"), question.period
    if seen is None:
        return pd.DataFrame()
    values = seen.values("first_day", "last_day", "as_of")
    values |= {"known_until": known_until(engine, seen.as_of), "next_day": seen.as_of + timedelta(days=1)}
    values |= {"only_open": int(only_open), "only_apart": int(only_apart), "most": LIMIT}
    if period_number is not None:
        values["first_day"] = max(seen.first_day, period.starts_on(period_number))
        values["last_day"] = min(seen.last_day, period.ends_on(period_number))
    condition, bound = question.filters.conditions("complaints")
    if of_segment is not None:
        own, own_bound = of_segment.condition
        condition, bound = f"{condition} AND {own}", bound | own_bound
    holes: dict[str, Filling] = {"complaints_looked_at": (condition, bound)}
    steps = {"awaited": WAITED_FOR[question.awaited], "chosen": "complaints_looked_at"}
    return engine.query(*statement("complaints_behind", holes, values, steps))
