"""A workspace with a name is whole or not there, says what is wrong with it, and loses nothing in silence."""

import errno
import json
import os
import shutil
import struct
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import duckdb
import pytest

from retention_core.engines import written_aside as aside_module
from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.engines.last_change import accept_as_it_stands
from retention_core.engines.owned_folders import OwnedFolder
from retention_core.errors import RetentionError, WorkspaceBehind, WorkspaceNameInvalid, WorkspaceUnavailable
from retention_core.workspaces import create, delete_leftovers, folder_of, saved_names
from tests.tables import add_orders

PROJECT = Path(__file__).resolve().parents[2]


def orders_in(folder: Path) -> int:
    engine = DuckDBEngine(folder)
    try:
        return int(engine.query("SELECT count(*) AS n FROM orders")["n"].iloc[0])
    finally:
        engine.close()


def after_kills(work: str, folder: Path, kills: int) -> list[dict[str, Any]]:
    """What `tests.core.killed` found after each kill."""
    (folder / "home").mkdir()
    command = [sys.executable, "-m", "tests.core.killed", work, str(folder / "home"), str(kills)]
    own = os.environ | {"TMPDIR": str(folder)}
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True, env=own)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(found) == kills, done.stderr
    return found


def run_and_die(code: str, folder: Path) -> None:
    """Run code in a process that ends without closing anything."""
    subprocess.run([sys.executable, "-c", f"{code}\nimport os; os._exit(0)", str(folder)], cwd=PROJECT, check=True)


def test_keeping_under_a_name_killed_at_any_moment_leaves_only_whole_workspaces(tmp_path) -> None:
    found = after_kills("keeping", tmp_path, 12)
    assert sum(len(each["rows"]) for each in found) > 0
    assert all(
        rows == (60_000 if name.startswith("Kept") else 0) for each in found for name, rows in each["rows"].items()
    )
    assert sum(each["unfinished"] for each in found) > 0  # some were killed half way
    assert [each["left"] for each in found] == [[]] * 12  # and are gone after the next start


def test_an_upload_is_there_after_a_kill_or_said_to_be_missing_also_without_the_log(tmp_path) -> None:
    for each in after_kills("loading", tmp_path, 12):
        assert "told" in each or each["held"] >= each["loaded"], each


LEAVES_ITS_CHANGES_IN_THE_LOG = """
import pathlib, sys
from retention_core.engines.duckdb_engine import DuckDBEngine
engine = DuckDBEngine(pathlib.Path(sys.argv[1]))
def upload(number, name):
    with engine.transaction() as cursor:
        cursor.execute("UPDATE uploads SET rows_read = 1")
        cursor.execute("INSERT INTO uploads (upload_id, file_name) VALUES ($n, $f)", {"n": number, "f": name})
upload(1, "march.csv")
with engine._cursor() as reader:  # while a transaction is open, nothing is taken from the log into the database
    reader.execute("BEGIN; SELECT * FROM uploads; SELECT * FROM settings")
    upload(2, "april.csv")
"""


def test_a_workspace_whose_log_is_lost_names_the_upload_that_is_missing_and_opens_when_told_to(tmp_path) -> None:
    folder = tmp_path / "North"
    run_and_die(LEAVES_ITS_CHANGES_IN_THE_LOG + "    import os; os._exit(0)", folder)
    log, elsewhere = folder / "workspace.duckdb.wal", tmp_path / "log"
    log.rename(elsewhere)
    with pytest.raises(WorkspaceBehind) as told:
        DuckDBEngine(folder)
    assert "“North”" in told.value.title
    assert "april.csv" in told.value.found
    elsewhere.rename(log)  # the advice: put it back
    whole = DuckDBEngine(folder)
    assert whole.query("SELECT max(upload_id) AS id FROM uploads")["id"].tolist() == [2]
    whole.close()


@pytest.mark.parametrize("rest", [b"", b"rubbish" * 50])
def test_a_log_that_cannot_be_read_is_as_good_as_lost(tmp_path, rest) -> None:
    folder = tmp_path / "North"
    run_and_die(LEAVES_ITS_CHANGES_IN_THE_LOG + "    import os; os._exit(0)", folder)
    (folder / "workspace.duckdb.wal").write_bytes(rest)
    with pytest.raises(WorkspaceUnavailable):
        DuckDBEngine(folder)
    (folder / "workspace.duckdb.wal").unlink(missing_ok=True)
    accept_as_it_stands(folder)
    opened = DuckDBEngine(folder)
    assert opened.query("SELECT max(upload_id) AS id FROM uploads")["id"].tolist() == [1]
    opened.close()
    DuckDBEngine(folder).close()  # and asks no second time


def test_a_copy_while_somebody_reads_has_the_newest_rows(tmp_path) -> None:
    engine = DuckDBEngine(tmp_path / "North")
    add_orders(engine, [("ann", "2026-01-01", 1.0)])
    with engine._cursor() as reader:
        reader.execute("BEGIN; SELECT * FROM stored_orders; SELECT * FROM settings")
        add_orders(engine, [("bob", "2026-01-02", 1.0)])
        with engine.transaction() as cursor:
            cursor.execute("UPDATE stored_orders SET upload_id = 3")
        assert (engine.folder / "workspace.duckdb.wal").stat().st_size  # it cannot be taken into the database now
        create(tmp_path, "South", engine)
        reader.execute("ROLLBACK")
    engine.close()
    assert orders_in(tmp_path / "South") == 2


def test_a_copy_waits_for_whoever_writes_and_has_all_or_nothing_of_it(tmp_path, engine) -> None:
    writes, may_end = threading.Event(), threading.Event()

    def write() -> None:
        with engine.transaction() as cursor:
            cursor.execute("INSERT INTO uploads (upload_id) VALUES (1)")
            writes.set()
            assert may_end.wait(20)
            cursor.execute("INSERT INTO uploads (upload_id) VALUES (2)")

    with ThreadPoolExecutor(2) as pool:
        writing = pool.submit(write)
        assert writes.wait(20)
        copying = pool.submit(create, tmp_path, "South", engine)
        assert not copying.done()
        assert saved_names(tmp_path) == []
        may_end.set()
        writing.result(20)
        copying.result(20)
    copy = DuckDBEngine(tmp_path / "South")
    assert copy.query("SELECT count(*) AS n FROM uploads")["n"].tolist() == [2]
    copy.close()


@pytest.mark.parametrize("names", [("North", "North"), ("North", "NORTH"), ("Été", "été")])
def test_of_two_who_keep_under_the_same_name_at_once_one_is_refused(tmp_path, engine, monkeypatch, names) -> None:
    add_orders(engine, [("ann", "2026-01-01", 1.0)])
    both = threading.Barrier(2)
    finish = aside_module._finish

    def finish_together(*arguments: Any) -> None:
        both.wait(20)  # both were free to begin
        finish(*arguments)

    monkeypatch.setattr(aside_module, "_finish", finish_together)

    def keep(name: str) -> str:
        try:
            create(tmp_path, name, engine)
        except WorkspaceNameInvalid as error:
            return error.title
        return "kept"

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(keep, names))
    assert said == ["There is a workspace of this name already.", "kept"]
    (name,) = saved_names(tmp_path)
    assert orders_in(tmp_path / name) == 1
    assert [each.name for each in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize(
    "name", ["", "..", "../x", "a/b", ".hidden", "x" * 41, "a\0b", "CON", "nul", "Lpt1", "com9", " aux "]
)
def test_names_that_no_file_should_have_are_refused(tmp_path, name) -> None:
    with pytest.raises(WorkspaceNameInvalid):
        folder_of(tmp_path, name)
    with pytest.raises(WorkspaceNameInvalid):
        create(tmp_path, name)
    assert not list(tmp_path.iterdir())


def test_a_name_is_listed_as_it_was_saved_however_its_letters_are_put_together(tmp_path) -> None:
    saved = create(tmp_path, " E\u0301te\u0301 ")  # e and accent as two characters
    assert saved == "\u00c9t\u00e9"
    assert saved_names(tmp_path) == [saved]


def test_hidden_and_half_written_folders_are_no_workspaces(tmp_path) -> None:
    create(tmp_path, "North")
    for name in (".North.writing-1-abc", ".hidden", "con"):
        shutil.copytree(tmp_path / "North", tmp_path / name)
    assert saved_names(tmp_path) == ["North"]


def test_what_is_half_written_goes_when_its_process_has_died_and_not_before(tmp_path) -> None:
    living = OwnedFolder(tmp_path / ".North.writing-1-abc")
    run_and_die(
        "import pathlib, sys; from retention_core.engines.owned_folders import OwnedFolder\n"
        "OwnedFolder(pathlib.Path(sys.argv[1]) / '.South.writing-2-abc')",
        tmp_path,
    )
    delete_leftovers(tmp_path, tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == [".North.writing-1-abc"]
    living.delete()


def test_private_workspaces_of_a_killed_program_go_at_the_next_start_and_no_other_folder(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    run_and_die("from retention_core.engines.duckdb_engine import DuckDBEngine; engine = DuckDBEngine()", tmp_path)
    (left,) = tmp_path.glob("comeback-*")
    (tmp_path / "comeback-notes").mkdir()
    living = OwnedFolder(tmp_path / "comeback-living")
    delete_leftovers(tmp_path / "home", tmp_path)
    assert not left.exists()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["comeback-living", "comeback-notes"]
    living.delete()


def checksum(block: bytes) -> int:
    """DuckDB's checksum of a block, which it keeps in the eight bytes before."""
    total = 5381
    for (word,) in struct.iter_unpack("<Q", block):
        total ^= word * 0xBF58476D1CE4E5B9 % 2**64
    return total


def of_a_newer_version(database: bytes) -> bytes:
    changed = bytearray(database)
    struct.pack_into("<Q", changed, 12, 99_999)
    struct.pack_into("<Q", changed, 0, checksum(bytes(changed[8:4096])))
    return bytes(changed)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda database: b"customer,amount\n" * 400, "“North” is damaged."),
        (lambda database: b"", "“North” is damaged."),
        (lambda database: database[:2_000], "“North” is damaged."),
        (lambda database: database[:20_000], "“North” is damaged."),
        (lambda database: database[: len(database) // 3], "“North” is damaged."),
        (lambda database: database[:12_288] + bytes(len(database) - 12_288), "“North” is damaged."),
        (of_a_newer_version, "“North” was written by a newer version."),
    ],
    ids=["text", "empty", "2 kB", "20 kB", "a third", "zeros", "newer"],
)
def test_a_damaged_or_newer_workspace_says_so_and_is_left_as_it_is(tmp_path, change, said) -> None:
    create(tmp_path, "North")
    file = tmp_path / "North" / "workspace.duckdb"
    changed = change(file.read_bytes())
    file.write_bytes(changed)
    with pytest.raises(WorkspaceUnavailable) as told:
        DuckDBEngine(tmp_path / "North")
    assert told.value.title == said
    assert "duckdb.org" not in str(told.value)
    assert file.read_bytes() == changed


def test_a_workspace_open_in_another_process_says_which(tmp_path) -> None:
    create(tmp_path, "North")
    code = "import duckdb, sys; kept = duckdb.connect(sys.argv[1]); print(flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", code, str(tmp_path / "North" / "workspace.duckdb")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout
        other.stdout.readline()
        with pytest.raises(WorkspaceUnavailable, match="open in another program") as told:
            DuckDBEngine(tmp_path / "North")
        other.communicate()
    assert f"number {other.pid}" in told.value.found
    DuckDBEngine(tmp_path / "North").close()


def test_a_workspace_that_was_copied_stays_closed_to_other_programs(tmp_path) -> None:
    north = DuckDBEngine(tmp_path / "North")
    add_orders(north, [("ann", "2026-01-01", 1.0)])
    create(tmp_path, "South", north)
    code = "import duckdb, sys; duckdb.connect(sys.argv[1])"
    command = [sys.executable, "-c", code, str(tmp_path / "North" / "workspace.duckdb")]
    other = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "Could not set lock on file" in other.stderr
    create(tmp_path, "East", north)
    north.close()
    assert [orders_in(tmp_path / name) for name in ("North", "South", "East")] == [1, 1, 1]


def test_a_workspace_opened_twice_in_one_program_says_so_and_the_first_goes_on(tmp_path) -> None:
    first = DuckDBEngine(tmp_path / "North")
    with pytest.raises(WorkspaceUnavailable, match="open in this program already"):
        DuckDBEngine(tmp_path / "North")
    add_orders(first, [("ann", "2026-01-01", 1.0)])
    assert first.staging.is_dir()
    first.close()
    assert orders_in(tmp_path / "North") == 1


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), "The disk is full."),
        (OSError(errno.EROFS, os.strerror(errno.EROFS)), "“South” cannot be written."),
        (PermissionError(errno.EACCES, os.strerror(errno.EACCES)), "“South” cannot be written."),
    ],
)
def test_a_copy_that_cannot_be_written_says_why_and_leaves_nothing(tmp_path, engine, monkeypatch, error, said) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(shutil, "copyfileobj", fail)
    with pytest.raises(WorkspaceUnavailable) as told:
        create(tmp_path, "South", engine)
    assert told.value.title == said
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ('IO Error: Could not write file "x": No space left on device', "The disk is full."),
        ('IO Error: Cannot open file "x": Read-only file system', "“North” cannot be written."),
        ('IO Error: Cannot open file "x": Permission denied', "“North” cannot be written."),
    ],
)
def test_a_disk_that_is_full_or_read_only_is_named_when_a_workspace_is_opened(
    tmp_path, monkeypatch, words, said
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise duckdb.IOException(words)

    monkeypatch.setattr(duckdb, "connect", fail)
    with pytest.raises(WorkspaceUnavailable) as told:
        DuckDBEngine(tmp_path / "North")
    assert told.value.title == said


def test_an_import_on_a_full_disk_says_so_and_nothing_changed(engine) -> None:
    full = 'TransactionContext Error: Failed to commit: Could not write file "x": No space left on device'

    def load() -> None:
        with engine.transaction() as cursor:
            cursor.execute("INSERT INTO uploads (upload_id) VALUES (1)")
            raise duckdb.TransactionException(full)

    with pytest.raises(WorkspaceUnavailable, match="The disk is full"):
        load()
    assert engine.query("SELECT count(*) AS n FROM uploads")["n"].tolist() == [0]


def test_a_workspace_deleted_while_it_is_open_takes_no_more_uploads_and_says_so(tmp_path) -> None:
    engine = DuckDBEngine(tmp_path / "North")
    shutil.rmtree(tmp_path / "North")
    with pytest.raises(WorkspaceUnavailable, match="no longer there"):
        add_orders(engine, [("ann", "2026-01-01", 1.0)])
    with pytest.raises(WorkspaceUnavailable, match="no longer there"):
        create(tmp_path, "South", engine)
    engine.close()
    assert not list(tmp_path.iterdir())


def test_every_way_in_which_a_workspace_fails_is_an_error_with_advice(tmp_path) -> None:
    (tmp_path / "North").write_text("a file where a folder should be")
    with pytest.raises(RetentionError) as told:
        DuckDBEngine(tmp_path / "North")
    assert told.value.title
    assert told.value.found
    assert told.value.advice
