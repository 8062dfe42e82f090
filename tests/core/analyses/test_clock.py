"""Which seconds count as waiting: opening hours, closed days, pauses, and nights in which the clocks are changed."""

from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from retention_core.analyses.complaints.clock import DAY, Clock, OpeningHours

HOUR = 3600
NINE_TO_FIVE = ((9 * HOUR, 17 * HOUR),)
OFFICE = (NINE_TO_FIVE,) * 5 + ((), ())
WITH_LUNCH = (((9 * HOUR, 12 * HOUR), (13 * HOUR, 17 * HOUR)),) * 5 + ((), ())
IN_IRAN = (*(NINE_TO_FIVE,) * 3, (), (), NINE_TO_FIVE, NINE_TO_FIVE)  # closed on Thursday and Friday


def clock(weekdays=OFFICE, closed=(), zone="UTC", year=2026) -> Clock:
    return Clock(OpeningHours(weekdays, frozenset(closed), zone), date(year, 1, 1), date(year, 12, 31))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("since", "until", "hours"),
    [
        ("2026-03-02 10:00", "2026-03-02 11:30", 1.5),
        ("2026-03-02 16:00", "2026-03-03 10:00", 2),  # over a night
        ("2026-03-06 16:00", "2026-03-09 10:00", 2),  # over a weekend
        ("2026-03-07 10:00", "2026-03-08 20:00", 0),  # within a weekend
        ("2026-03-02 17:00", "2026-03-03 09:00", 0),  # from closing to opening
        ("2026-03-02 03:00", "2026-03-02 23:00", 8),
        ("2026-03-03 10:00", "2026-03-02 10:00", 0),  # backwards
    ],
)
def test_only_opening_hours_count(since, until, hours) -> None:
    assert clock().used(at(since), at(until)) == hours * HOUR


def test_a_break_at_noon_and_a_closed_day_do_not_count() -> None:
    lunch = clock(WITH_LUNCH, closed=[date(2026, 3, 3)])
    assert lunch.used(at("2026-03-02 11:00"), at("2026-03-02 14:00")) == 2 * HOUR
    assert lunch.used(at("2026-03-02 16:00"), at("2026-03-04 10:00")) == 2 * HOUR


def test_the_weekend_of_iran_lies_on_thursday_and_friday() -> None:
    assert clock(IN_IRAN).used(at("2026-03-04 16:00"), at("2026-03-07 10:00")) == 2 * HOUR


def test_a_day_round_the_clock_has_the_hours_that_the_change_of_clocks_leaves_it() -> None:
    berlin = clock(OpeningHours().weekdays, zone="Europe/Berlin")
    assert berlin.used(at("2026-03-29 00:00"), at("2026-03-30 00:00")) == 23 * HOUR
    assert berlin.used(at("2026-10-25 00:00"), at("2026-10-26 00:00")) == 25 * HOUR
    assert berlin.used(at("2026-03-28 00:00"), at("2026-03-29 00:00")) == 24 * HOUR


def test_a_moment_that_a_spring_night_leaves_out_is_that_of_the_change() -> None:
    berlin = clock(OpeningHours().weekdays, zone="Europe/Berlin")
    assert berlin.used(at("2026-03-29 02:30"), at("2026-03-29 03:30")) == HOUR / 2


def test_pauses_do_not_count_where_they_lie_within_the_wait_and_the_hours() -> None:
    pauses = [
        (at("2026-03-02 08:00"), at("2026-03-02 10:30")),  # began before the wait
        (at("2026-03-02 16:30"), at("2026-03-03 09:30")),  # half an hour on either day
        (at("2026-03-05 09:00"), at("2026-03-05 10:00")),  # after it
    ]
    assert clock().used(at("2026-03-02 10:00"), at("2026-03-03 10:00"), pauses) == (8 - 0.5 - 1) * HOUR


def test_what_is_unknown_stays_unknown() -> None:
    since = pd.Series([at("2026-03-02 10:00"), pd.NaT])
    waited = clock().waited(since, pd.Series([pd.NaT, at("2026-03-02 10:00")]))
    assert np.isnan(waited).all()


def test_a_team_that_is_never_there_uses_no_time_and_nothing_is_ever_due() -> None:
    never = clock(((),) * 7)
    assert never.used(at("2026-03-02 10:00"), at("2026-05-02 10:00")) == 0
    assert never.due(at("2026-03-02 10:00"), 1) is None


def test_what_would_be_due_after_the_last_day_is_not_told() -> None:
    assert clock().due(at("2026-12-31 16:00"), 2 * HOUR) is None


def test_a_target_that_ends_with_the_hours_is_due_at_closing_time() -> None:
    assert clock().due(at("2026-03-02 15:00"), 2 * HOUR) == at("2026-03-02 17:00")
    assert clock().due(at("2026-03-02 15:00"), 2 * HOUR + 60) == at("2026-03-03 09:01")
    assert clock().due(at("2026-03-07 12:00"), 60) == at("2026-03-09 09:01")  # came on a Saturday


def test_what_is_due_is_the_first_moment_at_which_the_target_is_used() -> None:
    chance, tehran = np.random.default_rng(7), clock(IN_IRAN, closed=[date(2026, 3, 21)], zone="Asia/Tehran")
    for _ in range(200):
        since = at("2026-02-01") + timedelta(seconds=int(chance.integers(60 * DAY)))
        begin = since + timedelta(seconds=int(chance.integers(-DAY, 3 * DAY)))
        pauses = [(begin, begin + timedelta(seconds=int(chance.integers(1, 2 * DAY))))]
        target = int(chance.integers(1, 40 * HOUR))
        due = tehran.due(since, target, pauses)
        assert due is not None
        assert tehran.used(since, due, pauses) == pytest.approx(target, abs=1e-3)
        assert tehran.used(since, due - timedelta(seconds=1), pauses) < target


def by_the_minute(hours: OpeningHours, since: datetime, until: datetime) -> int:
    """Count the open minutes one by one, as somebody with a watch would."""
    minutes = (since + timedelta(minutes=number) for number in range(int((until - since).total_seconds() // 60)))
    return sum(
        any(begin <= each.hour * HOUR + each.minute * 60 < end for begin, end in hours.of_day(each.date()))
        for each in minutes
    )


def test_many_waits_at_once_are_those_counted_minute_by_minute() -> None:
    chance = np.random.default_rng(3)
    hours = OpeningHours((*WITH_LUNCH[:4], ((0, DAY),), (), ((20 * HOUR, DAY),)), frozenset([date(2026, 6, 4)]))
    since = [at("2026-06-01") + timedelta(minutes=int(each)) for each in chance.integers(10_000, size=40)]
    until = [
        each + timedelta(minutes=int(more)) for each, more in zip(since, chance.integers(15_000, size=40), strict=True)
    ]
    waited = Clock(hours, date(2026, 5, 1), date(2026, 7, 31)).waited(pd.Series(since), pd.Series(until))
    counted = [by_the_minute(hours, *pair) * 60 for pair in zip(since, until, strict=True)]
    assert waited == pytest.approx(counted)
