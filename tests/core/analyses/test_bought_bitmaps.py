"""Counts read from bits are those counted row by row, over one word and over several."""

from datetime import date, datetime, time, timedelta

import numpy as np
import pandas as pd
import pytest

from retention_core.analyses.customers import bought_bitmaps
from retention_core.analyses.customers.bought_bitmaps import WORD, bitmaps
from retention_core.analyses.customers.cohort_question import CohortQuestion
from retention_core.analyses.customers.cohort_retention import cohort_retention
from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.filters import Filters
from retention_core.periods import Period
from tests.tables import add_orders

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
    "each segment": CohortQuestion(segment="channel", segment_of="each_purchase"),
    "each segment, every purchase": CohortQuestion(
        segment="channel", segment_of="each_purchase", cohort_by="every_purchase"
    ),
    "revenue": CohortQuestion(measure="revenue"),
    "lifetime value, weeks": CohortQuestion(Period("week"), measure="lifetime_value"),
    "orders, refunds count": CohortQuestion(measure="orders", filters=Filters(count_refunds=True)),
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


def test_days_of_many_years_are_not_told_by_bits(shop: DuckDBEngine) -> None:
    assert bitmaps(shop, CohortQuestion(Period("day"))) is None


@pytest.mark.parametrize(
    "question",
    [
        CohortQuestion(least_purchases=2),
        CohortQuestion(brackets=(1, 2)),
        CohortQuestion(own_windows=True),
        CohortQuestion(segment="channel"),
        CohortQuestion(cohort_by="first_complaint"),
        CohortQuestion(measure="gross_revenue_retention"),
        CohortQuestion(returns={"channel": ("web",)}),
    ],
)
def test_what_a_bit_does_not_tell_is_counted_by_rows(shop: DuckDBEngine, question: CohortQuestion) -> None:
    assert bitmaps(shop, question) is None
