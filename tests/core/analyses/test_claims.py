"""What may be said of figures: claims, their interval, what they are compared with, and how many looks were taken."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from retention_core.analyses.claims import Comparison, Stretches, first_comparable, stretches, youngest
from retention_core.analyses.customers.cohort_customers import cohort_customers
from retention_core.analyses.customers.cohort_question import CohortQuestion
from retention_core.analyses.customers.cohort_retention import cohort_retention
from retention_core.analyses.customers.comparisons import changes, holm, segment_differences
from retention_core.analyses.customers.return_within import return_within
from retention_core.analyses.intervals import Share
from retention_core.answers.shares import share_words
from retention_core.filters import Filters
from retention_core.periods import Period
from retention_core.words.numbers import digits, points
from tests.tables import add_answers, add_complaints, add_customers, add_orders, orders_engine

MONTH = Period()


def months_of(backs: dict[tuple[int, int], int], size: int = 50) -> list[tuple[str, str, float]]:
    """Return orders of `size` new customers in each (year, month); so many of them buy again a month later."""
    orders = []
    for (year, month), back in backs.items():
        after = (year, month + 1) if month < 12 else (year + 1, 1)
        for number in range(size):
            orders.append((f"{year}-{month}-{number}", f"{year}-{month:02}-05", 1.0))
            if number < back:
                orders.append((f"{year}-{month}-{number}", f"{after[0]}-{after[1]:02}-06", 1.0))
    return orders


@pytest.mark.parametrize(
    ("first", "second", "looks", "says"),
    [
        ((80, 150), (60, 150), 1, "more"),  # 13 points, 2 to 24
        ((60, 150), (80, 150), 1, "fewer"),
        ((80, 150), (60, 150), 12, "seen_once"),  # 2.3 standard errors: one look in fifty, not one in 240
        ((100, 250), (78, 250), 1, "more"),  # 9 points of 250 each: 0.4 to 17
        ((98, 250), (78, 250), 1, "not_shown"),  # 8 points: -0.3 to 16, which is not “no difference”
        ((5000, 10000), (5010, 10000), 1, "as_often"),  # -1.5 to +1.3 points
        ((500, 1000), (501, 1000), 1, "not_shown"),  # -4.5 to +4.3 points: more than three either way
    ],
)
def test_no_more_is_said_of_two_shares_than_their_interval_allows(first, second, looks, says) -> None:
    assert Comparison(Share(*first), Share(*second), looks).says == says


def test_the_youngest_cohorts_are_compared_with_the_same_time_last_year_or_with_their_neighbours() -> None:
    assert stretches(30, 0, MONTH, "last_year") == Stretches((28, 30), (16, 18))
    assert stretches(30, 0, MONTH, "before") == Stretches((28, 30), (25, 27))
    assert stretches(30, 17, MONTH, "last_year") == Stretches((28, 30), (25, 27))  # last year is not there
    assert stretches(30, 26, MONTH, "last_year") is None
    assert stretches(130, 0, Period("week"), "last_year") == Stretches((128, 130), (76, 78))
    assert stretches(30, 0, Period("year"), "last_year") == Stretches((28, 30), (25, 27))


def test_cohorts_of_the_first_half_year_are_compared_with_none() -> None:
    january = MONTH.number(date(2025, 1, 1))
    assert MONTH.label(first_comparable(january, MONTH)) == "Jul 2025"  # 1 July is the 182nd day
    first_week = Period("week").number(date(2025, 1, 1))
    assert Period("week").starts_on(first_comparable(first_week, Period("week"))) == date(2025, 6, 30)


def test_the_headline_compares_with_last_year_where_the_data_has_it() -> None:
    months = [(2024, month) for month in range(1, 13)] + [(2025, month) for month in range(1, 13)]
    backs = {each: 40 if each >= (2025, 7) else 20 for each in months}
    with orders_engine([*months_of(backs), ("z", "2026-03-31", 1.0)]) as engine:
        back = return_within(engine, Filters())
    headline, neighbours = back.headline("last_year"), back.headline("before")
    assert (headline.labels, headline.other_labels) == (("Oct 2025", "Dec 2025"), ("Oct 2024", "Dec 2024"))
    assert (headline.comparison.first.count, headline.comparison.second.count) == (120, 60)
    assert headline.comparison.says == "more"
    assert neighbours.other_labels == ("Jul 2025", "Sep 2025")
    assert neighbours.comparison.second.count == 120
    assert not neighbours.comparison.is_claimed


def test_where_trade_paused_cohorts_of_long_ago_are_no_neighbours() -> None:
    months = [(2023, month) for month in range(1, 13)] + [(2025, month) for month in (7, 8, 9)]
    with orders_engine([*months_of(dict.fromkeys(months, 20)), ("z", "2025-12-31", 1.0)]) as engine:
        headline = return_within(engine, Filters()).headline("before")
        found = changes(cohort_retention(engine, CohortQuestion(filters=Filters(compare_with="before"))))
    assert headline.other_labels == ("Apr 2025", "Jun 2025")
    assert headline.comparison.second.total == 0
    assert not headline.comparison.is_known
    # of columns 1 to 5 the youngest are those of 2025, with nobody before them; of the 6th on those of 2023
    assert found[0].column == 6
    assert found[0].labels == (("Oct 2023", "Dec 2023"), ("Jul 2023", "Sep 2023"))
    assert all(change.is_before for change in found)


def test_the_youngest_cohorts_are_those_that_hold_anybody() -> None:
    assert youngest([1, 2, 3, 4, 5], [40, 40, 40, 0, 0]) == 3  # nobody new after the third
    assert youngest([1, 2, 3, 9], [40, 40, 40, 1]) == 3  # and a stray order long after
    assert youngest([1, 2, 3], [2, 3, 4]) == 3  # a small shop has no others
    backs = {(2024, month): 10 for month in range(1, 13)} | {(2025, month): 40 for month in range(1, 7)}
    with orders_engine([*months_of(backs), ("2025-6-49", "2026-08-31", 1.0)]) as engine:
        headline = return_within(engine, Filters()).headline("before")
        found = changes(cohort_retention(engine, CohortQuestion(filters=Filters(compare_with="before"))))
    assert headline.labels == found[0].labels[0] == ("Apr 2025", "Jun 2025")
    assert found[0].column == 1


def test_the_headline_names_only_months_that_the_dates_leave_in() -> None:
    backs = {(year, month): 20 for year in (2024, 2025) for month in range(1, 13)}
    with orders_engine([*months_of(backs), ("z", "2026-05-31", 1.0)]) as engine:
        cut = return_within(engine, Filters(first_day=date(2025, 11, 1))).headline("before")
        whole = return_within(engine, Filters(first_day=date(2025, 7, 1))).headline("last_year")
        young = return_within(engine, Filters(last_day=date(2024, 5, 31))).headline("before")
    assert (cut.labels, cut.comparison, cut.is_cut) == (("Nov 2025", "Dec 2025"), None, True)
    assert whole.compare_with == "before"  # the dates leave last year out, and the three months before in
    assert young.comparison is None
    assert not young.is_cut  # it is the beginning of the data that keeps it from being compared


def test_a_change_is_claimed_only_where_it_remains_after_correction_for_the_columns() -> None:
    backs = {(2024, month): 10 for month in range(1, 13)} | {(2025, month): 10 for month in (1, 2, 3)}
    backs |= {(2025, month): 40 for month in (4, 5, 6)}
    with orders_engine([*months_of(backs), ("last", "2025-07-31", 1.0)]) as engine:
        found = changes(cohort_retention(engine, CohortQuestion(filters=Filters(compare_with="before"))))
        last_year = changes(cohort_retention(engine, CohortQuestion()))
    first, second = found[:2]
    assert (first.column, first.comparison.first.count, first.comparison.second.count) == (1, 120, 30)
    assert first.labels == (("Apr 2025", "Jun 2025"), ("Jan 2025", "Mar 2025"))
    assert first.is_real
    assert (second.comparison.first.count, second.comparison.second.count) == (0, 0)
    assert not second.is_real
    assert {change.is_before for change in last_year} == {True}  # April to June 2024 lie in the first half year


def test_many_small_p_values_are_needed_where_many_columns_are_looked_at() -> None:
    assert holm([0.02]) == [True]
    assert holm([0.02, *[0.5] * 9]) == [False] * 10  # 0.02 is more than 0.05 / 10
    assert holm([0.004, 0.0055, *[0.5] * 8]) == [True, True, *[False] * 8]  # 0.05 / 10, then 0.05 / 9
    assert holm([]) == []


@settings(max_examples=20, deadline=None)
@given(st.lists(st.floats(0, 0.2), min_size=1, max_size=30))
def test_the_correction_is_that_of_the_library(p_values) -> None:
    assert holm(p_values) == list(multipletests(p_values, method="holm")[0])


def test_segments_are_compared_with_all_others_together_and_corrected_for_their_number() -> None:
    orders, channels = [], []
    for number in range(60):
        web = number < 20
        orders.append((f"c{number}", "2026-01-05", 1.0))
        channels.append("web" if web else "shop")
        if (web and number < 10) or (not web and number < 30):
            orders.append((f"c{number}", "2026-02-05", 1.0))
            channels.append("shop")
    orders.append(("x", "2026-02-28", 1.0))
    channels.append("shop")
    with orders_engine() as engine:
        add_orders(engine, orders, channel=channels)
        rows = segment_differences(cohort_retention(engine, CohortQuestion(segment="channel")), 1).set_index("segment")
    assert rows.loc["web", ["customers", "base"]].tolist() == [10, 20]
    assert rows.loc["shop", ["customers", "base"]].tolist() == [10, 40]
    assert rows.loc["web", "difference"] == pytest.approx(0.25)
    assert rows.loc["web", "difference_low"] < 0.25 < rows.loc["web", "difference_high"]
    assert rows.loc["shop", "difference"] == pytest.approx(-0.25)
    assert not rows["is_real"].any()  # 10 of 20 against 10 of 40: p = 0.08


def test_purchases_in_a_bracket_are_all_of_them() -> None:
    orders = [("ann", f"2026-{month:02}-05", 1.0) for month in (1, 2, 3, 4)]
    with orders_engine(orders) as engine:
        cells = cohort_retention(engine, CohortQuestion(measure="orders", brackets=(3,))).cells
    january = cells[cells["cohort_label"] == "Jan 2026"]
    assert january[["period_number", "customers", "orders", "value"]].values.tolist() == [[0, 1, 1, 1], [1, 1, 3, 3]]


def test_in_it_or_later_is_not_pooled_over_cohorts_that_had_unequal_time() -> None:
    orders = months_of({(2025, month): 20 for month in range(1, 6)})
    with orders_engine(orders) as engine:
        retention = cohort_retention(engine, CohortQuestion(returned="in_or_after"))
    assert retention.pooled["period_number"].tolist() == [0]


def test_customers_who_stand_in_several_cohorts_make_no_interval_over_them() -> None:
    orders = [(f"c{number}", f"2026-{month:02}-05", 1.0) for number in range(40) for month in (1, 2, 3)]
    with orders_engine([*orders, ("z", "2026-03-31", 1.0)]) as engine:
        retention = cohort_retention(engine, CohortQuestion(cohort_by="every_purchase"))
    assert retention.pooled[["low", "high"]].isna().all(axis=None)
    assert (
        retention.cells["low"].notna().sum() == (retention.cells["base"] > 0).sum()
    )  # in one cohort everybody stands once


def test_the_dates_choose_cohorts_by_whole_periods_which_are_followed_to_the_last_day() -> None:
    orders = months_of({(2026, 1): 1, (2026, 2): 2, (2026, 3): 3}, size=5)
    filters = Filters(date(2026, 1, 15), date(2026, 2, 10)).whole(MONTH)
    assert (filters.first_day, filters.last_day) == (date(2026, 1, 1), date(2026, 2, 28))
    with orders_engine(orders) as engine:
        assert cohort_retention(engine, CohortQuestion(filters=filters)).counts() == [[5, 1, 0, 0], [5, 2, 0]]
        back = return_within(engine, filters, days=31)
        assert back.cohorts["customers"].tolist() == [5, 5]
        from_the_15th = return_within(engine, Filters(first_day=date(2026, 1, 15)), days=31)
    assert from_the_15th.cohorts["label"].tolist() == ["Feb 2026", "Mar 2026"]  # without whole periods: exact days


def test_what_brings_a_customer_in_and_what_counts_as_back_are_two_choices() -> None:
    orders = [
        ("ann", "2026-01-05", 1.0),  # tea
        ("ann", "2026-02-05", 1.0),  # jam
        ("bob", "2026-01-06", 1.0),  # jam
        ("bob", "2026-03-06", 1.0),  # tea
        ("cid", "2026-02-07", 1.0),  # tea
    ]
    products = ["tea", "jam", "jam", "tea", "tea"]
    tea = {"product": ("tea",)}
    with orders_engine() as engine:
        add_orders(engine, orders, product=products)
        add_complaints(engine, [("bob", "2026-02-01", None, None), ("eve", "2026-02-02", None, None)])
        add_answers(engine, [("ann", "2026-01-20", 5.0)])
        add_customers(engine, [("ann", "2025-12-31"), ("eve", "2026-01-01")])

        def counts(**switches: object) -> list[list[int]]:
            return cohort_retention(engine, CohortQuestion(**switches)).counts()

        assert counts(returns=tea) == [[2, 0, 1], [1, 0], [0]]
        first_tea = {"cohort_by": "first_matching_purchase", "starts": tea}
        assert counts(**first_tea) == [[1, 1, 0], [1, 0], [1]]
        assert counts(**first_tea, returns=tea) == [[1, 0, 0], [1, 0], [1]]
        assert counts(cohort_by="first_complaint") == [[2, 1], [0]]
        assert counts(cohort_by="first_answer") == [[1, 1, 0], [0, 0], [0]]
        assert counts(cohort_by="joined") == [[1, 1, 1, 0], [1, 0, 0], [0, 0], [0]]
        complaint = CohortQuestion(cohort_by="first_complaint")
        february = MONTH.number(date(2026, 2, 1))
        assert cohort_customers(engine, complaint, february, 0)["customer"].tolist() == ["bob", "eve"]
        assert cohort_customers(engine, complaint, february, 1)["customer"].tolist() == ["bob"]


def test_a_percentage_has_the_decimals_its_interval_needs() -> None:
    assert share_words(Share(366, 885)).startswith("41\u00a0% (38 to 45)")
    assert share_words(Share(3, 10_000)) == "0.03\u00a0% (0.01 to 0.09)"
    assert digits(0.001, 0.009) == 1
    assert points(-0.09, 0.07) == "\u22129 to +7"
    assert points(0.001, 0.009) == "+0.1 to +0.9"
