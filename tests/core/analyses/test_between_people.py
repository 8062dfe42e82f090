"""How much of what differs between people is more than chance."""

import math

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm

from retention_core.analyses.complaints.between_people import FUNNEL, between_people


def people(*shares: tuple[int, int]) -> pd.DataFrame:
    """Return rows of people: within the limit, known."""
    return pd.DataFrame(shares, columns=["within_limit", "known"])


def test_people_who_are_all_alike_are_all_moved_to_the_common_share() -> None:
    found = between_people(people((50, 100), (50, 100), (50, 100)))
    assert (found.people, found.common, found.above_chance, found.spread, found.is_real) == (3, 0.5, 0.0, 0.0, False)
    assert list(found.shrunk) == [0.5, 0.5, 0.5]


def test_what_is_more_than_chance_is_found_by_hand() -> None:
    found = between_people(people((80, 100), (20, 100)))
    # squares 100 * 0.3^2 * 2 = 18, by chance 0.25 * 1: 17.75 of 18 parts are more
    assert found.above_chance == pytest.approx(1 - 0.25 / 18)
    # (18 - 0.25) / (0.25 * (200 - 100 - 1)) = 71.7 %: two complaints of one person are that alike
    alike = 17.75 / (0.25 * 99)
    assert found.spread == pytest.approx(math.sqrt(alike * 0.25))
    weight = 100 * alike / (1 + 99 * alike)
    assert found.shrunk[0] == pytest.approx(weight * 0.8 + (1 - weight) * 0.5)
    assert found.is_real


def test_who_has_few_complaints_is_moved_further_and_who_has_none_stands_at_the_unknown() -> None:
    found = between_people(people((90, 100), (30, 100), (60, 100), (2, 2), (0, 0)))
    assert abs(found.shrunk[3] - 0.6) < abs(1 - 0.6)
    assert found.shrunk[0] > 0.85
    assert math.isnan(found.shrunk[4])
    assert found.people == 3


@pytest.mark.parametrize("rows", [people(), people((5, 9), (1, 9)), people((50, 100)), people((5, 10), (6, 12))])
def test_too_few_people_or_complaints_tell_nothing(rows) -> None:
    assert between_people(rows) is None


def test_where_everybody_keeps_the_limit_nothing_differs() -> None:
    found = between_people(people((40, 40), (30, 30)))
    assert (found.common, found.above_chance, found.is_real) == (1.0, 0.0, False)


def test_the_limits_are_those_of_the_normal_distribution_and_narrow_with_more_complaints() -> None:
    found = between_people(people((50, 100), (52, 100), (48, 100)))
    low, high = found.limits(np.array([25, 100, 2500]), 0.95)
    assert high[1] - 0.5 == pytest.approx(norm.ppf(0.975) * 0.05)
    assert low[1] - 0.5 == pytest.approx(-norm.ppf(0.975) * 0.05)
    assert high[0] > high[1] > high[2]
    assert FUNNEL[0.998] == pytest.approx(norm.ppf(0.999))


def test_where_all_differ_by_more_than_chance_the_limits_lie_further_apart() -> None:
    luck = np.random.default_rng(3)
    shares = luck.normal(0.6, 0.12, 60).clip(0.05, 0.95)
    found = between_people(pd.DataFrame({"known": 100, "within_limit": luck.binomial(100, shares)}))
    assert found.dispersion > 2
    assert found.spread == pytest.approx(0.12, abs=0.03)


@pytest.mark.parametrize("common", [0.6, 0.95])
def test_chance_alone_is_called_more_than_chance_in_at_most_one_of_twenty(common: float) -> None:
    claims = 0
    for seed in range(200):
        luck = np.random.default_rng(seed)
        known = luck.integers(10, 120, 15)
        rows = pd.DataFrame({"known": known, "within_limit": luck.binomial(known, common)})
        claims += between_people(rows).is_real
    assert claims / 200 <= 0.08  # 5 %, and what 200 draws add to it
