"""Waits on a handful of complaints, open ones included."""

import math
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.duration.survfunc import SurvfuncRight

from retention_core.analyses.complaints.complaints_behind import complaints_behind
from retention_core.analyses.complaints.response_times import (
    DAY,
    ResponseQuestion,
    available_waits,
    response_times,
)
from retention_core.analyses.complaints.waiting_curve import curve_of
from retention_core.errors import SettingInvalid
from retention_core.filters import Filters
from retention_core.periods import Period
from tests.tables import add_complaints, add_orders

# Opened in January: resolved after 1 hour, 2 days, exactly 5 days, 8 days, and one still open on 31 January.
JANUARY = [
    ("ann", "2026-01-05 10:00", "2026-01-05 10:30", "2026-01-05 11:00"),
    ("bob", "2026-01-06 10:00", None, "2026-01-08 10:00"),
    ("cid", "2026-01-07 10:00", None, "2026-01-12 10:00"),
    ("dan", "2026-01-08 10:00", None, "2026-01-16 10:00"),
    (None, "2026-01-30 10:00", None, None),
]
CLOSING = [("eve", "2026-01-31 09:00", None, "2026-01-31 10:00")]  # the data is known up to the end of 31 January
MONTHS = ResponseQuestion(period=Period("month"))


def test_complaints_are_counted_by_how_long_they_waited(engine) -> None:
    add_complaints(engine, JANUARY + CLOSING)
    january = response_times(engine, MONTHS).periods.iloc[0]
    assert january[["label", "complaints", "answered", "still_open"]].tolist() == ["Jan 2026", 6, 5, 1]
    assert january[["within_1_day", "within_3_days", "within_5_days"]].tolist() == [2, 3, 4]
    assert january[["within_limit", "over_limit", "open_under_limit", "open_over_limit"]].tolist() == [4, 1, 1, 0]


def test_another_limit_moves_what_is_late_and_no_share(engine) -> None:
    add_complaints(engine, JANUARY + CLOSING)
    january = response_times(engine, ResponseQuestion(period=Period("month"), limit_days=1)).periods.iloc[0]
    assert january[["within_1_day", "within_3_days", "within_5_days", "known"]].tolist() == [2, 3, 4, 4]
    # 1 hour twice within a day; 2, 5 and 8 days later; one open for 38 hours
    assert january[["within_limit", "over_limit", "open_under_limit", "open_over_limit"]].tolist() == [2, 3, 0, 1]


def test_with_a_limit_of_ten_days_a_complaint_is_known_after_ten(engine) -> None:
    add_complaints(engine, JANUARY + CLOSING)
    times = response_times(engine, ResponseQuestion(period=Period("month"), limit_days=10))
    assert (times.overall["known"], times.overall["over_limit"], times.overall["within_limit"]) == (4, 0, 5)
    assert times.within(5).count == 3


def test_a_limit_of_no_day_is_refused() -> None:
    with pytest.raises(SettingInvalid):
        ResponseQuestion(limit_days=0)


def test_the_headline_takes_only_complaints_that_are_five_days_old(engine) -> None:
    add_complaints(engine, JANUARY + CLOSING)
    share = response_times(engine, MONTHS).within(5)
    assert (share.count, share.total) == (3, 4)  # ann, bob, cid of ann, bob, cid, dan


def test_an_open_complaint_waits_until_the_end_of_the_last_known_day(engine) -> None:
    add_complaints(engine, JANUARY + CLOSING)
    open_now = complaints_behind(engine, MONTHS, only_open=True)
    assert list(open_now["wait_seconds"]) == [38 * 3600]  # 30 January 10:00 to 31 January 24:00
    assert open_now["customer"].isna().all()
    assert response_times(engine, MONTHS).open_waits.values.tolist() == [[38 * 3600, 1]]


def test_the_median_counts_what_is_still_open(engine) -> None:
    add_complaints(engine, JANUARY + CLOSING)
    times = response_times(engine, MONTHS)
    # Known waits in days: 1/24 (twice), 2, 5, 8, and one open after 38 hours. Kaplan-Meier: 4 of 6 wait longer than an
    # hour; of the 3 still followed after 38 hours one ends at day 2 (4/6 x 2/3 = 44 %): half are answered by then.
    assert times.overall["median_seconds"] == 2 * DAY
    assert times.overall["p90_seconds"] == 8 * DAY


def test_too_few_answers_leave_a_quantile_unknown(engine) -> None:
    add_complaints(
        engine, [("ann", "2026-01-01", None, "2026-01-02")] + [(f"c{n}", "2026-01-01", None, None) for n in range(3)]
    )
    overall = response_times(engine, MONTHS).overall
    assert math.isnan(overall["median_seconds"])


def test_an_answer_before_the_question_is_a_data_error_and_no_wait(engine) -> None:
    add_complaints(engine, [("ann", "2026-01-05", None, "2026-01-04"), ("bob", "2026-01-05", None, "2026-01-06")])
    times = response_times(engine, MONTHS)
    assert times.data_errors == 1
    assert times.overall["complaints"] == 1
    assert times.overall["median_seconds"] == DAY


def test_as_of_an_earlier_day_later_answers_have_not_come_yet(engine) -> None:
    add_complaints(engine, JANUARY)
    times = response_times(engine, ResponseQuestion(period=Period("month"), filters=Filters(as_of=date(2026, 1, 9))))
    assert times.overall[["complaints", "answered", "still_open"]].tolist() == [4, 2, 2]


def test_days_without_a_time_of_day_are_cut_at_the_end_of_the_last_known_day(engine) -> None:
    add_complaints(engine, [("ann", "2026-03-10", None, "2026-03-13"), ("bob", "2026-03-16", None, "2026-03-20")])
    times = response_times(engine, MONTHS)
    assert times.within(5).total == 1  # Bob's 120 hours end with 20 March: an answer on the 21st would not be seen
    as_of = ResponseQuestion(period=Period("month"), filters=Filters(as_of=date(2026, 3, 12)))
    assert response_times(engine, as_of).overall["still_open"] == 1  # the answer of 13 March is not known on the 12th
    assert len(complaints_behind(engine, as_of, only_open=True)) == 1


def test_first_response_and_resolution_are_two_waits(engine) -> None:
    add_complaints(engine, JANUARY)
    assert available_waits(engine) == ["first_response", "resolution"]
    first = response_times(engine, ResponseQuestion("first_response", Period("month"))).overall
    # bob, cid and dan were resolved without a recorded response: they wait for none.
    assert first[["answered", "still_open", "closed_apart"]].tolist() == [1, 1, 3]


# Opened on the 5th: resolved after a day; closed after two days; closed by its status alone; open. Data until 31 January.
ENDS = [
    ("ann", "2026-01-05 10:00", "2026-01-05 12:00", "2026-01-06 10:00"),
    ("bob", "2026-01-05 10:00", None, None),
    ("cid", "2026-01-05 10:00", None, None),
    ("dan", "2026-01-05 10:00", None, None),
    *CLOSING,
]
CLOSED_AT = [None, "2026-01-07 10:00", None, None, None]
IS_CLOSED = [True, True, True, False, True]
FIRST_RESPONSE = ResponseQuestion("first_response", Period("month"))


def test_closing_counts_where_there_is_no_moment_of_resolution(engine) -> None:
    add_complaints(engine, ENDS, closed_at=CLOSED_AT, is_closed=IS_CLOSED)
    times = response_times(engine, MONTHS)
    assert times.overall[["complaints", "answered", "by_closing", "still_open", "closed_apart"]].tolist() == [
        4,
        3,
        1,
        1,
        1,
    ]
    assert (times.within(1).count, times.within(3).count, times.within(3).total) == (1, 2, 3)  # ann, bob and dan
    assert times.overall["median_seconds"] == DAY  # one hour, one day, two days, and dan, who still waits


def test_closed_at_a_moment_unknown_is_neither_open_nor_waiting_nor_in_a_denominator(engine) -> None:
    add_complaints(engine, ENDS, closed_at=CLOSED_AT, is_closed=IS_CLOSED)
    times = response_times(engine, MONTHS)
    assert times.open_waits["complaints"].sum() == 1
    assert list(complaints_behind(engine, MONTHS, only_open=True)["customer"]) == ["dan"]
    apart = complaints_behind(engine, MONTHS, only_apart=True)
    assert list(apart["customer"]) == ["cid"]
    assert apart["wait_seconds"].isna().all()
    every = complaints_behind(engine, MONTHS)
    assert list(every["is_open"]) == [1, 0, 0, 0, 0]
    assert every.set_index("customer").loc["bob", "wait_seconds"] == 2 * DAY
    assert every.set_index("customer")["resolved_at"].notna().to_dict() == {
        "ann": True, "bob": False, "cid": False, "dan": False, "eve": True
    }  # fmt: skip


def test_closed_without_a_recorded_response_waits_for_none(engine) -> None:
    add_complaints(engine, ENDS, closed_at=CLOSED_AT, is_closed=IS_CLOSED)
    overall = response_times(engine, FIRST_RESPONSE).overall
    # ann was answered; bob, cid and eve are closed without a response on record; dan waits.
    assert overall[["complaints", "answered", "still_open", "closed_apart"]].tolist() == [2, 1, 1, 3]
    assert sorted(complaints_behind(engine, FIRST_RESPONSE, only_apart=True)["customer"]) == ["bob", "cid", "eve"]


def test_as_of_an_earlier_day_a_closing_has_not_come_and_a_status_tells_nothing(engine) -> None:
    add_complaints(engine, ENDS, closed_at=CLOSED_AT, is_closed=IS_CLOSED)
    the_sixth = Filters(as_of=date(2026, 1, 6))
    overall = response_times(engine, ResponseQuestion(period=Period("month"), filters=the_sixth)).overall
    # Known on the 6th: ann is resolved, bob and dan are open; whether cid was open cannot be told.
    assert overall[["answered", "by_closing", "still_open", "closed_apart"]].tolist() == [1, 0, 2, 1]
    first = response_times(engine, ResponseQuestion("first_response", Period("month"), the_sixth)).overall
    assert first[["answered", "still_open", "closed_apart"]].tolist() == [1, 2, 1]  # bob was closed on the 7th only


def test_no_moment_after_the_day_looked_at_is_listed(engine) -> None:
    complaints = [("ann", "2026-01-05 10:00", "2026-01-07 12:00", "2026-01-08 10:00"), *CLOSING]
    add_complaints(engine, complaints, closed_at=["2026-01-09 10:00", None])
    question = ResponseQuestion(period=Period("month"), filters=Filters(as_of=date(2026, 1, 7)))
    listed = complaints_behind(engine, question).iloc[0]
    assert listed["first_response_at"].isoformat() == "2026-01-07T12:00:00"
    assert listed[["resolved_at", "closed_at"]].isna().all()
    the_eighth = ResponseQuestion(period=Period("month"), filters=Filters(as_of=date(2026, 1, 8)))
    listed = complaints_behind(engine, the_eighth).iloc[0]
    assert listed["resolved_at"].isoformat() == "2026-01-08T10:00:00"
    assert listed[["closed_at"]].isna().all()


def test_a_period_of_which_all_is_closed_at_moments_unknown_has_no_share(engine) -> None:
    add_complaints(engine, [("ann", "2026-01-05", None, None), *CLOSING][:1], is_closed=[True])
    times = response_times(engine, MONTHS)
    assert times.periods[["complaints", "closed_apart", "still_open"]].values.tolist() == [[0, 1, 0]]
    assert math.isnan(times.overall["median_seconds"])
    assert times.within(5).total == 0


def test_weeks_follow_the_day_of_opening(engine) -> None:
    add_complaints(engine, JANUARY)
    weeks = response_times(engine, ResponseQuestion()).periods
    assert list(weeks["label"]) == ["5 Jan 2026", "26 Jan 2026"]
    assert list(weeks["complaints"]) == [4, 1]


def test_a_filter_on_a_segment_that_only_orders_have_leaves_complaints_alone(engine) -> None:
    add_complaints(engine, JANUARY)
    question = ResponseQuestion(period=Period("month"), filters=Filters(segments={"product": ("tea",)}))
    assert response_times(engine, question).overall["complaints"] == 5


def test_the_worth_of_a_customer_stands_beside_the_complaint(engine) -> None:
    add_orders(engine, [("ann", "2026-01-01", 30.0), ("ann", "2026-01-02", 12.5)])
    add_complaints(engine, JANUARY)
    listed = complaints_behind(engine, MONTHS).set_index("customer")
    assert listed.loc["ann", "customer_value"] == 42.5
    assert math.isnan(listed.loc["bob", "customer_value"])


def test_without_complaints_there_is_nothing_and_no_error(engine) -> None:
    assert response_times(engine, MONTHS).is_empty
    assert complaints_behind(engine, MONTHS).empty


@given(st.lists(st.integers(0, 500), min_size=1, max_size=50), st.sampled_from([0.5, 0.9]))
@settings(deadline=None, max_examples=40)
def test_where_nothing_is_open_a_quantile_is_the_nearest_rank(waits: list[int], share: float) -> None:
    nearest_rank = sorted(waits)[math.ceil(share * len(waits)) - 1]
    found = curve_of(np.array(waits), np.ones(len(waits), int), np.ones(len(waits), int)).quantile(share)
    assert found == pytest.approx(nearest_rank)


@given(st.lists(st.tuples(st.integers(0, 9), st.booleans(), st.integers(1, 3)), min_size=1, max_size=40))
@settings(deadline=None, max_examples=60)
def test_a_quantile_is_that_of_the_curve_of_statsmodels(rows: list[tuple[int, bool, int]]) -> None:
    seconds, answered, complaints = (np.array(each) for each in zip(*rows, strict=True))
    curve = SurvfuncRight(seconds, answered.astype(int), freq_weights=complaints) if answered.any() else None
    for share in (0.5, 0.9):
        reached = [] if curve is None else curve.surv_times[curve.surv_prob <= 1 - share + 1e-9]
        expected = float(reached[0]) if len(reached) else math.nan
        found = curve_of(seconds, answered.astype(int), complaints).quantile(share)
        assert found == pytest.approx(expected, nan_ok=True)
