"""The switches of the cohort page, in plain words; every one of them stands in the link."""

from collections.abc import Mapping

import streamlit as st

from pages.customers.more_switches import is_compared_by, more_switches, set_in_words
from pages.shared.messages import plain
from pages.shared.switches import choose
from retention_core.analyses.customers.cohort_question import CohortQuestion
from retention_core.filters import Filters
from retention_core.tables import ORDERS
from retention_core.words.say import say
from retention_core.workspace import Workspace

NOTHING = "nothing"


def choose_question(workspace: Workspace, filters: Filters) -> tuple[CohortQuestion, bool]:
    """Draw the switches and return the question, and whether customers are shown in place of shares."""
    values = _order_segments(workspace)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        unit = choose("period", say("Period"), _units(), as_list=True, width=120)
        returned = choose("returned", say("Returned means"), _returns(), as_list=True, width=190)
        show = choose("show", say("Show"), _measures(), as_list=True, width=230)
        compared = choose("compare", say("Compare by"), _compared(values), as_list=True, width=170)
        with st.popover(say("More switches"), icon=":material/tune:", key="more_switches"):
            more = more_switches(workspace, values, unit, is_compared=compared != NOTHING)
    question = CohortQuestion(
        returned=returned,  # type: ignore[arg-type]
        filters=filters,
        measure="customers" if show in ("rates", "customers") else show,  # type: ignore[arg-type]
        segment="" if compared == NOTHING else compared,
        **more,
    )
    if told := set_in_words(question):
        st.caption(plain(say("Set under “More switches”: {switches}.", switches=told)))
    return question, show == "customers"


def _order_segments(workspace: Workspace) -> dict[str, list[str]]:
    """Return the segments that orders have, with their values."""
    own = {column.name for column in ORDERS.segments()}
    return {column: values for column, values in workspace.segment_values.items() if column in own}


def _compared(values: Mapping[str, list[str]]) -> dict[str, str]:
    return {NOTHING: say("Nothing"), **is_compared_by(values)}


def _units() -> dict[str, str]:
    return {
        "month": say("Month"),
        "week": say("Week"),
        "quarter": say("Quarter"),
        "day": say("Day"),
        "year": say("Year"),
    }


def _returns() -> dict[str, str]:
    return {
        "in": say("In the period"),
        "in_or_after": say("In it or later"),
        "by": say("By its end"),
        "every_up_to": say("Every period up to it"),
    }


def _measures() -> dict[str, str]:
    return {
        "rates": say("Rates"),
        "customers": say("Customers"),
        "revenue": say("Revenue"),
        "revenue_per_customer": say("Revenue per customer"),
        "orders": say("Purchases"),
        "net_revenue_retention": say("Net revenue retention"),
        "gross_revenue_retention": say("Gross revenue retention"),
        "lifetime_value": say("Lifetime value so far"),
    }
