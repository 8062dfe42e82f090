"""What is looked at: dates, segments and refunds, as conditions with bound values."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from retention_core.errors import SettingInvalid
from retention_core.periods import Period
from retention_core.tables import TABLES
from retention_core.words.lists import listed
from retention_core.words.say import say

CompareWith = Literal["last_year", "before"]


@dataclass(frozen=True)
class Filters:
    """The shared filters of every page.

    first_day, last_day: who is looked at, both days included, None is open: customers by their first purchase,
    complaints by their opening, answers by their day. as_of: the last day of the data that is taken as known; nothing
    after it exists. segments: column -> values kept. count_refunds: whether a refund counts as a visit of the customer.
    absent: table -> segments of which its rows know nothing, so that it is not filtered by them. compare_with: what the
    youngest stretch is compared with, the same time last year (where the data reaches so far
    back) or the stretch before it.
    """

    first_day: date | None = None
    last_day: date | None = None
    as_of: date | None = None
    segments: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    count_refunds: bool = False
    compare_with: CompareWith = "last_year"
    absent: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def whole(self, period: Period) -> "Filters":
        """Return the same with whole periods: from the start of that of the first day to the end of that of the last."""
        first = self.first_day and period.starts_on(period.number(self.first_day))
        return replace(self, first_day=first, last_day=self.last_day and period.ends_on(period.number(self.last_day)))

    def conditions(self, table: str) -> tuple[str, dict[str, object]]:
        """Return a SQL condition for rows of `table`, and the values it binds.

        The condition holds segments, refunds and `as_of`; the dates are left to each analysis, which knows the
        moment it looks at. Names of columns come from the canonical tables, values are bound.
        """
        parts, values = ["1 = 1"], dict[str, object]()
        if self.as_of is not None:
            parts.append(f"{table}.day <= $as_of")
            values["as_of"] = self.as_of
        if table == "orders" and not self.count_refunds:
            parts.append("NOT orders.is_refund")
        for column, chosen in sorted(self.for_table(table).items()):
            names = [f"{column}_{index}" for index in range(len(chosen))]
            parts.append(f"{table}.{column} IN ({', '.join('$' + name for name in names)})")
            values.update(zip(names, chosen, strict=True))
        return " AND ".join(parts), values

    def for_table(self, table: str) -> dict[str, tuple[str, ...]]:
        """Return the segments that `table` has and its rows know; a segment that no table has is an error."""
        known = {column.name for each in TABLES.values() for column in each.segments()}
        unknown = set(self.segments) - known
        if unknown:
            raise SettingInvalid(
                say("This filter does not exist."),
                say("No table has the segment '{name}'.", name=min(unknown)),
                say("Segments are: {names}.", names=listed(sorted(known))),
            )
        own = {column.name for column in TABLES[table].segments()} - set(self.absent.get(table, ()))
        return {name: tuple(values) for name, values in self.segments.items() if name in own and values}
