"""What explains a change: mix and own change add up to it."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retention_core.analyses.complaints.mix_and_rate import change_explained, divided
from retention_core.analyses.complaints.response_times import ResponseQuestion
from retention_core.analyses.complaints.waits_by_segment import SegmentQuestion, waits_by_segment
from retention_core.filters import Filters
from tests.tables import add_complaints

counts = st.tuples(st.integers(0, 500), st.integers(0, 500)).map(lambda pair: (min(pair), max(pair)))
BY_REASON = SegmentQuestion(ResponseQuestion(), "reason")


@given(st.lists(st.tuples(counts, counts), min_size=1, max_size=12))
@settings(deadline=None)
def test_all_parts_together_are_the_change(rows) -> None:
    recent, recent_total, before, before_total = np.array([(*now, *then) for now, then in rows], float).T
    if not (recent_total.sum() and before_total.sum()):
        return
    rate, mix = divided(recent, recent_total, before, before_total)
    change = recent.sum() / recent_total.sum() - before.sum() / before_total.sum()
    assert abs(rate.sum() + mix.sum() - change) < 1e-12


def test_own_change_and_mix_are_those_of_the_book() -> None:
    # before: half slow (40 % in time), half quick (80 %); now: 3 in 4 slow (40 %), the quick as quick as before
    rate, mix = divided(np.array([30.0, 20.0]), np.array([75.0, 25.0]), np.array([20.0, 40.0]), np.array([50.0, 50.0]))
    assert rate == pytest.approx([0, 0])
    # common shares 50 % and 60 %, their mean 55 %: 0.25 * (0.4 - 0.55) and -0.25 * (0.8 - 0.55)
    assert mix == pytest.approx([-0.0375, -0.0625])


def test_a_value_that_is_new_brings_only_mix() -> None:
    rate, mix = divided(np.array([50.0, 0.0]), np.array([50.0, 50.0]), np.array([100.0, 0.0]), np.array([100.0, 0.0]))
    assert rate == pytest.approx([0, 0])
    assert mix.sum() == pytest.approx(-0.5)


def weeks(engine, shares: list[tuple[str, int, int, int]], filters: Filters | None = None):
    """Add complaints of weeks that begin on Monday 5 January: reason, week, answered after one day, after nine days."""
    rows = []
    for reason, week, quick, slow in shares:
        opened = date(2026, 1, 5) + timedelta(days=7 * week)
        rows += [
            (reason, opened, opened + timedelta(days=days)) for days, n in ((1, quick), (9, slow)) for _ in range(n)
        ]
    complaints = [("c", opened.isoformat(), None, resolved.isoformat()) for _, opened, resolved in rows]
    add_complaints(engine, complaints, reason=[reason for reason, _, _ in rows])
    question = SegmentQuestion(ResponseQuestion(filters=filters or Filters()), "reason")
    return waits_by_segment(engine, question)


def test_the_last_four_weeks_that_are_known_are_set_against_the_four_before(engine) -> None:
    before = [("delivery", week, 9, 1) for week in range(4)] + [("quality", week, 5, 5) for week in range(4)]
    recent = [("delivery", week, 5, 5) for week in range(4, 8)] + [("quality", week, 5, 5) for week in range(4, 8)]
    explained = change_explained(weeks(engine, [*before, *recent, ("delivery", 9, 1, 0)]))
    assert (explained.comparison.first.count, explained.comparison.first.total) == (40, 80)
    assert (explained.comparison.second.count, explained.comparison.second.total) == (56, 80)
    assert list(explained.parts["rate"]) == pytest.approx([-0.2, 0.0])
    assert explained.mix == pytest.approx(0)
    assert explained.change == pytest.approx(-0.2)
    assert explained.period.label(explained.recent[0]) == "2 Feb 2026"


def test_values_with_fewer_than_ten_complaints_in_a_stretch_stand_together_and_still_add_up(engine) -> None:
    rows = [("delivery", week, 9 if week < 4 else 4, 1) for week in range(8)]
    rows += [("quality", week, 1, 0) for week in range(8)] + [("manners", week, 1, 1) for week in range(8)]
    explained = change_explained(weeks(engine, [*rows, ("delivery", 9, 1, 0)]))
    assert list(explained.parts["kind"]) == ["named", "others"]
    assert list(explained.parts["place"]) == [0, -1]
    assert list(explained.parts["recent_known"]) == [20, 12]
    assert explained.parts[["rate", "mix"]].to_numpy().sum() == pytest.approx(24 / 32 - 44 / 52)


def test_the_value_that_brought_most_has_thirty_complaints_in_each_stretch(engine) -> None:
    rows = [("delivery", week, 9 if week < 4 else 5, 1 if week < 4 else 5) for week in range(8)]
    rows += [("quality", week, 5 if week < 4 else 0, 0 if week < 4 else 5) for week in range(8)]
    explained = change_explained(weeks(engine, [*rows, ("delivery", 9, 1, 0)]))
    assert list(explained.parts["value"]) == ["delivery", "quality"]
    assert explained.main["value"] == "delivery"  # quality fell by more, but of 20


def test_weeks_of_which_all_is_not_known_yet_are_no_part_of_it(engine) -> None:
    rows = [("delivery", week, 10, 0) for week in range(9)]
    explained = change_explained(weeks(engine, [*rows, ("quality", 10, 1, 0)], Filters(as_of=date(2026, 3, 11))))
    # as of Wednesday 11 March what was opened up to 6 March is known: the last whole week is that of 23 February
    assert explained.period.label(explained.recent[1]) == "23 Feb 2026"


def test_data_of_fewer_than_eight_weeks_explains_nothing(engine) -> None:
    assert change_explained(weeks(engine, [("delivery", week, 10, 0) for week in range(7)])) is None


def test_without_complaints_nothing_is_explained(engine) -> None:
    assert change_explained(waits_by_segment(engine, BY_REASON)) is None
