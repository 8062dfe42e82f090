"""Every export of the trial set is understood, or asked about: nothing is silently wrong."""

import importlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.exports.export import Export
from tests.exports.score import Score, score

MODULES = (
    "shops",
    "payments_and_tills",
    "crm_and_accounting",
    "help_desks",
    "surveys",
    "iranian",
    "by_hand_orders",
    "by_hand_complaints",
    "by_hand_answers",
    "traps",
)
RIGHT_OR_ASKED, NEEDLESS = 0.95, 0.01


def exports(module: str) -> Iterator[Export]:
    yield from importlib.import_module(f"tests.exports.{module}").EXPORTS


@pytest.fixture(scope="module")
def scores(tmp_path_factory) -> list[Score]:
    folder = tmp_path_factory.mktemp("exports")

    def of(export: Export) -> Score:
        own = folder / export.name
        own.mkdir()
        return score(export, own)

    with ThreadPoolExecutor(2) as beside:  # most of the time goes into the child that reads each file
        return list(beside.map(of, [each for module in MODULES for each in exports(module)]))


def test_no_figure_is_silently_wrong(scores) -> None:
    assert {each.name: each.silent for each in scores if each.silent} == {}


def test_columns_that_matter_are_taken_rightly_or_asked_about(scores) -> None:
    known = sum(len(each.right) + len(each.asked) for each in scores)
    every = sum(each.columns for each in scores)
    print(f"\n{len(scores)} exports, {every} columns that matter, {known / every:.1%} right or rightly asked")
    assert known >= RIGHT_OR_ASKED * every, {each.name: each.wrong for each in scores if each.wrong}


def test_hardly_anything_is_asked_needlessly(scores) -> None:
    needless = {each.name: each.needless for each in scores if each.needless}
    assert sum(map(len, needless.values())) <= NEEDLESS * sum(each.columns for each in scores), needless


def test_the_set_has_at_least_a_hundred_exports_each_with_a_name_of_its_own() -> None:
    names = [each.name for module in MODULES for each in exports(module)]
    assert len(names) >= 100
    assert len(set(names)) == len(names)
