"""Bars of customers: heights, colours, sentences, and what is pale because it still runs."""

from datetime import date

import pandas as pd
import pytest

from retention_core.analyses.customers.days_active import DaysActive
from retention_core.figures.customer_bars import days_bars, lifecycle_bars, orders_bars, returning_bars
from retention_core.figures.palette import DARK, LIGHT, Palette
from tests.core.figures.drawn import axis_titles, traces_by_name

BOTH = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
PERIODS = {"label": ["Jan 2026", "Feb 2026"], "state": ["complete", "running"]}
MOTION = pd.DataFrame(
    PERIODS
    | {
        "returning_customers": [6, 4],
        "resurrected_customers": [2, 1],
        "new_customers": [3, 5],
        "dormant_customers": [7, None],
    }
)


@BOTH
def test_revenue_of_returning_customers_stands_under_that_of_new_ones_and_a_running_month_is_pale(
    palette: Palette,
) -> None:
    rows = pd.DataFrame(
        PERIODS
        | {"returning_revenue": [120.0, 80.0], "new_revenue": [60.0, 20.0]}
        | {"returning_customers": [4, 2], "new_customers": [3, 1]}
    )
    figure = returning_bars(rows, palette)
    old, new = figure.data
    assert (list(old.y), list(new.y)) == ([120.0, 80.0], [60.0, 20.0])
    assert (old.marker.color, new.marker.color) == (palette.accent, palette.contrast)
    assert old.marker.opacity[1] < old.marker.opacity[0] == 1
    assert [str(said) for said in old.customdata] == [
        "Jan 2026: 120 from 4 customers who had bought before",
        "Feb 2026: 80 from 2 customers who had bought before",
    ]
    assert axis_titles(figure)[1] == "Revenue"
    assert figure.layout.yaxis.range[1] >= 180  # the pile of January


@BOTH
def test_who_left_stands_under_the_line_and_the_rest_above_it(palette: Palette) -> None:
    figure = lifecycle_bars(MOTION, palette, "month")
    heights = {name: list(trace.y) for name, trace in traces_by_name(figure).items()}
    assert heights["bought in the month before too"] == [6, 4]
    assert heights["back after a pause"] == [2, 1]
    assert heights["new"] == [3, 5]
    gone = heights["bought in the month before, not in this one"]
    assert gone[0] == -7
    assert pd.isna(gone[1])  # February is not over: nobody has stayed away from it yet
    assert axis_titles(figure)[1] == "Customers"
    assert figure.layout.yaxis.range[0] <= -7
    assert figure.layout.yaxis.range[1] >= 11


def test_the_same_people_have_the_same_colour_in_both_charts() -> None:
    rows = MOTION.assign(returning_revenue=[1.0, 1.0], new_revenue=[1.0, 1.0])
    of_money = [trace.marker.color for trace in returning_bars(rows, LIGHT).data]
    motion = traces_by_name(lifecycle_bars(rows, LIGHT, "month"))
    assert of_money == [motion["bought in the month before too"].marker.color, motion["new"].marker.color]


def test_the_last_bar_of_purchases_says_that_it_holds_more() -> None:
    rows = pd.DataFrame({"orders": [1, 2, 10], "customers": [1, 30, 9], "share": [0.025, 0.75, 0.225]})
    figure = orders_bars(rows, LIGHT)
    assert list(figure.data[0].x) == ["1", "2", "10 and more"]
    assert list(figure.data[0].y) == [0.025, 0.75, 0.225]
    said = [str(each).replace("\u00a0", " ") for each in figure.data[0].customdata]
    assert said[0] == "1 customer (2.5 %) bought 1 time"
    assert said[2] == "9 customers (22.5 %) bought 10 times and more"
    assert axis_titles(figure) == ("Purchases", "Share of customers")


def test_days_of_a_period_name_it_on_the_axis_and_their_interval_in_words() -> None:
    rows = pd.DataFrame(
        {"days": [1, 2], "customers": [30, 10], "share": [0.75, 0.25], "low": [0.6, 0.14], "high": [0.86, 0.4]}
    )
    figure = days_bars(DaysActive(rows, "Jan 2026", date(2026, 1, 31), is_complete=True), LIGHT)
    assert list(figure.data[0].y) == [0.75, 0.25]
    assert axis_titles(figure) == ("Different days with a purchase in Jan 2026", "Share of its customers")
    said = str(figure.data[0].customdata[0]).replace("\u00a0", " ")
    assert said == "30 customers (75.0 %, 60.0 to 86.0) bought on 1 day"
