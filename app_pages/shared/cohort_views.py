"""The views of the cohort page beside the heatmap, each drawn into its tab."""

import pandas as pd
import streamlit as st

from app_pages.shared import cards
from app_pages.shared.charts import chart, palette
from app_pages.shared.columns import SEGMENT_COLUMNS, in_percent
from app_pages.shared.messages import plain
from app_pages.shared.story import rate_points, returning_sentence, second_purchase_sentence
from retention_core.analyses.cohort_retention import CohortRetention, averages
from retention_core.analyses.comparisons import segment_differences, unfit
from retention_core.analyses.returning_revenue import MOST, orders_per_customer, returning_revenue
from retention_core.analyses.second_purchase import MARKS, second_purchase
from retention_core.engines.engine import Engine
from retention_core.figures.cohort_bars import orders_bars, returning_bars, segment_bars
from retention_core.figures.lines import cohort_curves, rate_over_time, second_purchase_curve
from retention_core.periods import Period
from retention_core.wording import bare, percent, say


def curves(retention: CohortRetention) -> None:
    """Draw every cohort over its periods; on request with what articles say of products."""
    place = st.empty()
    is_share = not retention.question.needs_money
    articles = is_share and st.toggle(
        "Show what articles give for the use of products eight weeks after sign-up",
        key="articles",
        bind="query-params",
        help="Not purchases: the share of new users of a product who use it in week 8, as published by others, by industry. "
        "Shown for orientation only; nothing of it was measured here.",
    )
    with place.container():
        chart(
            cohort_curves(retention, palette(), show_benchmarks=articles),
            key="curves",
            alt="Each cohort over time, and all together",
            name="cohort_curves",
        )


def one_column(retention: CohortRetention) -> None:
    """Draw one column by cohort, and say what other tools would make of it."""
    question = retention.question
    highest = max(1, int(retention.cells["period_number"].max()))
    _say_what_is_shown(retention)
    unit = "Column" if question.brackets or question.own_windows else question.period.unit.capitalize()
    number = (
        st.slider(f"{unit} number", 1, highest, 1, key="period_number", bind="query-params", width=320)
        if highest > 1
        else 1
    )
    chosen = retention.cells[retention.cells["period_number"] == number]
    points = rate_points(chosen, "retention_rate", "customers", "base", "cohort_label")
    chart(
        rate_over_time(
            points, palette(), x_title="Cohort", y_title=f"Back in {question.column_label(number).lower()}", height=380
        ),
        key="over_time",
        alt=f"Share back in {question.column_label(number).lower()}, by cohort",
        name="one_column",
    )
    if question.share == "cohort":
        _what_others_say(chosen, question.column_label(number).lower())


def _say_what_is_shown(retention: CohortRetention) -> None:
    if retention.question.needs_money:
        st.caption("This view shows shares of customers, whatever is chosen under “Show”.")


def _what_others_say(cells: pd.DataFrame, column: str) -> None:
    known = averages(cells)
    if not known:
        return
    with st.container(border=True):
        st.markdown(f"**What other tools would say for {column}**")
        ours, simple, doubled = st.columns(3)
        term = "Pooled average"
        cards.figure(ours, "Pooled (ours)", percent(known["pooled"], 1), term=term, note="customers over customers")
        cards.figure(
            simple,
            "Mean of the rates",
            percent(known["simple_mean_of_rates"], 1),
            term=term,
            note="a cohort of 5 counts like one of 5,000",
        )
        cards.figure(
            doubled,
            "Weighted by size twice",
            percent(known["double_weighted"], 1),
            term=term,
            note="large cohorts count by their square",
        )
        st.caption(
            "All three over complete cells only. They differ where cohorts differ in size, and further where a tool also takes "
            "running cells, or counts periods to come as zeros."
        )


def segments(retention: CohortRetention) -> None:
    """Draw the segments side by side in one column, each with its difference from all the others."""
    question = retention.question
    if not question.segment:
        st.info(
            "Choose a segment under “Compare by” to see the segments side by side.", icon=":material/compare_arrows:"
        )
        return
    _say_what_is_shown(retention)
    highest = max(1, int(retention.cells["period_number"].max()))
    number = (
        st.slider("Column", 1, highest, 1, key="segment_number", bind="query-params", width=320) if highest > 1 else 1
    )
    rows = segment_differences(retention, number)
    if rows.empty:
        st.caption("No cohort has this column complete yet.")
        return
    column = question.column_label(number).lower()
    chart(
        segment_bars(rows, palette(), x_title=f"Back in {column}, complete cohorts together"),
        key="segments",
        alt=f"Share back in {column} by segment, with intervals",
        name="segments",
    )
    real = [row for row in rows.itertuples() if row.difference_low > 0 or row.difference_high < 0]
    named = "; ".join(f"{row.segment} {bare(row.difference, 1)} points" for row in real[:4])
    why_not = unfit(question, over_time=False)
    compared = f"Compared {len(rows)} segments with all others each: {len(real)} differ beyond what chance explains"
    compared = say(why_not) if why_not else f"{compared} ({plain(named)})." if real else f"{compared}."
    st.caption(f"{compared} A segment is a group that chose itself: the difference is no effect of it.")
    rates = ("retention_rate", "low", "high", "difference", "difference_low", "difference_high")
    cards.table(in_percent(rows, *rates), name="segments", alt="Segments side by side", labels=SEGMENT_COLUMNS)
    cards.download(rows, "segments")


def time_to_second(engine: Engine, retention: CohortRetention) -> None:
    """Draw how long it takes until customers buy again, and how often they buy."""
    answer = second_purchase(engine, retention.question.filters)
    st.markdown(f"**{second_purchase_sentence(answer)}**")
    if answer.came_back:
        chart(
            second_purchase_curve(answer, palette()),
            key="second_purchase",
            alt="Share of customers who bought a second time, by days since the first",
            name="second_purchase",
        )
        for place, days in zip(st.columns(len(MARKS)), MARKS, strict=True):
            rate, low, high = answer.back_after(days)
            is_known = answer.curve["days"].max() >= days
            note = f"{bare(low, 1)} to {bare(high, 1)}" if is_known else "nobody followed so long"
            cards.figure(
                place,
                f"Back after {days} days",
                percent(rate, 1) if is_known else "–",
                term="Time to the second purchase",
                note=note,
            )
    rows = orders_per_customer(engine, retention.question.filters, retention.question.period)
    if len(rows):
        st.markdown("**How often customers have bought so far**")
        chart(
            orders_bars(rows, palette(), most=MOST),
            key="orders",
            alt="Share of customers by purchases",
            name="purchases",
        )


def who_pays(engine: Engine, retention: CohortRetention) -> None:
    """Draw who makes the revenue of each period: new customers or returning ones."""
    period: Period = retention.question.period
    rows = returning_revenue(engine, retention.question.filters, period)
    if rows.empty or not rows[["new_revenue", "returning_revenue"]].abs().sum().sum():
        st.caption("No amounts are known for these orders.")
        return
    st.markdown(f"**{returning_sentence(rows, period.unit)}**")
    chart(
        returning_bars(rows, palette()),
        key="returning",
        alt="Revenue of new and returning customers",
        name="returning_revenue",
    )
    cards.download(rows.drop(columns="period"), "returning_revenue")
