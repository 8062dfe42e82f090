"""Of those who came, how many come back, and is it getting better?"""

from dataclasses import replace

import streamlit as st

from pages.customers import cohort_views, purchase_views
from pages.customers.cohort_switches import choose_question
from pages.customers.cohort_table import cohort_table, customers_behind, downloads
from pages.customers.cohort_window import choose_window
from pages.customers.next_purchase import next_purchase
from pages.shared import cards, links, session
from pages.shared.charts import palette
from pages.shared.filters import in_force
from pages.shared.messages import empty, heading, plain, show_error
from pages.shared.story import (
    back_within_sentence,
    back_words,
    filters_sentence,
    population_words,
    verdict,
)
from retention_core.analyses.customers.cohort_question import CohortQuestion
from retention_core.analyses.customers.cohort_retention import cohort_retention, share_back
from retention_core.analyses.customers.comparisons import unfit
from retention_core.analyses.customers.return_within import return_within
from retention_core.errors import RetentionError
from retention_core.figures.cohort_heatmap import cohort_heatmap
from retention_core.periods import Period
from retention_core.wording import bought_words, when, whole

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
    "Claim",
    "Compared with",
    "Dates",
    "Back within 90 days",
    "Repeat purchase rate",
    "Revenue of a cohort",
    "Net and gross revenue retention",
    "Lifetime value so far",
    "Compared by",
    "Time to the next purchase",
    "New and returning revenue",
    "New, returning, resurrected, dormant",
    "Days active",
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
    asked, show = choose_question(workspace, filters)
    question = replace(asked, filters=filters.whole(asked.period))
    whole_table = cohort_retention(engine, question)
except RetentionError as error:
    show_error(error)
    st.stop()
period = question.period
back = return_within(engine, question.filters, 90, Period("month", period.calendar))
if whole_table.is_empty:
    with sentence_place:
        heading(QUESTION, "Nothing lies within these filters.")
    st.write("Widen the dates or take a filter out: the bar under the menu says which are in force.")
    st.stop()

retention, segment = whole_table, ""
if question.segment:
    names = whole_table.segments
    links.keep("segment_shown", names, "The table of")
    segment = st.selectbox("The table of", names, key="segment_shown", bind="query-params", width=320)
    retention = whole_table.of_segment(segment)
with sentence_place:
    headline = back.headline(filters.compare_with)
    heading(QUESTION, back_within_sentence(back, headline, bought_words(filters.for_table("orders"))))
    notes = (
        verdict(retention, headline, segment),
        filters_sentence(engine, filters),
        population_words(question, retention.as_of),
    )
    st.caption(" ".join(plain(note) for note in notes if note))
with figures_place:
    one, two, three, four = st.columns(4)
    cards.share_figure(
        one, "Back within 90 days", back.share(), term="Back within 90 days", trend=list(back.complete["return_rate"])
    )
    label = back_words(question) + (f" · {segment}" if segment else "")
    if unfit(question) == "unfit_longer":
        cards.figure(two, plain(label), "–", term="Returned", note="older cohorts have had longer: no common figure")
    else:
        is_by_person = question.is_by_person and question.share == "cohort"
        cards.share_figure(
            two, plain(label), share_back(retention, 1), term="Retention rate", has_interval=is_by_person
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

window = choose_window(retention)
is_count, until = show == "Customers", window.cohorts[-1]
views = {
    "Heatmap": lambda: cohort_views.heatmap(retention, window, show_counts=is_count),
    "Curves": lambda: cohort_views.curves(retention, window),
    "One column over time": lambda: cohort_views.one_column(retention, window),
    "Segments": lambda: cohort_views.segments(whole_table),
    "Time to next purchase": lambda: next_purchase(engine, question.filters),
    "New and returning": lambda: purchase_views.who_pays(engine, question.filters, period, until),
    "Customers in motion": lambda: purchase_views.in_motion(engine, question.filters, period, until),
}
for tab, draw in zip(st.tabs(list(views), key="tab", bind="query-params"), views.values(), strict=True):
    if tab.open:
        with tab:
            draw()

st.subheader("The cohort table", anchor=False)
st.caption(f"Periods that end after {when(retention.as_of)} are still running.")
cell = cohort_table(retention, window, show_counts=is_count)
downloads(retention, QUESTION, TERMS, (f"{workspace.name} · {in_force(workspace, filters)}",))
if cell:
    customers_behind(engine, retention, *cell, segment)
