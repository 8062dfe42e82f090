"""What tests share: an engine that goes away, and the real files, where they are at hand."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.ingestion.reading import read_file
from tests.warm_reader import WarmReader

settings.register_profile("same_everywhere", derandomize=True)  # CI must not fail on a luckier day
settings.load_profile("same_everywhere" if os.environ.get("CI") else "default")
SHARED = Path(__file__).resolve().parents[2] / "shared"


# What `make quick` leaves out: the real files, whole pages, simulations, killed programs, files made to harm. The first
# take longest, and are begun first.
SLOW = (
    "tests/exports/",
    "tests/browser/",
    "test_cohort_switches.py",
    "test_still_shops.py",
    "test_still_waits.py",
    "test_workspaces.py",
    "tests/acceptance/",
    "tests/pages/",
    "test_archives.py",
    "test_benchmarks.py",
    "test_both_engines.py",
    "test_hostile_files.py",
    "test_sample_story.py",
    "test_satisfaction_claims.py",
    "test_two_imports.py",
    "test_wide_tables.py",
    "test_written_is_read.py",
)


def pytest_xdist_auto_num_workers() -> int:
    """One process more than processors: those that wait for a browser, a killed program or a child leave one idle."""
    return len(os.sched_getaffinity(0)) + 1 if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, and mark what `make quick` leaves out."""
    slowness = {
        item: next((place for place, name in enumerate(SLOW) if name in item.path.as_posix()), len(SLOW))
        for item in items
    }
    items.sort(key=slowness.__getitem__)
    for item in items:
        if slowness[item] < len(SLOW):
            item.add_marker("slow")


@pytest.fixture(scope="session", autouse=True)
def warm_reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Files are read in children that start warm, see warm_reader.py."""
    with pytest.MonkeyPatch.context() as patch:
        reader = WarmReader(tmp_path_factory.mktemp("warm"))
        patch.setattr(read_file, "subprocess", reader.as_subprocess())
        yield
        reader.close()


@pytest.fixture(autouse=True)
def cold_child(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests of the child itself start it as the program does."""
    if request.node.get_closest_marker("cold_child"):
        monkeypatch.setattr(read_file, "subprocess", subprocess)


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
