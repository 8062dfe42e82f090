"""A page offers itself as a document and its charts as slides, in the language in which it is read."""

import threading

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import saving, session
from retention_core.answers.answer import Answer, Card
from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.filters import Filters
from retention_core.words.language import PERSIAN, speaking
from retention_core.words.numbers import percent
from retention_core.workspace import Workspace
from tests.pages.test_pages import opened
from tests.tables import add_complaints

FEW = Answer("Do they come back?", "24 % came back.", cards=(Card("Back", percent(0.24), "Interval"),))


@pytest.fixture
def sample(monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """The sample shop on the screen, with everything in force."""
    opened = session.open_workspace(session.SAMPLE)
    monkeypatch.setattr(session, "current", lambda: opened)
    monkeypatch.setattr(session, "filters", Filters)
    return opened


def made_elsewhere(answer: Answer) -> str:
    """Return the document of an answer as the framework has it made: in a thread that has spoken to nobody."""
    content, made = saving.document(answer), []
    thread = threading.Thread(target=lambda: made.append(content()))
    thread.start()
    thread.join()
    return made[0].decode("utf-8")


def test_a_document_speaks_the_language_of_the_page_in_whatever_thread_it_is_made(sample: Workspace) -> None:
    with speaking(PERSIAN):
        document = made_elsewhere(FEW)
    assert '<html lang="fa" dir="rtl">' in document
    assert "۲۴" in document


def test_a_document_names_the_workspace_and_the_last_day_of_its_data(sample: Workspace) -> None:
    document = made_elsewhere(FEW)
    assert "Sample shop" in document
    assert f"{sample.as_of:%b %Y}" in document


def test_a_page_offers_itself_and_a_slide(app: AppTest) -> None:
    app = opened(app, "waits")
    assert app.button(key="save_slide").label == "Save slide"
    assert "Save this page" in [each.proto.label for each in app.get("download_button")]


def test_the_dialog_of_a_slide_offers_the_charts_of_the_page_on_both_grounds(app: AppTest) -> None:
    app = opened(app, "waits")
    app.button(key="save_slide").click().run()
    assert not app.exception
    assert len(app.selectbox(key="slide_chart_").options) == 3
    assert app.segmented_control(key="slide_ground").options == ["White", "Dark"]
    assert app.segmented_control(key="slide_format").options == ["PNG", "SVG"]


def test_a_page_with_nothing_to_show_offers_nothing_to_save(app: AppTest, engine: DuckDBEngine) -> None:
    add_complaints(engine, [("ann", "2026-01-05", None, None)])
    app = opened(app, "waits", workspace="Private")
    assert "save_slide" not in [button.key for button in app.button]
    assert "Save this page" not in [each.proto.label for each in app.get("download_button")]
