"""Links: what they ask for is shown, or it is said what was not found and what is shown instead."""

import shutil
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from pages import menu
from pages.customers.brackets import read_brackets
from pages.shared import link, session
from retention_core.workspaces import create
from tests.pages.test_pages import PAGES, opened, words
from tests.tables import add_answers, add_complaints, add_orders

COHORTS = menu.COHORTS.script
ORDERS = [("ann", "2026-01-05", 10.0), ("bob", "2026-02-20", 30.0), ("ann", "2026-03-03", 20.0)]
MISSING = "Not everything that was asked for is here."


def warned(app: AppTest) -> str:
    return "\n".join(str(each.value) for each in app.warning).replace("\\", "")


def said_on_the_way(app: AppTest, page: str, **link: str | list[str]) -> str:
    """Open a page by a link and return what was said; AppTest always comes by way of the overview."""
    app.run()
    app.switch_page(PAGES[page])
    app.query_params.update(link)
    app.run()
    assert not app.exception
    return warned(app)


def errors(app: AppTest) -> str:
    return "\n".join(str(each.value) for each in app.error).replace("\\", "")


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ({"returned": "Foo"}, "Returned means: “Foo” cannot be chosen here;"),
        ({"channel": "Fax"}, "Channel: “Fax” cannot be chosen here; it is left out."),
        ({"channel": ["Fax", "Web"]}, "Channel: “Fax” cannot be chosen here; “Web” is shown instead."),
        ({"from": "2031-01-01"}, "From: “1 Jan 2031” cannot be chosen here; it is left out."),
        ({"to": "yesterday"}, "To: “yesterday” cannot be chosen here; it is left out."),
        ({"as_of": "2001-01-01"}, "As of: “1 Jan 2001” cannot be chosen here; it is left out."),
        ({"refunds": "maybe"}, "Count refunds as visits: “maybe” cannot be chosen here; “off” is shown instead."),
        (
            {"least": "inf"},
            "Purchases in a period to count as back: “inf” cannot be chosen here; “1” is shown instead.",
        ),
        ({"compare": "Moon"}, "Compare by: “Moon” cannot be chosen here;"),
        ({"tab": "Pie"}, "View: “Pie” cannot be chosen here; “Heatmap” is shown instead."),
        ({"colour": "red"}, "no switch “colour”, which is left aside"),
    ],
    ids=str,
)
def test_what_a_link_asks_for_and_is_not_there_is_said_once(app, link, said) -> None:
    assert said in said_on_the_way(app, "cohorts", **link)
    assert MISSING not in warned(app.run())


def test_a_horizon_that_does_not_exist_is_said(app) -> None:
    said = said_on_the_way(app, "scores", horizon="45 days")
    assert "Horizon: “45 days” cannot be chosen here; “90 days” is shown instead." in said


@pytest.mark.parametrize(
    "link",
    [
        {"period": "Quarter", "returned": "By its end", "least": "2"},
        {"period": "Month", "refunds": "TRUE"},
        {"from": "2026-1-5", "channel": ["Web", "Shop"]},
        {"compare": "Channel", "top": "02"},
    ],
    ids=str,
)
def test_a_link_that_finds_everything_says_nothing(app, link) -> None:
    assert "cannot be chosen" not in said_on_the_way(app, "cohorts", **link)
    assert not app.warning


def test_a_workspace_that_is_not_here_is_never_replaced_by_another(app, tmp_path) -> None:
    create(tmp_path, "North")
    page = opened(app, "overview", workspace="Elsewhere", channel="Web")
    assert "There is no workspace “Elsewhere” here." in errors(page)
    assert not page.subheader
    assert not page.metric
    assert [each.label for each in page.button] == ["Open Sample shop", "Open Private", "Open North"]
    page.button(key="offer_Open Sample shop").click().run()
    assert "Sample shop** · Channel: Web" in words(page)
    assert not page.error
    assert not page.warning


def test_a_workspace_that_was_deleted_meanwhile_ends_the_page(app, tmp_path) -> None:
    create(tmp_path, "North")
    page = opened(app, "overview", workspace="North")
    shutil.rmtree(tmp_path / "North")
    page.run()
    assert "There is no workspace “North” here." in errors(page)
    assert not page.subheader
    page.button(key="offer_Open Private").click().run()
    assert not page.error
    assert page.selectbox(key="workspace").value == session.PRIVATE


@pytest.mark.parametrize(("end", "name"), [("to", "To"), ("as_of", "As of")])
def test_from_after_to_is_said_in_place_of_an_empty_page(app, end, name) -> None:
    page = opened(app, "cohorts", **{"from": "2026-05-01", end: "2026-01-31"})
    assert f"“From” lies after “{name}”." in errors(page)
    assert "Nothing can lie between 1 May 2026 and 31 Jan 2026" in errors(page)
    assert not page.metric
    assert not opened(page, "upload").error
    page = opened(page, "cohorts")
    page.date_input(key="from").set_value(date(2026, 1, 1)).run()
    assert not page.error


def test_what_another_workspace_does_not_have_is_dropped_with_a_word_and_the_rest_stays(app, engine) -> None:
    add_orders(engine, ORDERS, channel=["Web", "Fax", "Web"])
    page = opened(app, "overview", channel=["Web", "Shop"], branch="Harbour", **{"from": "2025-02-01"})
    page.selectbox(key="workspace").set_value(session.PRIVATE).run()
    assert "Channel: “Shop” cannot be chosen here; “Web” is shown instead." in warned(page)
    assert "Branch: “Harbour” cannot be chosen here; it is left out." in warned(page)
    assert "From: “1 Feb 2025” cannot be chosen here; it is left out." in warned(page)
    assert "Private** · Channel: Web · 5 Jan 2026 to 3 Mar 2026" in words(page)
    assert page.query_params == {"workspace": session.PRIVATE, "dates": "own", "channel": "Web"}
    assert MISSING not in warned(page.run())


def test_filters_survive_a_change_of_page_and_stand_in_its_link(app) -> None:
    page = opened(app, "overview", channel="Web")
    page.switch_page(COHORTS).run()
    assert "Channel: Web" in words(page)
    assert page.query_params == {"channel": "Web"}


def test_a_page_that_the_menu_opens_at_once_keeps_the_filters_also_when_it_is_gone_back_to(app, monkeypatch) -> None:
    page = opened(app, "waits", channel="Web")
    page.switch_page(COHORTS)
    page.query_params.clear()
    monkeypatch.setattr(link, "_ON_ITS_WAY", 60)
    page.run()
    page.query_params.clear()
    monkeypatch.setattr(link, "_ON_ITS_WAY", 0)
    page.run()
    assert "Channel: Web" in words(page)
    assert page.query_params == {"channel": "Web"}


def test_a_page_that_is_drawn_again_by_its_name_alone_keeps_the_filters(app, monkeypatch) -> None:
    monkeypatch.setattr(link, "_ON_ITS_WAY", 0)
    page = opened(app, "waits", channel="Web")
    page.query_params.clear()  # a browser that leaves by the menu empties the address before the page it asks for is there
    page.run()
    assert "Channel: Web" in words(page)
    assert page.query_params == {"channel": "Web"}


def test_going_back_to_a_page_on_which_nothing_was_chosen_yet_chooses_nothing(app, monkeypatch) -> None:
    monkeypatch.setattr(link, "_ON_ITS_WAY", 0)
    page = app.run()
    page.multiselect(key="channel").set_value(["Web"]).run()
    assert page.query_params == {"channel": "Web"}
    page.query_params.clear()
    page.run()
    assert "Channel: Web" not in words(page)
    assert not page.query_params


def test_the_bar_knows_only_rows_in_force(app, engine) -> None:
    add_orders(engine, [("ann", "2020-03-01", 1.0), *ORDERS], channel=["Fax", "Web", "Shop", "Web"])
    with engine.transaction() as cursor:
        cursor.execute("UPDATE stored_orders SET replaced_by = 9 WHERE year(day) = 2020")
    page = opened(app, "overview", workspace="Private")
    assert "5 Jan 2026 to 3 Mar 2026" in words(page)
    assert page.multiselect(key="channel").options == ["Shop", "Web"]


def test_a_page_whose_rows_are_all_replaced_says_that_there_are_none(app, engine) -> None:
    add_orders(engine, ORDERS)
    with engine.transaction() as cursor:
        cursor.execute("UPDATE stored_orders SET replaced_by = 9")
    assert "No orders here yet" in words(opened(app, "cohorts", workspace="Private"))


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        ("7, 23, 61", (7, 23, 61)),
        ("7;23 61", (7, 23, 61)),
        ("۷، ۲۳؛ ۶۱", (7, 23, 61)),
        ("٧ ٢٣", (7, 23)),
        (" 5 ", (5,)),
    ],
)
def test_brackets_are_whole_numbers_however_they_are_written(text, lengths) -> None:
    assert read_brackets(text, "day") == (lengths, "")


@pytest.mark.parametrize(
    ("text", "unit", "wrong"),
    [
        ("0,-3,99999", "month", "“0” is no length"),
        ("5, -3", "day", "“-3” is no length"),
        ("7, x, 9", "day", "“x” is no length"),
        ("1.5", "day", "“1.5” is no length"),
        ("9" * 5000, "day", "is no length"),
        ("10000, 10001", "day", "Together the brackets are 20,001 days long, and the calendar holds 20,000."),
        ("12, 999", "month", "the calendar holds 666."),
        ("1 " * 25, "day", "25 brackets are given, and at most 24 can be shown."),
        ("", "day", "No length is given yet."),
    ],
)
def test_brackets_that_cannot_be_are_said_with_what_is_wrong(text, unit, wrong) -> None:
    lengths, said = read_brackets(text, unit)
    assert lengths == ()
    assert wrong in said


def test_the_page_stands_where_brackets_cannot_be_read(app) -> None:
    page = opened(app, "cohorts", columns="Brackets", brackets="0,-3,99999")
    assert not page.error
    assert "“0” is no length" in words(page)
    assert "Single periods are shown meanwhile." in words(page)
    assert "The cohort table" in words(page)


def test_a_month_of_the_other_calendar_is_no_crash(app) -> None:
    page = opened(app, "cohorts", period="year", year_start="4")
    assert "years begin in Apr" in words(page)
    page.button_group(key="calendar").set_value("jalali").run()
    assert not page.error
    assert "years begin in Tir" in words(page)  # the fourth month of the other calendar


def test_compare_with_stands_in_the_link(app) -> None:
    page = opened(app, "overview", compare_with="Stretch before")
    assert page.session_state["_filters"].compare_with == "before"
    assert not page.warning


def test_what_brings_customers_in_is_offered_where_the_data_knows_it(app, engine) -> None:
    usual = ["First purchase", "First purchase that matches", "Every purchase"]
    add_orders(engine, ORDERS)
    add_complaints(engine, [(None, "2026-01-09", None, None)])
    page = opened(app, "cohorts", workspace="Private")
    assert page.selectbox(key="cohort_by").options == usual
    add_complaints(engine, [("ann", "2026-01-09", None, None)])
    add_answers(engine, [("ann", "2026-02-09", 5)])
    with engine.transaction() as cursor:
        cursor.execute(
            "INSERT INTO stored_customers BY NAME SELECT customer_key, 0 AS upload_id, "
            "TIMESTAMP '2026-01-01' AS joined_at FROM customer_ids"
        )
    added = ["Joining date", "First complaint", "First answer"]
    assert page.run().selectbox(key="cohort_by").options == [*usual, *added]
    for each in added:
        page.selectbox(key="cohort_by").set_value(each).run()
        assert not page.error, each


def test_what_counts_as_coming_back_is_a_switch_of_its_own(app, dashboard) -> None:
    link = {"coming_back": "A purchase that matches", "back_by": "Channel", "back_values": "Web"}
    page = opened(app, "cohorts", **link)
    assert not page.error
    assert page.multiselect(key="back_values").value == ["Web"]
    assert MISSING not in warned(page)
    everything = opened(AppTest.from_file(dashboard, default_timeout=60), "cohorts")
    shown = [
        next(frame.value for frame in each.dataframe if "cohort_label" in frame.value) for each in (page, everything)
    ]
    assert shown[0]["1"].sum() < shown[1]["1"].sum()


@pytest.mark.parametrize("key", ["from", "to", "as_of"])
def test_the_dates_of_the_bar_say_whom_they_choose(app, key) -> None:
    assert (
        "customers by the day of their first purchase" in opened(app, "overview", dates="own").date_input(key=key).help
    )


def test_days_of_the_bar_are_those_of_the_data(app, engine) -> None:
    add_orders(engine, ORDERS)
    page = opened(app, "overview", workspace="Private", dates="own")
    assert (page.date_input(key="from").min, page.date_input(key="to").max) == (date(2026, 1, 5), date(2026, 3, 3))
