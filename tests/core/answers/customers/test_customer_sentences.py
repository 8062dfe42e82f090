"""What the answers about customers say, of small shops whose truth is plain."""

import pandas as pd
import pytest

from retention_core.analyses.claims import Comparison
from retention_core.analyses.customers.bought_words import bought_words
from retention_core.analyses.customers.cohort_question import CohortQuestion
from retention_core.analyses.customers.cohort_retention import cohort_retention
from retention_core.analyses.customers.days_active import days_active
from retention_core.analyses.customers.lifecycle import lifecycle
from retention_core.analyses.customers.return_within import Headline, ReturnWithin, return_within
from retention_core.analyses.customers.returning_revenue import returning_revenue
from retention_core.analyses.customers.second_purchase import second_purchase
from retention_core.analyses.intervals import Share
from retention_core.answers.customers.back_within import back_within_chart, back_within_sentence
from retention_core.answers.customers.cohort_answer import cohort_answer
from retention_core.answers.customers.cohort_verdict import back_words, population_words, verdict
from retention_core.answers.customers.in_motion import days_sentence, lifecycle_sentence
from retention_core.answers.customers.next_purchase import step_sentence
from retention_core.answers.customers.who_pays import revenue_sentence
from retention_core.filters import Filters
from retention_core.periods import Period
from retention_core.workspace import Workspace
from tests.tables import orders_engine

NOBODY = ReturnWithin(90, pd.DataFrame(), None)
LAST_YEAR = ("Jan 2025", "Mar 2025")


def plainly(text: str) -> str:
    return str(text).replace("\u00a0", " ")


def told(first: Share, second: Share, looks: int = 1, bought: str = "") -> str:
    """Return the sentence of the cohorts of January to March 2026 against those of the year before."""
    headline = Headline(first, ("Jan 2026", "Mar 2026"), Comparison(first, second, looks), LAST_YEAR)
    return plainly(back_within_sentence(NOBODY, headline, bought))


def test_a_claimed_difference_is_told_in_points_with_its_interval() -> None:
    assert told(Share(600, 1000), Share(400, 1000)).startswith(
        "Of customers who first bought in Jan 2026 to Mar 2026, 60 % (57 to 63) bought again within 90 days: 20 points more "
        "than those of Jan 2025 to Mar 2025 ("
    )
    assert "20 points fewer than those of Jan 2025 to Mar 2025" in told(Share(400, 1000), Share(600, 1000))


def test_what_cannot_be_claimed_is_told_without_a_claim() -> None:
    assert told(Share(20, 40), Share(22, 40)).endswith(" points).")
    assert "No difference can be shown" in told(Share(20, 40), Share(22, 40))
    same = Share(50_000, 100_000)
    assert ", as often as those of Jan 2025 to Mar 2025 (50.0 % (49.7 to 50.3); " in told(same, same)
    assert "One look in twenty shows as much by luck" in told(Share(240, 400), Share(210, 400), looks=12)


def test_purchases_that_a_filter_names_are_named_on_both_sides() -> None:
    said = told(Share(600, 1000), Share(400, 1000), bought="Tea")
    assert said.startswith(
        "Of customers who first bought Tea in Jan 2026 to Mar 2026, 60 % (57 to 63) bought Tea again"
    )


def test_cohorts_with_nothing_beside_them_say_why() -> None:
    alone = Headline(Share(600, 1000), ("Jan 2026", "Mar 2026"), None, ("", ""))
    lines = plainly(back_within_sentence(NOBODY, alone)).split("\n")
    assert lines[0].endswith("bought again within 90 days.")
    assert lines[1].startswith("They are compared with nothing: no cohorts before them")
    cut = Headline(Share(600, 1000), ("Jan 2026", "Mar 2026"), None, ("", ""), is_cut=True)
    assert "the dates leave out the cohorts before them" in back_within_sentence(NOBODY, cut)
    assert told(Share(600, 1000), Share(5, 12)).endswith(
        "within 90 days. Those of Jan 2025 to Mar 2025 are too few to compare with."
    )


def test_where_no_cohort_is_whole_yet_those_who_can_be_followed_are_told() -> None:
    orders = [(f"c{number}", "2026-01-02", 1.0) for number in range(20)]
    orders += [(f"c{number}", "2026-01-20", 1.0) for number in range(5)] + [("z", "2026-04-05", 1.0)]
    with orders_engine(orders) as engine:
        back = return_within(engine, Filters())
        assert back.headline() is None  # January is whole only on 1 May
        said = plainly(back_within_sentence(back, None))
        assert back_within_chart(back).alt == "No cohort can be followed for 90 days as a whole yet."
    assert said.startswith("No cohort can be followed for 90 days as a whole yet; of the 20 customers who can, 25 %")


def test_the_line_of_those_back_says_what_is_seen() -> None:
    orders = [(f"a{n}", "2026-01-02", 1.0) for n in range(10)] + [(f"b{n}", "2026-02-02", 1.0) for n in range(10)]
    orders += [("a0", "2026-01-09", 1.0)] + [(f"b{n}", "2026-02-09", 1.0) for n in range(4)]
    with orders_engine([*orders, ("z", "2026-08-01", 1.0)]) as engine:
        alt = plainly(back_within_chart(return_within(engine, Filters())).alt)
    assert alt == "Share back within 90 days by time of first purchase: between 10 % and 40 %, lately 40 %."


def test_revenue_that_is_not_known_is_not_called_no_purchase() -> None:
    orders = [("ann", "2026-01-05", None), ("bob", "2026-01-06", None), ("ann", "2026-02-05", None)]
    with orders_engine([*orders, ("z", "2026-02-28", None)]) as engine:
        said = revenue_sentence(returning_revenue(engine, Filters(), Period()), "month")
    assert (
        said
        == "In the last complete month, Feb 2026, the revenue is zero: no amounts are known, or refunds cancel them."
    )


def test_a_running_month_is_named_with_its_last_day() -> None:
    with orders_engine([("ann", "2026-01-02", 10.0), ("bob", "2026-01-09", 30.0)]) as engine:
        rows = lifecycle(engine, Filters(), Period())
        days = days_active(engine, Filters(), Period(), int(rows["period"].iloc[0]))
    assert lifecycle_sentence(rows, "month") == (
        "In Jan 2026 so far (to 9 Jan 2026), 2 customers bought: 2 new, 0 who had bought in the month before too, 0 back "
        "after a pause."
    )
    assert days_sentence(days) == "In Jan 2026 so far (to 9 Jan 2026), 0 of 2 customers bought on more than one day."


def test_cohorts_that_begin_otherwise_are_named_in_the_verdict() -> None:
    with orders_engine([("ann", "2026-01-05", 1.0), ("ann", "2026-02-28", 1.0)]) as engine:
        said = verdict(cohort_retention(engine, CohortQuestion(cohort_by="every_purchase")), None)
    assert said.startswith("Cohorts by every purchase: No difference is claimed")


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (CohortQuestion(), "Back in month 1"),
        (CohortQuestion(Period("week"), returned="by"), "Back by the end of week 1"),
        (CohortQuestion(Period("day"), brackets=(7, 23)), "Back in day 1-7"),
        (
            CohortQuestion(cohort_by="every_purchase", returns={"product": ("Tea",)}, least_purchases=2),
            "Back in month 1 · with Tea · 2 purchases or more · by every purchase",
        ),
    ],
    ids=lambda each: str(each)[:20],
)
def test_what_counts_as_back_is_said_in_a_few_words(question, words) -> None:
    assert back_words(question) == words


def test_the_dates_that_choose_cohorts_are_said_as_whole_periods() -> None:
    filters = Filters(first_day=pd.Timestamp("2026-01-01").date(), last_day=pd.Timestamp("2026-02-28").date())
    said = population_words(CohortQuestion(filters=filters), pd.Timestamp("2026-03-20").date())
    assert said == (
        "Counted are cohorts of whole months, from 1 Jan 2026 to 28 Feb 2026; they are followed up to 20 Mar 2026."
    )


def test_half_of_them_are_back_after_so_many_days() -> None:
    orders = [(f"c{n}", "2026-01-01", 1.0) for n in range(20)] + [(f"c{n}", "2026-01-11", 1.0) for n in range(12)]
    with orders_engine([*orders, ("z", "2026-06-30", 1.0)]) as engine:
        said = plainly(step_sentence(second_purchase(engine, Filters())))
    assert said.endswith(
        "of customers have bought a second time within 90 days of their first purchase. Half are back after 10 days."
    )


def test_purchases_that_match_are_named_by_product_or_by_their_segment() -> None:
    assert bought_words({}) == ""
    assert bought_words({"product": ("Tea", "Jam")}) == "Tea, Jam"
    assert bought_words({"channel": ("Web",), "branch": ("North",)}) == "(Channel: Web · Branch: North)"
    assert bought_words({"product": ("Tea",), "channel": ("Web",)}) == "Tea (Channel: Web)"


def test_a_running_month_makes_no_line_of_customers_plunge() -> None:
    days = [f"2026-0{month}-05" for month in range(1, 5)]
    orders = [(f"{day}{n}", day, 1.0) for day in days for n in range(10)]
    with orders_engine([*orders, ("one", "2026-05-02", 1.0)]) as engine:
        answer = cohort_answer(Workspace("steady", engine), CohortQuestion())
    customers = next(card for card in answer.cards if card.label == "Customers")
    assert customers.value == "41"
    assert customers.trend == (10, 10, 10, 10)


def test_an_answer_makes_no_part_that_is_not_asked_for(monkeypatch) -> None:
    with orders_engine([("ann", "2026-01-05", 1.0), ("ann", "2026-02-28", 1.0)]) as engine:
        answer = cohort_answer(Workspace("lazy", engine), CohortQuestion())
        monkeypatch.setattr(engine, "query", None)  # whoever asked it now would fail
        assert [part.name for part in answer.parts][:2] == ["heatmap", "curves"]
        assert str(answer.part("heatmap").charts[0].alt).startswith("Heatmap of 2 cohorts.")
        with pytest.raises(TypeError):
            answer.part("who_pays")
