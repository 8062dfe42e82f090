"""Counts read from bits are those counted row by row, over one word and over several."""

from datetime import date, datetime, time, timedelta

import numpy as np
import pandas as pd
import pytest

from retention_core.analyses.customers import bought_bitmaps
from retention_core.analyses.customers.bought_bitmaps import WORD, bitmaps
from retention_core.analyses.customers.cohort_customers import cohort_customers
from retention_core.analyses.customers.cohort_question import CohortQuestion, Measure
from retention_core.analyses.customers.cohort_retention import cohort_retention
from retention_core.analyses.customers.lifecycle import lifecycle
from retention_core.analyses.customers.returning_revenue import returning_revenue
from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.filters import Filters
from retention_core.periods import Period, Unit
from tests.tables import add_orders, orders_engine

FIRST = date(2022, 12, 28)
QUESTIONS = {
    "month": CohortQuestion(),
    "in it or later": CohortQuestion(returned="in_or_after"),
    "by it": CohortQuestion(returned="by"),
    "every month up to it": CohortQuestion(returned="every_up_to"),
    "of the month before": CohortQuestion(share="previous_period"),
    "every purchase": CohortQuestion(cohort_by="every_purchase"),
    "every purchase, by it": CohortQuestion(cohort_by="every_purchase", returned="by"),
    "weeks": CohortQuestion(Period("week")),
    "weeks, in it or later": CohortQuestion(Period("week"), returned="in_or_after"),
    "weeks, by it": CohortQuestion(Period("week"), returned="by"),
    "weeks, every one up to it": CohortQuestion(Period("week"), returned="every_up_to"),
    "weeks, every purchase": CohortQuestion(Period("week"), cohort_by="every_purchase"),
    "Jalali quarters": CohortQuestion(Period("quarter", "jalali")),
    "accounts": CohortQuestion(unit="account"),
    "brackets": CohortQuestion(brackets=(1, 2, 4)),
    "brackets, in it or later": CohortQuestion(brackets=(1, 2, 4), returned="in_or_after"),
    "brackets, by it": CohortQuestion(brackets=(1, 2, 4), returned="by"),
    "brackets, every one up to it": CohortQuestion(brackets=(1, 2, 4), returned="every_up_to"),
    "brackets of weeks, every purchase": CohortQuestion(
        Period("week"), brackets=(4, 60, 9), cohort_by="every_purchase"
    ),
    "own windows": CohortQuestion(own_windows=True),
    "own windows of a week, by it": CohortQuestion(Period("week"), own_windows=True, returned="by"),
    "own windows in brackets": CohortQuestion(own_windows=True, brackets=(1, 2, 4), returned="in_or_after"),
    "own windows, filtered": CohortQuestion(
        own_windows=True, segment="channel", filters=Filters(date(2023, 3, 1), date(2023, 9, 30), date(2024, 2, 11))
    ),
    "segment of the first purchase": CohortQuestion(segment="channel"),
    "segment of the first purchase, by every one": CohortQuestion(
        Period("week"), segment="channel", cohort_by="every_purchase"
    ),
    "each segment": CohortQuestion(segment="channel", segment_of="each_purchase"),
    "each segment, every purchase": CohortQuestion(
        segment="channel", segment_of="each_purchase", cohort_by="every_purchase"
    ),
    "revenue": CohortQuestion(measure="revenue"),
    "lifetime value, weeks": CohortQuestion(Period("week"), measure="lifetime_value"),
    "orders, refunds count": CohortQuestion(measure="orders", filters=Filters(count_refunds=True)),
    "from before the data": CohortQuestion(filters=Filters(first_day=date(2019, 5, 1))),
    "weeks from before the data to its middle": CohortQuestion(
        Period("week"), returned="by", filters=Filters(date(2021, 1, 1), date(2023, 12, 31))
    ),
    "filtered": CohortQuestion(
        filters=Filters(date(2023, 3, 1), date(2023, 9, 30), date(2024, 2, 11), {"channel": ("web",)})
    ),
}


@pytest.fixture(scope="module")
def shop() -> DuckDBEngine:
    """Eighty customers over two and a half years, more weeks than two words hold, with refunds and two channels."""
    luck, engine = np.random.default_rng(7), DuckDBEngine()
    rows = 900
    customer = luck.integers(0, 80, rows)
    came = luck.integers(0, 600, 80)
    days = np.minimum(came[customer] + luck.exponential(150, rows).astype(int), 920)
    amount = luck.integers(-20, 200, rows)
    moments = [datetime.combine(FIRST, time(9)) + timedelta(days=int(day)) for day in days]
    orders = zip((f"c{number}" for number in customer), moments, (float(each) for each in amount), strict=True)
    add_orders(
        engine,
        list(orders),
        channel=[["web", "shop", None][each] for each in luck.integers(0, 3, rows)],
        account=[f"a{number % 30}" for number in customer],
    )
    return engine


@pytest.mark.parametrize("name", QUESTIONS)
def test_bits_and_rows_count_the_same(shop: DuckDBEngine, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    question = QUESTIONS[name]
    kept = bitmaps(shop, question)
    assert kept is not None
    from_bits = cohort_retention(shop, question)
    monkeypatch.setattr(bought_bitmaps, "MOST_WORDS", 0)
    assert bitmaps(shop, question) is None
    from_rows = cohort_retention(shop, question)
    assert len(from_bits.cells) > 20
    pd.testing.assert_frame_equal(from_bits.cells, from_rows.cells, check_dtype=False)
    pd.testing.assert_frame_equal(from_bits.pooled, from_rows.pooled, check_dtype=False)
    assert from_bits.first_cohort == from_rows.first_cohort


def test_weeks_of_the_shop_need_several_words(shop: DuckDBEngine) -> None:
    kept = bitmaps(shop, QUESTIONS["weeks"])
    assert kept is not None
    assert kept.words == 3
    assert kept.last - kept.first > 2 * WORD


@pytest.mark.parametrize("measure", ["customers", "revenue"])
def test_days_are_told_by_bits_and_rows_alike(
    shop: DuckDBEngine, measure: Measure, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = CohortQuestion(Period("day"), measure=measure)
    monkeypatch.setattr(bought_bitmaps, "MOST_WORDS", 8)
    from_bits = cohort_retention(shop, question)
    monkeypatch.setattr(bought_bitmaps, "MOST_WORDS", 0)
    pd.testing.assert_frame_equal(from_bits.cells, cohort_retention(shop, question).cells, check_dtype=False)
    assert from_bits.cells["customers"].sum() > 500


def test_days_of_many_years_are_not_told_by_bits(shop: DuckDBEngine) -> None:
    assert bitmaps(shop, CohortQuestion(Period("day"))) is None


@pytest.mark.parametrize(
    "question",
    [
        CohortQuestion(least_purchases=2),
        CohortQuestion(brackets=(1, 2), least_purchases=2),
        CohortQuestion(own_windows=True, segment="channel", segment_of="each_purchase"),
        CohortQuestion(segment="channel", measure="revenue"),
        CohortQuestion(cohort_by="first_complaint"),
        CohortQuestion(measure="gross_revenue_retention"),
        CohortQuestion(returns={"channel": ("web",)}),
    ],
)
def test_what_a_bit_does_not_tell_is_counted_by_rows(shop: DuckDBEngine, question: CohortQuestion) -> None:
    assert bitmaps(shop, question) is None


@pytest.mark.parametrize("unit", ["day", "week", "month"])
@pytest.mark.parametrize("filters", [Filters(), QUESTIONS["filtered"].filters, Filters(count_refunds=True)])
def test_who_buys_in_each_period_is_the_same_from_bits_and_from_rows(
    shop: DuckDBEngine, unit: Unit, filters: Filters, monkeypatch: pytest.MonkeyPatch
) -> None:
    from_bits = lifecycle(shop, filters, Period(unit)), returning_revenue(shop, filters, Period(unit))
    monkeypatch.setattr(bought_bitmaps, "MOST_WORDS", 0)
    from_rows = lifecycle(shop, filters, Period(unit)), returning_revenue(shop, filters, Period(unit))
    for bits, rows in zip(from_bits, from_rows, strict=True):
        assert len(bits) > 5
        pd.testing.assert_frame_equal(bits, rows, check_dtype=False)


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.parametrize("is_back", [True, False])
def test_the_customers_behind_a_cell_are_the_same_from_bits_and_from_rows(
    shop: DuckDBEngine, name: str, is_back: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = QUESTIONS[name]
    cells = cohort_retention(shop, question).cells
    places = cells[cells["customers"] > 0]
    places = places.iloc[:: len(places) // 5]
    asked = [(int(row.cohort), int(row.period_number), str(row.segment)) for row in places.itertuples()]
    from_bits = [cohort_customers(shop, question, *each, is_back=is_back) for each in asked]
    monkeypatch.setattr(bought_bitmaps, "MOST_WORDS", 0)
    for each, bits in zip(asked, from_bits, strict=True):
        pd.testing.assert_frame_equal(bits, cohort_customers(shop, question, *each, is_back=is_back))
    assert sum(map(len, from_bits)) > 0 or not is_back


def test_accounts_that_stayed_away_are_listed_too() -> None:
    with orders_engine() as engine:
        orders = [("c1", "2026-01-05", 1.0), ("c2", "2026-01-06", 1.0), ("c3", "2026-02-06", 1.0)]
        add_orders(engine, orders, account=["Acme", "Beta", "Beta"])
        question = CohortQuestion(unit="account")
        away = cohort_customers(engine, question, 2026 * 12, 1, is_back=False)
        assert list(away["customer"]) == ["Acme"]
        assert list(cohort_customers(engine, question, 2026 * 12, 1)["customer"]) == ["Beta"]
