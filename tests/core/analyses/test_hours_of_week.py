"""When complaints come and are answered, on a handful of them."""

from datetime import date

from retention_core.analyses.complaints.hours_of_week import hours_of_week
from retention_core.analyses.complaints.response_times import ResponseQuestion
from retention_core.filters import Filters
from retention_core.periods import Period
from tests.tables import add_complaints

# 5 January 2026 is a Monday.
COMPLAINTS = [
    ("ann", "2026-01-05 10:15", "2026-01-05 11:59", "2026-01-06 23:00"),
    ("bob", "2026-01-12 10:59", None, "2026-01-13 23:30"),
    ("cid", "2026-01-11 00:00", None, None),
]


def test_complaints_are_counted_by_weekday_and_hour(engine) -> None:
    add_complaints(engine, COMPLAINTS)
    hours = hours_of_week(engine, ResponseQuestion())
    opened, answered = hours.counts("opened"), hours.counts("answered")
    assert (opened[0, 10], opened[6, 0], opened.sum()) == (2, 1, 3)
    assert (answered[1, 23], answered.sum()) == (2, 2)


def test_the_first_response_has_hours_of_its_own(engine) -> None:
    add_complaints(engine, COMPLAINTS)
    answered = hours_of_week(engine, ResponseQuestion("first_response")).counts("answered")
    assert (answered[0, 11], answered.sum()) == (1, 1)


def test_weeks_begin_as_the_workspace_says(engine) -> None:
    add_complaints(engine, COMPLAINTS)
    hours = hours_of_week(engine, ResponseQuestion(period=Period("week", week_start=5)))
    assert hours.weekdays == (5, 6, 0, 1, 2, 3, 4)
    assert hours.counts("opened")[2, 10] == 2


def test_moments_that_are_only_days_have_no_hours(engine) -> None:
    add_complaints(engine, [("ann", "2026-01-05 09:00", None, "2026-01-06"), ("bob", "2026-01-06", None, "2026-01-09")])
    hours = hours_of_week(engine, ResponseQuestion())
    assert hours.has_hours("opened")
    assert not hours.has_hours("answered")


def test_as_of_an_earlier_day_later_answers_have_not_come(engine) -> None:
    add_complaints(engine, COMPLAINTS)
    hours = hours_of_week(engine, ResponseQuestion(filters=Filters(as_of=date(2026, 1, 12))))
    assert hours.counts("answered").sum() == 1


def test_without_complaints_there_is_nothing_and_no_error(engine) -> None:
    hours = hours_of_week(engine, ResponseQuestion())
    assert not hours.has_hours("opened")
    assert hours.counts("opened").sum() == 0
