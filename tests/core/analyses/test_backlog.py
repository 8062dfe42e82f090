"""Opened, answered and open at the end of each day, on a handful of complaints."""

from datetime import date

import pytest

from retention_core.analyses.complaints.backlog import backlog
from retention_core.analyses.complaints.response_times import ResponseQuestion, response_times
from retention_core.filters import Filters
from retention_core.periods import Period
from tests.tables import add_complaints

COUNTS = ["opened", "closed_apart", "answered", "open_at_end"]
# ann waits a day, bob three; cid is closed at a moment unknown; dan is open; eve was answered before she asked.
COMPLAINTS = [
    ("ann", "2026-01-05 10:00", None, "2026-01-06 10:00"),
    ("bob", "2026-01-05 23:00", "2026-01-06 08:00", "2026-01-08 23:59"),
    ("cid", "2026-01-06 10:00", None, None),
    ("dan", "2026-01-08 10:00", None, None),
    ("eve", "2026-01-07 10:00", None, "2026-01-06 10:00"),
]
IS_CLOSED = [False, False, True, False, False]


def test_each_day_has_what_was_opened_and_answered_and_what_is_open_at_its_end(engine) -> None:
    add_complaints(engine, COMPLAINTS, is_closed=IS_CLOSED)
    found = backlog(engine, ResponseQuestion())
    assert found.unit == "day"
    assert list(found.periods["label"]) == ["5 Jan 2026", "6 Jan 2026", "7 Jan 2026", "8 Jan 2026"]
    assert found.periods[COUNTS].values.tolist() == [[2, 0, 0, 2], [1, 1, 1, 1], [0, 0, 0, 1], [1, 0, 1, 1]]
    assert (found.total("opened"), found.total("closed_apart")) == (4, 1)


def test_the_first_response_empties_the_pile_sooner(engine) -> None:
    add_complaints(engine, COMPLAINTS[:2] + COMPLAINTS[3:4])
    found = backlog(engine, ResponseQuestion("first_response"))
    # ann is resolved without a recorded response: she stands apart
    assert found.periods[COUNTS].values.tolist() == [[2, 1, 0, 1], [0, 0, 1, 0], [0, 0, 0, 0], [1, 0, 0, 1]]


def test_as_of_an_earlier_day_later_answers_have_not_come_and_the_last_row_is_that_day(engine) -> None:
    add_complaints(engine, COMPLAINTS)
    found = backlog(engine, ResponseQuestion(filters=Filters(as_of=date(2026, 1, 7)))).periods
    assert found["ends_on"].iloc[-1] == date(2026, 1, 7)
    assert found[COUNTS].values.tolist() == [[2, 0, 0, 2], [1, 0, 1, 2], [0, 0, 0, 2]]


def test_days_after_the_last_opening_go_on_until_the_last_answer(engine) -> None:
    add_complaints(engine, COMPLAINTS[:2])
    found = backlog(engine, ResponseQuestion()).periods
    assert list(found["open_at_end"]) == [2, 1, 1, 0]


@pytest.mark.parametrize(("last", "unit"), [("2027-02-08", "day"), ("2027-02-09", "week"), ("2034-01-01", "month")])
def test_beyond_four_hundred_days_weeks_are_put_together_and_months_beyond_as_many_weeks(engine, last, unit) -> None:
    add_complaints(engine, [("a", "2026-01-05 10:00", None, None), ("b", last, None, last)])
    found = backlog(engine, ResponseQuestion())
    assert found.unit == unit  # 5 January 2026 to 8 February 2027 are 400 days
    assert found.periods["starts_on"].iloc[0] <= date(2026, 1, 5)
    assert found.periods[["opened", "answered"]].sum().tolist() == [2, 1]
    assert found.periods["ends_on"].iloc[-1] == date.fromisoformat(last)


def test_a_week_begins_where_the_workspace_lets_it_and_keeps_the_pile_of_its_last_day(engine) -> None:
    days = [("a", "2025-01-01", None, None), ("b", "2026-03-02", None, "2026-03-05"), ("c", "2026-03-06", None, None)]
    add_complaints(engine, days)
    found = backlog(engine, ResponseQuestion(period=Period("week", week_start=5))).periods.iloc[-1]
    assert found["starts_on"] == date(2026, 2, 28)  # a Saturday
    assert found["ends_on"] == date(2026, 3, 6)
    assert found[COUNTS].tolist() == [2, 0, 1, 2]


@pytest.mark.parametrize("awaited", ["first_response", "resolution"])
@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(as_of=date(2026, 1, 6)),
        Filters(first_day=date(2026, 1, 6)),
        Filters(last_day=date(2026, 1, 6)),
        Filters(segments={"channel": ("web",)}),
    ],
    ids=["everything", "an earlier day", "opened later", "opened earlier", "one channel"],
)
def test_what_is_open_at_the_end_of_the_last_day_is_open_in_the_response_times(engine, awaited, filters) -> None:
    add_complaints(engine, COMPLAINTS, is_closed=IS_CLOSED, channel=["web", "web", "shop", "web", "shop"])
    question = ResponseQuestion(awaited, filters=filters)
    found, times = backlog(engine, question), response_times(engine, question)
    assert found.periods["open_at_end"].iloc[-1] == times.overall["still_open"]
    assert found.total("answered") == times.overall["answered"]
    assert found.total("closed_apart") == times.overall["closed_apart"]
    assert (found.periods["open_at_end"] >= 0).all()


def test_without_complaints_there_is_no_backlog_and_no_error(engine) -> None:
    assert backlog(engine, ResponseQuestion()).is_empty
    add_complaints(engine, COMPLAINTS)
    assert backlog(engine, ResponseQuestion(filters=Filters(last_day=date(2020, 1, 1)))).is_empty
