"""The glossary says the same in both languages: every term of the one stands in the other."""

import ast
import re
from pathlib import Path

import pytest

from retention_core.words.glossary import FILES, ROOT, Definition, definition, glossary
from retention_core.words.language import ENGLISH, PERSIAN, speaking

PERSIAN_LETTERS = re.compile(r"[آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی]")
LATIN_MARKS = re.compile(r"[0-9%,;?\"“”]")
ARABIC_KEYBOARD = re.compile(r"[يكىة٠-٩]")  # look like Persian letters and digits, and are found by no search for them
ASKED_BY_CALL = ("definition", "_term", "how_counted")
ASKED_BY_NAME = ("term", "terms", "TERMS")

ONE_OF_MANY = {"1", "9", "10"}  # which one language writes in words where the other has digits: nine in ten, period 1

persian_terms = pytest.mark.parametrize("term", list(glossary(PERSIAN)))


def headings(text: str, level: str) -> list[str]:
    return re.findall(rf"^{level} (.+)$", text, flags=re.MULTILINE)


def numbers_in(text: str) -> set[str]:
    """Return the numbers of a text that stand in digits, in English ones."""
    return set(re.findall(r"\d+", text.translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789"))))


def texts_in(node: ast.AST) -> set[str]:
    """Return the texts in an expression, apart from those that only choose between others or name a place."""
    if isinstance(node, ast.IfExp):
        return texts_in(node.body) | texts_in(node.orelse)
    if isinstance(node, ast.Tuple | ast.List):
        return {text for each in node.elts for text in texts_in(each)}
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def terms_asked(code: str) -> set[str]:
    """Return the terms that a module asks the glossary for, as far as they stand in it as text."""
    asked: set[str] = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            given = [*node.args] if called in ASKED_BY_CALL else []
            given += [each.value for each in node.keywords if each.arg in ASKED_BY_NAME]
            asked = asked.union(*map(texts_in, given))
        elif isinstance(node, ast.Assign) and any(getattr(each, "id", "") in ASKED_BY_NAME for each in node.targets):
            asked |= texts_in(node.value)
    return asked


def asked_by(path: Path) -> set[str]:
    return terms_asked(path.read_text(encoding="utf-8"))


def test_both_glossaries_hold_the_same_terms_in_the_same_order() -> None:
    assert list(glossary(PERSIAN)) == list(glossary(ENGLISH))


def test_no_glossary_defines_a_term_twice() -> None:
    for file in FILES.values():
        found = headings(file.read_text(encoding="utf-8"), "###")
        assert len(set(found)) == len(found)


def test_both_glossaries_have_the_same_sections_with_the_same_number_of_terms() -> None:
    counts = []
    for file in FILES.values():
        sections = re.split(r"^## .+$", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
        counts.append([len(headings(section, "###")) for section in sections])
    assert counts[0] == counts[1]
    assert len(counts[0]) > 4


@persian_terms
def test_a_persian_definition_is_written_in_persian(term: str) -> None:
    found = glossary(PERSIAN)[term]
    for text in (found.title, found.text):
        assert PERSIAN_LETTERS.search(text)
        assert not LATIN_MARKS.search(text)
        assert not ARABIC_KEYBOARD.search(text)
    assert found.text != glossary(ENGLISH)[term].text
    assert found.title != term


@persian_terms
def test_a_persian_definition_uses_latin_letters_for_ids_of_columns_alone(term: str) -> None:
    assert not re.search(r"[A-Za-z]", re.sub(r"`[a-z_]+`", "", glossary(PERSIAN)[term].text))


@persian_terms
def test_a_definition_names_the_same_numbers_in_both_languages(term: str) -> None:
    """A period, a limit or a level that differs between the languages would be a wrong definition in one of them."""
    english, persian = (numbers_in(glossary(language)[term].text) for language in (ENGLISH, PERSIAN))
    assert persian - ONE_OF_MANY == english - ONE_OF_MANY


def test_a_definition_is_given_in_the_language_spoken() -> None:
    with speaking(PERSIAN):
        assert definition("Complaint").title == "شکایت"
    assert definition("Complaint").title == "Complaint"


def test_the_term_stands_in_brackets_behind_the_persian_one() -> None:
    assert glossary(PERSIAN)["Answered within 1, 3, 5 days"].title == "پاسخ‌گرفته ظرف ۱، ۳ و ۵ روز"


def test_terms_are_found_wherever_a_module_asks_for_them() -> None:
    code = 'TERMS = ("Wait", "Score")\ncard(term="Cohort" if many else "Customer")\ndefinition("As of")\nsay("Hello")'
    assert terms_asked(code) == {"Wait", "Score", "Cohort", "Customer", "As of"}


def test_every_term_that_pages_and_answers_ask_for_stands_in_both_glossaries() -> None:
    modules = [path for place in ("pages", "retention_core/answers") for path in (ROOT / place).rglob("*.py")]
    asked = set().union(*map(asked_by, modules))
    assert len(asked) > 15
    known: list[dict[str, Definition]] = [glossary(ENGLISH), glossary(PERSIAN)]
    assert [asked - set(each) for each in known] == [set(), set()]
