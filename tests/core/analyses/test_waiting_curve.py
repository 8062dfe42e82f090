"""How sure a wait is: the curve and its intervals, against statsmodels, on random tables with open complaints."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.duration.survfunc import SurvfuncRight

from retention_core.analyses.complaints.waiting_curve import WaitingCurve, shortest_first, waiting_curve

TABLES = st.lists(st.tuples(st.integers(1, 12), st.booleans(), st.integers(1, 3)), min_size=1, max_size=40)


TRUE_MEDIAN = 2e5 * math.log(2)  # of waits of 2e5 seconds on average


def curve_of(seconds, answered, complaints=None) -> WaitingCurve:
    counts = np.ones(len(seconds), int) if complaints is None else np.asarray(complaints)
    order = shortest_first(np.asarray(seconds), np.asarray(answered))
    return waiting_curve(np.asarray(seconds)[order], np.asarray(answered)[order], counts[order])


@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # statsmodels takes the logarithm of nobody
@given(TABLES, st.sampled_from([0.5, 0.9]))
@settings(deadline=None, max_examples=100)
def test_the_interval_of_a_quantile_is_that_of_statsmodels(rows: list[tuple[int, bool, int]], share: float) -> None:
    seconds, answered, complaints = (np.array(each).astype(int) for each in zip(*rows, strict=True))
    found = curve_of(seconds, answered, complaints).interval(share)
    if not answered.any():
        assert all(math.isnan(end) for end in found)
        return
    one_by_one = SurvfuncRight(np.repeat(seconds, complaints), np.repeat(answered, complaints))
    assert found == pytest.approx(one_by_one.quantile_ci(share), nan_ok=True)


@given(TABLES)
@settings(deadline=None, max_examples=60)
def test_share_and_error_are_those_of_statsmodels(rows: list[tuple[int, bool, int]]) -> None:
    seconds, answered, complaints = (np.array(each).astype(int) for each in zip(*rows, strict=True))
    curve = curve_of(seconds, answered, complaints)
    if not answered.any():
        assert not len(curve.seconds)
        return
    expected = SurvfuncRight(np.repeat(seconds, complaints), np.repeat(answered, complaints))
    assert list(curve.seconds) == list(expected.surv_times)
    assert curve.waiting == pytest.approx(expected.surv_prob, abs=1e-12)
    is_left = curve.waiting > 0
    assert curve.error[is_left] == pytest.approx(expected.surv_prob_se[is_left])


def test_the_share_waiting_steps_down_at_each_answer() -> None:
    curve = curve_of([1, 2, 2, 4], [1, 1, 0, 1])  # of four one is answered at 1, of three one at 2, the last at 4
    assert curve.at(np.array([0, 1, 2, 3, 4])) == pytest.approx([1, 0.75, 0.5, 0.5, 0])


def test_the_band_holds_the_curve_and_is_unknown_where_nobody_waits_any_more() -> None:
    curve = curve_of([1, 2, 3, 4], [1, 1, 1, 1])
    low, high = curve.band()
    assert all(low[:-1] < curve.waiting[:-1])
    assert all(high[:-1] > curve.waiting[:-1])
    # log-log by hand at 1: S = 3/4, se = sqrt(3/4 * 1/4 / 4), theta = 1.96 se / (S |ln S|)
    theta = 1.959964 * math.sqrt(0.75 * 0.25 / 4) / (0.75 * -math.log(0.75))
    assert (low[0], high[0]) == pytest.approx((0.75 ** math.exp(theta), 0.75 ** math.exp(-theta)), rel=1e-6)
    assert math.isnan(low[-1])


def test_where_too_few_are_answered_the_upper_end_is_open() -> None:
    low, high = curve_of([1, 2, 3, 9, 9, 9], [1, 1, 1, 0, 0, 0]).interval(0.5)
    assert low in (1, 2)
    assert math.isinf(high)


def test_the_interval_holds_the_true_median_as_often_as_it_says_and_the_answered_alone_do_not() -> None:
    luck, held, held_by_answered = np.random.default_rng(3), 0, 0
    for _ in range(400):
        waits, seen = (np.ceil(1e5 * each) for each in (luck.exponential(2.0, 150), luck.uniform(0, 4, 150)))
        answered = (waits <= seen).astype(int)
        low, high = curve_of(np.minimum(waits, seen), answered).interval(0.5)
        held += low <= TRUE_MEDIAN <= high
        alone = np.sort(waits[answered == 1])
        half, step = len(alone) / 2, 1.96 * math.sqrt(len(alone)) / 2
        held_by_answered += alone[int(half - step)] <= TRUE_MEDIAN <= alone[int(half + step)]
    assert 0.93 <= held / 400 <= 0.975
    assert held_by_answered / 400 < 0.2
