"""Intervals against published values and against their own formula."""

import json
import math

import pandas as pd
import pytest

from retention_core.analyses.customers.cohort_retention import averages
from retention_core.analyses.intervals import Share, difference, wilson


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
