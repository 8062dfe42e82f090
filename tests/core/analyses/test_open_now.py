"""Who waits now, and what is left until the limit, on a handful of complaints."""

from datetime import date, datetime

import pandas as pd
import pytest

from retention_core.analyses.complaints.open_now import OpenNow, open_now
from retention_core.analyses.complaints.response_times import ResponseQuestion, response_times
from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.filters import Filters
from tests.tables import add_complaints, add_orders

HOUR, DAY = 3600, 86_400
# The data ends with 20 January. Left to five days at its end, 21 January 00:00: ann 10 hours, bob 24 hours, cid 60 hours,
# dan none, over for one day; eve 4 days 12 hours.
OPEN = [
    ("ann", "2026-01-16 10:00", "2026-01-17 08:00", None),
    ("bob", "2026-01-17 00:00", None, None),
    ("cid", "2026-01-18 12:00", None, None),
    ("dan", "2026-01-15 00:00", None, None),
    ("eve", "2026-01-20 12:00", None, None),
    ("fay", "2026-01-18 09:00", None, "2026-01-19 09:00"),
]
FOLLOW_UP = ["2026-01-18 09:00", None, None, None, None, None]


def listed(rows: pd.DataFrame) -> list[str]:
    return list(rows["customer"])


def test_those_who_cross_the_limit_within_a_day_and_three_are_told_by_what_is_left(engine) -> None:
    add_complaints(engine, OPEN)
    now = open_now(engine, ResponseQuestion())
    assert now.complaints.set_index("customer")["seconds_left"].to_dict() == {
        "ann": 10 * HOUR,
        "bob": 24 * HOUR,
        "cid": 60 * HOUR,
        "dan": -DAY,
        "eve": 108 * HOUR,
    }
    assert listed(now.complaints) == ["dan", "ann", "bob", "cid", "eve"]  # the longest wait first
    assert listed(now.crossing(1)) == ["ann"]  # bob has waited five days, and not longer, when the 24 hours end
    assert listed(now.crossing(3)) == ["ann", "bob", "cid"]
    assert listed(now.over) == ["dan"]


def test_who_has_waited_exactly_as_long_as_the_limit_is_not_over_it_and_crosses_it_next(engine) -> None:
    add_complaints(engine, [("ann", "2026-01-16", None, None), ("z", "2026-01-20", None, "2026-01-20 01:00")])
    now = open_now(engine, ResponseQuestion())
    assert (listed(now.crossing(1)), listed(now.over)) == (["ann"], [])
    assert response_times(engine, ResponseQuestion()).overall["open_under_limit"] == 1


def test_another_limit_is_crossed_at_another_moment(engine) -> None:
    add_complaints(engine, OPEN)
    now = open_now(engine, ResponseQuestion(limit_days=3))
    assert listed(now.crossing(1)) == ["cid"]
    assert listed(now.over) == ["dan", "ann", "bob"]
    assert now.complaints.set_index("customer").loc["cid", "due_at"] == datetime(2026, 1, 21, 12)


def test_the_last_touch_is_the_later_of_what_is_known_by_the_day_looked_at(engine) -> None:
    add_complaints(engine, OPEN, follow_up_at=pd.to_datetime(FOLLOW_UP))

    def touched(day: int) -> object:
        question = ResponseQuestion(filters=Filters(as_of=date(2026, 1, day)))
        return open_now(engine, question).complaints.set_index("customer").loc["ann", "last_touch_at"]

    assert touched(18) == datetime(2026, 1, 18, 9)
    assert touched(17) == datetime(2026, 1, 17, 8)
    assert pd.isna(touched(16))


def test_what_a_customer_has_spent_and_complained_of_before_stands_beside_the_complaint(engine) -> None:
    add_orders(engine, [("ann", "2026-01-01", 30.0), ("ann", "2026-01-02", 12.5)])
    earlier = [("ann", "2025-12-01", None, "2025-12-02"), ("ann", "2026-01-10", None, "2026-01-11")]
    add_complaints(engine, [*OPEN, *earlier, (None, "2026-01-19", None, None)])
    only_january = ResponseQuestion(filters=Filters(first_day=date(2026, 1, 1)))
    rows = open_now(engine, only_january).complaints.set_index("customer")
    assert rows.loc["ann", ["customer_value", "complaints_before"]].tolist() == [42.5, 2]
    assert rows.loc["bob", "complaints_before"] == 0
    assert pd.isna(rows.loc["bob", "customer_value"])
    assert len(rows) == 6  # also the complaint of a customer unknown


def test_the_top_tenth_are_those_who_have_spent_most_by_then(engine) -> None:
    add_orders(engine, [(f"c{n}", "2026-01-01", float(n)) for n in range(1, 21)] + [("c1", "2026-02-01", 500.0)])
    add_complaints(engine, [(f"c{n}", "2026-01-20", None, None) for n in (1, 18, 19, 20)])
    now = open_now(engine, ResponseQuestion())
    assert now.least_value == 19  # two of twenty: 19 and 20; what c1 bought in February is not known on 20 January
    assert now.of_top_tenth(now.complaints) == 2


@pytest.mark.parametrize("customers", [9, 0])
def test_of_fewer_than_ten_customers_no_tenth_stands_out(engine, customers: int) -> None:
    if customers:
        add_orders(engine, [(f"c{n}", "2026-01-01", float(n)) for n in range(customers)])
    add_complaints(engine, OPEN)
    now = open_now(engine, ResponseQuestion())
    assert now.least_value is None
    assert now.of_top_tenth(now.complaints) == 0


def test_where_all_have_spent_the_same_no_tenth_stands_out(engine) -> None:
    add_orders(engine, [(f"c{n}", "2026-01-01", 7.0) for n in range(30)])
    add_complaints(engine, OPEN)
    assert open_now(engine, ResponseQuestion()).least_value is None


def test_a_log_of_days_is_told_from_one_of_moments(engine) -> None:
    add_complaints(engine, [(who, day[:10], None, None) for who, day, _, _ in OPEN])
    assert open_now(engine, ResponseQuestion()).is_by_day


def test_one_moment_that_is_no_midnight_is_enough(engine) -> None:
    add_complaints(engine, OPEN)
    assert not open_now(engine, ResponseQuestion()).is_by_day


def test_the_limit_ends_by_the_clock_of_the_workspace_also_where_that_was_changed() -> None:
    engine = DuckDBEngine()
    try:
        engine.set_setting("time_zone", "Europe/Berlin")
        # the clock goes forward in the night to 29 March 2026: five days later it shows an hour more
        add_complaints(engine, [("ann", "2026-03-27 10:00", None, None), ("z", "2026-03-31", None, "2026-03-31 01:00")])
        row = open_now(engine, ResponseQuestion()).complaints.iloc[0]
    finally:
        engine.close()
    assert row["due_at"] == datetime(2026, 4, 1, 11)
    assert row["seconds_left"] == 11 * HOUR


def test_all_open_ones_are_listed_however_many(engine) -> None:
    add_complaints(engine, [("c", "2026-01-05 10:00", None, None)] * 6_000)
    assert len(open_now(engine, ResponseQuestion()).complaints) == 6_000


@pytest.mark.parametrize("awaited", ["first_response", "resolution"])
@pytest.mark.parametrize(
    "filters", [Filters(), Filters(as_of=date(2026, 1, 17)), Filters(date(2026, 1, 16), date(2026, 1, 18))]
)
def test_they_are_the_open_complaints_of_the_response_times(engine, awaited, filters) -> None:
    add_complaints(engine, OPEN, is_closed=[False] * 4 + [True, False])
    question = ResponseQuestion(awaited, filters=filters)
    now, times = open_now(engine, question), response_times(engine, question)
    assert len(now.complaints) == times.overall["still_open"]
    assert len(now.over) == times.overall["open_over_limit"]


def test_without_complaints_or_open_ones_there_is_nothing_and_no_error(engine) -> None:
    nothing: OpenNow = open_now(engine, ResponseQuestion())
    assert (len(nothing.complaints), nothing.as_of) == (0, None)
    add_complaints(engine, [("fay", "2026-01-18 09:00", None, "2026-01-19 09:00")])
    none_open = open_now(engine, ResponseQuestion())
    assert (len(none_open.complaints), len(none_open.over), len(none_open.crossing(3))) == (0, 0, 0)
    assert not none_open.is_by_day
