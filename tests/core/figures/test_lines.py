"""Curves of cohorts: each alone, all together, and what articles say."""

import pytest

from retention_core.analyses.customers.cohort_question import CohortQuestion
from retention_core.analyses.customers.cohort_retention import CohortRetention, cohort_retention
from retention_core.figures.lines import BENCHMARKS, cohort_curves
from retention_core.figures.palette import DARK, LIGHT, Palette
from tests.core.figures.drawn import axis_titles, traces_by_name
from tests.tables import Order, orders_engine

BOTH = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])


@pytest.fixture(scope="module")
def retention() -> CohortRetention:
    """January: 40 customers, 10 back in February, 5 in March. February: 30, of whom 15 are back in March, now complete."""
    orders: list[Order] = [(f"jan{n}", "2026-01-05", 2.0) for n in range(40)]
    orders += [(f"feb{n}", "2026-02-05", 2.0) for n in range(30)]
    orders += [(f"jan{n}", "2026-02-10", 2.0) for n in range(10)] + [(f"jan{n}", "2026-03-10", 2.0) for n in range(5)]
    orders += [(f"feb{n}", "2026-03-10", 2.0) for n in range(15)]
    with orders_engine([*orders, ("mar", "2026-03-31", 1.0)]) as engine:
        return cohort_retention(engine, CohortQuestion())


@BOTH
def test_each_cohort_has_its_line_and_all_together_a_thick_one(retention, palette: Palette) -> None:
    lines = traces_by_name(cohort_curves(retention, palette))
    assert (list(lines["Jan 2026"].x), list(lines["Jan 2026"].y)) == ([0, 1, 2], [1, 10 / 40, 5 / 40])
    assert (list(lines["Feb 2026"].x), list(lines["Feb 2026"].y)) == ([0, 1], [1, 15 / 30])
    assert "Mar 2026" not in lines  # one customer: chance alone
    together = lines["all cohorts"]
    assert list(together.y)[1:] == [pytest.approx(25 / 70), pytest.approx(5 / 40)]
    assert (together.line.color, lines["Jan 2026"].line.color) == (palette.accent, palette.quiet)
    assert together.line.width > lines["Jan 2026"].line.width
    assert lines["95 % interval"].fillcolor == palette.band(0.2)


def test_the_younger_a_cohort_the_stronger_its_line(retention) -> None:
    lines = traces_by_name(cohort_curves(retention, LIGHT))
    assert lines["Jan 2026"].opacity < lines["Feb 2026"].opacity == 1


def test_the_axes_say_what_they_count_and_points_say_of_how_many(retention) -> None:
    figure = cohort_curves(retention, LIGHT)
    assert axis_titles(figure) == ("Months since the first purchase", "Share of the cohort")
    said = [str(each).replace("\u00a0", " ") for each in traces_by_name(figure)["all cohorts"].customdata]
    assert said[1] == "25 of 70: 35.7 %"
    assert figure.layout.yaxis.range[1] >= 0.5 * 25 / 70


def test_shares_of_articles_are_lines_with_their_words_where_they_are_asked_for(retention) -> None:
    assert not cohort_curves(retention, LIGHT).layout.shapes
    layout = cohort_curves(retention, LIGHT, show_benchmarks=True).layout
    assert [shape.y0 for shape in layout.shapes] == [0.20, 0.25, 0.35] == list(BENCHMARKS)
    assert str(layout.annotations[0].text) == "most industries: below 20 %"
    assert layout.yaxis.range[1] >= 0.35


def test_sums_of_money_have_no_line_of_all_together() -> None:
    orders: list[Order] = [(f"c{n}", day, 2.0) for n in range(30) for day in ("2026-01-05", "2026-02-05")]
    with orders_engine([*orders, ("last", "2026-02-28", 1.0)]) as engine:
        lines = traces_by_name(cohort_curves(cohort_retention(engine, CohortQuestion(measure="revenue")), LIGHT))
    assert list(lines["Jan 2026"].y) == [60, 60]
    assert "all cohorts" not in lines
