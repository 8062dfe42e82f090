"""Periods: numbering, bounds, names, completeness, in both calendars."""

from datetime import date, timedelta

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retention_core.calendar import calendar_table
from retention_core.errors import SettingInvalid
from retention_core.periods import Period

DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))
PERIODS = st.builds(
    Period,
    st.sampled_from(["day", "week", "month", "quarter", "year"]),
    st.sampled_from(["gregorian", "jalali"]),
    st.integers(0, 6),
    st.integers(1, 12),
)


@pytest.mark.parametrize(
    ("period", "day", "first", "last", "label"),
    [
        (Period("month"), date(2011, 12, 9), date(2011, 12, 1), date(2011, 12, 31), "Dec 2011"),
        (Period("month"), date(2024, 2, 29), date(2024, 2, 1), date(2024, 2, 29), "Feb 2024"),
        (Period("quarter"), date(2011, 12, 9), date(2011, 10, 1), date(2011, 12, 31), "2011 Q4"),
        (Period("year"), date(2011, 12, 9), date(2011, 1, 1), date(2011, 12, 31), "2011"),
        (Period("week", week_start=0), date(2020, 6, 14), date(2020, 6, 8), date(2020, 6, 14), "8 Jun 2020"),
        (Period("week", week_start=6), date(2020, 6, 14), date(2020, 6, 14), date(2020, 6, 20), "14 Jun 2020"),
        (Period("week", week_start=5), date(2020, 6, 14), date(2020, 6, 13), date(2020, 6, 19), "13 Jun 2020"),
        (Period("day"), date(2020, 6, 14), date(2020, 6, 14), date(2020, 6, 14), "14 Jun 2020"),
        # 1 Farvardin 1404 was 21 March 2025; the year before, 1403, was a leap year with 30 Esfand.
        (Period("month", "jalali"), date(2025, 3, 21), date(2025, 3, 21), date(2025, 4, 20), "Farvardin 1404"),
        (Period("month", "jalali"), date(2025, 3, 20), date(2025, 2, 19), date(2025, 3, 20), "Esfand 1403"),
        (Period("year", "jalali"), date(2025, 3, 20), date(2024, 3, 20), date(2025, 3, 20), "1403"),
        (Period("quarter", "jalali"), date(2025, 3, 21), date(2025, 3, 21), date(2025, 6, 21), "1404 Q1"),
    ],
)
def test_a_period_knows_its_first_and_last_day_and_its_name(period, day, first, last, label) -> None:
    number = period.number(day)
    assert (period.starts_on(number), period.ends_on(number), period.label(number)) == (first, last, label)


@given(PERIODS, DAYS)
def test_a_day_lies_within_its_period_and_the_next_period_begins_where_it_ends(period: Period, day: date) -> None:
    number = period.number(day)
    assert period.starts_on(number) <= day <= period.ends_on(number)
    assert period.number(period.ends_on(number) + timedelta(days=1)) == number + 1


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(period=PERIODS, day=DAYS)
def test_the_calendar_table_numbers_periods_as_python_does(engine, period: Period, day: date) -> None:
    found = engine.query(f"SELECT {period.sql} AS number FROM calendar WHERE day = $day", {"day": day})
    assert int(found["number"].iloc[0]) == period.number(day)


def test_a_period_is_complete_on_its_last_day_and_not_before() -> None:
    month = Period("month")
    december = month.number(date(2011, 12, 9))
    assert not month.is_complete(december, date(2011, 12, 30))
    assert month.is_complete(december, date(2011, 12, 31))


def test_a_period_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(SettingInvalid, match="does not exist"):
        Period("fortnight")


def test_the_jalali_calendar_agrees_with_icu_on_every_day_of_the_years_2000_to_2040() -> None:
    icu = duckdb.connect()
    icu.execute("SET TimeZone = 'UTC'; SET Calendar = 'persian'")
    rows = icu.execute(
        "SELECT extract('year' FROM day) AS year, extract('month' FROM day) AS month, extract('day' FROM day) AS day_of_month "
        "FROM (SELECT TIMESTAMPTZ '2000-01-01 12:00:00+00' + to_hours(24 * range) AS day FROM range(14976))"
    ).df()
    table = calendar_table()
    ours = table[table["day"] >= "2000-01-01"].head(14976)
    for theirs, own in (("year", "jalali_year"), ("month", "jalali_month"), ("day_of_month", "jalali_day")):
        assert list(rows[theirs]) == list(ours[own])
