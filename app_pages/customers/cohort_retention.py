"""Of those who came, how many come back, and is it getting better?"""

from functools import partial

import pandas as pd
import streamlit as st

from app_pages.shared import cards, cohort_views, session
from app_pages.shared.charts import chart, palette, picture_format
from app_pages.shared.cohort_switches import choose_question
from app_pages.shared.columns import CUSTOMER_COLUMNS, count_column, in_percent, money_column, rate_column
from app_pages.shared.filters import in_force
from app_pages.shared.messages import empty, heading, plain, show_error
from app_pages.shared.story import back_within_sentence, filters_sentence, verdict
from app_pages.shared.workbook import as_workbook
from retention_core.analyses.cohort_customers import cohort_customers, cohort_orders
from retention_core.analyses.cohort_question import OTHER, CohortQuestion
from retention_core.analyses.cohort_retention import cohort_retention, share_back
from retention_core.analyses.return_within import return_within
from retention_core.errors import RetentionError
from retention_core.figures.cohort_heatmap import cohort_heatmap, measured
from retention_core.periods import Period
from retention_core.wording import when, whole

QUESTION = "Of those who came, how many come back, and is it getting better?"
TERMS = (
    "Customer",
    "Purchase",
    "Refund",
    "Cohort",
    "Period number",
    "Returned",
    "Own window",
    "Share of the column before",
    "Retention rate",
    "Complete, running, future",
    "Pooled average",
    "Interval",
    "Back within 90 days",
    "Repeat purchase rate",
    "Revenue of a cohort",
    "Net and gross revenue retention",
    "Lifetime value so far",
    "Compared by",
    "Time to the second purchase",
    "New and returning revenue",
    "As of",
)
workspace, filters = session.current(), st.session_state["_filters"]
engine, colours = workspace.engine, palette()
if not workspace.has("orders"):
    empty(
        QUESTION,
        "For every month: how many customers first bought then, and what share of them bought again in "
        "each month that followed, with the cells that can still change marked.",
        table="orders",
        picture=lambda sample: cohort_heatmap(cohort_retention(sample, CohortQuestion()), colours),
        alt="Cohort heatmap of the sample shop",
    )

sentence_place, figures_place = st.container(), st.container()
try:
    question, show = choose_question(workspace, filters)
    whole_table = cohort_retention(engine, question)
except RetentionError as error:
    show_error(error)
    st.stop()
period = question.period
back = return_within(engine, filters, 90, Period("month", period.calendar, period.week_start))
if whole_table.is_empty:
    with sentence_place:
        heading(QUESTION, "No purchase lies within these filters.")
    st.write("Widen the dates or take a filter out: the bar under the menu says which are in force.")
    st.stop()

retention, segment = whole_table, ""
if question.segment:
    names = whole_table.segments
    segment = st.selectbox("The table of", names, key="segment_shown", format_func=plain, width=320)
    retention = whole_table.of_segment(segment)
with sentence_place:
    heading(QUESTION, back_within_sentence(back))
    st.caption(" ".join(filter(None, (plain(verdict(retention, segment)), filters_sentence(engine, filters)))))
with figures_place:
    one, two, three, four = st.columns(4)
    recent = back.cohorts[back.cohorts["state"] == "complete"]
    cards.share_figure(
        one, "Back within 90 days", back.share(), term="Back within 90 days", trend=list(recent["return_rate"])
    )
    cards.share_figure(
        two,
        f"Back in {question.column_label(1).lower()}" + (f" · {plain(segment)}" if segment else ""),
        share_back(retention, 1),
        term="Retention rate",
    )
    cards.share_figure(three, "Repeat purchase rate", back.repeat_purchase, term="Repeat purchase rate")
    cards.figure(
        four,
        "Customers",
        whole(back.cohorts["customers"].sum()),
        term="Customer",
        trend=list(back.cohorts["customers"]),
        note=f"data up to {when(retention.as_of)}",
    )

tabs = st.tabs(
    ["Heatmap", "Curves", "One column over time", "Segments", "Time to second purchase", "New and returning"]
)
with tabs[0]:
    chart(
        cohort_heatmap(retention, colours, show_counts=show == "Customers"),
        key="heatmap",
        least_width=140 + 34 * min(30, int(retention.cells["period_number"].max()) + 1),
        alt=f"Heatmap of {retention.cells['cohort'].nunique()} cohorts by {period.unit}",
        name="cohort_heatmap",
    )
    st.caption(
        "Hatched: the period is still running. Faded: fewer than 30 customers. Blank: still to come. The row of all cohorts "
        "takes only cells that are complete. To see who stands behind a cell, choose it in the table below."
        + (" “In it or later” can still rise." if question.returned == "in_or_after" else "")
        + (" What “Returned means” does not touch money." if question.needs_money else "")
    )
with tabs[1]:
    cohort_views.curves(retention)
with tabs[2]:
    cohort_views.one_column(retention)
with tabs[3]:
    cohort_views.segments(whole_table)
with tabs[4]:
    cohort_views.time_to_second(engine, retention)
with tabs[5]:
    cohort_views.who_pays(engine, retention)

st.subheader("The cohort table", anchor=False)
st.caption(f"Periods that end after {when(retention.as_of)} are still running.")
value = "customers" if show == "Customers" else measured(retention)
wide = retention.cells.pivot(index=["cohort", "cohort_label", "cohort_size"], columns="period_number", values=value)
wide.columns = [str(number) for number in wide.columns]
is_share = value == "retention_rate" or (value == "value" and question.measure.endswith("retention"))
shown = in_percent(wide, *wide.columns) if is_share else wide
column = rate_column if is_share else count_column if value == "customers" else money_column
names_of_rows = wide.index.to_frame(index=False).drop(columns="cohort")
event = cards.table(
    pd.concat([names_of_rows, shown.reset_index(drop=True)], axis="columns"),
    name="cohorts",
    select="single-cell",
    alt="Customers of each cohort who came back, by period number",
    labels={
        "cohort_label": st.column_config.TextColumn("Cohort", pinned=True),
        "cohort_size": count_column("Customers", pinned=True),
        **{name: column(question.column_label(int(name)).split(" ", 1)[1]) for name in wide.columns},
    },
)
with st.container(horizontal=True, vertical_alignment="center"):
    table = retention.cells.drop(columns="cohort")
    cards.download(table, "cohort_retention")
    notes = (f"{workspace.name} · {in_force(workspace, filters)}", f"Data up to {when(retention.as_of)}")
    cards.download_workbook(partial(as_workbook, table, QUESTION, TERMS, notes), "cohort_retention")
    picture_format()
    cards.how_counted(*TERMS)

if cells := event.selection.cells:
    row, name = cells[0]
    cohort = int(wide.index.get_level_values("cohort")[row])
    number = int(name) if str(name).isdigit() else 0
    cell = retention.cells[(retention.cells["cohort"] == cohort) & (retention.cells["period_number"] == number)]
    if segment == OTHER:
        st.caption("Choose one segment to list its customers.")
    else:
        cards.list_behind(
            cohort_customers(engine, question, cohort, number, segment),
            f"{period.label(cohort)}, {question.column_label(number).lower()}: {whole(cell['customers'].sum())} {question.unit}s",
            name="cohort_customers",
            labels=CUSTOMER_COLUMNS,
        )
        st.caption("Purchases and what was spent are each customer's whole history, as far as the filters let through.")
        cards.download(
            cohort_orders(engine, question, cohort, number, segment), "cohort_orders", "Their purchases as CSV"
        )
