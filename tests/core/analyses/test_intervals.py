"""Intervals against published values and against their own formula."""

import json
import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import fisher_exact

from retention_core.analyses.customers.cohort_retention import averages
from retention_core.analyses.intervals import Share, difference, p_values, wilson


def test_wilson_intervals_are_those_that_peers_assert(acceptance_cases) -> None:
    for case in json.loads((acceptance_cases / "retention_cases.json").read_text())["wilson_95"]:
        low, high = Share(case["returned"], case["size"]).interval
        assert (round(low, 4), round(high, 4)) == pytest.approx(tuple(case["interval"]), abs=1e-4)


def test_the_wilson_interval_follows_its_formula() -> None:
    z, share, n = 1.959964, 0.366, 885
    centre, spread = share + z * z / (2 * n), z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    low, high = wilson([round(share * n)], [n])
    assert low[0] == pytest.approx((centre - spread) / (1 + z * z / n), abs=2e-3)
    assert high[0] == pytest.approx((centre + spread) / (1 + z * z / n), abs=2e-3)


def test_a_share_of_nothing_is_unknown_and_not_zero() -> None:
    assert math.isnan(Share(0, 0).rate)
    assert all(math.isnan(end) for end in Share(0, 0).interval)
    assert not Share(9, 9).is_headline
    assert Share(0, 10).is_headline


def test_the_difference_of_two_shares_is_newcombes() -> None:
    # Newcombe (1998), table II, case (a): 56/70 against 48/80, method 10: 0.0524 to 0.3339.
    change, low, high = difference(Share(56, 70), Share(48, 80))
    assert (round(change, 4), round(low, 4), round(high, 4)) == (0.2, 0.0524, 0.3339)


def test_three_kinds_of_tools_give_three_averages(acceptance_cases) -> None:
    for case in json.loads((acceptance_cases / "retention_cases.json").read_text())["average_cases"]:
        cells = pd.DataFrame(case["cohorts"]).rename(columns={"size": "cohort_size", "returned": "customers"})
        cells["base"] = cells["cohort_size"]
        cells["state"] = ["complete" if complete else "running" for complete in cells["complete"]]
        known, expected = averages(cells), case["expected"]
        assert known["pooled"] == pytest.approx(expected["pooled"], abs=1e-6)
        assert known["simple_mean_of_rates"] == pytest.approx(expected["simple_mean_of_rates"])
        assert known["double_weighted"] == pytest.approx(expected["mixpanel_double_weighted"], abs=1e-5)


_sizes = st.integers(0, 400) | st.integers(0, 2_000_000)


@st.composite
def _shares(draw: st.DrawFn) -> Share:
    total = draw(_sizes)
    return Share(draw(st.sampled_from([0, total, total // 2]) | st.integers(0, total)), total)


def _fisher(first: Share, second: Share) -> float:
    return float(fisher_exact([[each.count, each.total - each.count] for each in (first, second)]).pvalue)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(_shares(), _shares()).filter(lambda pair: pair[0].total + pair[1].total), max_size=8))
def test_fishers_test_of_many_pairs_is_that_of_the_library_one_by_one(pairs) -> None:
    found = p_values([first for first, _ in pairs], [second for _, second in pairs])
    assert found == pytest.approx([_fisher(*pair) for pair in pairs], rel=1e-9, abs=1e-280)


def test_fishers_test_counts_what_is_as_rare_on_the_other_side() -> None:
    # 3 of 3 against 0 of 3: of the 20 ways to choose three, this one and its mirror image
    assert p_values([Share(3, 3), Share(0, 3)], [Share(0, 3), Share(3, 3)]) == pytest.approx([0.1, 0.1])
    # 2 of 2 against 0 of 3: one way of ten; 0 of 2 are three of ten, thus more likely
    assert p_values([Share(2, 2)], [Share(0, 3)]) == pytest.approx([0.1])
    assert p_values([Share(5, 10), Share(0, 9)], [Share(5, 10), Share(0, 7)]) == pytest.approx([1.0, 1.0])
    assert p_values([], []) == []
