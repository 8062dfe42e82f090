"""The calendar as a table: one row per day, with its periods in the Gregorian and the Jalali calendar."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

import pandas as pd
from persiantools.jdatetime import JalaliDate

FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(2100, 12, 31)


def _jalali_days(first: date, last: date) -> Iterator[tuple[int, int, int]]:
    """Yield year, month and day of the Jalali calendar for each day from `first` to `last`."""
    start = JalaliDate(first)
    for year in range(start.year, JalaliDate(last).year + 1):
        for month in range(1, 13):
            for day in range(1, JalaliDate.days_in_month(month, year) + 1):
                if (year, month, day) >= (start.year, start.month, start.day):
                    yield year, month, day


@lru_cache(maxsize=8)
def calendar_table(week_start: int = 0) -> pd.DataFrame:
    """Return one row per day from 1900 to 2100.

    day: the date. week_number, month_number, quarter_number, year_number and their jalali_ twins (there is no
    Jalali week): integers that grow by one from a period to the next, so that a difference is a number of periods.
    week_starts_on: first day of the week. jalali_year, jalali_month, jalali_day: the day as written in a Jalali date.
    week_start: 0 for Monday to 6 for Sunday.
    Source of the Jalali calendar: persiantools; compared with ICU's Persian calendar in the tests.
    """
    days = pd.date_range(FIRST_DAY, LAST_DAY, unit="s")
    jalali = pd.DataFrame(
        [parts for parts, _ in zip(_jalali_days(FIRST_DAY, LAST_DAY), range(len(days)), strict=False)],
        columns=["jalali_year", "jalali_month", "jalali_day"],
        dtype="int32",
    )
    ordinal = pd.Series(range(FIRST_DAY.toordinal(), LAST_DAY.toordinal() + 1), dtype="int32")
    week_number = (ordinal - 1 - week_start) // 7
    month_number = pd.Series(days.year * 12 + days.month - 1, dtype="int32")
    jalali_month_number = jalali["jalali_year"] * 12 + jalali["jalali_month"] - 1
    return pd.DataFrame(
        {
            "day": pd.Series(days),
            "day_number": ordinal,
            "week_number": week_number,
            "week_starts_on": pd.Series(days) - pd.to_timedelta((ordinal - 1 - week_start) % 7, unit="D"),
            "month_number": month_number,
            "quarter_number": month_number // 3,
            "year_number": month_number // 12,
            "jalali_month_number": jalali_month_number,
            "jalali_quarter_number": jalali_month_number // 3,
            "jalali_year_number": jalali["jalali_year"],
            **{name: jalali[name] for name in jalali.columns},
        }
    )


def jalali_start(month_number: int) -> date:
    """Return the first Gregorian day of the Jalali month with this number (year x 12 + month - 1)."""
    return JalaliDate(month_number // 12, month_number % 12 + 1, 1).to_gregorian()


def gregorian_start(month_number: int) -> date:
    """Return the first day of the Gregorian month with this number (year x 12 + month - 1)."""
    return date(month_number // 12, month_number % 12 + 1, 1)


def day_before(day: date) -> date:
    """Return the day before `day`."""
    return day - timedelta(days=1)
