"""What is installed: exact versions within the ranges; the program's version stands in one place."""

import re
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from retention_core import version

ROOT = Path(__file__).resolve().parents[1]


def lines(name: str) -> list[str]:
    """Return the lines of a file of requirements that name a package."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith(("#", "-r"))]


def locked() -> dict[str, str]:
    """Return the exact version of each package of the lock."""
    return {
        str(canonicalize_name(name)): exact for name, exact in (line.split("==") for line in lines("requirements.lock"))
    }


def test_every_range_has_an_exact_version_within_it() -> None:
    exact = locked()
    ranges = [Requirement(line) for name in ("requirements.txt", "requirements-dev.txt") for line in lines(name)]
    assert len(ranges) > 15
    outside = [str(each) for each in ranges if not each.specifier.contains(exact[str(canonicalize_name(each.name))])]
    assert outside == []


def test_the_lock_names_packages_and_versions_and_no_place_to_get_them_from() -> None:
    assert [line for line in lines("requirements.lock") if not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []


def test_the_version_is_told_in_the_changelog() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", version())
    assert f"\n## {version()}\n" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
