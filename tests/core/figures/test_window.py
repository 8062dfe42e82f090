"""Of a large cohort table only what can be seen is drawn."""

from datetime import date, timedelta

import plotly.graph_objects as go
import pytest

from retention_core.analyses.customers.cohort_question import CohortQuestion
from retention_core.analyses.customers.cohort_retention import CohortRetention, cohort_retention
from retention_core.analyses.customers.second_purchase import second_purchase
from retention_core.figures.cohort_heatmap import cohort_heatmap
from retention_core.figures.lines import cohort_curves
from retention_core.figures.palette import LIGHT
from retention_core.figures.purchase_curve import second_purchase_curve
from retention_core.figures.window import window_of
from retention_core.filters import Filters
from retention_core.periods import Period
from tests.tables import orders_engine

FIRST = date(2025, 1, 1)
DAYS = 400


def drawn_places(heatmap: go.Figure) -> tuple[set[int], set[int]]:
    """Return the rows and the columns in which a cell is drawn."""
    rows = {int(row) for trace in heatmap.data for row in trace.y}
    return rows, {int(place[1]) for trace in heatmap.data for place in trace.customdata}


@pytest.fixture(scope="module")
def by_day() -> CohortRetention:
    """Thirty new customers on each of 400 days, who come back the day after; the last day is the 400th."""
    orders = [
        (f"c{day}-{number}", f"{FIRST + timedelta(day + back)}", 1.0)
        for day in range(DAYS)
        for number in range(30)
        for back in (0, 1)
    ]
    with orders_engine(orders) as engine:
        return cohort_retention(
            engine, CohortQuestion(Period("day"), filters=Filters(as_of=FIRST + timedelta(DAYS - 1)))
        )


def test_the_youngest_sixty_cohorts_are_drawn_and_their_columns(by_day) -> None:
    window = window_of(by_day)
    assert (len(window.cohorts), window.columns) == (60, range(60))
    assert window.cohorts[-1] == (FIRST + timedelta(DAYS - 1)).toordinal()
    assert (window.all_cohorts, window.all_columns, window.is_whole) == (400, 400, False)
    drawn = cohort_heatmap(by_day, LIGHT)
    rows, columns = drawn_places(drawn)
    assert (rows, columns) == (set(range(61)), set(range(60)))  # the first row is of all cohorts
    assert len(drawn.to_json()) < 500_000


def test_older_cohorts_and_later_columns_can_be_looked_at(by_day) -> None:
    window = window_of(by_day, (FIRST + timedelta(99)).toordinal(), 100)
    cells = window.part(by_day).cells
    assert (cells["cohort_label"].iloc[0], cells["cohort_label"].iloc[-1]) == ("10 Feb 2025", "10 Apr 2025")
    assert (cells["period_number"].min(), cells["period_number"].max()) == (100, 159)
    assert window.part(by_day).pooled["period_number"].tolist() == list(range(100, 160))
    drawn = cohort_heatmap(by_day, LIGHT, window=window)
    assert drawn_places(drawn)[1] == set(range(100, 160))
    oldest = [
        place[2] for trace in drawn.data for row, place in zip(trace.y, trace.customdata, strict=True) if row == 1
    ]
    assert all("10 Feb 2025" in said for said in oldest)


def test_a_window_ends_with_cohorts_that_have_its_first_column(by_day) -> None:
    window = window_of(by_day, first_column=390)  # ten cohorts are so old
    assert (window.cohorts, window.columns) == (
        range(FIRST.toordinal(), FIRST.toordinal() + 10),
        range(390, 400),
    )
    first = window_of(by_day, last_cohort=FIRST.toordinal())
    assert first.cohorts == range(FIRST.toordinal(), FIRST.toordinal() + 60)


def test_curves_have_no_more_lines_and_points_than_can_be_seen(by_day) -> None:
    drawn = cohort_curves(by_day, LIGHT, window=window_of(by_day, FIRST.toordinal(), most_columns=120))
    assert [len(trace.x) for trace in drawn.data if trace.line.width == 1] == [1, *[120] * 60]  # the first: the legend
    assert max(len(trace.x) for trace in drawn.data) == 120


def test_cohorts_under_thirty_have_no_line_of_their_own() -> None:
    orders = [
        (f"{month}-{number}", f"2026-{month:02}-05", 1.0)
        for month, many in ((1, 30), (2, 29))
        for number in range(many)
    ]
    with orders_engine([*orders, ("last", "2026-03-31", 1.0)]) as engine:
        drawn = cohort_curves(cohort_retention(engine, CohortQuestion()), LIGHT)
    assert {trace.name for trace in drawn.data} & {"Jan 2026", "Feb 2026"} == {"Jan 2026"}


def test_the_curve_of_next_purchases_goes_flat_as_far_as_is_known_and_its_band_as_far_as_it_is_sure() -> None:
    orders = [(f"a{number}", "2026-01-01", 1.0) for number in range(15)]
    orders += [(f"b{number}", "2026-02-20", 1.0) for number in range(20)]
    orders += [(f"b{number}", "2026-02-25", 1.0) for number in range(20)]
    with orders_engine(orders) as engine:
        answer = second_purchase(engine, Filters(as_of=date(2026, 4, 11)))  # 100 days after the first, 50 after others
    low, high, line = second_purchase_curve(answer, LIGHT).data
    assert (line.x[-1], line.y[-1]) == (100, pytest.approx(20 / 35))
    assert (low.x[-1], high.x[-1]) == (50, 50)


def test_a_small_table_is_drawn_whole() -> None:
    with orders_engine([("ann", "2026-01-05", 1.0), ("ann", "2026-03-31", 1.0)]) as engine:
        retention = cohort_retention(engine, CohortQuestion())
    assert window_of(retention).is_whole
    rows, columns = drawn_places(cohort_heatmap(retention, LIGHT))
    assert (rows, columns) == ({0, 1, 2, 3}, {0, 1, 2})  # all together, and three months
