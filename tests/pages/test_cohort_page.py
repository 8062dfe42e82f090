"""The cohort page through AppTest: every switch by link, what it says, and what can be taken away from it."""

import pytest

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
    {"returned": "in_or_after"},
    {"returned": "by", "period": "week"},
    {"returned": "every_up_to", "period": "quarter"},
    {"show": "revenue"},
    {"show": "gross_revenue_retention", "compare": "channel"},
    {"show": "lifetime_value", "calendar": "jalali"},
    {"show": "customers", "cohort_by": "every_purchase"},
    {"cohort_by": "first_matching_purchase", "match_by": "channel", "match_values": "Web"},
    {"columns": "brackets", "brackets": "1, 2, 9", "least": "2"},
    {"columns": "windows", "share": "previous_period"},
    {"period": "year", "year_start": "4", "compare": "product", "segment_of": "each_purchase", "top": "2"},
    {"tab": "curves", "articles": "true"},
]


@pytest.mark.parametrize("link", LINKS, ids=lambda link: " ".join(link.values()))
def test_every_switch_can_be_set_by_link_and_draws_the_page(app, link) -> None:
    page = opened(app, "cohorts", **link)
    assert not page.error
    assert "The cohort table" in words(page)
    assert len(page.dataframe) >= 1


def test_switches_that_exclude_each_other_say_so_and_the_page_stands(app) -> None:
    page = opened(app, "cohorts", columns="windows", cohort_by="every_purchase")
    assert "Own windows begin with one first purchase" in words(page)


def test_the_page_says_how_many_comparisons_it_looked_at(app) -> None:
    shown = words(opened(app, "cohorts"))
    assert "Shares of customers back differ from the same time last year in 1 of 3 columns of the table" in shown
    assert "corrected for so many looks" in shown


@pytest.mark.parametrize(
    ("link", "why"),
    [
        ({"returned": "in_or_after"}, "older cohorts have had longer"),
        ({"cohort_by": "every_purchase"}, "a customer stands in several cohorts"),
        ({"share": "previous_period"}, "no part of those back one column before"),
    ],
)
def test_no_change_is_claimed_where_the_figures_do_not_allow_it(app, link, why) -> None:
    said = words(opened(app, "cohorts", **link))
    assert why in said
    assert "beyond what chance explains, most" not in said


def test_filters_in_force_are_said_with_how_many_customers_they_leave(app) -> None:
    assert "of 5,200 customers" in words(opened(app, "cohorts", channel="Web"))


def test_what_other_tools_would_say_stands_beside_ours(app) -> None:
    shown = figures(opened(app, "cohorts", tab="one_column"))
    assert {"Pooled (ours)", "Mean of the rates", "Weighted by size twice"} <= set(shown)
    assert shown["Pooled (ours)"] == shown["Back in month 1"]


def test_segments_are_compared_with_the_number_of_looks_said(app) -> None:
    said = words(opened(app, "cohorts", compare="channel", tab="segments"))
    assert "Compared 3 segments with all others each" in said
    assert "the difference is no effect of it" in said


def test_revenue_opens_with_a_sentence(app) -> None:
    assert "customers who had bought before brought" in words(opened(app, "cohorts", tab="who_pays"))


def test_amounts_that_nobody_gave_leave_a_word(app, engine) -> None:
    add_orders(engine, [(customer, day, None) for customer, day, _ in SMALL])
    said = words(opened(app, "cohorts", workspace="_private", tab="who_pays"))
    assert "No amounts are known for these orders." in said


def test_what_is_set_under_more_switches_is_said_beside_it(app) -> None:
    assert "Set under" not in words(opened(app, "cohorts"))
    page = opened(app, "cohorts", columns="windows", calendar="jalali", least="2")
    assert "Set under “More switches”: Jalali calendar · own windows · 2 purchases to count as back." in words(page)


OLD = [
    ({"period": "Quarter"}, "period", "quarter"),
    ({"returned": "By its end"}, "returned", "by"),
    ({"show": "Net revenue retention"}, "show", "net_revenue_retention"),
    ({"compare": "Channel"}, "compare", "channel"),
    ({"cohort_by": "Every purchase"}, "cohort_by", "every_purchase"),
    ({"cohort_by": "First purchase that matches", "match_by": "Branch"}, "match_by", "branch"),
    ({"coming_back": "A purchase that matches", "back_by": "Product"}, "back_by", "product"),
    ({"share": "Of the column before"}, "share", "previous_period"),
    ({"columns": "Own windows"}, "columns", "windows"),
    ({"calendar": "Jalali"}, "calendar", "jalali"),
    ({"period": "Year", "year_start": "Apr"}, "year_start", "4"),
    ({"tab": "Time to next purchase", "step": "Second to third"}, "step", "2"),
    ({"tab": "Customers in motion", "days_in_month": "Mar 2026"}, "days_in_month", "2026-03-01"),
]


@pytest.mark.parametrize(("link", "key", "now"), OLD, ids=lambda each: str(each))
def test_a_link_from_before_ids_sets_the_same_switch(app, link, key, now) -> None:
    page = opened(app, "cohorts", **link)
    assert not page.error
    assert not page.warning
    assert page.session_state[key] == now
    assert page.query_params[key] in (now, [now])


def test_a_cell_says_its_sentence(engine) -> None:
    add_orders(engine, SMALL)

    def said(question: CohortQuestion) -> dict[tuple[int, int], tuple[str, str]]:
        traces = cohort_heatmap(cohort_retention(engine, question), LIGHT).data
        return {
            (row, each[1]): (text, each[2].replace("\u00a0", " "))
            for trace in traces
            for row, text, each in zip(trace.y, trace.text, trace.customdata, strict=True)
        }

    assert said(CohortQuestion())[1, 1] == (
        "50",
        "2 customers first bought in Jan 2026.<br>1 of them (50.0 %, 9.5 to 90.5) bought again in Feb 2026.",
    )
    windows = said(CohortQuestion(Period("month"), own_windows=True))
    assert "bought again in days 30 to 59 after their first purchase." in windows[1, 1][1]
    money = said(CohortQuestion(measure="revenue"))
    assert money[1, 1] == ("20", "Jan 2026, month 1: 20 of revenue.<br>1 of 2 customers bought.")
    assert money[1, 0][0] == "40"
