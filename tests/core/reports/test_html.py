"""A saved page says all that the page says, asks nobody for anything, and shows text from files to the letter."""

import json
from dataclasses import replace

import pytest

from retention_core.answers.answer import Card
from retention_core.reports.html import as_html
from retention_core.words.language import PERSIAN, speaking
from retention_core.words.numbers import percent
from tests.core.reports.reading import Read, read
from tests.core.reports.small_answer import FRAME, HOSTILE, SENTENCE, small_answer

LOADED = ("src", "href", "data", "poster", "srcset", "action", "background")


@pytest.fixture(scope="module")
def document() -> Read:
    return read(as_html(small_answer(), FRAME))


def test_a_document_says_question_sentence_notes_and_figures(document: Read) -> None:
    assert "Do they come back?" in document.text
    assert f"{SENTENCE} One look in twenty shows as much by luck." in document.text
    assert "Back within 90 days 24\u00a0% 21 to 27".replace("\u00a0", " ") in document.text


def test_a_document_says_whose_data_it_is_which_filters_and_as_of_when(document: Read) -> None:
    assert "Workspace Corner shop" in document.text
    assert "Filters Channel: Web · 1 Jan 2026 to 31 May 2026" in document.text
    assert "Data up to 31 May 2026" in document.text
    assert "Saved on 2 Jun 2026" in document.text


def test_a_document_defines_each_term_of_the_answer_and_of_its_parts_once(document: Read) -> None:
    assert document.text.count("One id in the column taken for the customer.") == 1
    assert "The 95 % Wilson score interval" in document.text
    assert "An order whose amount is below zero" in document.text
    assert "(other_id)" in document.text.replace("( ", "(").replace(" )", ")")


def test_a_table_shows_the_columns_that_its_rows_have_as_people_write_them(document: Read) -> None:
    assert "Who came back Customer Came back Spent" in document.text
    assert f"{HOSTILE} 24.5 % 1,234.50" in document.text


def test_a_long_table_shows_fifty_rows_and_says_how_many_more_there_are() -> None:
    long = read(as_html(small_answer(rows=53), FRAME))
    assert len(long.all("tr")) == 1 + 50
    assert "3 more rows stand in the table's download." in long.text


def test_a_short_table_says_nothing_of_more_rows(document: Read) -> None:
    assert "more row" not in document.text


def test_a_table_whose_shown_rows_all_stand_says_nothing_of_more_rows() -> None:
    answer = small_answer(rows=53)
    by_customer = replace(answer.tables[0], shown=lambda rows: rows.drop_duplicates())  # one row of 53 alike
    document = read(as_html(replace(answer, tables=(by_customer,)), FRAME))
    assert len(document.all("tr")) == 1 + 1
    assert "more row" not in document.text


def test_a_part_that_cannot_be_had_says_why_and_the_others_are_whole(document: Read) -> None:
    assert "Customers in motion Nine left." in document.text
    assert "Segments Too many cells. There are 90,000. Choose a longer period." in document.text


def test_only_the_parts_asked_for_are_answered() -> None:
    one = read(as_html(small_answer(), FRAME, parts=["motion"]))
    assert "Nine left." in one.text
    assert "Too many cells." not in one.text


def test_a_chart_is_described_and_its_figure_is_kept_to_the_letter(document: Read) -> None:
    charts = [attributes for attributes in document.all("div") if attributes.get("class") == "chart"]
    assert [chart["aria-label"] for chart in charts] == [f"Between 20 % and 24 % {HOSTILE}"]
    assert charts[0]["data-height"] == "300"
    figure = json.loads(document.data[-3])
    assert figure["data"][0]["name"] == f"</script>{HOSTILE}"


def test_text_from_files_makes_no_element(document: Read) -> None:
    assert document.all("img") == []
    scripts = [attributes.get("type") for attributes in document.all("script")]
    assert scripts == ["application/json", None, None]
    assert document.text.count(HOSTILE) == 1 + 1 + 1 + 3, "note, card, description, three rows"
    assert not [name for _, attributes in document.tags for name in attributes if name.startswith("on")]


def test_a_document_asks_nobody_for_anything(document: Read) -> None:
    assert not [attributes for _, attributes in document.tags if any(name in attributes for name in LOADED)]
    assert document.all("link") == []
    styles = as_html(small_answer(), FRAME).decode().split("<style>")[1].split("</style>")[0]
    assert "url(" not in styles
    assert "@import" not in styles


def test_a_document_may_run_its_own_two_scripts_and_load_nothing(document: Read) -> None:
    (policy,) = (each["content"] for each in document.all("meta") if each.get("http-equiv"))
    assert policy is not None
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"].count("sha256-") == 2
    assert "unsafe" not in rules["script-src"]
    assert rules["img-src"] == "data:"


def test_a_document_in_english_runs_from_left_to_right(document: Read) -> None:
    assert document.all("html") == [{"lang": "en", "dir": "ltr"}]


def test_a_document_in_persian_runs_from_right_to_left_with_its_own_digits_and_days() -> None:
    with speaking(PERSIAN):
        answer = replace(small_answer(), cards=(Card("Back", percent(0.24), "Interval"),))
        persian = read(as_html(answer, FRAME))
    assert persian.all("html") == [{"lang": "fa", "dir": "rtl"}]
    assert "۲۴" in persian.text
    assert "۱۴۰۵" in persian.text, "2 June 2026 lies in the year 1405"
    assert "2026" not in persian.text.replace(SENTENCE, "").replace(FRAME.in_force, "")


def test_an_answer_said_in_english_is_said_again_in_the_language_of_the_document() -> None:
    answer = small_answer()
    with speaking(PERSIAN):
        persian = read(as_html(answer, FRAME))
    assert "۲۴" in persian.text
