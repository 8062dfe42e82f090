"""The triangle of cohorts: each cell where it belongs, readable in both palettes, hatched while it runs."""

from collections.abc import Iterator
from typing import Any

import pytest

from retention_core.analyses.customers.cohort_question import CohortQuestion
from retention_core.analyses.customers.cohort_retention import CohortRetention, cohort_retention
from retention_core.figures.cohort_heatmap import cohort_heatmap
from retention_core.figures.palette import DARK, LIGHT, Palette
from tests.core.figures.drawn import contrast
from tests.tables import Order, orders_engine

BOTH = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
# January: 40 customers, of whom 10 are back in February and 2 in March. February: 30, of whom 15 are back in March, which
# runs until its 20th. Of March only the last day's one.
JANUARY = [(f"jan{n}", "2026-01-05", 1.0) for n in range(40)]
FEBRUARY = [(f"feb{n}", "2026-02-05", 1.0) for n in range(30)]
BACK: list[Order] = [
    *((f"jan{n}", "2026-02-10", 1.0) for n in range(10)),
    ("jan0", "2026-03-10", 1.0),
    ("jan1", "2026-03-10", 1.0),
    *((f"feb{n}", "2026-03-10", 1.0) for n in range(15)),
]


@pytest.fixture(scope="module")
def retention() -> CohortRetention:
    with orders_engine([*JANUARY, *FEBRUARY, *BACK, ("mar", "2026-03-20", 1.0)]) as engine:
        return cohort_retention(engine, CohortQuestion())


def cells(retention: CohortRetention, palette: Palette, **switches: Any) -> dict[tuple[int, int], dict[str, Any]]:
    """Return what is drawn by row (0 is all cohorts) and column: text, its colour, that of its ground, hatching, hover."""
    return {
        place: cell for trace in cohort_heatmap(retention, palette, **switches).data for place, cell in _of_trace(trace)
    }


def _of_trace(trace: Any) -> Iterator[tuple[tuple[int, int], dict[str, Any]]]:
    for number, row in enumerate(trace.y):
        yield (
            (int(row), int(trace.customdata[number][1])),
            {
                "text": trace.text[number],
                "ink": trace.textfont.color,
                "ground": trace.marker.color[number],
                "hatched": trace.marker.pattern.shape[number] == "/",
                "hatching": trace.marker.pattern.fgcolor,
                "hover": str(trace.customdata[number][2]),
                "left": trace.base[number],
            },
        )


def test_each_cell_stands_in_its_row_and_column_with_its_share(retention: CohortRetention) -> None:
    drawn = cells(retention, LIGHT)
    texts = {place: cell["text"] for place, cell in drawn.items()}
    assert {place: texts[place] for place in texts if place[0]} == {
        (1, 0): "40",
        (1, 1): "25",
        (1, 2): "5",  # 2 of 40, so far
        (2, 0): "30",
        (2, 1): "50",
        (3, 0): "1",
    }
    assert texts[0, 1] == "25"  # of complete cells only: January's
    assert all(cell["left"] == pytest.approx(column - 0.48) for (_, column), cell in drawn.items())


def test_only_cells_that_still_run_are_hatched(retention: CohortRetention) -> None:
    hatched = {place for place, cell in cells(retention, LIGHT).items() if cell["hatched"]}
    assert hatched == {(1, 2), (2, 1), (3, 0)}  # all that lie in March


@BOTH
@pytest.mark.parametrize("show_counts", [False, True])
def test_every_digit_can_be_read_on_its_cell_and_over_its_hatching(retention, palette: Palette, show_counts) -> None:
    for place, cell in cells(retention, palette, show_counts=show_counts).items():
        assert contrast(cell["ink"], cell["ground"]) >= 4.5, place
        if cell["hatched"]:
            assert contrast(cell["ink"], cell["hatching"]) >= 4.5, place


@BOTH
def test_digits_can_be_read_on_every_step_of_the_scale(palette: Palette) -> None:
    orders: list[Order] = [(f"c{n}", "2026-01-05", 1.0) for n in range(100)]
    back = [("2026-02-05", 95), *((f"2026-{month:02}-05", 105 - 10 * month) for month in range(3, 11))]
    orders += [(f"c{n}", day, 1.0) for day, many in back for n in range(many)]
    with orders_engine([*orders, ("last", "2026-10-31", 1.0)]) as engine:
        drawn = cells(cohort_retention(engine, CohortQuestion()), palette)
    grounds = {cell["ground"] for cell in drawn.values()}
    assert len(grounds) >= 9
    assert [place for place, cell in drawn.items() if contrast(cell["ink"], cell["ground"]) < 4.5] == []


def test_a_cell_says_who_they_are_and_until_when_it_is_open(retention: CohortRetention) -> None:
    drawn = cells(retention, LIGHT)
    assert drawn[1, 1]["hover"].startswith("40 customers first bought in Jan 2026.<br>10 of them (25.0")
    assert "open until" in drawn[2, 1]["hover"]
    assert "open until" not in drawn[1, 1]["hover"]


def test_counts_stand_in_the_cells_when_asked_for(retention: CohortRetention) -> None:
    assert {place: cell["text"] for place, cell in cells(retention, LIGHT, show_counts=True).items() if place[0]} == {
        (1, 0): "40",
        (1, 1): "10",
        (1, 2): "2",
        (2, 0): "30",
        (2, 1): "15",
        (3, 0): "1",
    }


def test_the_axes_name_the_cohorts_with_their_sizes_and_what_the_columns_count(retention: CohortRetention) -> None:
    layout = cohort_heatmap(retention, LIGHT).layout
    assert layout.xaxis.title.text == "Months since the first purchase"
    assert list(layout.xaxis.ticktext) == ["0", "1", "2"]
    named = [str(each) for each in layout.yaxis.ticktext]
    assert [[word in each for word in ("All cohorts", "Jan 2026", "Feb 2026", "Mar 2026")] for each in named] == [
        [True, False, False, False],
        [False, True, False, False],
        [False, False, True, False],
        [False, False, False, True],
    ]
    assert ">40<" in named[1]
    assert ">30<" in named[2]


def test_equal_shares_have_equal_colours_in_whatever_row() -> None:
    orders = [*JANUARY, *FEBRUARY, *((f"jan{n}", "2026-02-10", 1.0) for n in range(20))]
    orders += [(f"feb{n}", "2026-03-10", 1.0) for n in range(15)]  # half of each
    with orders_engine([*orders, ("last", "2026-03-31", 1.0)]) as engine:
        drawn = cells(cohort_retention(engine, CohortQuestion()), LIGHT)
    assert drawn[1, 1]["ground"] == drawn[2, 1]["ground"] != drawn[1, 2]["ground"]
