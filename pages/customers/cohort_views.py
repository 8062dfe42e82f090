"""The views of the cohort table: heatmap, curves, one column over time, segments; each drawn into its tab."""

import pandas as pd
import streamlit as st

from pages.customers.cohort_window import for_lines, last_periods
from pages.shared import cards
from pages.shared.charts import chart, palette
from pages.shared.columns import SEGMENT_COLUMNS, in_percent
from pages.shared.messages import plain
from pages.shared.story import rate_points
from retention_core.analyses.customers.cohort_retention import CohortRetention, averages
from retention_core.analyses.customers.comparisons import segment_differences, unfit
from retention_core.analyses.intervals import FEW
from retention_core.figures.cohort_bars import segment_bars
from retention_core.figures.cohort_heatmap import all_small, cohort_heatmap
from retention_core.figures.lines import cohort_curves, rate_over_time
from retention_core.figures.window import Window
from retention_core.wording import bare, percent, say


def heatmap(retention: CohortRetention, window: Window, *, show_counts: bool) -> None:
    """Draw the triangle of cohorts, and say how to read it."""
    question, is_small = retention.question, all_small(window.part(retention).cells)
    chart(
        cohort_heatmap(retention, palette(), show_counts=show_counts, window=window),
        key="heatmap",
        least_width=140 + 34 * min(30, len(window.columns)),
        alt=f"Heatmap of {len(window.cohorts)} cohorts by {question.period.unit}",
        name="cohort_heatmap",
    )
    st.caption(
        "Hatched: the period is still running. "
        + ("All these cohorts have fewer than 30 customers" if is_small else "Faded: fewer than 30 customers")
        + ". Blank: still to come. The row of all cohorts takes only cells that are complete. To see who stands behind a cell, "
        "choose it in the table below."
        + (" “In it or later” can still rise." if question.returned == "in_or_after" else "")
        + (" What “Returned means” does not touch money." if question.needs_money else "")
    )


def curves(retention: CohortRetention, window: Window) -> None:
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
            cohort_curves(retention, palette(), show_benchmarks=articles, window=for_lines(retention, window)),
            key="curves",
            alt="Each cohort over time, and all together",
            name="cohort_curves",
        )
        if (retention.cells["cohort_size"] < FEW).any():
            st.caption("Cohorts under 30 customers have no line of their own; they count among all cohorts.")


def one_column(retention: CohortRetention, window: Window) -> None:
    """Draw one column by cohort, and say what other tools would make of it."""
    question = retention.question
    _say_what_is_shown(retention)
    unit = "Column" if question.brackets or question.own_windows else question.period.unit.capitalize()
    number = _column_number(retention, f"{unit} number", "period_number")
    column = question.column_label(number).lower()
    chosen = retention.cells[retention.cells["period_number"] == number]
    if chosen.empty:
        st.caption("No cohort has this column yet.")
        return
    drawn = last_periods(chosen, question.period, window.cohorts[-1], "cohort")
    points = rate_points(drawn, "retention_rate", "customers", "base", "cohort_label")
    chart(
        rate_over_time(points, palette(), x_title="Cohort", y_title=f"Back in {column}", height=380),
        key="over_time",
        alt=f"Share back in {column}, by cohort",
        name="one_column",
    )
    if question.share == "cohort":
        _what_others_say(chosen, column)


def _column_number(retention: CohortRetention, label: str, key: str) -> int:
    highest = max(1, int(retention.cells["period_number"].max()))
    return st.slider(label, 1, highest, 1, key=key, bind="query-params", width=320) if highest > 1 else 1


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
    number = _column_number(retention, "Column", "segment_number")
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
    real = rows[rows["is_real"]]
    named = "; ".join(f"{row.segment} {bare(row.difference, 1)} points" for row in real.head(4).itertuples())
    why_not = unfit(question)
    compared = f"Compared {len(rows)} segments with all others each, corrected for so many: {len(real)} differ"
    compared = say(why_not) if why_not else f"{compared} ({plain(named)})." if named else f"{compared}."
    st.caption(f"{compared} A segment is a group that chose itself: the difference is no effect of it.")
    rates = ("retention_rate", "low", "high", "difference", "difference_low", "difference_high")
    shown = in_percent(rows, *rates).drop(columns="is_real")
    cards.table(shown, name="segments", alt="Segments side by side", labels=SEGMENT_COLUMNS)
    cards.download(rows, "segments")
