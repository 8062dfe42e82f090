"""The sample shop tells the story that we wrote into it, and the analyses find it again."""

from collections.abc import Iterator
from datetime import date

import pytest

from data.generate import generate
from retention_core.analyses.complaints.complaints_behind import complaints_behind
from retention_core.analyses.complaints.response_times import DAY, ResponseQuestion, response_times
from retention_core.analyses.customers.cohort_question import CohortQuestion
from retention_core.analyses.customers.cohort_retention import cohort_retention
from retention_core.analyses.intervals import Share, difference
from retention_core.analyses.satisfaction.satisfaction_return import ReturnQuestion, satisfaction_return
from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.filters import Filters
from retention_core.periods import Period
from retention_core.sample import FILES, FOLDER, load_sample


@pytest.fixture(scope="module")
def shop() -> Iterator[DuckDBEngine]:
    engine = DuckDBEngine()
    load_sample(engine)
    yield engine
    engine.close()


def test_the_generator_writes_the_files_that_are_committed(tmp_path) -> None:
    generate(tmp_path)
    for name in FILES:
        assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes()
    assert sum((FOLDER / name).stat().st_size for name in FILES) < 3_000_000


def test_slow_answers_cost_returns_past_day_five(shop) -> None:
    listed = complaints_behind(shop, ResponseQuestion(filters=Filters(last_day=date(2026, 3, 31))))
    later = shop.query(
        "SELECT customer, ordered_at FROM orders JOIN customers USING (customer_key) WHERE NOT is_refund"
    )
    bought = later.groupby("customer")["ordered_at"].apply(list)
    back = {True: [0, 0], False: [0, 0]}
    for complaint in listed[listed["is_open"] == 0].itertuples():
        within = any(0 < (at - complaint.opened_at).days <= 180 for at in bought[complaint.customer])
        counted = back[complaint.wait_seconds <= 5 * DAY]
        counted[0], counted[1] = counted[0] + within, counted[1] + 1
    _, low, _ = difference(Share(*back[True]), Share(*back[False]))
    assert low > 0.15


def test_some_very_satisfied_customers_never_return(shop) -> None:
    answer = satisfaction_return(shop, ReturnQuestion(days=90))
    fives = answer.scores[answer.scores["label"] == "5"].iloc[0]
    threes = answer.scores[answer.scores["label"] == "3"].iloc[0]
    assert fives["high"] < threes["low"]
    gone = answer.rooms[(answer.rooms["is_satisfied"] == True) & (answer.rooms["outcome"] == "did_not")]  # noqa: E712
    assert gone["customers"].iloc[0] > 400


def test_one_branch_is_slower(shop) -> None:
    medians = {}
    for branch in ("North", "Old Town", "Harbour"):
        question = ResponseQuestion(filters=Filters(segments={"branch": (branch,)}))
        medians[branch] = response_times(shop, question).overall["median_seconds"]
    assert medians["Harbour"] > 2 * max(medians["North"], medians["Old Town"])


def test_the_last_month_is_unfinished(shop) -> None:
    cells = cohort_retention(shop, CohortQuestion()).cells
    october = Period().number(date(2026, 10, 1))
    assert set(cells[cells["cohort"] + cells["period_number"] == october]["state"]) == {"running"}
    assert set(cells[cells["cohort"] + cells["period_number"] < october]["state"]) == {"complete"}
