"""Who stops a question ends their own, whatever it is about, and nobody else's."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from retention_core.engines.asking import Asking
from retention_core.engines.duckdb_engine import DuckDBEngine, EngineLimits
from retention_core.errors import QuestionStopped, QuestionTooLarge, WorkspaceUnavailable

ENDLESS = "SELECT sum(hash(range)) AS x FROM range(1_000_000_000_000)"
LONG = "SELECT sum(hash(range)) AS x FROM range(300_000_000)"


def test_a_long_question_is_stopped_and_the_next_of_the_same_asking_is_not_begun(engine) -> None:
    asking = Asking()
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(asking.run, engine.query, ENDLESS)
        time.sleep(0.3)
        asking.stop()
        with pytest.raises(QuestionStopped, match="stopped"):
            asked.result(10)
    with pytest.raises(QuestionStopped):
        asking.run(engine.query, "SELECT 1 AS x")
    assert engine.query("SELECT 1 AS x")["x"].tolist() == [1]


def test_who_stops_does_not_stop_what_somebody_else_asks(engine) -> None:
    mine, theirs = Asking(), Asking()
    with ThreadPoolExecutor(2) as pool:
        my_question, their_question = (
            pool.submit(mine.run, engine.query, ENDLESS),
            pool.submit(theirs.run, engine.query, LONG),
        )
        time.sleep(0.3)
        mine.stop()
        with pytest.raises(QuestionStopped):
            my_question.result(10)
        assert not their_question.done()
        assert len(their_question.result(120)) == 1


def test_a_stop_that_comes_between_two_questions_counts(engine) -> None:
    asking = Asking()

    def work() -> None:
        for number in range(1000):
            engine.query("SELECT 1 AS x")
            if number == 3:
                asking.stop()

    with pytest.raises(QuestionStopped):
        asking.run(work)


def test_a_stop_hits_every_moment_of_short_questions(engine) -> None:
    """Stopped at any moment, an asking of many short questions ends soon: none slips through between two of them."""

    def work() -> None:
        while True:
            engine.query("SELECT sum(hash(range)) AS x FROM range(20_000)")

    with ThreadPoolExecutor(1) as pool:
        for pause in range(20):
            asking = Asking()
            asked = pool.submit(asking.run, work)
            time.sleep(pause / 1000)
            asking.stop()
            with pytest.raises(QuestionStopped):
                asked.result(10)


def test_what_a_stopped_question_was_to_keep_is_not_there_by_halves(engine) -> None:
    asking = Asking()
    with ThreadPoolExecutor(1) as pool:
        kept = pool.submit(asking.run, engine.keep, ENDLESS)
        time.sleep(0.3)
        asking.stop()
        with pytest.raises(QuestionStopped):
            kept.result(10)
    there = "SELECT count(*) AS n FROM duckdb_tables() WHERE database_name = 'kept'"
    assert engine.query(there)["n"].tolist() == [0]


def test_a_question_that_takes_longer_than_it_may_is_too_large_and_not_stopped() -> None:
    engine = DuckDBEngine(limits=EngineLimits(question_seconds=1))
    with pytest.raises(QuestionTooLarge):
        Asking().run(engine.query, ENDLESS)
    engine.close()


def test_an_asking_within_another_is_stopped_by_itself(engine) -> None:
    outer, inner = Asking(), Asking()
    inner.stop()

    def work() -> list[int]:
        with pytest.raises(QuestionStopped):
            inner.run(engine.query, "SELECT 1 AS x")
        return list(engine.query("SELECT 2 AS x")["x"])

    assert outer.run(work) == [2]


def test_a_question_to_a_closed_workspace_is_told_in_words() -> None:
    engine = DuckDBEngine()
    engine.close()
    with pytest.raises(WorkspaceUnavailable, match="is closed"):
        engine.query("SELECT 1")


def test_a_workspace_that_is_closed_while_somebody_asks_ends_the_question_in_words_and_leaves_nothing() -> None:
    engine = DuckDBEngine()
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(engine.query, ENDLESS)
        time.sleep(0.3)
        engine.close()
        with pytest.raises(WorkspaceUnavailable, match="is closed"):
            asked.result(10)
    assert not engine.folder.exists()


def test_many_who_ask_at_the_same_moment_are_all_answered(engine) -> None:
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda number: engine.query(f"SELECT {number} AS x")["x"].iloc[0], range(800)))
    assert answers == list(range(800))
