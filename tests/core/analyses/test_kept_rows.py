"""Rows that are worked out once per version of the data: read once, and nobody's changes reach anybody else."""

import pandas as pd
import pytest

from retention_core.analyses import steps
from retention_core.analyses.steps import kept_rows, statement
from retention_core.analyses.workspace.holds import days
from retention_core.engines.duckdb_engine import DuckDBEngine
from tests.tables import add_orders

HELD = statement("held")


@pytest.fixture
def asked(engine, monkeypatch) -> list[str]:
    """What the engine is asked for from now on."""
    statements, query = list[str](), DuckDBEngine.query

    def noted(self: DuckDBEngine, sql: str, *parameters: object) -> pd.DataFrame:
        statements.append(sql)
        return query(self, sql, *parameters)

    monkeypatch.setattr(DuckDBEngine, "query", noted)
    return statements


def orders(engine: DuckDBEngine) -> int:
    return int(kept_rows(engine, *HELD).set_index("held").loc["orders", "row_count"])


def test_the_second_who_asks_has_the_rows_without_a_query(engine, asked) -> None:
    add_orders(engine, [("ann", "2026-01-05", 1.0)])
    assert (orders(engine), orders(engine)) == (1, 1)
    assert len(asked) == 1


def test_after_an_upload_the_rows_are_new(engine) -> None:
    assert orders(engine) == 0
    add_orders(engine, [("ann", "2026-01-05", 1.0), ("bob", "2026-01-06", 1.0)])
    assert orders(engine) == 2


def test_who_changes_the_rows_changes_their_own(engine) -> None:
    add_orders(engine, [("ann", "2026-01-05", 1.0)])
    mine = kept_rows(engine, *HELD)
    mine["row_count"] = 7
    mine.loc[0, "held"] = "mine"
    mine.insert(0, "more", 1)
    assert orders(engine) == 1
    assert "more" not in kept_rows(engine, *HELD)


def test_two_workspaces_share_nothing(engine) -> None:
    other = DuckDBEngine()
    add_orders(engine, [("ann", "2026-01-05", 1.0)])
    add_orders(other, [("bob", "2020-02-06", 1.0)])
    assert [str(days(each)[0]) for each in (engine, other)] == ["2026-01-05", "2020-02-06"]
    other.close()


def test_many_rows_are_read_each_time_and_few_tables_are_remembered(engine, asked, monkeypatch) -> None:
    monkeypatch.setattr(steps, "_FEW_ROWS", 3)
    for _ in range(2):
        orders(engine)
    assert len(asked) == 2  # four tables, four rows
    monkeypatch.setattr(steps, "_FEW_ROWS", 4)
    monkeypatch.setattr(steps, "_MOST_READ", 2)
    for number in (1, 2, 3):
        kept_rows(engine, "SELECT 'orders' AS held, $number AS number", {"number": number})
    assert len(steps._READ[engine]) == 2
