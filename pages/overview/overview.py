"""Are we keeping our customers? One sentence and one chart for each question."""

import streamlit as st

from pages import menu
from pages.shared import session
from pages.shared.cards import how_counted
from pages.shared.charts import chart, palette
from pages.shared.messages import headline
from pages.shared.story import (
    back_within_sentence,
    rate_points,
    response_sentence,
    satisfaction_sentence,
)
from retention_core.analyses.claims import LOOKS_A_YEAR
from retention_core.analyses.complaints.response_times import ResponseQuestion, available_waits, response_times
from retention_core.analyses.customers.return_within import return_within
from retention_core.analyses.satisfaction.satisfaction_return import ReturnQuestion, satisfaction_return
from retention_core.figures.lines import rate_over_time
from retention_core.figures.score_bars import score_bars
from retention_core.figures.waits import share_bars
from retention_core.periods import Period
from retention_core.wording import bought_words, say

workspace, filters = session.current(), st.session_state["_filters"]
engine, colours = workspace.engine, palette()

if not any(workspace.counts.values()):
    st.header("Are we keeping our customers?", anchor=False)
    st.write(
        "Upload orders, complaints or satisfaction answers: any spreadsheet that has a customer and a date. Comeback "
        "then says whether customers come back, how fast they are answered, and whether the satisfied return."
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.page_link(menu.UPLOAD.script, label="Upload a spreadsheet", icon=":material/upload:")
        st.button(
            "Look at the sample shop", icon=":material/storefront:", on_click=session.switch_to, args=(session.SAMPLE,)
        )
    st.stop()

st.caption("Are we keeping our customers?")
with st.container(border=True):
    st.caption("Do they come back?")
    back = return_within(engine, filters.whole(Period())) if workspace.has("orders") else None
    if back is None or back.cohorts.empty:
        st.write("No orders to answer this." if back is None else "No purchase lies within these filters.")
        st.page_link(menu.UPLOAD.script, label="Upload orders", icon=":material/upload:")
    else:
        compared = back.headline(filters.compare_with, LOOKS_A_YEAR)
        headline(back_within_sentence(back, compared, bought_words(filters.for_table("orders"))), st.subheader)
        if compared and compared.comparison:
            st.caption(say("looks_a_year"))
        points = rate_points(back.cohorts, "return_rate", "came_back", "known", "label")
        chart(
            rate_over_time(
                points, colours, x_title="Month of first purchase", y_title="Back within 90 days", height=260
            ),
            key="overview_back",
            alt="Share of new customers back within 90 days, by month of first purchase",
        )
        st.page_link(menu.COHORTS.script, label="Cohort retention", icon=":material/arrow_forward:")

left, right = st.columns(2)
with left.container(border=True, height="stretch"):
    st.caption("How long do they wait?")
    waits = available_waits(engine) if workspace.has("complaints") else []
    times = response_times(engine, ResponseQuestion(waits[-1], Period("month"), filters)) if waits else None
    if times is None or times.is_empty:
        st.write("No complaints with a response to answer this.")
        st.page_link(menu.UPLOAD.script, label="Upload complaints", icon=":material/upload:")
    else:
        headline(response_sentence(times), st.subheader)
        chart(
            share_bars(times, colours),
            key="overview_waits",
            alt="Share of complaints answered within 1, 3 and 5 days, by month",
        )
        st.page_link(menu.WAITS.script, label="Response times", icon=":material/arrow_forward:")
with right.container(border=True, height="stretch"):
    st.caption("Do the satisfied return?")
    has_both = workspace.has("satisfaction") and workspace.has("orders")
    answer = satisfaction_return(engine, ReturnQuestion(filters=filters)) if has_both else None
    if answer is None or answer.is_empty:
        st.write("No satisfaction answers of customers with orders to answer this.")
        st.page_link(menu.UPLOAD.script, label="Upload satisfaction answers", icon=":material/upload:")
    else:
        headline(satisfaction_sentence(answer), st.subheader)
        chart(
            score_bars(answer, colours, compact=True), key="overview_scores", alt="Share back within 90 days by score"
        )
        st.page_link(menu.SCORES.script, label="Did they come back?", icon=":material/arrow_forward:")

how_counted(
    "Back within 90 days",
    "Answered within 1, 3, 5 days",
    "Still open",
    "Satisfied, less satisfied",
    "Came back after an answer",
    "No answer",
    "Interval",
    "Claim",
    "Compared with",
    "Dates",
)
