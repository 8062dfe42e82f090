"""Of those who came, how many come back, and is it getting better?"""

import streamlit as st

from app_pages.shared import cards, session
from app_pages.shared.charts import chart, palette
from app_pages.shared.columns import CUSTOMER_COLUMNS, count_column, in_percent, rate_column
from app_pages.shared.messages import empty, heading
from app_pages.shared.story import back_within_sentence, rate_points
from retention_core.analyses.cohort_customers import cohort_customers
from retention_core.analyses.cohort_question import CohortQuestion
from retention_core.analyses.cohort_retention import averages, cohort_retention, share_back
from retention_core.analyses.return_within import return_within
from retention_core.figures.cohort_heatmap import cohort_heatmap
from retention_core.figures.lines import cohort_curves, rate_over_time
from retention_core.periods import Period
from retention_core.wording import percent, when, whole

QUESTION = "Of those who came, how many come back, and is it getting better?"
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

UNITS = {"Month": "month", "Week": "week", "Quarter": "quarter", "Day": "day", "Year": "year"}
CALENDARS = {"Gregorian": "gregorian", "Jalali": "jalali"}
COHORTS = {"First purchase": "first_purchase", "Every purchase": "every_purchase"}
RETURNS = {"In the period": "in", "In it or later": "in_or_after"}

sentence_place, figures_place = st.container(), st.container()
with st.container(horizontal=True, vertical_alignment="bottom"):
    unit = st.selectbox("Period", list(UNITS), key="period", bind="query-params", width=130)
    calendar = st.selectbox("Calendar", list(CALENDARS), key="calendar", bind="query-params", width=140)
    cohort_by = st.selectbox("Cohort by", list(COHORTS), key="cohort_by", bind="query-params", width=170)
    returned = st.selectbox("Returned means", list(RETURNS), key="returned", bind="query-params", width=170)
    show = st.segmented_control(
        "Show", ["Rates", "Customers"], default="Rates", key="show", bind="query-params", required=True
    )

period = Period(UNITS[unit], CALENDARS[calendar], engine.week_start)  # type: ignore[arg-type]
question = CohortQuestion(period, COHORTS[cohort_by], RETURNS[returned], filters)  # type: ignore[arg-type]
retention = cohort_retention(engine, question)
back = return_within(engine, filters, 90, Period("month", period.calendar, period.week_start))
if retention.is_empty:
    with sentence_place:
        heading(QUESTION, "No purchase lies within these filters.")
    st.write("Widen the dates or take a filter out: the bar under the menu says which are in force.")
    st.stop()

with sentence_place:
    heading(QUESTION, back_within_sentence(back))
with figures_place:
    one, two, three, four = st.columns(4)
    recent = back.cohorts[back.cohorts["state"] == "complete"]
    cards.share_figure(
        one, "Back within 90 days", back.share(), term="Back within 90 days", trend=list(recent["return_rate"])
    )
    cards.share_figure(two, f"Back in {period.unit} 1", share_back(retention, 1), term="Retention rate")
    cards.share_figure(three, "Repeat purchase rate", back.repeat_purchase, term="Repeat purchase rate")
    cards.figure(
        four,
        "Customers",
        whole(back.cohorts["customers"].sum()),
        term="Customer",
        trend=list(back.cohorts["customers"]),
        note=f"data up to {when(retention.as_of)}",
    )

heatmap_tab, curves_tab, over_time_tab = st.tabs(["Heatmap", "Curves", f"One {period.unit} over time"])
with heatmap_tab:
    chart(
        cohort_heatmap(retention, colours, show_counts=show == "Customers"),
        key="heatmap",
        least_width=140 + 34 * min(30, int(retention.cells["period_number"].max()) + 1),
        alt=f"Heatmap of {retention.cells['cohort'].nunique()} cohorts by {period.unit}",
    )
    st.caption(
        "Hatched: the period is still running. Faded: fewer than 30 customers. Blank: still to come. The row of all cohorts "
        "takes only cells that are complete. To see who stands behind a cell, choose it in the table below."
    )
with curves_tab:
    chart(
        cohort_curves(retention, colours), key="curves", alt="Retention of each cohort over time, and of all together"
    )
with over_time_tab:
    highest = max(1, int(retention.cells["period_number"].max()))
    number = (
        st.slider(f"{unit} number", 1, highest, 1, key="period_number", bind="query-params", width=320)
        if highest > 1
        else 1
    )
    chosen = retention.cells[retention.cells["period_number"] == number]
    points = rate_points(chosen, "retention_rate", "customers", "cohort_size", "cohort_label")
    chart(
        rate_over_time(points, colours, x_title="Cohort", y_title=f"Back in {period.unit} {number}", height=380),
        key="over_time",
        alt=f"Share back in {period.unit} {number}, by cohort",
    )
    if known := averages(chosen):
        st.caption(
            f"What other tools would say for {period.unit} {number}: pooled {percent(known['pooled'], 1)} (ours), simple "
            f"mean of the rates {percent(known['simple_mean_of_rates'], 1)}, weighted by size twice "
            f"{percent(known['double_weighted'], 1)}. They differ where cohorts differ in size."
        )

st.subheader("The table behind it", anchor=False)
value = "customers" if show == "Customers" else "retention_rate"
wide = retention.cells.pivot(index=["cohort", "cohort_label", "cohort_size"], columns="period_number", values=value)
wide.columns = [str(number) for number in wide.columns]
column = count_column if value == "customers" else rate_column
shown = wide if value == "customers" else in_percent(wide, *wide.columns)
event = cards.table(
    shown.reset_index().drop(columns="cohort"),
    name="cohorts",
    select="single-cell",
    alt="Customers of each cohort who came back, by period number",
    labels={
        "cohort_label": st.column_config.TextColumn("Cohort", pinned=True),
        "cohort_size": count_column("Customers", pinned=True),
        **{name: column(name) for name in wide.columns},
    },
)
with st.container(horizontal=True, vertical_alignment="center"):
    cards.download(retention.cells.drop(columns="cohort"), "cohort_retention")
    cards.how_counted(
        "Customer",
        "Purchase",
        "Refund",
        "Cohort",
        "Period number",
        "Retention rate",
        "Complete, running, future",
        "Pooled average",
        "Interval",
        "Back within 90 days",
        "Repeat purchase rate",
        "As of",
    )

if cells := event.selection.cells:
    row, name = cells[0]
    cohort = int(wide.index.get_level_values("cohort")[row])
    number = int(name) if str(name).isdigit() else 0
    cell = retention.cells[(retention.cells["cohort"] == cohort) & (retention.cells["period_number"] == number)]
    cards.list_behind(
        cohort_customers(engine, question, cohort, number),
        f"{period.label(cohort)}, {period.unit} {number}: {whole(cell['customers'].sum())} customers",
        name="cohort_customers",
        labels=CUSTOMER_COLUMNS,
    )
