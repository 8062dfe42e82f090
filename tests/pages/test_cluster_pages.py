"""The dashboard over a cluster, as `make run-spark` starts it: every page says what it says of files, or what it lacks."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from examples.spark.run import NAME, workspace
from pages import menu
from pages.shared import session
from tests.cluster import serving


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """A cluster, one for this file."""
    with serving() as found:
        yield found


@pytest.fixture
def over_cluster(app: AppTest, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The dashboard, with the sample shop in a cluster among its workspaces."""
    monkeypatch.setenv("COMEBACK_SPARK_URL", url)
    workspace(tmp_path)
    app.query_params["workspace"] = NAME
    return app


def opened(app: AppTest, page: menu.MenuPage) -> AppTest:
    app.run()
    if page is not menu.OVERVIEW:
        app.switch_page(page.script).run()
    assert not app.exception
    return app


def words(app: AppTest) -> str:
    parts = [*app.markdown, *app.info, *app.warning, *app.error, *app.caption, *app.header, *app.title]
    return "\n".join(str(each.value) for each in parts).replace("\\", "")


def told(app: AppTest) -> list[str]:
    """Return the sentences and figures of a page, in order."""
    sentences = [each.value for each in [*app.title, *app.header, *app.subheader]]
    return [*sentences, *(f"{each.label}: {each.value} {each.delta}" for each in app.metric)]


@pytest.mark.parametrize("page", [menu.OVERVIEW, menu.COHORTS, menu.WAITS, menu.SCORES], ids=lambda page: page.title)
def test_a_page_says_of_a_cluster_what_it_says_of_files(over_cluster: AppTest, page: menu.MenuPage) -> None:
    said = told(opened(over_cluster, page))
    assert not over_cluster.error
    assert over_cluster.selectbox(key="workspace").value == NAME
    assert len(said) > 2
    over_cluster.selectbox(key="workspace").set_value(session.SAMPLE).run()
    assert told(over_cluster) == said


def test_nothing_can_be_uploaded_and_the_page_says_what_to_do(over_cluster: AppTest) -> None:
    app = opened(over_cluster, menu.UPLOAD)
    assert "No file can be uploaded into it" in words(app)
    next(each for each in app.button if each.label == "Upload into a private workspace").click().run()
    assert not app.exception
    assert "They go into a private workspace" in words(app)


def test_history_says_where_the_rows_lie_and_looks_again(over_cluster: AppTest) -> None:
    app = opened(over_cluster, menu.HISTORY)
    assert "only results come here" in words(app)
    assert "figures hold for 60 minutes" in words(app)
    engine = session.open_workspace(NAME).cluster
    before = engine.version
    next(each for each in app.button if each.label == "Look at the tables again now").click().run()
    assert not app.exception
    assert engine.version != before
