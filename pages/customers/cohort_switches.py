"""The switches of the cohort page, in plain words; every one of them stands in the link."""

from collections.abc import Sequence

import streamlit as st

from pages.customers.brackets import choose_brackets
from pages.shared import cards, links
from pages.shared.filters import segment_label
from pages.shared.session import Workspace
from retention_core.analyses.customers.cohort_question import WINDOW_DAYS, CohortQuestion
from retention_core.filters import Filters
from retention_core.periods import GREGORIAN_MONTHS, JALALI_MONTHS, Period
from retention_core.tables import ORDERS
from retention_core.workspace import linked, segment_values

UNITS = {"Month": "month", "Week": "week", "Quarter": "quarter", "Day": "day", "Year": "year"}
CALENDARS = {"Gregorian": "gregorian", "Jalali": "jalali"}
COHORTS = {
    "First purchase": "first_purchase",
    "First purchase that matches": "first_matching_purchase",
    "Every purchase": "every_purchase",
    "Joining date": "joined",
    "First complaint": "first_complaint",
    "First answer": "first_answer",
}
NEEDED = {"joined": "customers", "first_complaint": "complaints", "first_answer": "satisfaction"}
COMING_BACK = {"Any purchase": False, "A purchase that matches": True}
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
        compared = _selectbox("Compare by", [NOTHING, *names], "compare", width=170)
        with st.popover("More switches", icon=":material/tune:"):
            period, own_windows, brackets = _time(UNITS[unit], workspace.engine.week_start)
            cohort_by, starts = _cohorts(workspace, values)
            returns = _coming_back(values)
            least = st.selectbox(
                "Purchases in a period to count as back", range(1, 51), key="least", bind="query-params"
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
        least_purchases=least,
        share=SHARES[share],  # type: ignore[arg-type]
        measure=MEASURES[show],  # type: ignore[arg-type]
        brackets=brackets,
        own_windows=own_windows,
        starts=starts,
        returns=returns,
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
    months = list(JALALI_MONTHS if calendar == "Jalali" else GREGORIAN_MONTHS)
    year_start = 1
    if unit in ("quarter", "year"):
        year_start = 1 + months.index(_selectbox("Years begin in", months, "year_start"))
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
    brackets = choose_brackets(unit) if COLUMNS[columns] == "brackets" else ()
    period = Period(unit, CALENDARS[calendar], week_start, year_start)  # type: ignore[arg-type]
    return period, COLUMNS[columns] == "windows", brackets


def _cohorts(workspace: Workspace, values: dict[str, list[str]]) -> tuple[str, dict[str, tuple[str, ...]]]:
    """Ask what makes a cohort, of what the workspace knows; for a first purchase that matches, what it must match."""
    known = linked(workspace.engine)
    offered = [label for label, kind in COHORTS.items() if kind not in NEEDED or known[NEEDED[kind]]]
    cohort_by = COHORTS[_selectbox("Cohorts by", offered, "cohort_by")]
    if cohort_by != "first_matching_purchase":
        return cohort_by, {}
    return (cohort_by if values else "first_purchase"), _matching(values, "match")


def _coming_back(values: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    chosen = st.selectbox(
        "Coming back means",
        list(COMING_BACK),
        key="coming_back",
        bind="query-params",
        help="What a purchase must be to count as coming back. What brings customers in is chosen under “Cohorts by”.",
    )
    return _matching(values, "back") if COMING_BACK[chosen] else {}


def _matching(values: dict[str, list[str]], key: str) -> dict[str, tuple[str, ...]]:
    """Ask which purchases match: those with one of the values chosen of a segment; all where none is chosen."""
    names = {segment_label(column): column for column in values}
    if not names:
        st.caption("The orders have no segment that a purchase could match.")
        return {}
    column = names[_selectbox("Which matches by", list(names), f"{key}_by")]
    links.keep(f"{key}_values", values[column])
    chosen = st.multiselect("These values", values[column], key=f"{key}_values", bind="query-params")
    return {column: tuple(chosen)} if chosen else {}


def _selectbox(label: str, choices: Sequence[str], key: str, **layout: int) -> str:
    """Ask for one of several choices that differ between workspaces; what was chosen before stays where it can."""
    links.keep(key, choices, label)
    return st.selectbox(label, choices, key=key, bind="query-params", **layout)  # type: ignore[call-overload]


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
