"""Waits by the value of a segment, on complaints that can be counted by hand."""

import math
from datetime import date

import numpy as np
import pandas as pd
import pytest

from retention_core.analyses.complaints.complaints_behind import OfSegment, complaints_behind
from retention_core.analyses.complaints.response_times import DAY, ResponseQuestion
from retention_core.analyses.complaints.value_differences import value_differences
from retention_core.analyses.complaints.waits_by_segment import SegmentQuestion, SegmentWaits, waits_by_segment
from retention_core.errors import SettingInvalid
from retention_core.filters import Filters
from tests.tables import add_complaints

# By phone: one day, ten days, one of 31 January that is open; by web: two days; by nobody knows what: closed by status.
COMPLAINTS = [
    ("ann", "2026-01-05 10:00", None, "2026-01-06 10:00"),
    ("bob", "2026-01-05 10:00", None, "2026-01-15 10:00"),
    ("cid", "2026-01-31 10:00", None, None),
    ("dan", "2026-01-07 10:00", None, "2026-01-09 10:00"),
    ("eve", "2026-01-08 10:00", None, None),
]
CHANNELS = ["phone", "phone", "phone", "web", None]
IS_CLOSED = [True, True, False, True, True]
BY_CHANNEL = SegmentQuestion(ResponseQuestion(), "channel")


def add(engine) -> None:
    add_complaints(engine, COMPLAINTS, channel=CHANNELS, is_closed=IS_CLOSED)


def test_each_value_stands_with_its_complaints_the_most_first_and_the_unknown_last(engine) -> None:
    add(engine)
    values = waits_by_segment(engine, BY_CHANNEL).values
    assert list(values["value"].fillna("-")) == ["phone", "web", "-"]
    assert list(values["kind"]) == ["named", "named", "unknown"]
    assert list(values["complaints"]) == [3, 1, 0]
    assert list(values["known"]) == [2, 1, 0]
    assert list(values["within_limit"]) == [1, 1, 0]
    assert list(values["still_open"]) == [1, 0, 0]
    assert list(values["closed_apart"]) == [0, 0, 1]
    assert list(values["share"].fillna(-1)) == [0.5, 1.0, -1.0]


def test_median_and_nine_in_ten_count_what_is_open(engine) -> None:
    add(engine)
    phone = waits_by_segment(engine, BY_CHANNEL).values.iloc[0]
    # open since 14 hours, then one day and ten: of three two are followed on, one of them ends at day 1: half are answered
    assert phone["median_seconds"] == DAY
    assert phone["p90_seconds"] == 10 * DAY


def test_values_beyond_the_top_stand_together_and_everyone_is_still_known(engine) -> None:
    add(engine)
    waits = waits_by_segment(engine, SegmentQuestion(ResponseQuestion(), "channel", top=1))
    assert list(waits.values["kind"]) == ["named", "others", "unknown"]
    assert list(waits.values["complaints"]) == [3, 1, 0]
    assert list(waits.everyone["value"]) == ["phone", "web"]


def test_an_answer_before_the_question_is_left_out_and_counted(engine) -> None:
    add_complaints(engine, [("ann", "2026-01-05", None, "2026-01-04"), ("bob", "2026-01-05", None, "2026-01-06")])
    waits = waits_by_segment(engine, BY_CHANNEL)
    assert waits.data_errors == 1
    assert list(waits.values["complaints"]) == [1]


def test_without_complaints_there_is_nothing_and_no_error(engine) -> None:
    assert waits_by_segment(engine, BY_CHANNEL).is_empty


def test_as_of_an_earlier_day_later_complaints_and_answers_are_not_there(engine) -> None:
    add(engine)
    question = SegmentQuestion(ResponseQuestion(filters=Filters(as_of=date(2026, 1, 12))), "channel")
    phone = waits_by_segment(engine, question).values.iloc[0]
    assert phone[["complaints", "known", "within_limit", "still_open", "open_over_limit"]].tolist() == [2, 2, 1, 1, 1]


def test_a_column_that_complaints_do_not_have_is_refused() -> None:
    with pytest.raises(SettingInvalid):
        SegmentQuestion(ResponseQuestion(), "product")


@pytest.mark.parametrize(
    ("of_segment", "customers"),
    [
        (OfSegment("channel", "web"), ["dan"]),
        (OfSegment("channel"), ["eve"]),
        (OfSegment("channel", but_not=("phone",)), ["dan"]),
    ],
    ids=["a value", "unknown", "all but some"],
)
def test_the_complaints_behind_a_value_are_listed(engine, of_segment, customers) -> None:
    add(engine)
    assert list(complaints_behind(engine, ResponseQuestion(), of_segment=of_segment)["customer"]) == customers


def channels(engine, late: dict[str, tuple[int, int]]):
    """Add complaints of January: channel -> answered after one day, after nine days; the data ends in March."""
    rows = [
        (name, days) for name, counts in late.items() for days, n in zip((1, 9), counts, strict=True) for _ in range(n)
    ]
    complaints = [("c", "2026-01-05", None, date(2026, 1, 5 + days).isoformat()) for _, days in rows]
    add_complaints(
        engine, [*complaints, ("z", "2026-03-01", None, None)], channel=[*(name for name, _ in rows), "phone"]
    )
    return waits_by_segment(engine, BY_CHANNEL)


def test_a_value_that_differs_clearly_from_the_rest_is_found_with_both_shares(engine) -> None:
    waits = channels(engine, {"web": (90, 10), "phone": (40, 40), "shop": (46, 4)})
    found = value_differences(waits)
    assert found.compared == 3
    first = found.real[0]
    assert waits.values["value"].iloc[first.place] == "phone"
    assert (first.own.count, first.own.total, first.others.count, first.others.total) == (40, 80, 136, 150)
    assert first.points == pytest.approx(0.5 - 136 / 150)


def test_values_of_fewer_than_thirty_are_not_compared(engine) -> None:
    waits = channels(engine, {"web": (90, 10), "phone": (5, 24)})
    assert value_differences(waits).compared == 0


def test_where_values_do_not_differ_chance_makes_a_claim_in_at_most_one_of_twenty() -> None:
    claims = 0
    for seed in range(200):
        luck = np.random.default_rng(seed)
        known = luck.integers(30, 300, 8)
        claims += bool(value_differences(simulated(known, luck.binomial(known, 0.7))).real)
    assert claims / 200 <= 0.08  # 5 %, and what 200 draws add to it


def simulated(known: np.ndarray, within: np.ndarray):
    values = pd.DataFrame(
        {"kind": "named", "value": [f"v{n}" for n in range(len(known))], "known": known, "within_limit": within}
    )
    return SegmentWaits(BY_CHANNEL, values, values, pd.DataFrame())


def test_a_value_without_any_known_complaint_has_no_share(engine) -> None:
    add_complaints(engine, [("ann", "2026-01-31", None, None)], channel=["web"])
    row = waits_by_segment(engine, BY_CHANNEL).values.iloc[0]
    assert math.isnan(row["share"])
    assert math.isnan(row["low"])
