"""The sentences that open the pages, of small shops whose truth is plain."""

from pages.customers.cohort_story import revenue_sentence
from pages.shared.story import back_within_sentence, response_sentence, verdict
from retention_core.analyses.complaints.response_times import ResponseQuestion, response_times
from retention_core.analyses.customers.cohort_question import CohortQuestion
from retention_core.analyses.customers.cohort_retention import cohort_retention
from retention_core.analyses.customers.return_within import return_within
from retention_core.analyses.customers.returning_revenue import returning_revenue
from retention_core.filters import Filters
from retention_core.periods import Period
from retention_core.wording import bought_words, points, rough
from tests.tables import add_complaints, orders_engine


def plainly(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_where_no_cohort_is_whole_yet_those_who_can_be_followed_are_told() -> None:
    orders = [(f"c{number}", "2026-01-02", 1.0) for number in range(20)]
    orders += [(f"c{number}", "2026-01-20", 1.0) for number in range(5)] + [("z", "2026-04-05", 1.0)]
    with orders_engine(orders) as engine:
        back = return_within(engine, Filters())
        assert back.headline() is None  # January is whole only on 1 May
        told = plainly(back_within_sentence(back, None))
    assert told.startswith("No cohort can be followed for 90 days as a whole yet; of the 20 customers who can, 25 %")


def test_revenue_that_is_not_known_is_not_called_no_purchase() -> None:
    orders = [("ann", "2026-01-05", None), ("bob", "2026-01-06", None), ("ann", "2026-02-05", None)]
    with orders_engine([*orders, ("z", "2026-02-28", None)]) as engine:
        told = revenue_sentence(returning_revenue(engine, Filters(), Period()), "month")
    assert (
        told
        == "In the last complete month, Feb 2026, the revenue is zero: no amounts are known, or refunds cancel them."
    )


def test_cohorts_that_begin_otherwise_are_named_in_the_verdict() -> None:
    with orders_engine([("ann", "2026-01-05", 1.0), ("ann", "2026-02-28", 1.0)]) as engine:
        told = verdict(cohort_retention(engine, CohortQuestion(cohort_by="every_purchase")), None)
    assert told.startswith("Cohorts by every purchase: No difference is claimed")


def test_one_open_complaint_is_one() -> None:
    with orders_engine() as engine:
        rows = [(f"c{n}", "2026-01-05", None, "2026-01-06") for n in range(11)]
        add_complaints(engine, [*rows, ("d", "2026-01-20", None, None)])
        told = plainly(response_sentence(response_times(engine, ResponseQuestion())))
    assert told.endswith("; still open: 1, none for longer than five days.")


def test_small_figures_do_not_read_as_nothing() -> None:
    assert [plainly(rough(rate)) for rate in (0, 0.0024, 0.0004, 0.02)] == ["0 %", "0.2 %", "0.04 %", "2 %"]
    assert points(-0.034, 0.034) == "\u22123.4 to +3.4"  # not “−3 to +3”, which would read as within three points


def test_purchases_that_match_are_named_by_product_or_by_their_segment() -> None:
    assert bought_words({}) == ""
    assert bought_words({"product": ("Tea", "Jam")}) == "Tea, Jam"
    assert bought_words({"product": ("Tea",), "channel": ("Web",)}) == "Tea (Channel: Web)"
