"""The workspace is locked, private, limited, and kept when it has a name."""

from concurrent.futures import ThreadPoolExecutor

import duckdb
import pytest

from retention_core.engines.duckdb_engine import DuckDBEngine, EngineLimits
from retention_core.errors import QuestionTooLarge, WorkspaceNameInvalid
from retention_core.ingestion.understanding.content import MISSING, latin_digits
from retention_core.workspaces import folder_of, saved_names
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


def test_sql_and_python_agree_on_what_is_missing_and_on_digits(engine) -> None:
    for word in MISSING:
        shown = {"text": f" {word.upper()} "}
        assert engine.query("SELECT present($text) IS NULL AS missing", shown)["missing"].tolist() == [True], word
    for text in ("0", "no", "nano", "a|b", "?!", "۱۲٫۵", "٣٤", "A1"):
        row = engine.query("SELECT present($text) AS kept, latin_digits($text) AS digits", {"text": text}).iloc[0]
        assert (row["kept"], row["digits"]) == (text, latin_digits(text))
