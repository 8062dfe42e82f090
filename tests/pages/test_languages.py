"""Every page in both languages: the same choices, the same link, and nothing left in the other one."""

import re
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from pages import menu
from pages.shared import session
from retention_core.words.language import ENGLISH, PERSIAN

LATIN_WORDS = re.compile(r"[A-Za-z]{3,} +[A-Za-z]{2,} +[A-Za-z]{2,}")
PERSIAN_LETTER = re.compile(r"[\u0600-\u06ff]")
SHOWN = ("title", "header", "subheader", "markdown", "caption", "warning", "info", "error")
SWITCHES = ("selectbox", "multiselect", "segmented_control", "toggle", "button", "slider", "text_input", "date_input")


@pytest.fixture
def in_persian(app: AppTest) -> AppTest:
    app.query_params["lang"] = PERSIAN.code
    return app


def opened(app: AppTest, page: menu.MenuPage) -> AppTest:
    app.run()
    if page.link:
        app.switch_page(page.script).run()
    assert not app.exception
    return app


def texts(app: AppTest) -> Iterator[str]:
    for kind in SHOWN:
        yield from (str(each.value) for each in getattr(app, kind))
    for kind in SWITCHES:
        yield from (str(each.label) for each in getattr(app, kind))
    for each in app.metric:
        yield from (each.label, each.value, each.delta or "")


def told(text: str) -> str:
    """Return a text without what the program cannot say itself: names from the data, files, styles, links, icons."""
    return re.sub(r"<style>.*?</style>|\u2068.*?\u2069|`[^`]*`|:material/\w+:|https?:\S+", "", text, flags=re.DOTALL)


@pytest.mark.parametrize("page", menu.PAGES, ids=lambda page: page.link or "overview")
def test_a_page_in_persian_says_nothing_in_english(in_persian: AppTest, page: menu.MenuPage) -> None:
    said = [told(text) for text in texts(opened(in_persian, page))]
    assert any(PERSIAN_LETTER.search(text) for text in said)
    assert [text for text in said if LATIN_WORDS.search(text)] == []


@pytest.mark.parametrize("page", menu.PAGES, ids=lambda page: page.link or "overview")
def test_a_page_in_english_says_nothing_in_persian(app: AppTest, page: menu.MenuPage) -> None:
    said = [text for text in texts(opened(app, page)) if PERSIAN_LETTER.search(text)]
    assert said == []


@pytest.mark.parametrize("page", menu.PAGES, ids=lambda page: page.link or "overview")
def test_an_empty_workspace_speaks_persian_too(in_persian: AppTest, page: menu.MenuPage) -> None:
    in_persian.query_params["workspace"] = session.PRIVATE
    said = [told(text) for text in texts(opened(in_persian, page))]
    assert [text for text in said if LATIN_WORDS.search(text)] == []


def test_the_language_changes_nothing_else_in_the_link(app: AppTest) -> None:
    link = {"period": "quarter", "returned": "by", "channel": "Web", "dates": "last_365", "tab": "curves"}
    app.query_params.update(link)
    app.run()
    app.switch_page(menu.COHORTS.script).run()
    app.query_params.update(link)
    app.run()
    english = dict(app.query_params)
    app.selectbox(key="lang").set_value(PERSIAN.code).run()
    assert not app.exception
    persian = dict(app.query_params)
    assert persian.pop("lang") in (PERSIAN.code, [PERSIAN.code])
    assert persian == english
    app.selectbox(key="lang").set_value(ENGLISH.code).run()
    assert dict(app.query_params) == english


def test_days_follow_the_language_and_can_be_written_in_either_calendar(app: AppTest) -> None:
    assert "17 Oct 2026" in " ".join(texts(opened(app, menu.OVERVIEW)))
    app.selectbox(key="days_in").set_value("jalali").run()
    assert "25 Mehr 1405" in " ".join(texts(app))
    app.selectbox(key="days_in").set_value("gregorian").run()
    app.selectbox(key="lang").set_value(PERSIAN.code).run()
    assert "۲۵ مهر ۱۴۰۵" in " ".join(texts(app))
    app.selectbox(key="days_in").set_value("gregorian").run()
    assert "۱۷ اکتبر ۲۰۲۶" in " ".join(texts(app))
    app.selectbox(key="lang").set_value(ENGLISH.code).run()
    assert "17 Oct 2026" in " ".join(texts(app))
