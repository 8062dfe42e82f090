"""A kept table is computed once at a time, is there for as long as somebody needs it, and gone after that."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from retention_core.engines.asking import Asking
from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.engines.kept_tables import KeptTables, size_of
from retention_core.errors import QuestionStopped, QuestionTooLarge
from tests.tables import add_orders

ENDLESS = "SELECT sum(hash(range)) AS x FROM range(1_000_000_000_000)"


@pytest.fixture
def kept() -> tuple[KeptTables, list[str]]:
    """Kept tables of at most 100 bytes that nobody needs who has not an asking, and the names of those dropped."""
    dropped: list[str] = []
    return KeptTables(dropped.append, 100, seconds=-1.0), dropped


def named(number: int) -> str:
    return f"kept.k{number:016x}"


def sized(size: int) -> Callable[[], int]:
    return lambda: size


def test_a_long_computation_holds_up_nobody_who_keeps_something_else(engine) -> None:
    asking = Asking()
    with ThreadPoolExecutor(1) as pool:
        long = pool.submit(asking.run, engine.keep, ENDLESS)
        time.sleep(0.2)
        assert engine.query(f"SELECT x FROM {engine.keep('SELECT 7 AS x')}")["x"].tolist() == [7]
        assert not long.done()
        asking.stop()
        with pytest.raises(QuestionStopped):
            long.result(10)


def test_those_who_ask_for_the_same_wait_for_one_computation(kept) -> None:
    tables, _ = kept
    computed, may_end = [], threading.Event()

    def compute() -> int:
        computed.append("once")
        assert may_end.wait(10)
        return 10

    def ask() -> None:
        Asking().run(tables.keep, named(1), 0, compute)

    with ThreadPoolExecutor(5) as pool:
        asked = [pool.submit(ask) for _ in range(5)]
        time.sleep(0.2)
        may_end.set()
        assert [each.result(10) for each in asked] == [None] * 5
    assert computed == ["once"]


def test_where_the_one_who_computes_is_stopped_another_takes_over(engine) -> None:
    sql = "SELECT sum(hash(range)) AS x FROM range(200_000_000)"
    first, second, third = Asking(), Asking(), Asking()

    def ask() -> int:
        return len(engine.query(f"SELECT x FROM {engine.keep(sql)}"))

    with ThreadPoolExecutor(3) as pool:
        computing = pool.submit(first.run, ask)
        time.sleep(0.2)
        waiting, leaving = pool.submit(second.run, ask), pool.submit(third.run, ask)
        time.sleep(0.1)
        third.stop()
        with pytest.raises(QuestionStopped):
            leaving.result(10)  # while it waits
        first.stop()
        with pytest.raises(QuestionStopped):
            computing.result(10)
        assert waiting.result(60) == 1


def test_those_who_wait_for_what_is_too_large_are_told_so_and_do_not_try_again(kept) -> None:
    tables, _ = kept
    computed, may_end = [], threading.Event()

    def compute() -> int:
        computed.append("once")
        assert may_end.wait(10)
        raise QuestionTooLarge("Too large.")

    with ThreadPoolExecutor(2) as pool:
        asked = [pool.submit(tables.keep, named(1), 0, compute) for _ in range(2)]
        time.sleep(0.2)
        may_end.set()
        assert [type(each.exception(10)) for each in asked] == [QuestionTooLarge] * 2
    assert computed == ["once"]


def test_the_table_used_longest_ago_goes_when_all_together_are_too_large(kept) -> None:
    tables, dropped = kept
    tables.keep(named(1), 0, sized(40))
    tables.keep(named(2), 0, sized(40))
    tables.keep(named(1), 0, sized(40))  # used again
    time.sleep(1.1)  # a fresh table stays for a second
    tables.keep(named(3), 0, sized(40))
    assert dropped == [named(2)]


def test_the_latest_table_stays_however_large_it_is(kept) -> None:
    tables, dropped = kept
    tables.keep(named(1), 0, sized(5000))
    time.sleep(1.1)
    tables.tidy()
    assert dropped == []
    tables.keep(named(2), 0, sized(5))
    assert dropped == [named(1)]


def test_no_more_tables_stay_than_may(kept, monkeypatch) -> None:
    tables, dropped = kept
    monkeypatch.setattr("retention_core.engines.kept_tables._FRESH_SECONDS", 0.0)
    monkeypatch.setattr("retention_core.engines.kept_tables.MOST_TABLES", 5)
    for number in range(8):
        tables.keep(named(number), 0, sized(1))
    assert dropped == [named(0), named(1), named(2)]


def test_what_an_asking_has_kept_stays_until_it_ends(kept) -> None:
    tables, dropped = kept

    def work() -> list[str]:
        for number in range(4):
            tables.keep(named(number), 0, sized(60))
        tables.renew()
        return list(dropped)

    assert Asking().run(work) == []
    time.sleep(1.1)
    tables.tidy()
    assert sorted(dropped) == [named(number) for number in range(4)]


def test_a_table_that_a_query_reads_stays_and_goes_after_it_when_the_data_has_changed(kept) -> None:
    tables, dropped = kept
    tables.keep(named(1), 0, sized(10))
    time.sleep(1.1)
    with tables.read_by(f"SELECT * FROM {named(1)}"):
        tables.renew()
        tables.tidy(all_unneeded=True)
        assert dropped == []
    tables.tidy()
    assert dropped == [named(1)]


def test_after_a_change_old_tables_are_gone_when_the_asking_that_read_them_ends(engine) -> None:
    there = "SELECT count(*) AS n FROM duckdb_tables() WHERE database_name = 'kept'"

    def work() -> list[int]:
        name = engine.keep("SELECT count(*) AS n FROM orders")
        with ThreadPoolExecutor(1) as others:
            others.submit(add_orders, engine, [("ann", "2026-01-01", 1.0)]).result(20)
        return list(engine.query(f"SELECT n FROM {name}")["n"])

    assert Asking().run(work) == [0]
    time.sleep(1.1)
    engine.set_setting("anything", "changed")
    assert engine.query(there)["n"].tolist() == [0]


def test_many_who_keep_and_read_at_once_never_miss_a_table(monkeypatch) -> None:
    engine = DuckDBEngine()
    monkeypatch.setattr("retention_core.engines.kept_tables.MOST_TABLES", 2)
    monkeypatch.setattr("retention_core.engines.kept_tables._FRESH_SECONDS", 0.0)

    def ask(number: int) -> int:
        name = engine.keep("SELECT $n AS n", {"n": number % 7})
        return int(engine.query(f"SELECT n FROM {name}")["n"].iloc[0])

    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(Asking().run, ask, number) for number in range(200)]
        assert [each.result(60) for each in asked] == [number % 7 for number in range(200)]
    engine.close()


def test_a_table_is_as_large_as_its_rows_times_their_columns() -> None:
    assert size_of(10, ["INTEGER", "DATE", "BIGINT", "DECIMAL(18,4)"]) == 10 * (4 + 4 + 8 + 16)
    assert size_of(10, ["VARCHAR", "TIMESTAMP WITH TIME ZONE"]) == 10 * (24 + 8)
