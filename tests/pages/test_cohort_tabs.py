"""The tabs of the cohort page: one is drawn at a time, large tables in parts, and what each says."""

import json

import pytest

from tests.pages.test_pages import opened, words
from tests.tables import add_orders

TABS = ["heatmap", "curves", "one_column", "segments", "next_purchase", "who_pays", "in_motion"]


def charts(page) -> dict[str, dict]:
    """Return the figures on the page by their key."""
    return {each.proto.id.rsplit("-", 1)[-1]: json.loads(each.proto.spec) for each in page.get("plotly_chart")}


@pytest.mark.parametrize("unit", ["day", "month"])
@pytest.mark.parametrize("tab", TABS)
def test_each_tab_opens_by_link_and_is_drawn_alone(app, tab, unit) -> None:
    page = opened(app, "cohorts", tab=tab, period=unit, compare="channel")
    assert not page.error
    assert len(charts(page)) <= 2
    assert ("chart_heatmap" in charts(page)) == (tab == "heatmap")


def test_of_days_no_more_is_drawn_than_can_be_seen(app) -> None:
    page = opened(app, "cohorts", period="day")
    assert "Drawn are 60 of 747 cohorts, 19 Aug 2026 to 17 Oct 2026, and columns 0 to 59 of 747" in words(page)
    (heatmap,) = charts(page).values()
    assert len(json.dumps(heatmap)) < 600_000
    table = page.dataframe[0].value
    assert table.shape == (60, 62)  # the cohort, its size, sixty columns


def test_the_part_that_is_drawn_stands_in_the_link_and_can_be_moved(app) -> None:
    page = opened(app, "cohorts", period="day", cohorts_to="2025-06-01", columns_from="100")
    assert "3 Apr 2025 to 1 Jun 2025, and columns 100 to 159" in words(page)
    assert page.dataframe[0].value.columns[2] == "100"
    page.slider(key="columns_from").set_value(0).run()
    assert "3 Apr 2025 to 1 Jun 2025, and columns 0 to 59" in words(page)


def test_longer_periods_and_brackets_are_one_click_away(app) -> None:
    page = opened(app, "cohorts", period="day")
    page.button(key="in_brackets").click().run()
    assert not page.error
    assert list(page.dataframe[0].value.columns[2:]) == ["0", "1", "2", "3", "4"]  # the oldest drawn is 59 days old
    page.button(key="coarser").click().run()
    assert page.selectbox(key="period").value == "week"


def test_a_table_that_can_be_seen_whole_has_nothing_to_move(app) -> None:
    page = opened(app, "cohorts")
    assert "Drawn are" not in words(page)
    assert not [each for each in page.slider if each.key in ("cohorts_to", "columns_from")]


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ("1", "of customers have bought a second time within 90 days of their first purchase"),
        (
            "2",
            "of those who bought twice have bought a third time within 90 days of their second purchase",
        ),
    ],
)
def test_the_next_purchase_is_told_from_each_to_the_one_after(app, step, told) -> None:
    page = opened(app, "cohorts", tab="next_purchase", step=step)
    assert told in words(page)
    assert page.dataframe[0].value["step"].tolist()[:2] == ["First to second", "Second to third"]


def test_short_data_is_told_to_be_short(app, engine) -> None:
    orders = [(f"c{number}", day, 1.0) for number in range(50) for day in ("2026-01-01", "2026-01-06")]
    add_orders(engine, [*orders, ("last", "2026-01-21", 1.0)])
    page = opened(app, "cohorts", workspace="_private", tab="next_purchase")
    assert "Have bought a second time so far: 50 of 51." in words(page)
    assert "followed for 30 days" in words(page)
    shown = {each.label: each.value for each in page.metric}
    assert shown["Back after 90 days"] == "–"


def test_a_month_that_is_still_running_is_called_so(app, engine) -> None:
    add_orders(engine, [("ann", "2026-01-02", 10.0), ("bob", "2026-01-09", 30.0)])
    said = words(opened(app, "cohorts", workspace="_private", tab="who_pays"))
    assert "In Jan 2026 so far (to 9 Jan 2026), customers who had bought before brought 0 %" in said


def test_who_buys_in_a_running_month_is_said_up_to_its_last_known_day(app, engine) -> None:
    add_orders(engine, [("ann", "2026-01-02", 10.0), ("bob", "2026-01-09", 30.0)])
    said = words(opened(app, "cohorts", workspace="_private", tab="in_motion"))
    assert "In Jan 2026 so far (to 9 Jan 2026), 2 customers bought: 2 new" in said


def test_refunds_above_purchases_make_no_share(app, engine) -> None:
    add_orders(engine, [("ann", "2026-01-05", 50.0), ("bob", "2026-02-05", 30.0), ("ann", "2026-02-28", -40.0)])
    said = words(opened(app, "cohorts", workspace="_private", tab="who_pays"))
    assert "refunds exceed what some bought: customers who had bought before brought -40, new ones 30." in said


def test_customers_in_motion_are_told_with_how_many_stayed_away(app, engine) -> None:
    orders = [(f"c{number}", "2026-01-05", 1.0) for number in range(20)]
    orders += [(f"c{number}", "2026-02-05", 1.0) for number in range(8)]
    orders += [(f"c{number}", "2026-02-06", 1.0) for number in range(4)]
    add_orders(engine, [*orders, ("new", "2026-02-28", 1.0)])
    page = opened(app, "cohorts", workspace="_private", tab="in_motion")
    said = words(page)
    assert (
        "In the last complete month, Feb 2026, 9 customers bought: 1 new, 8 who had bought in the month before too"
        in said
    )
    assert "Of the 20 who bought in the month before 40 % (22 to 61) did so again, and 12 did not." in said
    assert "In Feb 2026, 4 of 9 customers bought on more than one day." in said
    page.selectbox(key="days_in_month").set_value("2026-01-01").run()
    assert "In Jan 2026, 0 % (0 to 16) of 20 customers bought on more than one day" in words(page)


def test_a_chart_that_can_be_clicked_says_at_once_what_would_let_a_browser_draw_it_twice(app) -> None:
    layout = charts(opened(app, "cohorts"))["chart_heatmap"]["layout"]
    assert (layout["clickmode"], layout["dragmode"]) == ("event+select", "pan")
    assert layout["datarevision"]
    assert "template" not in layout
