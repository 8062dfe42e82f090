"""What CONTRIBUTING.md says is there is there."""

import re
from pathlib import Path

import pytest

from pages import menu

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
PATHS = sorted(set(re.findall(r"`([\w./-]+/[\w./-]*)`", TEXT)))
TARGETS = sorted(set(re.findall(r"`make (\w+)`", TEXT)))


@pytest.mark.parametrize("path", PATHS)
def test_every_file_that_it_names_exists(path: str) -> None:
    assert (ROOT / path).exists()


@pytest.mark.parametrize("target", TARGETS)
def test_every_command_that_it_names_exists(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def test_a_question_takes_six_steps_and_the_example_follows_them() -> None:
    steps = re.findall(r"^\d\. \*\*", TEXT.split("## Add a question in six steps")[1], re.MULTILINE)
    assert len(steps) == 6
    assert any(f"`pages/{page.script}`" in TEXT for page in menu.PAGES)
