"""The cohort page through AppTest: every switch by link, what it says, and what can be taken away from it."""

import fastexcel
import pytest

from pages.shared.workbook import as_workbook
from retention_core.analyses.customers.cohort_question import CohortQuestion
from retention_core.analyses.customers.cohort_retention import cohort_retention
from retention_core.figures.cohort_heatmap import cohort_heatmap
from retention_core.figures.palette import LIGHT
from retention_core.periods import Period
from tests.pages.test_pages import figures, opened, words
from tests.tables import add_orders

SMALL = [
    ("ann", "2026-01-05", 10.0),
    ("bob", "2026-01-20", 30.0),
    ("ann", "2026-02-03", 20.0),
    ("bob", "2026-03-31", 8.0),
    ("cid", "2026-03-15", 9.0),
]
LINKS = [
    {"returned": "In it or later"},
    {"returned": "By its end", "period": "Week"},
    {"returned": "Every period up to it", "period": "Quarter"},
    {"show": "Revenue"},
    {"show": "Gross revenue retention", "compare": "Channel"},
    {"show": "Lifetime value so far", "calendar": "Jalali"},
    {"show": "Customers", "cohort_by": "Every purchase"},
    {"cohort_by": "First purchase that matches", "match_by": "Channel", "match_values": "Web"},
    {"columns": "Brackets", "brackets": "1, 2, 9", "least": "2"},
    {"columns": "Own windows", "share": "Of the column before"},
    {"period": "Year", "year_start": "Apr", "compare": "Product", "segment_of": "Each purchase", "top": "2"},
    {"articles": "true"},
]


@pytest.mark.parametrize("link", LINKS, ids=lambda link: " ".join(link.values()))
def test_every_switch_can_be_set_by_link_and_draws_the_page(app, link) -> None:
    page = opened(app, "cohorts", **link)
    assert not page.error
    assert "The cohort table" in words(page)
    assert len(page.dataframe) >= 1


def test_switches_that_exclude_each_other_say_so_and_the_page_stands(app) -> None:
    page = opened(app, "cohorts", columns="Own windows", cohort_by="Every purchase")
    assert "Own windows begin with one first purchase" in words(page)


def test_the_page_says_how_many_comparisons_it_looked_at(app) -> None:
    shown = words(opened(app, "cohorts"))
    assert "Shares of customers back differ from the same time last year in 1 of 3 columns of the table" in shown
    assert "corrected for so many looks" in shown


@pytest.mark.parametrize(
    ("link", "why"),
    [
        ({"returned": "In it or later"}, "older cohorts have had longer"),
        ({"cohort_by": "Every purchase"}, "a customer stands in several cohorts"),
        ({"share": "Of the column before"}, "no part of those back one column before"),
    ],
)
def test_no_change_is_claimed_where_the_figures_do_not_allow_it(app, link, why) -> None:
    said = words(opened(app, "cohorts", **link))
    assert why in said
    assert "beyond what chance explains, most" not in said


def test_filters_in_force_are_said_with_how_many_customers_they_leave(app) -> None:
    assert "of 5,200 customers" in words(opened(app, "cohorts", channel="Web"))


def test_what_other_tools_would_say_stands_beside_ours(app) -> None:
    shown = figures(opened(app, "cohorts", tab="One column over time"))
    assert {"Pooled (ours)", "Mean of the rates", "Weighted by size twice"} <= set(shown)
    assert shown["Pooled (ours)"] == shown["Back in month 1"]


def test_segments_are_compared_with_the_number_of_looks_said(app) -> None:
    said = words(opened(app, "cohorts", compare="Channel", tab="Segments"))
    assert "Compared 3 segments with all others each" in said
    assert "the difference is no effect of it" in said


def test_revenue_opens_with_a_sentence(app) -> None:
    assert "customers who had bought before brought" in words(opened(app, "cohorts", tab="New and returning"))


def test_amounts_that_nobody_gave_leave_a_word(app, engine) -> None:
    add_orders(engine, [(customer, day, None) for customer, day, _ in SMALL])
    said = words(opened(app, "cohorts", workspace="Private", tab="New and returning"))
    assert "No amounts are known for these orders." in said


def test_the_workbook_holds_the_table_and_its_definitions(engine, tmp_path) -> None:
    add_orders(engine, SMALL)
    cells = cohort_retention(engine, CohortQuestion()).cells.drop(columns="cohort")
    path = tmp_path / "table.xlsx"
    path.write_bytes(as_workbook(cells, "=A question?", ["Cohort", "Refund"], ["in force"]))
    book = fastexcel.read_excel(path)
    frame = book.load_sheet("Table", header_row=None, dtypes="string").to_pandas()
    assert frame.iloc[0, 0] == "=A question?"
    header = list(frame.iloc[3])
    first = dict(zip(header, frame.iloc[5], strict=True))
    assert (first["cohort label"], first["period number"], first["customers"], first["retention rate"]) == (
        "Jan 2026",
        "1",
        "1",
        "0.5",
    )
    about = book.load_sheet("Definitions", header_row=None, dtypes="string").to_pandas()
    assert list(about.iloc[1:, 0]) == ["Cohort", "Refund"]


def test_a_cell_says_its_sentence(engine) -> None:
    add_orders(engine, SMALL)
    figure = cohort_heatmap(cohort_retention(engine, CohortQuestion()), LIGHT)
    said = figure.data[0].customdata
    assert said[1][1].replace("\u00a0", " ") == (
        "Of 2 customers who first bought in Jan 2026, 1 (50.0 %, 9.5 to 90.5) bought again in Feb 2026"
    )
    windows = CohortQuestion(Period("month"), own_windows=True)
    said = cohort_heatmap(cohort_retention(engine, windows), LIGHT).data[0].customdata
    assert "bought again in days 30 to 59 after their first purchase" in said[1][1]
    money = cohort_heatmap(cohort_retention(engine, CohortQuestion(measure="revenue")), LIGHT)
    assert money.data[0].customdata[1][1] == "Jan 2026, month 1: 20 of revenue; 1 of 2 customers bought"
    assert money.data[0].text[1][0] == "40"
