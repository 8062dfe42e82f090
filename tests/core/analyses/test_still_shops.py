"""What is claimed of invented shops in which nothing changes, and of those in which something does.

`python -m benchmarks.still_shops` looks at 400 shops of each of nine kinds; here are few, enough to tell 5 % from 25 %.
"""

import pytest

from benchmarks.still_shops import SHOPS, TABLES, claims_in

LOOKS = ("headline", "overview", "neighbours", *TABLES)


@pytest.mark.parametrize("kind", ["new shop", "old shop"])
def test_hardly_any_shop_in_which_nothing_changes_is_told_of_a_change(kind) -> None:
    found = claims_in(SHOPS[kind], 25, seed=2)
    for look in LOOKS:
        assert found[f"{look} compared"] > 20, look
        assert found[f"{look} claimed"] <= 5, look  # at 5 % more than 5 of 25 come once in 800 times


def test_a_true_fall_of_nine_points_is_claimed_or_unknown_and_never_denied() -> None:
    found = claims_in(SHOPS["true fall of 9 points"], 20, seed=2)
    assert found["headline denied"] == found["overview denied"] == 0
    assert found["headline claimed"] > 5
