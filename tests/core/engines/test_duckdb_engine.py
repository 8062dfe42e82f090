"""The workspace is locked, private, limited, and kept when it has a name."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from retention_core.engines.duckdb_engine import DuckDBEngine, EngineLimits
from retention_core.errors import QuestionTooLarge, WorkspaceNameInvalid
from retention_core.ingestion.loading.upload import upload
from retention_core.ingestion.reading.cells import MISSING
from retention_core.ingestion.reading.read_file import read_file
from retention_core.ingestion.understanding.content import latin_digits
from retention_core.workspaces import folder_of, saved_names
from tests.core.ingestion.files import csv_file
from tests.tables import add_orders


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "COPY (SELECT 1) TO '/tmp/comeback_escape.csv'",
        "ATTACH '/tmp/comeback_escape.duckdb'",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "SET threads = 8",
        "SELECT * FROM some_local_frame",
    ],
)
def test_no_query_reaches_outside_or_unlocks_the_engine(engine, sql) -> None:
    some_local_frame = engine.query("SELECT 1 AS x")
    assert len(some_local_frame) == 1
    with pytest.raises(duckdb.Error):
        engine.query(sql)


def test_a_query_that_needs_too_much_memory_is_explained() -> None:
    engine = DuckDBEngine(limits=EngineLimits(memory="100MB", temporary_space="10MB"))
    with pytest.raises(QuestionTooLarge, match="too large"):
        engine.query("SELECT count(*) FROM (SELECT DISTINCT hash(range) AS x FROM range(30_000_000))")
    assert engine.query("SELECT 1 AS x")["x"].tolist() == [1]
    engine.close()


def test_a_temporary_workspace_is_gone_when_closed_and_a_saved_one_is_not(tmp_path) -> None:
    private = DuckDBEngine()
    folder = private.folder
    private.close()
    assert not folder.exists()
    saved = DuckDBEngine(folder_of(tmp_path, "Team north"))
    add_orders(saved, [("ann", "2026-01-01", 1.0)])
    saved.close()
    assert saved_names(tmp_path) == ["Team north"]
    again = DuckDBEngine(folder_of(tmp_path, "Team north"))
    assert again.query("SELECT count(*) AS n FROM orders")["n"].tolist() == [1]
    again.close()


@pytest.mark.parametrize("name", ["", "..", "../x", "a/b", ".hidden", "x" * 41, "a\0b"])
def test_a_workspace_cannot_have_a_name_that_leads_elsewhere(tmp_path, name) -> None:
    with pytest.raises(WorkspaceNameInvalid):
        folder_of(tmp_path, name)


def test_many_threads_may_ask_at_once(engine) -> None:
    add_orders(engine, [(f"c{n}", "2026-01-01", 1.0) for n in range(100)])
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: engine.query("SELECT count(*) AS n FROM orders")["n"].iloc[0], range(40)))
    assert answers == [100] * 40


def test_a_kept_table_is_computed_once_per_values_and_anew_after_a_change(engine) -> None:
    sql = "SELECT count(*) + $more AS n FROM stored_orders"
    first = engine.keep(sql, {"more": 1})
    assert engine.keep(sql, {"more": 1, "unused": 2}) == first
    assert engine.keep(sql, {"more": 2}) != first
    add_orders(engine, [("ann", "2026-01-01", 1.0)])
    assert engine.query(f"SELECT n FROM {engine.keep(sql, {'more': 1})}")["n"].tolist() == [2]
    assert engine.query(f"SELECT n FROM {first}")["n"].tolist() == [
        1
    ]  # whoever still reads the old one is not disturbed


def test_nobody_waits_for_somebody_elses_import_to_get_an_answer(engine) -> None:
    add_orders(engine, [("ann", "2026-01-05", 1.0)])
    with engine.transaction() as cursor:
        cursor.execute("DELETE FROM stored_orders")
        with ThreadPoolExecutor(1) as others:
            kept = others.submit(engine.keep, "SELECT count(*) AS orders FROM orders").result(timeout=10)
        assert engine.query(f"SELECT orders FROM {kept}").iloc[0, 0] == 1  # as it was before what is not committed


def test_sql_and_python_agree_on_what_is_missing_and_on_digits(engine) -> None:
    for word in MISSING:
        shown = {"text": f" {word.upper()} "}
        assert engine.query("SELECT present($text) IS NULL AS missing", shown)["missing"].tolist() == [True], word
    for text in ("0", "no", "nano", "a|b", "?!", "۱۲٫۵", "٣٤", "A1"):
        row = engine.query("SELECT present($text) AS kept, latin_digits($text) AS digits", {"text": text}).iloc[0]
        assert (row["kept"], row["digits"]) == (text, latin_digits(text))


@pytest.mark.parametrize("name", ["O'Brien's data", "two  words", "données ژاله 店", 'odd [1] {2} * "x"'])
def test_a_workspace_opens_loads_and_is_copied_in_a_folder_of_any_name(tmp_path, name) -> None:
    home = tmp_path / name
    engine = DuckDBEngine(home / "North")
    source = csv_file(tmp_path, "customer,order date,amount\nann,2026-04-01,5\n")
    assert upload(engine, source, datetime(2026, 6, 1)).rows_kept == 1
    engine.copy_to(home / "South")
    engine.close()
    for each in ("North", "South"):
        again = DuckDBEngine(home / each)
        assert again.query("SELECT count(*) AS n FROM orders")["n"].tolist() == [1]
        again.close()


def test_private_workspaces_open_where_the_temporary_folder_has_an_apostrophe(tmp_path, monkeypatch) -> None:
    odd = tmp_path / "O'Brien's"
    odd.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(odd))
    engine = DuckDBEngine()
    assert engine.folder.parent == odd
    source = csv_file(tmp_path, "customer,order date,amount\nann,2026-04-01,5\n")
    assert upload(engine, source, datetime(2026, 6, 1)).rows_kept == 1
    engine.close()


def test_a_staged_table_is_discarded_and_what_another_tab_stages_is_not(engine, tmp_path) -> None:
    mine, theirs = (
        read_file(csv_file(tmp_path, "a,b\n1,2\n", name), engine.staging)[0].path for name in ("mine.csv", "theirs.csv")
    )
    engine.discard_staged(mine)
    left = {each.name for each in engine.staging.iterdir() if not each.name.startswith(mine.stem)}
    assert {each for each in engine.staging.iterdir() if each.name.startswith(mine.stem)} == set()
    assert theirs.name in left
    engine.discard_staged(mine)  # twice does no harm
    assert theirs.exists()


def test_the_sheets_of_a_workbook_are_discarded_one_by_one_or_all_at_once(engine) -> None:
    names = ("f00-0.parquet", "f00-1.parquet", "f00-0-stacked.parquet", "f00.json", "f00.csv", "f001.parquet")
    for name in names:
        (engine.staging / name).write_bytes(b"x")
    engine.discard_staged(engine.staging / "f00-0.parquet")
    parquet = {each.name for each in engine.staging.glob("f*")}
    assert parquet == {"f00-1.parquet", "f00-0-stacked.parquet", "f001.parquet"}
    engine.discard_staged(engine.staging / "f00-0-stacked.parquet", whole_file=True)
    assert {each.name for each in engine.staging.glob("f*")} == {"f001.parquet"}


def test_nothing_outside_the_staging_folder_is_discarded(engine, tmp_path) -> None:
    elsewhere = tmp_path / "orders.parquet"
    elsewhere.write_bytes(b"x")
    engine.discard_staged(elsewhere)
    engine.discard_staged(engine.staging / ".." / ".." / "workspace.duckdb")
    assert elsewhere.exists()
    assert (engine.folder / "workspace.duckdb").exists()


def test_staged_files_go_with_the_engine_and_those_of_a_killed_program_at_the_next_opening(tmp_path) -> None:
    folder = tmp_path / "North"
    code = """
import os, pathlib, sys
from retention_core.engines.duckdb_engine import DuckDBEngine
engine = DuckDBEngine(pathlib.Path(sys.argv[1]))
(engine.staging / "left.parquet").write_bytes(b"x")
os._exit(0)
"""
    subprocess.run([sys.executable, "-c", code, str(folder)], cwd=Path(__file__).resolve().parents[3], check=True)
    (folder / "staging" / "of an older version.parquet").write_bytes(b"x")
    assert len(list(folder.rglob("*.parquet"))) == 2
    engine = DuckDBEngine(folder)
    assert list(folder.rglob("*.parquet")) == []
    (engine.staging / "mine.parquet").write_bytes(b"x")
    engine.close()
    assert list(folder.rglob("*.parquet")) == []


def test_settings_that_do_not_exist_are_replaced_and_said(tmp_path) -> None:
    engine = DuckDBEngine(tmp_path / "North")
    assert engine.doubts == ()
    engine.set_setting("time_zone", "Mars/Olympus")
    engine.set_setting("week_start", "9")
    engine.close()
    again = DuckDBEngine(tmp_path / "North")
    assert (again.time_zone, again.week_start) == ("UTC", 0)
    assert [word for word in ("Mars/Olympus", "9") if not any(f"“{word}”" in each for each in again.doubts)] == []
    again.set_setting("time_zone", "Asia/Tehran")
    again.start_weeks_on(5)
    assert (again.time_zone, again.week_start, again.doubts) == ("Asia/Tehran", 5, ())
    again.close()


def test_a_closed_private_workspace_leaves_no_open_file() -> None:
    files = Path("/proc/self/fd")
    if not files.exists():
        pytest.skip("this system does not list the open files of a process")
    DuckDBEngine().close()
    before = len(list(files.iterdir()))
    for _ in range(3):
        DuckDBEngine().close()
    assert len(list(files.iterdir())) == before
