"""The switches of the cohort page, in plain words; every one of them stands in the link."""

import re

import streamlit as st

from app_pages.shared import cards
from app_pages.shared.filters import segment_label, segment_values
from app_pages.shared.session import Workspace
from retention_core.analyses.cohort_question import WINDOW_DAYS, CohortQuestion
from retention_core.filters import Filters
from retention_core.periods import GREGORIAN_MONTHS, JALALI_MONTHS, Period
from retention_core.tables import ORDERS

UNITS = {"Month": "month", "Week": "week", "Quarter": "quarter", "Day": "day", "Year": "year"}
CALENDARS = {"Gregorian": "gregorian", "Jalali": "jalali"}
COHORTS = {
    "First purchase": "first_purchase",
    "First purchase that matches": "first_matching_purchase",
    "Every purchase": "every_purchase",
}
RETURNS = {
    "In the period": "in",
    "In it or later": "in_or_after",
    "By its end": "by",
    "Every period up to it": "every_up_to",
}
MEASURES = {
    "Rates": "customers",
    "Customers": "customers",
    "Revenue": "revenue",
    "Revenue per customer": "revenue_per_customer",
    "Purchases": "orders",
    "Net revenue retention": "net_revenue_retention",
    "Gross revenue retention": "gross_revenue_retention",
    "Lifetime value so far": "lifetime_value",
}
SHARES = {"Of the cohort": "cohort", "Of the column before": "previous_period"}
COLUMNS = {"Calendar periods": "", "Own windows": "windows", "Brackets": "brackets"}
SEGMENTS_OF = {"First purchase": "first_purchase", "Each purchase": "each_purchase"}
NOTHING = "Nothing"


def choose_question(workspace: Workspace, filters: Filters) -> tuple[CohortQuestion, str]:
    """Draw the switches and return the question, and the name of what is shown."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        unit = st.selectbox("Period", list(UNITS), key="period", bind="query-params", width=120)
        returned = st.selectbox("Returned means", list(RETURNS), key="returned", bind="query-params", width=190)
        show = st.selectbox("Show", list(MEASURES), key="show", bind="query-params", width=210)
        values = _order_segments(workspace)
        names = {segment_label(column): column for column in values}
        compared = st.selectbox("Compare by", [NOTHING, *names], key="compare", bind="query-params", width=170)
        with st.popover("More switches", icon=":material/tune:"):
            period, own_windows, brackets = _time(UNITS[unit], workspace.engine.week_start)
            cohort_by, starts = _cohorts(values)
            least = st.number_input(
                "Purchases in a period to count as back", 1, 50, 1, key="least", bind="query-params"
            )
            share = st.segmented_control(
                "Share", list(SHARES), default="Of the cohort", key="share", bind="query-params", required=True
            )
            unit_counted = _who(values)
            segment_of, top = _segments(compared != NOTHING)
    question = CohortQuestion(
        period=period,
        cohort_by=cohort_by,  # type: ignore[arg-type]
        returned=RETURNS[returned],  # type: ignore[arg-type]
        filters=filters,
        least_purchases=int(least),
        share=SHARES[share],  # type: ignore[arg-type]
        measure=MEASURES[show],  # type: ignore[arg-type]
        brackets=brackets,
        own_windows=own_windows,
        starts=starts,
        unit=unit_counted,  # type: ignore[arg-type]
        segment=names.get(compared, ""),
        segment_of=segment_of,  # type: ignore[arg-type]
        top=top,
    )
    return question, show


def _order_segments(workspace: Workspace) -> dict[str, list[str]]:
    """Return the segments that orders have, with their values."""
    own = {column.name for column in ORDERS.segments()}
    return {column: values for column, values in segment_values(workspace.engine).items() if column in own}


def _time(unit: str, week_start: int) -> tuple[Period, bool, tuple[int, ...]]:
    calendar = st.segmented_control(
        "Calendar", list(CALENDARS), default="Gregorian", key="calendar", bind="query-params", required=True
    )
    months = JALALI_MONTHS if calendar == "Jalali" else GREGORIAN_MONTHS
    year_start = 1
    if unit in ("quarter", "year"):
        year_start = 1 + list(months).index(
            st.selectbox("Years begin in", months, key="year_start", bind="query-params")
        )
    columns = st.segmented_control(
        "Columns",
        list(COLUMNS),
        default="Calendar periods",
        key="columns",
        bind="query-params",
        required=True,
        help=f"Own windows: {WINDOW_DAYS[unit] * 24} hours each, from the moment of each customer's first purchase. "
        "Brackets: several periods together.",
    )
    brackets: tuple[int, ...] = ()
    if COLUMNS[columns] == "brackets":
        text = st.text_input(
            f"Lengths of the brackets in {unit}s",
            "7, 23, 61",
            key="brackets",
            bind="query-params",
            help="7, 23, 61 gives 1–7, 8–30 and 31–91. Purchases are counted per period, not per bracket.",
        )
        if not re.search(r"[1-9]", text):
            st.caption("No length is given yet, so single periods are shown. Write for example 7, 23, 61.")
        brackets = tuple(int(number) for number in re.findall(r"\d+", text) if int(number))[:24]
    period = Period(unit, CALENDARS[calendar], week_start, year_start)  # type: ignore[arg-type]
    return period, COLUMNS[columns] == "windows", brackets


def _cohorts(values: dict[str, list[str]]) -> tuple[str, dict[str, tuple[str, ...]]]:
    """Ask what makes a cohort; for a first purchase that matches, what it must match."""
    cohort_by = st.selectbox("Cohorts by", list(COHORTS), key="cohort_by", bind="query-params")
    starts: dict[str, tuple[str, ...]] = {}
    if COHORTS[cohort_by] == "first_matching_purchase":
        names = {segment_label(column): column for column in values}
        if not names:
            st.caption("The orders have no segment that a purchase could match.")
            return "first_purchase", {}
        column = names[st.selectbox("Which matches by", list(names), key="match_by", bind="query-params")]
        chosen = st.multiselect("These values", values[column], key="match_values", bind="query-params")
        starts = {column: tuple(chosen)} if chosen else {}
    return COHORTS[cohort_by], starts


def _who(values: dict[str, list[str]]) -> str:
    if "account" not in values:
        return "customer"
    chosen = st.segmented_control(
        "Count", ["Customers", "Accounts"], default="Customers", key="count", bind="query-params", required=True
    )
    return "account" if chosen == "Accounts" else "customer"


def _segments(is_compared: bool) -> tuple[str, int]:
    if not is_compared:
        return "first_purchase", 6
    of = st.segmented_control(
        "A customer's segment is that of",
        list(SEGMENTS_OF),
        default="First purchase",
        key="segment_of",
        bind="query-params",
        required=True,
        help=cards.definitions()["Compared by"],
    )
    return SEGMENTS_OF[of], st.slider("Segments shown, the others together", 1, 12, 6, key="top", bind="query-params")
