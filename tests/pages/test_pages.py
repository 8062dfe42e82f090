"""Every page through AppTest from the frame: with the sample, with nothing, by link, and with what can go wrong."""

import re
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from pages import menu
from pages.shared import session
from tests.tables import add_answers, add_complaints, add_orders

_NAMES = {
    "": "overview",
    "cohort-retention": "cohorts",
    "complaints-today": "today",
    "response-times": "waits",
    "complaints-in-depth": "depth",
    "came-back": "scores",
}
PAGES = {_NAMES.get(page.link, page.link): page.script for page in menu.PAGES}


def opened(app: AppTest, page: str, **link: str) -> AppTest:
    app.run()
    app.switch_page(PAGES[page])
    for name, value in link.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def words(app: AppTest) -> str:
    shown = [*app.header, *app.subheader, *app.caption, *app.markdown, *app.error]
    return "\n".join(str(each.value) for each in shown).replace("\\", "").replace("\u00a0", " ")


def figures(app: AppTest) -> dict[str, str]:
    return {each.label.replace("\\", ""): str(each.value).replace("\u00a0", " ") for each in app.metric}


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_on_the_sample_and_on_nothing(app, page) -> None:
    assert not opened(app, page).error
    assert not opened(app, page, workspace="Private").error


@pytest.mark.parametrize(("page", "what"), [("cohorts", "orders"), ("waits", "complaints"), ("scores", "orders")])
def test_an_empty_page_says_what_it_would_show_and_offers_the_sample(app, page, what) -> None:
    app = opened(app, page, workspace="Private")
    assert f"No {what} here yet" in words(app)
    app.button[0].click().run()
    assert "Sample shop" in words(app)
    assert app.metric


def test_each_page_opens_with_one_sentence_that_has_its_interval(app) -> None:
    for page, sentence in {
        "cohorts": r"Of customers who first bought in \w+ 2026 to \w+ 2026, \d+ % \(\d+ to \d+\) bought again within 90 days",
        "waits": r"lately \d+ % \(\d+ to \d+\) were resolved within 5 days, before \d+ % \(\d+ to \d+\)",
        "scores": r"Whether satisfied customers come back more or less often than others like them cannot be told apart\.",
    }.items():
        header = opened(app, page).header[0].value.replace("\\", "").replace("\u00a0", " ")
        assert re.search(sentence, header), header


def test_every_figure_has_its_definition_one_tap_away(app) -> None:
    for page in ("cohorts", "waits", "scores"):
        metrics = opened(app, page).metric
        assert len(metrics) >= 4
        assert all(len(each.help) > 40 for each in metrics)


def test_a_room_opens_the_list_of_the_customers_it_counts(app) -> None:
    app = opened(app, "scores")
    counted = figures(app)["Satisfied, gone"]
    app.selectbox(key="room").set_value("satisfied_gone").run()
    assert not app.exception
    assert f"Satisfied, gone: {counted} customers" in words(app)
    assert any(len(each.value) == int(counted) and "score" in each.value for each in app.dataframe)


def test_the_link_sets_filters_switches_and_workspace(app) -> None:
    app = opened(app, "cohorts", branch="Harbour", period="quarter", returned="in_or_after", refunds="true")
    assert "Branch: Harbour" in words(app)
    assert "refunds counted as visits" in words(app)
    assert figures(app)["Back in quarter 1 or later"] == "–"  # older cohorts have had longer
    assert app.selectbox(key="returned").value == "in_or_after"


def test_a_filter_changes_the_figures_and_stands_in_words_above_them(app) -> None:
    everybody = figures(opened(app, "cohorts"))["Customers"]
    app.multiselect(key="branch").set_value(["North"]).run()
    assert figures(app)["Customers"] != everybody
    assert "Branch: North" in words(app)
    app.selectbox(key="dates").set_value("own").run()
    app.date_input(key="as_of").set_value(date(2025, 12, 31)).run()
    assert "as known on 31 Dec 2025" in words(app)
    assert not app.exception


def test_dates_outside_of_all_data_leave_a_page_that_says_so(app) -> None:
    app = opened(
        app, "cohorts", **{"to": "2024-10-01", "branch": "Harbour", "channel": "Phone", "product": "Equipment"}
    )
    assert "Nothing lies within these filters" in words(app) or app.metric


def test_small_numbers_get_no_headline_percentage(app, engine) -> None:
    add_orders(engine, [("ann", "2026-01-01", 1.0), ("ann", "2026-01-20", 1.0), ("bob", "2026-06-30", 1.0)])
    add_complaints(engine, [("ann", "2026-01-01", None, "2026-01-02"), ("bob", "2026-06-30", None, None)])
    add_answers(engine, [("ann", "2026-01-10", 5)])
    shown = opened(app, "cohorts", workspace="Private")
    assert "Only 1 customer can be followed for 90 days yet" in words(shown)
    assert figures(shown)["Back within 90 days"] == "–"
    assert "too few to speak of a percentage" in words(opened(app, "waits"))
    assert "Too few customers can be followed" in words(opened(app, "scores"))


def test_the_page_of_waits_says_whose_closing_counts_and_who_is_left_out(app, engine) -> None:
    complaints = [
        (f"c{n}", "2026-01-05", "2026-01-06" if n else None, "2026-01-07" if n > 1 else None) for n in range(20)
    ]
    add_complaints(engine, complaints, closed_at=["2026-01-08", *[None] * 19], is_closed=[True] * 20)
    shown = words(opened(app, "waits", workspace="Private"))
    assert "1 resolved by their closing moment, since they have no other." in shown
    assert "1 closed, moment unknown: they stand in no wait and no share, and are not open." in shown
    assert figures(app)["Still open"] == "0"
    app.session_state["wait_until"] = "first_response"
    assert "1 closed without a recorded response: they stand in no wait" in words(app.run())


def test_the_scale_of_answers_can_be_corrected_in_the_history(app, engine) -> None:
    add_answers(engine, [("ann", "2026-01-10", 5), ("bob", "2026-01-11", 6)])
    shown = opened(app, "history", workspace="Private")
    box = next(each for each in shown.selectbox if "2 scores, 5 to 6" in each.label.replace("\\", ""))
    assert box.value is None  # answers of an older version have none
    box.set_value(10).run()
    assert set(engine.query("SELECT scale_top FROM satisfaction")["scale_top"]) == {10}


def test_markup_in_data_is_shown_to_the_letter(app, engine) -> None:
    nasty = "![x](http://outside.example/y) <b>B</b>"
    rows = [(f"c{n}", "2026-01-01", 1.0) for n in range(2)]
    add_orders(engine, rows, branch=[nasty, "plain"])
    app = opened(app, "cohorts", workspace="Private")
    app.multiselect(key="branch").set_value([nasty]).run()
    caption = next(each.value for each in app.caption if "Branch" in each.value)
    assert "\\!\\[x\\]\\(http" in caption
    assert "\\<b\\>" in caption


def test_history_lists_uploads_and_opens_named_workspaces(app, tmp_path) -> None:
    app = opened(app, "history")
    assert "3 uploads in this workspace" in words(app)
    app.text_input(key="new_workspace").set_value("Team north").run()
    next(each for each in app.button if each.label == "Create and open").click().run()
    assert not app.exception
    assert "Nothing is uploaded here yet" in words(app)
    assert (tmp_path / "Team north" / "workspace.duckdb").exists()
    assert app.text_input(key="new_workspace").value == ""
    assert app.button(key="create_workspace").disabled
    assert "Team north" in words(app)
    session._saved.clear()


def test_a_private_workspace_can_be_kept_under_a_name(app, engine) -> None:
    add_orders(engine, [("ann", "2026-01-01", 1.0)])
    app = opened(app, "history", workspace="Private")
    app.text_input(key="new_workspace").set_value("Kept").run()
    next(each for each in app.button if "Keep" in each.label).click().run()
    assert not app.exception
    assert session.open_workspace("Kept").counts["orders"] == 1
    session._saved.clear()


def test_a_name_that_leads_elsewhere_is_refused_in_words(app, tmp_path) -> None:
    app = opened(app, "history")
    app.text_input(key="new_workspace").set_value("../outside").run()
    next(each for each in app.button if each.label == "Create and open").click().run()
    assert "cannot be saved under this name" in words(app)
    assert not (tmp_path.parent / "outside").exists()
