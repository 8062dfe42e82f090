"""Shops drawn by chance: what they are told. The benchmark of the same name draws more of them."""

from benchmarks.satisfaction_claims import STORIES, told_in

SHOPS = 30
STORY = {story.name: story for story in STORIES}


def test_no_effect_is_told_where_only_those_who_bought_more_answer_more_and_score_lower() -> None:
    found = told_in(STORY["nothing, the same with 1,000 customers"], SHOPS)
    assert found["plain"].sum() > SHOPS / 2  # the plain comparison would tell most shops of a difference
    assert found["claimed"].sum() <= 4  # at 5 % more than four of thirty come by luck in one case of 64


def test_ten_points_are_found_and_a_history_of_one_purchase_is_called_thin() -> None:
    found = told_in(STORY["ten points, nothing else"], 10)
    assert found["claimed"].sum() >= 8
    assert told_in(STORY["unseen, asked within 20 days"], 5)["thin"].all()
