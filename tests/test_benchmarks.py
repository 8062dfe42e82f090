"""The benchmarks run from end to end on a tiny shop, and ask every analysis there is."""

import inspect
import pkgutil
from importlib import import_module
from pathlib import Path

import pytest

import benchmarks.questions
from benchmarks import __main__ as suite
from benchmarks import generated
from benchmarks.measured import Goal, Seconds, Subject
from benchmarks.picture import write_picture
from benchmarks.results import write
from retention_core import analyses

pytestmark = pytest.mark.slow  # starts a dozen processes
TINY = 2_000
# These need no figures of their own: they are part of a question that is asked, or tell of an answer that is there.
PARTS = {"active_periods", "known_until", "last_day", "held", "rows_there", "available_waits", "kept_rows"}
PARTS |= {"bitmaps", "customers_in_cells", "revenue_in_cells", "order_days", "waits_of"}


@pytest.fixture(scope="module", autouse=True)
def _own_files(tmp_path_factory: pytest.TempPathFactory):
    """Lay the files of the tiny shop elsewhere than those of real runs."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("bench")
        for module in (generated, import_module("benchmarks.loaded")):
            patch.setattr(module, "DATA", folder)
        yield


@pytest.fixture(scope="module")
def subjects() -> list[Subject]:
    without = ("starting", "filter_change", "people")
    few = {name: asked for name, asked in list(benchmarks.questions.QUESTIONS.items()) if name in FEW}
    with pytest.MonkeyPatch.context() as patch:
        for module in ("questions", "analyses"):
            patch.setattr(import_module(f"benchmarks.{module}"), "QUESTIONS", few)
        return suite.run(TINY, runs=1, seconds=0, without=without, peers=("duckdb",))


FEW = ("cohorts by month", "cohorts by week", "back within 90 days", "revenue by cohort", "response times by week")


def test_every_subject_is_measured_and_nobody_answers_another_table(subjects: list[Subject]) -> None:
    assert [subject.title for subject in subjects] == [
        "Loading",
        "Every analysis",
        "The same questions, asked of others",
        "Growth",
    ]
    cells = [cell for subject in subjects for table in subject.tables for row in table.rows for cell in row]
    assert not [cell for cell in cells if "ANOTHER" in cell]


def test_the_results_and_the_picture_are_written_with_every_promise(subjects: list[Subject], tmp_path: Path) -> None:
    write(subjects, TINY, 1, tmp_path / "RESULTS.md")
    write_picture(subjects, "Tiny", tmp_path / "results.svg")
    told, drawn = (tmp_path / "RESULTS.md").read_text(), (tmp_path / "results.svg").read_text()
    goals = [goal for subject in subjects for goal in subject.goals]
    assert goals
    assert all(goal.says in told for goal in goals)
    assert drawn.count('class="kept"') + drawn.count('class="missed"') == len(goals)
    assert "cohorts by month" in drawn
    assert "prefers-color-scheme:dark" in drawn


def test_every_analysis_is_asked() -> None:
    asked = inspect.getsource(benchmarks.questions)
    takes_engine = {
        name
        for module in pkgutil.walk_packages(analyses.__path__, "retention_core.analyses.")
        for name, each in inspect.getmembers(import_module(module.name), inspect.isfunction)
        if not name.startswith("_")
        and each.__module__ == module.name
        and next(iter(inspect.signature(each).parameters), "") == "engine"
    }
    forgotten = {name for name in takes_engine - PARTS if name not in asked}
    assert not forgotten


@pytest.mark.parametrize(
    ("measured", "at_least", "is_met"), [(3, False, True), (3.1, False, False), (3, True, True), (2.9, True, False)]
)
def test_a_promise_is_kept_up_to_its_limit_in_either_direction(measured: float, at_least: bool, is_met: bool) -> None:
    assert Goal("three", measured, 3, at_least=at_least).is_met is is_met


def test_the_share_of_a_promise_tells_how_much_of_what_is_allowed_was_needed() -> None:
    assert Goal("half of it", 1.5, 3).share == 0.5
    assert Goal("twice as fast", 10, 5, at_least=True).share == 0.5
    assert Goal("no errors", 0, 0).share == 0


def test_the_95th_of_a_hundred_runs_is_the_p95() -> None:
    assert Seconds(tuple(float(n) for n in range(100, 0, -1))).p95 == 95
    assert Seconds((1.0, 2.0, 9.0)).p95 == 9
    assert Seconds((1.0, 2.0, 9.0)).median == 2
