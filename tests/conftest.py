"""What tests share: an engine that goes away, and the real files, where they are at hand."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from retention_core.engines.duckdb_engine import DuckDBEngine

settings.register_profile("same_everywhere", derandomize=True)  # CI must not fail on a luckier day
settings.load_profile("same_everywhere" if os.environ.get("CI") else "default")
SHARED = Path(__file__).resolve().parents[2] / "shared"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the trial set of exports: it takes longest, and the other processes run the rest meanwhile."""
    items.sort(key=lambda item: "tests/exports/" not in item.path.as_posix())


@pytest.fixture
def engine() -> Iterator[DuckDBEngine]:
    """An empty temporary workspace."""
    opened = DuckDBEngine()
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real files; tests that need it are skipped where it is absent."""
    folder = SHARED / "data"
    if not folder.exists():
        pytest.skip("the folder of real files (../shared/data) is not here")
    return folder


@pytest.fixture(scope="session")
def acceptance_cases() -> Path:
    """The folder of facts that peers assert; tests that need it are skipped where it is absent."""
    folder = SHARED / "acceptance"
    if not folder.exists():
        pytest.skip("the folder of acceptance facts (../shared/acceptance) is not here")
    return folder
