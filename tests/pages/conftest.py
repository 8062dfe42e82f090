"""The dashboard as the tests of pages open it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import session
from retention_core.engines.duckdb_engine import DuckDBEngine

DASHBOARD = Path(__file__).resolve().parents[2] / "pages" / "frame.py"


@pytest.fixture
def dashboard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: DuckDBEngine) -> Iterator[Path]:
    """Its main script, with the private workspace `engine`, and saved workspaces in a folder of their own."""
    monkeypatch.setattr(session, "HOME", tmp_path)
    monkeypatch.setattr(session, "_private", lambda: engine)
    yield DASHBOARD
    session._saved.clear()


@pytest.fixture
def app(dashboard: Path) -> AppTest:
    """The dashboard in one tab."""
    return AppTest.from_file(dashboard, default_timeout=60)
