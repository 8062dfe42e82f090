"""Periods of time: how days are grouped, numbered, named, and when a period is over."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from persiantools.jdatetime import JalaliDate

from retention_core.calendar import day_before, gregorian_start, jalali_start
from retention_core.errors import SettingInvalid
from retention_core.words.days import month, when
from retention_core.words.language import Calendar
from retention_core.words.say import Number, say

Unit = Literal["day", "week", "month", "quarter", "year"]

_MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True)
class Period:
    """A way to cut time into numbered stretches.

    unit: day, week, month, quarter or year. calendar: gregorian or jalali (days and weeks are the same in both).
    week_start: 0 for Monday to 6 for Sunday. year_start: the month in which a year, and its first quarter, begin; 1
    unless years are fiscal ones.
    """

    unit: Unit = "month"
    calendar: Calendar = "gregorian"
    week_start: int = 0
    year_start: int = 1

    def __post_init__(self) -> None:
        fits = 0 <= self.week_start <= 6 and 1 <= self.year_start <= 12
        if self.unit not in get_args(Unit) or self.calendar not in get_args(Calendar) or not fits:
            raise SettingInvalid(
                "This period does not exist.",
                f"We were asked for {self.unit!r} in the calendar {self.calendar!r}.",
                f"Choose one of {', '.join(get_args(Unit))} and one of {', '.join(get_args(Calendar))}.",
            )

    @property
    def sql(self) -> str:
        """The SQL over the calendar table that numbers these periods."""
        if self.unit == "week":  # by its own first day, whatever that of the workspace is
            return f"CAST(floor((calendar.day_number - 1 - {self.week_start}) / 7) AS INTEGER)"
        prefix = "jalali_" if self._is_jalali and self.unit in _MONTHS_IN else ""
        if not self._shift:
            return f"calendar.{prefix}{self.unit}_number"
        return self.of_month(f"calendar.{prefix}month_number")

    @property
    def months(self) -> int:
        """How many whole months a period has; 0 for days and weeks."""
        return _MONTHS_IN.get(self.unit, 0)

    def of_month(self, month_number: str) -> str:
        """Return the SQL of the period in which a month lies. month_number: SQL of its number in the same calendar."""
        return f"CAST(floor(({month_number} - {self._shift}) / {self.months}) AS INTEGER)"

    def number(self, day: date) -> int:
        """Return the number of the period that holds `day`."""
        if self.unit == "day":
            return day.toordinal()
        if self.unit == "week":
            return (day.toordinal() - 1 - self.week_start) // 7
        year, month = (JalaliDate(day).year, JalaliDate(day).month) if self._is_jalali else (day.year, day.month)
        return (year * 12 + month - 1 - self._shift) // _MONTHS_IN[self.unit]

    def starts_on(self, number: int) -> date:
        """Return the first day of the period with this number."""
        if self.unit == "day":
            return date.fromordinal(number)
        if self.unit == "week":
            return date.fromordinal(number * 7 + 1 + self.week_start)
        month_number = number * _MONTHS_IN[self.unit] + self._shift
        return jalali_start(month_number) if self._is_jalali else gregorian_start(month_number)

    def ends_on(self, number: int) -> date:
        """Return the last day of the period with this number."""
        return day_before(self.starts_on(number + 1))

    def is_complete(self, number: int, as_of: date) -> bool:
        """Tell whether the whole period lies within the data, which ends with the day `as_of`."""
        return self.ends_on(number) <= as_of

    def label(self, number: int) -> str:
        """Return the name of the period: `Dec 2010`, `Azar 1389`, `2010 Q4`, `6 Dec 2010` for a week or a day."""
        first = self.starts_on(number)
        if self.unit in ("day", "week"):
            return when(first)
        shown = JalaliDate(first) if self._is_jalali else first
        if self.unit == "month":
            return say("{month} {year}", month=month(shown.month, self.calendar), year=Number(str(shown.year)))
        year = number if self.unit == "year" else number // 4
        named = Number(f"{year}/{(year + 1) % 100:02}" if self._shift else str(year))
        return named if self.unit == "year" else say("{year} Q{quarter}", year=named, quarter=number % 4 + 1)

    @property
    def _shift(self) -> int:
        """Months from the first of the calendar's year to the first of the fiscal one; only where years count."""
        return self.year_start - 1 if self.unit in ("quarter", "year") else 0

    @property
    def _is_jalali(self) -> bool:
        return self.calendar == "jalali"
