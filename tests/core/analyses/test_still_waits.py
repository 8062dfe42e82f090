"""What is claimed of invented help desks in which nothing changes, and of one that gets slower.

`python -m benchmarks.still_waits` looks at 400 of each of seven kinds; here are few, enough to tell 5 % from 25 %.
"""

import pytest

from benchmarks.still_waits import DESKS, claims_in


@pytest.mark.parametrize("kind", ["desk", "weeks that scatter"])
def test_hardly_any_desk_in_which_nothing_changes_is_told_of_a_change(kind) -> None:
    found = claims_in(DESKS[kind], 25, seed=2)
    for against in ("before", "last_year"):
        assert found[f"{against} compared"] == 25
        assert found[f"{against} claimed"] <= 5, against  # at 5 % more than 5 of 25 come once in 800 times


def test_a_desk_that_gets_slower_is_told_so_and_never_that_it_got_faster() -> None:
    found = claims_in(DESKS["last weeks 1.5 times as slow"], 15, seed=2)
    assert found["before claimed"] > 7
    assert found["before faster"] == found["last_year faster"] == 0
