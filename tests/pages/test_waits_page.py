"""The page of waits: what its link sets, and the lists that it opens."""

import pytest

from tests.pages.test_pages import opened, words
from tests.tables import add_complaints


@pytest.mark.parametrize(
    "link",
    [
        {"wait_until": "first_response", "opened_by": "week"},
        {"wait_until": "First response", "opened_by": "Week"},
    ],
    ids=["ids", "words of an older link"],
)
def test_a_link_sets_the_switches_whether_it_is_old_or_new(app, link) -> None:
    app = opened(app, "waits", **link)
    assert app.segmented_control(key="wait_until").value == "first_response"
    assert app.segmented_control(key="opened_by").value == "week"
    assert "complaints were answered within 5 days" in words(app)
    assert not app.warning


def test_more_than_a_year_of_complaints_is_grouped_by_month_unless_weeks_are_wanted(app) -> None:
    app = opened(app, "waits")
    assert app.segmented_control(key="opened_by").value == "month"
    assert "opened_by" not in app.query_params


def test_complaints_without_any_moment_say_what_to_upload(app, engine) -> None:
    add_complaints(engine, [("ann", "2026-01-05", None, None)])
    app = opened(app, "waits", workspace="Private")
    assert "The complaints carry neither the moment of a first response nor of a resolution." in words(app)
    assert "Upload a file with a column for one of the two" in words(app)
    assert not app.metric


def test_those_who_wait_now_are_listed_with_the_oldest_first(app, engine) -> None:
    quick = [(f"c{n}", "2026-01-05", None, "2026-01-06") for n in range(11)]
    add_complaints(engine, [*quick, ("new", "2026-01-19", None, None), ("old", "2026-01-10", None, None)])
    app = opened(app, "waits", workspace="Private")
    assert "2 open complaints, the oldest first" in words(app)
    assert any(list(each.value.get("customer", ())) == ["old", "new"] for each in app.dataframe)


def test_the_limit_stands_in_the_link_and_moves_the_sentence_and_the_card(app) -> None:
    app = opened(app, "waits", limit="7")
    assert app.selectbox(key="limit").value == "7"
    assert "complaints were resolved within 7 days" in words(app)
    assert "Within 7 days" in [each.label for each in app.metric]
    app.selectbox(key="limit").set_value("5").run()
    assert "limit" not in app.query_params
    assert "complaints were resolved within 5 days" in words(app)


def test_a_limit_that_does_not_exist_is_told(app) -> None:
    app = opened(app, "waits", limit="99")
    assert app.selectbox(key="limit").value == "5"
    assert app.warning


@pytest.mark.parametrize(
    ("tab", "said"),
    [
        ("shares", "Answered within 1, 3, 5 days"),
        ("control", "periods with enough complaints lie within the limits"),
        ("curves", "Over the whole wait"),
    ],
)
def test_the_parts_open_by_link(app, tab, said) -> None:
    app = opened(app, "waits", waits_tab=tab)
    assert said in words(app)


@pytest.mark.parametrize("tab", ["shares", "control", "curves"])
@pytest.mark.parametrize("lang", ["en", "fa"])
def test_every_part_opens_on_one_complaint_and_on_an_earlier_day(app, engine, tab, lang) -> None:
    assert not opened(app, "waits", waits_tab=tab, lang=lang, as_of="2025-03-01").error
    add_complaints(engine, [("ann", "2026-01-05", "2026-01-05", "2026-01-06")])
    assert not opened(app, "waits", workspace="Private", waits_tab=tab, lang=lang).error


def test_the_small_print_stands_under_the_table(app) -> None:
    assert "For comparison with a help desk: the" in words(opened(app, "waits"))
