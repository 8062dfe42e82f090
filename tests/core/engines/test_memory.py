"""Workspaces share the memory of the machine: small work never waits, large work waits its turn and says so."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from weakref import WeakMethod

import pytest

from retention_core.engines.asking import Asking
from retention_core.engines.duckdb_engine import DuckDBEngine, EngineLimits
from retention_core.engines.memory import bytes_of, machine_memory, memory_of_all, memory_of_one, needed_memory
from retention_core.engines.memory_room import MemoryRoom, Tenant
from retention_core.engines.writing import Writing
from retention_core.errors import QuestionStopped, QuestionTooLarge, SettingInvalid, UploadCancelled

MB = 1_000_000
ROOM, LARGE, SMALL = 1000 * MB, 500 * MB, 50 * MB  # large claims have 750 MB together, small ones 250 MB


class Shop:
    """A workspace that notes when it gave back its memory."""

    def __init__(self) -> None:
        self.gave_back = 0
        self.tenant = Tenant(WeakMethod(self.give_back))

    def give_back(self) -> None:
        self.gave_back += 1


class Work:
    """Work that goes on, holding its claim, until it may end."""

    def __init__(self, pool: ThreadPoolExecutor, room: MemoryRoom, shop: Shop, amount: int) -> None:
        self.begun, self.may_end = threading.Event(), threading.Event()
        self.done: Future[None] = pool.submit(self._run, room, shop, amount)

    def _run(self, room: MemoryRoom, shop: Shop, amount: int) -> None:
        with room.claim(shop.tenant, amount, lambda _: None):
            self.begun.set()
            assert self.may_end.wait(20)

    def begins(self, seconds: float = 10.0) -> bool:
        return self.begun.wait(seconds)

    def end(self) -> None:
        self.may_end.set()
        self.done.result(10)


def soon(is_so: Callable[[], bool]) -> bool:
    """Tell whether something comes about within ten seconds."""
    for _ in range(200):
        if is_so():
            return True
        time.sleep(0.05)
    return False


def test_large_work_waits_in_order_and_small_work_passes_it() -> None:
    room, shops = MemoryRoom(ROOM), [Shop() for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        first = Work(pool, room, shops[0], LARGE)
        assert first.begins()
        second = Work(pool, room, shops[1], LARGE)
        assert soon(lambda: shops[1].tenant.waiting == 1)
        third = Work(pool, room, shops[2], 200 * MB)  # would fit, but came later
        assert soon(lambda: shops[2].tenant.waiting == 1)
        small = [Work(pool, room, each, SMALL) for each in shops[3:]]
        assert all(each.begins() for each in small)
        assert not second.begins(0.2)
        assert not third.begins(0.0)
        first.end()
        assert second.begins()
        assert third.begins()
        for each in (second, third, *small):
            each.end()


def test_work_in_one_workspace_shares_what_it_has_claimed() -> None:
    room, shop = MemoryRoom(ROOM), Shop()
    with ThreadPoolExecutor(3) as pool:
        works = [Work(pool, room, shop, LARGE) for _ in range(3)]
        assert all(each.begins() for each in works)
        for each in works:
            each.end()


def test_work_within_work_claims_once() -> None:
    room, shop, other = MemoryRoom(ROOM), Shop(), Shop()
    with (
        room.claim(shop.tenant, LARGE, lambda _: None),
        room.claim(shop.tenant, 700 * MB, lambda _: None),
        room.claim(other.tenant, 700 * MB, lambda _: None),
    ):
        assert (shop.tenant.claims, other.tenant.claims) == ([LARGE], [])


def test_work_that_wants_more_than_there_is_gets_all_there_is() -> None:
    room, shop = MemoryRoom(ROOM), Shop()
    with room.claim(shop.tenant, 5 * ROOM, lambda _: None):
        assert shop.tenant.claims == [750 * MB]


def test_a_workspace_at_rest_gives_back_when_others_need_the_room_the_longest_at_rest_first() -> None:
    room, shops = MemoryRoom(ROOM), [Shop() for _ in range(4)]
    for each in shops[:3]:
        with room.claim(each.tenant, 300 * MB, lambda _: None):
            pass
    assert [each.gave_back for each in shops] == [0, 0, 0, 0]
    with room.claim(shops[3].tenant, 300 * MB, lambda _: None):
        assert [each.gave_back for each in shops] == [1, 0, 0, 0]
    room.forget(shops[1].tenant)  # closed
    with room.claim(shops[0].tenant, 300 * MB, lambda _: None):
        assert [each.gave_back for each in shops] == [1, 0, 0, 0]


def test_after_large_work_a_workspace_gives_back_unless_it_works() -> None:
    room, shop = MemoryRoom(ROOM), Shop()
    with room.claim(shop.tenant, LARGE, lambda _: None):
        room.rest(shop.tenant)
        assert shop.gave_back == 0
    room.rest(shop.tenant)
    assert (shop.gave_back, shop.tenant.rests, shop.tenant.gives_back) == (1, 0, False)


def test_after_a_large_load_what_was_read_and_written_does_not_stay_in_memory(monkeypatch) -> None:
    monkeypatch.setattr("retention_core.engines.memory._TIMES_STORED", 1000)
    engine = DuckDBEngine()
    with engine.transaction() as cursor:
        cursor.execute(
            "CREATE TABLE many AS SELECT hash(range) AS x FROM range(8_000_000)"
        )  # 64 MB that do not compress
    held = engine.query("SELECT sum(memory_usage_bytes) AS bytes FROM duckdb_memory()")["bytes"].iloc[0]
    assert held < 40 * MB
    assert engine.query("SELECT count(*) AS n FROM many")["n"].tolist() == [8_000_000]
    engine.close()


def test_who_waits_for_memory_says_so_and_can_be_stopped(tmp_path) -> None:
    room, other = MemoryRoom(ROOM), Shop()
    engine = DuckDBEngine(tmp_path / "North", room=room)
    asking, writing = Asking(), Writing()

    def write() -> None:
        with engine.transaction():
            pytest.fail("it was cancelled while it waited")

    with ThreadPoolExecutor(3) as pool:
        crowd = [Work(pool, room, other, SMALL * 5)]
        crowd += [Work(pool, room, each, 120 * MB) for each in (Shop(), Shop())]  # all the room for small work
        assert all(each.begins() for each in crowd)
        with ThreadPoolExecutor(2) as waiters:
            asked = waiters.submit(asking.run, engine.query, "SELECT 1 AS x")
            assert soon(lambda: asking.waits_for_memory and engine.waits_for_memory)
            written = waiters.submit(writing.run, write)
            assert soon(lambda: writing.waits_for_memory)
            asking.stop()
            writing.cancel()
            with pytest.raises(QuestionStopped):
                asked.result(10)
            with pytest.raises(UploadCancelled):
                written.result(10)
        assert [asking.waits_for_memory, writing.waits_for_memory, engine.waits_for_memory] == [False] * 3
        for each in crowd:
            each.end()
    assert engine.query("SELECT 1 AS x")["x"].tolist() == [1]
    engine.close()


def test_an_engine_at_rest_gives_its_kept_tables_back(tmp_path) -> None:
    room, others = MemoryRoom(ROOM), [Shop(), Shop()]
    engine = DuckDBEngine(tmp_path / "North", room=room)
    assert Asking().run(engine.keep, "SELECT 1 AS x").startswith("kept.")
    time.sleep(1.1)  # a fresh table stays for a second
    with room.claim(others[0].tenant, 750 * MB, lambda _: None):
        pass
    with room.claim(others[1].tenant, 240 * MB, lambda _: None):  # with what the others hold at rest too much
        pass
    assert others[0].gave_back == 0
    there = "SELECT count(*) AS n FROM duckdb_tables() WHERE database_name = 'kept'"
    assert engine.query(there)["n"].tolist() == [0]
    engine.close()


def test_what_a_killed_program_has_spilled_is_gone_at_the_next_opening(tmp_path) -> None:
    DuckDBEngine(tmp_path / "North").close()
    spilled = tmp_path / "North" / "workspace.duckdb.tmp" / "duckdb_temp_1_0_storage_DEFAULT-0.tmp"
    spilled.parent.mkdir(exist_ok=True)
    spilled.write_bytes(b"x")
    engine = DuckDBEngine(tmp_path / "North")
    assert not spilled.exists()
    settings = engine.query("SELECT current_setting('temp_directory') AS temp")
    assert settings["temp"].tolist() == [str(tmp_path / "North" / "workspace.duckdb.tmp")]
    engine.close()


def test_an_upload_that_finds_too_little_room_to_spill_is_explained_and_nothing_of_it_stays() -> None:
    engine = DuckDBEngine(limits=EngineLimits(memory="100MB", temporary_space="10MB"))

    def load() -> None:
        with engine.transaction() as cursor:
            cursor.execute("INSERT INTO uploads (upload_id) VALUES (1)")
            cursor.execute("CREATE TEMP TABLE many AS SELECT DISTINCT hash(range) AS x FROM range(30_000_000)")

    with pytest.raises(QuestionTooLarge, match="upload is too large"):
        load()
    assert engine.query("SELECT count(*) AS n FROM uploads")["n"].tolist() == [0]
    engine.close()


def test_kept_tables_larger_than_the_memory_go_to_the_disk() -> None:
    engine = DuckDBEngine(limits=EngineLimits(memory="100MB"))
    names = [
        engine.keep(f"SELECT hash(range + {n}) AS x, range AS n FROM range(4_000_000)") for n in range(3)
    ]  # 64 MB each
    assert [int(engine.query(f"SELECT sum(n) AS n FROM {each}")["n"].iloc[0]) for each in names] == [
        7_999_998_000_000
    ] * 3
    assert list((engine.folder / "workspace.duckdb.tmp").iterdir()) != []
    engine.close()
    assert not engine.folder.exists()


def test_loading_may_take_longer_than_a_question() -> None:
    engine = DuckDBEngine(limits=EngineLimits(question_seconds=7))
    allowed = "SELECT current_setting('max_execution_time') AS milliseconds"
    assert [str(each) for each in engine.query(allowed)["milliseconds"]] == ["7000"]
    with engine.transaction() as cursor:
        assert [str(each) for each in cursor.execute(allowed).fetchone() or ()] == ["0"]
    engine.close()


def test_a_setting_is_seen_and_set_while_there_is_no_memory_left_for_large_work(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("retention_core.engines.memory._TIMES_STORED", 1000)
    room, other = MemoryRoom(ROOM), Shop()
    engine = DuckDBEngine(tmp_path / "North", room=room)
    with ThreadPoolExecutor(2) as pool:
        load = Work(pool, room, other, 750 * MB)
        assert load.begins()
        asking = Asking()
        asked = pool.submit(asking.run, engine.query, "SELECT 1 AS x")
        assert soon(lambda: asking.waits_for_memory)
        engine.set_setting("time_zone", "Asia/Tehran")
        assert engine.time_zone == "Asia/Tehran"
        load.end()
        assert len(asked.result(10)) == 1
    engine.close()


@pytest.mark.parametrize(
    ("size", "bytes_there"),
    [("3GB", 3_000_000_000), ("2.5 GiB", 2_684_354_560), ("512m", 512_000_000), ("700000000", 700_000_000)],
)
def test_a_limit_is_set_from_outside(monkeypatch, size, bytes_there) -> None:
    monkeypatch.setenv("COMEBACK_MEMORY", size)
    monkeypatch.setenv("COMEBACK_MEMORY_ALL", "8GB")
    assert (memory_of_one(), memory_of_all()) == (bytes_there, 8_000_000_000)


def test_one_workspace_has_no_more_than_all_together(monkeypatch) -> None:
    monkeypatch.delenv("COMEBACK_MEMORY", raising=False)
    monkeypatch.setenv("COMEBACK_MEMORY_ALL", "1GB")
    assert memory_of_one() == 1_000_000_000


@pytest.mark.parametrize("size", ["much", "3 apples", "-1GB", "0", "10MB", "1e9", "3GB3"])
def test_a_limit_that_is_no_size_or_too_small_is_refused_in_words(monkeypatch, size) -> None:
    monkeypatch.setenv("COMEBACK_MEMORY", size)
    with pytest.raises(SettingInvalid, match="COMEBACK_MEMORY"):
        DuckDBEngine()


def test_a_container_has_the_memory_that_its_limit_leaves(tmp_path) -> None:
    limited, unlimited = tmp_path / "memory.max", tmp_path / "other"
    limited.write_text("700000000\n")
    unlimited.write_text("max\n")
    assert machine_memory((limited, unlimited, tmp_path / "none")) == 700_000_000
    assert machine_memory((unlimited,)) > 700_000_000
    assert bytes_of("max") == 0


def test_work_needs_memory_by_the_size_of_the_file_and_of_what_is_staged_up_to_the_limit(tmp_path) -> None:
    staging = tmp_path / "staging"
    staging.mkdir()
    empty = needed_memory(tmp_path, staging, ROOM)
    (tmp_path / "workspace.duckdb").write_bytes(b"x" * 1000)
    (staging / "a.parquet").write_bytes(b"x" * 500)
    assert needed_memory(tmp_path, None, ROOM) == empty + 4 * 1000
    assert needed_memory(tmp_path, staging, ROOM) == empty + 4 * 1500
    assert needed_memory(tmp_path, staging, 20 * MB // 10) == 2 * MB
