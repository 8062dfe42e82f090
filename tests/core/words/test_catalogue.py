"""Every sentence a person reads stands in the catalogue, whole and in both languages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from retention_core.words.collect import collected, kept, waiting
from retention_core.words.language import PERSIAN

ROOT = Path(__file__).resolve().parents[3]
MARKS = {"say", "sentence", "counted"}
# what shows text to a person -> the names of its arguments that are text; the first argument always is
SHOWN = {
    "button", "caption", "checkbox", "date_input", "download_button", "error", "expander", "file_uploader", "header",
    "info", "link_button", "markdown", "metric", "multiselect", "number_input", "page_link", "popover", "radio",
    "segmented_control", "select_slider", "selectbox", "slider", "spinner", "status", "subheader", "success", "text",
    "text_area", "text_input", "title", "toast", "toggle", "warning", "write",
}  # fmt: skip
TEXT = {"label", "help", "placeholder", "caption", "alt", "title_text"}
LETTERS = re.compile(r"[A-Za-z]{2}")
LATIN_DIGIT = re.compile(r"[0-9]")
# places, and what stands so in a file whatever the language of its reader
AS_IN_FILES = re.compile(r"{\w+}|UTF-8|1\.7E\+04|\d{4}-\d\d-\d\d|LPT1")
SOURCES = sorted([*(ROOT / "pages").rglob("*.py"), *(ROOT / "retention_core").rglob("*.py")])


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def messages() -> Iterator[tuple[Any, Any]]:
    """Yield each sentence with its Persian; those with a plural have several forms."""
    for message in kept(PERSIAN):
        if message.id:
            yield message.id, message.string


def forms(text: Any) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


def test_the_catalogue_holds_what_the_code_says_and_nothing_else() -> None:
    ours = {message.id for message in collected() if message.id}
    theirs = {identity for identity, _ in messages()}
    assert not ours - theirs, "run `make words` and translate what is new"
    assert not theirs - ours, "run `make words`: these are said no more"


def test_every_sentence_has_its_persian() -> None:
    assert not waiting(PERSIAN), "write the Persian of:\n" + "\n".join(waiting(PERSIAN))


def test_both_languages_have_the_same_places() -> None:
    for identity, said in messages():
        wanted = places(forms(identity)[-1])
        for form in filter(None, forms(said)):
            assert places(form) == wanted, identity


def test_persian_sentences_are_written_in_persian_digits() -> None:
    wrong = [form for _, said in messages() for form in forms(said) if LATIN_DIGIT.search(AS_IN_FILES.sub("", form))]
    assert not wrong


def text_arguments(call: ast.Call) -> list[ast.expr]:
    """Return what a call shows: of a switch of ours the second argument, of the framework's functions the first."""
    named = [each.value for each in call.keywords if each.arg in TEXT]
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    receiver = ast.unparse(call.func.value) if isinstance(call.func, ast.Attribute) else ""
    if receiver == "switches":
        return named + call.args[1:2]
    return named + (call.args[:1] if name in SHOWN and receiver != "_LOG" else [])


def has_words(node: ast.expr) -> bool:
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and bool(LETTERS.search(re.sub(r":\w+/\w+:|:material\S+", "", node.value)))
    return isinstance(node, ast.JoinedStr) and any(has_words(part) for part in node.values)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_nothing_is_shown_that_the_catalogue_does_not_hold(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    wrong = [
        ast.unparse(argument)
        for call in calls
        for argument in text_arguments(call)
        if has_words(argument) and not ast.unparse(argument).startswith(("'<style>", "f'<style>"))
    ]
    assert not wrong


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_sentence_is_glued_from_pieces(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS):
            continue
        if node.args:
            assert not isinstance(node.args[0], ast.JoinedStr | ast.BinOp), ast.unparse(node)
