"""Waits are the time that passed, also in the night in which the clock is changed; days are local."""

from datetime import date, datetime

import pytest

from retention_core.analyses.complaints.response_times import ResponseQuestion, response_times
from retention_core.analyses.customers.cohort_question import CohortQuestion
from retention_core.analyses.customers.cohort_retention import cohort_retention
from retention_core.filters import Filters
from retention_core.ingestion.checking.check_rows import findings
from retention_core.ingestion.loading.upload import understand_file, upload
from retention_core.periods import Period
from tests.core.ingestion.files import csv_file
from tests.tables import add_complaints, add_orders

AT = datetime(2026, 6, 1)
MINUTE, HOUR = 60, 3600
BERLIN, NEW_YORK, TEHRAN = "Europe/Berlin", "America/New_York", "Asia/Tehran"


def waits(engine) -> list[int | None]:
    """Return the seconds until the first response, by the moment of opening as it was put in."""
    told = engine.query("SELECT first_response_second - opened_second AS w FROM complaints ORDER BY row_number")["w"]
    return [
        None if each != each or each is None else int(each) for each in told.astype(object).where(told.notna(), None)
    ]


@pytest.mark.parametrize(
    ("zone", "opened", "answered", "seconds"),
    [
        # 26 October 2025, 3:00 becomes 2:00
        (BERLIN, "2025-10-26 02:50", "2025-10-26 02:10", 20 * MINUTE),  # summer, then winter time
        (BERLIN, "2025-10-26 02:10", "2025-10-26 02:50", 40 * MINUTE),  # both may be either: the nearest
        (BERLIN, "2025-10-26 01:30", "2025-10-26 03:30", 3 * HOUR),
        (BERLIN, "2025-10-26 01:30", "2025-10-26 02:30", 1 * HOUR),  # or 2 hours: the nearest
        (BERLIN, "2025-10-26 02:30", "2025-10-26 03:30", 1 * HOUR),  # or 2 hours: the nearest
        (BERLIN, "2025-10-25 12:00", "2025-10-26 12:00", 25 * HOUR),
        (BERLIN, "2025-10-26 03:10", "2025-10-26 02:40", -30 * MINUTE),  # before it, whatever the clock: an error
        # 30 March 2025, 2:00 becomes 3:00
        (BERLIN, "2025-03-30 01:30", "2025-03-30 03:30", 1 * HOUR),
        (BERLIN, "2025-03-30 01:50", "2025-03-30 02:10", 20 * MINUTE),  # 2:10 does not exist: by the clock before
        (BERLIN, "2025-03-29 12:00", "2025-03-30 12:00", 23 * HOUR),
        # 2 November 2025, 2:00 becomes 1:00
        (NEW_YORK, "2025-11-02 01:50", "2025-11-02 01:10", 20 * MINUTE),
        (NEW_YORK, "2025-11-01 23:30", "2025-11-02 03:30", 5 * HOUR),
        (NEW_YORK, "2025-03-09 01:30", "2025-03-09 03:30", 1 * HOUR),
        # no change since September 2022, when 0:00 became 23:00
        (TEHRAN, "2025-09-21 23:50", "2025-09-22 00:10", 20 * MINUTE),
        (TEHRAN, "2026-03-21 12:00", "2026-03-22 12:00", 24 * HOUR),
        (TEHRAN, "2022-09-21 23:50", "2022-09-21 23:10", 20 * MINUTE),
        # a zone without changes, and none
        ("UTC", "2025-10-26 01:30", "2025-10-26 03:30", 2 * HOUR),
        ("", "2025-10-26 02:50", "2025-10-26 02:10", -40 * MINUTE),
    ],
)
def test_a_wait_is_the_time_that_passed_by_the_clock_of_the_workspace(engine, zone, opened, answered, seconds) -> None:
    engine.set_setting("time_zone", zone)
    add_complaints(engine, [("ann", opened, answered, None)])
    assert waits(engine) == [seconds]
    day = engine.query("SELECT day::VARCHAR AS day FROM complaints")["day"].iloc[0]
    assert day == opened[:10]


def test_an_opening_in_the_hour_that_comes_twice_lies_before_both_of_its_ends(engine) -> None:
    engine.set_setting("time_zone", BERLIN)
    add_complaints(engine, [("ann", "2025-10-26 02:50", "2025-10-26 02:10", "2025-10-26 03:30")])
    told = engine.query("SELECT resolved_second - opened_second AS w FROM complaints")["w"]
    assert (waits(engine), told.tolist()) == ([20 * MINUTE], [100 * MINUTE])


def test_no_wait_of_that_night_is_a_data_error_and_none_is_noticed(engine, tmp_path) -> None:
    engine.set_setting("time_zone", BERLIN)
    text = "ticket id,customer,opened at,resolved at\n"
    text += "1,A,2025-10-26 02:50:00,2025-10-26 02:10:00\n2,B,2025-10-25 10:00:00,2025-10-25 11:00:00\n"
    understood = understand_file(engine, csv_file(tmp_path, text))
    assert findings(engine, understood, AT.date()) == []
    upload(engine, csv_file(tmp_path, text), AT)
    times = response_times(engine, ResponseQuestion())
    assert (times.data_errors, times.overall["median_seconds"]) == (0, 20 * MINUTE)


@pytest.mark.parametrize("zone", [NEW_YORK, BERLIN, TEHRAN, ""])
def test_an_open_complaint_has_waited_until_the_end_of_the_last_day_by_the_same_clock(engine, zone) -> None:
    engine.set_setting("time_zone", zone)
    add_complaints(
        engine, [("ann", "2025-07-01 23:30", None, None), ("bob", "2025-07-01 22:30", "2025-07-02 00:30", None)]
    )
    times = response_times(engine, ResponseQuestion("first_response", filters=Filters(as_of=date(2025, 7, 1))))
    assert (times.data_errors, times.overall["still_open"]) == (0, 2)
    assert sorted(times.open_waits["wait_seconds"]) == [30 * MINUTE, 90 * MINUTE]


def test_windows_of_a_day_are_the_time_that_passed(engine) -> None:
    orders = [("ann", "2025-10-25 12:00", 1.0), ("ann", "2025-10-26 11:30", 1.0), ("x", "2025-10-28 12:00", 1.0)]
    add_orders(engine, orders)
    question = CohortQuestion(Period("day"), own_windows=True)
    assert cohort_retention(engine, question).counts()[0][:2] == [1, 0]  # 23.5 hours by the clock: window 0
    engine.set_setting("time_zone", BERLIN)
    assert cohort_retention(engine, question).counts()[0][:2] == [1, 1]  # 24.5 hours passed: window 1


def test_another_zone_changes_waits_over_a_change_of_the_clock_and_nothing_stored(engine) -> None:
    add_complaints(engine, [("ann", "2025-10-26 02:50", "2025-10-26 02:10", None)])
    for zone, seconds in ((BERLIN, 20 * MINUTE), (TEHRAN, -40 * MINUTE), (BERLIN, 20 * MINUTE), ("", -40 * MINUTE)):
        engine.set_setting("time_zone", zone)
        assert waits(engine) == [seconds]


def test_a_zone_that_does_not_exist_is_none(engine) -> None:
    add_complaints(engine, [("ann", "2025-10-26 02:50", "2025-10-26 02:10", None)])
    engine.set_setting("time_zone", "Mars/Olympus'; DROP TABLE stored_orders; --")
    assert waits(engine) == [-40 * MINUTE]


@pytest.mark.parametrize(("first", "then"), [("", ""), (BERLIN, BERLIN), (BERLIN, TEHRAN), ("", BERLIN)])
def test_what_a_file_tells_of_the_time_that_passed_holds_in_every_zone(engine, tmp_path, first, then) -> None:
    text = (
        "ticket id,customer,opened at,first response at\n"
        "1,A,2025-10-25T12:00:00+02:00,2025-10-26T12:00:00+01:00\n"  # 25 hours
        "2,A,2025-10-26T02:50:00+02:00,2025-10-26T02:10:00+01:00\n"  # 20 minutes
        "3,A,2025-10-26T02:10:00+01:00,2025-10-26T12:00:00Z\n"  # 01:10 to 12:00 in UTC
    )
    engine.set_setting("time_zone", first)
    upload(engine, csv_file(tmp_path, text), AT)
    engine.set_setting("time_zone", then)
    assert waits(engine) == [25 * HOUR, 20 * MINUTE, 10 * HOUR + 50 * MINUTE]


def test_seconds_since_1970_are_told_in_every_zone(engine, tmp_path) -> None:
    text = "ticket id,customer,opened at,first response at\n"
    text += "1,A,1761364800,1761454800\n"  # 25 October 2025 4:00 in UTC, 25 hours later
    upload(engine, csv_file(tmp_path, text), AT)
    engine.set_setting("time_zone", BERLIN)
    assert waits(engine) == [25 * HOUR]


def test_an_end_with_an_offset_is_shown_by_the_clock_of_the_workspace(engine, tmp_path) -> None:
    text = "ticket id,customer,opened at,resolved at\n1,A,2025-07-01T10:00:00Z,2025-11-01T22:30:00Z\n"
    engine.set_setting("time_zone", BERLIN)
    upload(engine, csv_file(tmp_path, text), AT)
    told = engine.query("SELECT resolved_at::VARCHAR AS r, resolved_second - opened_second AS w FROM complaints").iloc[
        0
    ]
    assert told.tolist() == ["2025-11-01 23:30:00", (123 * 24 + 12) * HOUR + 30 * MINUTE]


def test_a_length_is_the_wait_whatever_the_clock_did(engine, tmp_path) -> None:
    text = (
        "ticket id,customer,created at,first reply at,first reply time in minutes\n"
        "1,K,2025-10-26 01:30,2025-10-26 03:30,180\n2,L,2025-10-26 01:30,,180\n3,M,2026-01-03 10:00,,\n"
    )
    engine.set_setting("time_zone", BERLIN)
    upload(engine, csv_file(tmp_path, text), AT)
    assert waits(engine) == [3 * HOUR, 3 * HOUR, None]
