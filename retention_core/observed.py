"""What is looked at and how far it can be followed: made here alone, for every question."""

from dataclasses import dataclass
from datetime import date

from retention_core.analyses.workspace.holds import last_day
from retention_core.engines.engine import Engine
from retention_core.filters import Filters


@dataclass(frozen=True)
class Observed:
    """The stretch of time of one question.

    first_day, last_day: who is looked at, both days included: customers by their first purchase, complaints by their
    opening, answers by their day; `date.min` where nothing limits the beginning. as_of: the last day up to which they
    are followed; nothing after it is known. data_until: the last day of the data, whatever is asked.
    """

    first_day: date
    last_day: date
    as_of: date
    data_until: date

    def values(self, *names: str) -> dict[str, object]:
        """Return the days as SQL binds them: `first_day`, `last_day`, `as_of` as dates, `first_number` and so on as numbers.

        names: those that a statement binds.
        """
        days = {"first": self.first_day, "last": self.last_day, "as_of": self.as_of}
        dates: dict[str, object] = {"first_day": self.first_day, "last_day": self.last_day, "as_of": self.as_of}
        known = dates | {f"{name}_number": day.toordinal() for name, day in days.items()}
        return {name: known[name] for name in names}

    @property
    def left_out(self) -> "LeftOut":
        """The days of the data that the question does not look at."""
        return LeftOut(
            before=self.first_day if self.first_day > date.min else None,
            after=self.last_day if self.last_day < self.as_of else None,
            unknown_after=self.as_of if self.as_of < self.data_until else None,
        )


@dataclass(frozen=True)
class LeftOut:
    """What a question leaves out, as days; None where that leaves out nothing.

    before: who began before this day. after: who began after this day. unknown_after: all that happened after this day,
    though the data goes on.
    """

    before: date | None
    after: date | None
    unknown_after: date | None


def observed(engine: Engine, filters: Filters, table: str = "orders") -> Observed | None:
    """Return the stretch of time of a question about `table`; None where the table is empty.

    table: orders or complaints, whose last day the data is known up to, unless the filters say an earlier one.
    """
    until = last_day(engine, table)
    as_of = filters.as_of or until
    if as_of is None:
        return None
    last = min(filters.last_day or as_of, as_of)
    return Observed(filters.first_day or date.min, last, as_of, until or as_of)
