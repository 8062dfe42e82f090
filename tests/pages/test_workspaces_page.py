"""Whatever happens to a workspace or a page: a person reads what happened and what to do, and finds a way on."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages import menu
from pages.shared import session
from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.ingestion.loading import load
from retention_core.workspaces import create, folder_of
from tests.tables import add_orders

HISTORY = menu.HISTORY.script


def opened(app: AppTest, name: str) -> AppTest:
    app.query_params["workspace"] = name
    app.run()
    assert not app.exception
    return app


def errors(app: AppTest) -> str:
    return "\n".join(str(each.value) for each in app.error).replace("\\", "")


def offers(app: AppTest) -> list[str]:
    return [each.label for each in app.button]


def test_a_damaged_workspace_says_so_and_the_others_are_offered(app, tmp_path) -> None:
    create(tmp_path, "North")
    create(tmp_path, "South")
    (tmp_path / "North" / "workspace.duckdb").write_text("no database")
    app = opened(app, "North")
    assert "“North” is damaged." in errors(app)
    assert offers(app) == ["Try again", "Open Sample shop", "Open Private", "Open South"]
    app.button(key="offer_Open South").click().run()
    assert not app.error
    assert app.selectbox(key="workspace").value == "South"


def test_a_workspace_that_a_second_server_holds_opens_as_soon_as_that_has_ended(app, tmp_path) -> None:
    create(tmp_path, "North")
    code = (
        "import sys, pathlib; from retention_core.engines.duckdb_engine import DuckDBEngine\n"
        "kept = DuckDBEngine(pathlib.Path(sys.argv[1])); print('open', flush=True); sys.stdin.read()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "North")], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with other:
        assert other.stdout.readline() == b"open\n"
        app = opened(app, "North")
        assert "“North” is open in another program." in errors(app)
        assert str(other.pid) in errors(app)
        other.communicate()
    app.button(key="offer_Try again").click().run()
    assert not app.error
    assert app.selectbox(key="workspace").value == "North"


def test_a_workspace_whose_newest_upload_is_missing_opens_only_when_a_person_wants_it(app, tmp_path) -> None:
    create(tmp_path, "North")
    shutil.copyfile(tmp_path / "North" / "workspace.duckdb", tmp_path / "older")
    kept = DuckDBEngine(folder_of(tmp_path, "North"))
    add_orders(kept, [("ann", "2026-01-01", 1.0)])
    kept.close()
    shutil.copyfile(tmp_path / "older", tmp_path / "North" / "workspace.duckdb")
    app = opened(app, "North")
    assert "The newest changes of “North” are missing." in errors(app)
    assert not app.title
    app.button(key="offer_Open it without them").click().run()
    assert not app.error
    assert app.title


def test_a_workspace_deleted_while_it_is_open_is_said_to_be_gone(app, tmp_path) -> None:
    create(tmp_path, "North")
    app = opened(app, "North")
    shutil.rmtree(tmp_path / "North")
    app.run()
    assert "There is no workspace “North” here." in errors(app)
    assert not app.selectbox  # nothing of another workspace is shown in its place
    assert "Open Sample shop" in [button.label for button in app.button]


def test_a_link_to_a_workspace_that_is_not_here_says_so(app) -> None:
    app = opened(app, "Elsewhere")
    assert "There is no workspace “Elsewhere” here." in errors(app)


def test_an_unknown_time_zone_is_said_and_another_can_be_chosen(app, tmp_path) -> None:
    create(tmp_path, "North")
    kept = DuckDBEngine(folder_of(tmp_path, "North"))
    kept.set_setting("time_zone", "Mars/Olympus")
    kept.set_setting("week_start", "Moonday")
    kept.close()
    app = opened(app, "North")
    app.switch_page(HISTORY).run()
    assert not app.error
    said = "\n".join(each.value for each in app.warning).replace("\\", "")
    assert "“Mars/Olympus”" in said
    assert "“Moonday”" in said
    zone = next(each for each in app.selectbox if "offset" in each.label)
    assert zone.value == "UTC"
    zone.select("Europe/Paris").run()
    assert len(app.warning) == 1


@pytest.mark.parametrize("name", ["sample shop", "PRIVATE"])
def test_a_workspace_cannot_take_the_name_of_a_built_in_one(app, tmp_path, name) -> None:
    app = opened(app, "Private")
    app.switch_page(HISTORY).run()
    app.text_input(key="new_workspace").set_value(name).run()
    next(each for each in app.button if each.label == "Create and open").click().run()
    assert "This name stands for another workspace." in errors(app)
    assert not list(tmp_path.iterdir())


def staged_in_a_tab(folder: str) -> None:
    """A page that shows where its tab stages files, deletes that folder as closing the tab does, and shows the next."""
    from pathlib import Path
    from types import SimpleNamespace

    import streamlit as st

    from pages.shared import session

    engine = SimpleNamespace(staging=Path(folder))
    st.text(session.staging_of_tab(engine))
    if st.button("Close"):
        first = session.staging_of_tab(engine)
        session._staged_here.clear()
        st.text(first.exists())


def test_a_tab_stages_in_one_folder_that_goes_with_it(tmp_path) -> None:
    tab = AppTest.from_function(staged_in_a_tab, args=(str(tmp_path),)).run()
    folder = Path(tab.text[0].value)
    assert folder.is_dir()
    assert folder.parent == tmp_path
    again = tab.button[0].click().run()
    assert [each.value for each in again.text] == [str(folder), "False"]


def test_an_error_that_nobody_foresaw_is_told_in_our_words_and_logged_with_its_reference(
    app, monkeypatch, caplog
) -> None:
    def fail() -> None:
        raise ZeroDivisionError("words of the framework")

    app = opened(app, "Private")
    monkeypatch.setattr(session, "current", fail)
    app.switch_page(HISTORY).run()
    assert not app.exception
    assert "Something went wrong that we did not foresee." in errors(app)
    assert "words of the framework" not in errors(app)
    logged = next(each for each in caplog.records if "reference" in each.message)
    assert logged.args[0] in errors(app)
    assert "words of the framework" in str(logged.exc_info[1])


def uploaded(engine: DuckDBEngine) -> None:
    with engine.transaction() as cursor:
        cursor.execute(
            "INSERT INTO uploads (upload_id, file_name, sheet, rows_kept, rows_rejected) VALUES (1, 'a.csv', '', 656, 0)"
        )


def test_an_undo_asks_once_and_says_what_would_go(app, engine) -> None:
    add_orders(engine, [("ann", "2026-01-01", 1.0)])
    uploaded(engine)
    app = opened(app, "Private")
    app.switch_page(HISTORY).run()
    assert app.button(key="undo_1").label == "Undo upload 1: 656 rows"
    assert "Its rows are gone from this workspace until the file is uploaded again." in [
        each.value for each in app.caption
    ]


def test_an_undo_that_fails_is_told_in_our_words(app, engine, monkeypatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("words of the framework")

    add_orders(engine, [("ann", "2026-01-01", 1.0)])
    uploaded(engine)
    monkeypatch.setattr(load, "undo", fail)
    app = opened(app, "Private")
    app.switch_page(HISTORY).run()
    app.button(key="undo_1").click().run()
    assert not app.exception
    assert "Something went wrong that we did not foresee." in errors(app)
