"""Who cancels ends their own import, whether it writes or waits, and nobody else's."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event
from typing import Any

import pytest

from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.engines.writing import Writing
from retention_core.errors import UploadCancelled
from retention_core.ingestion.loading import watched
from retention_core.ingestion.loading.load import load
from retention_core.ingestion.loading.upload import understand_file
from retention_core.ingestion.loading.watched import load_watched
from tests.core.ingestion.files import csv_file

NOON = datetime(2026, 6, 1, 12)
LONG = "SELECT sum(hash(range)) FROM range(800_000_000)"


class Left(Exception):
    """What the watch of a person raises who cancels."""


@dataclass
class Person:
    """One who loads, and may cancel."""

    name: str
    cancels: Event = field(default_factory=Event)
    writes: Event = field(default_factory=Event)

    def watch(self, seconds: float) -> None:
        if self.cancels.is_set():
            raise Left(self.name)


def load_with(statements: Callable[[Person, Any], None]) -> Callable[..., str]:
    """A loading that notes its person's name as an upload and then runs the statements."""

    def loading(engine: DuckDBEngine, person: Person, loaded_at: datetime, mode: str) -> str:
        with engine.transaction() as cursor:
            cursor.execute("INSERT INTO uploads (upload_id, file_name) VALUES (1, $name)", {"name": person.name})
            person.writes.set()
            statements(person, cursor)
        return f"{person.name} is loaded"

    return loading


def load_person(engine: DuckDBEngine, person: Any) -> Any:
    """Load with a person in place of a file: the loading put in place of the program's takes and returns other things."""
    return load_watched(engine, person, NOON, "add", person.watch)


def start(pool: ThreadPoolExecutor, engine: DuckDBEngine, person: Any) -> Future[str]:
    return pool.submit(load_person, engine, person)


def loaded(engine: DuckDBEngine) -> list[str]:
    return list(engine.query("SELECT file_name FROM uploads ORDER BY file_name")["file_name"])


def test_who_cancels_while_waiting_neither_starts_nor_ends_the_one_who_writes(engine, monkeypatch) -> None:
    monkeypatch.setattr(watched, "load", load_with(lambda person, cursor: cursor.execute(LONG)))
    first, second = Person("first"), Person("second")
    with ThreadPoolExecutor(2) as pool:
        writing = start(pool, engine, first)
        assert first.writes.wait(20)
        waiting = start(pool, engine, second)
        second.cancels.set()
        with pytest.raises(Left, match="second"):
            waiting.result(20)
        assert not writing.done()  # and nobody had to wait for it
        assert writing.result(120) == "first is loaded"
    assert not second.writes.is_set()
    assert loaded(engine) == ["first"]


def test_who_cancels_while_writing_is_rolled_back_and_the_one_who_waits_is_loaded(engine, monkeypatch) -> None:
    def run(person: Person, cursor: Any) -> None:
        if person.name == "first":
            cursor.execute("SELECT sum(hash(range)) FROM range(1_000_000_000_000)")

    monkeypatch.setattr(watched, "load", load_with(run))
    first, second = Person("first"), Person("second")
    with ThreadPoolExecutor(2) as pool:
        writing = start(pool, engine, first)
        assert first.writes.wait(20)
        waiting = start(pool, engine, second)
        first.cancels.set()
        with pytest.raises(Left, match="first"):
            writing.result(20)
        assert waiting.result(20) == "second is loaded"
    assert loaded(engine) == ["second"]


def test_a_cancel_that_comes_between_two_statements_counts(engine, monkeypatch) -> None:
    def run(person: Person, cursor: Any) -> None:
        for _ in range(10):
            cursor.execute("SELECT 1")
            time.sleep(0.1)

    monkeypatch.setattr(watched, "load", load_with(run))
    person = Person("only")
    person.cancels.set()
    with pytest.raises(Left):
        load_person(engine, person)
    assert loaded(engine) == []


def test_a_cancel_that_comes_after_the_commit_says_that_all_is_loaded(engine, monkeypatch) -> None:
    person = Person("only")

    def loading(*arguments: object) -> str:
        report = load_with(lambda *_: None)(*arguments)
        person.cancels.set()
        time.sleep(1)  # committed, and not yet returned
        return report

    monkeypatch.setattr(watched, "load", loading)
    assert load_person(engine, person) == "only is loaded"
    assert loaded(engine) == ["only"]


@pytest.mark.parametrize("leaver", ["april.csv", "may.csv"])
def test_two_real_files_wait_and_the_one_that_is_not_cancelled_is_loaded(engine, tmp_path, leaver) -> None:
    names = ["april.csv", "may.csv"]
    understood = {
        name: understand_file(engine, csv_file(tmp_path, f"customer,order date,amount\n{name},2026-04-01,5\n", name))
        for name in names
    }
    people = {name: Person(name) for name in names}
    people[leaver].cancels.set()
    with ThreadPoolExecutor(2) as pool:
        with engine.transaction():  # somebody else writes
            both = {
                name: pool.submit(load_watched, engine, understood[name], NOON, "add", people[name].watch)
                for name in names
            }
            with pytest.raises(Left):
                both[leaver].result(20)
        (stayer,) = set(names) - {leaver}
        assert both[stayer].result(20).rows_kept == 1
    assert loaded(engine) == [stayer]
    assert engine.query("SELECT customer FROM customer_ids")["customer"].tolist() == [stayer]


def test_an_import_is_either_cancelled_or_committed_and_never_both() -> None:
    writing, interrupts = Writing(), []
    writing.begins(lambda: interrupts.append(1))
    writing.commits()
    assert not writing.cancel()
    assert interrupts == []
    writing = Writing()
    writing.begins(lambda: interrupts.append(1))
    assert writing.cancel()
    assert interrupts == [1]
    with pytest.raises(UploadCancelled):
        writing.commits()


def test_who_cancelled_does_not_cancel_the_next_import_of_the_same_thread(engine, tmp_path) -> None:
    understood = understand_file(engine, csv_file(tmp_path, "customer,order date,amount\na,2026-04-01,5\n"))
    writing = Writing()
    writing.cancel()
    with pytest.raises(UploadCancelled):
        writing.run(load, engine, understood, NOON)
    assert load(engine, understood, NOON).rows_kept == 1
