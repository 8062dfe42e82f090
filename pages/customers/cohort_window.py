"""What part of a large cohort table is on the screen: chosen once, in the link, for charts and table alike."""

from datetime import date

import pandas as pd
import streamlit as st

from pages.customers.cohort_story import drawn_sentence
from pages.customers.cohort_switches import UNITS
from retention_core.analyses.customers.cohort_retention import CohortRetention
from retention_core.figures.window import MOST, MOST_POINTS, Window, window_of
from retention_core.periods import Period
from retention_core.wording import say, whole

COARSER = {"day": "week", "week": "month"}
BRACKETS = {"day": "1, 6, 23, 60, 90", "week": "4, 9, 13, 26"}


def choose_window(retention: CohortRetention) -> Window:
    """Return the part that is drawn: everything, unless there is more than can be seen; then it can be moved."""
    window = window_of(retention)
    if window.all_cohorts <= MOST and window.all_columns <= MOST:
        return window
    period = retention.question.period
    with st.container(horizontal=True, vertical_alignment="bottom"):
        last_cohort = _last_cohort(retention) if window.all_cohorts > MOST else None
        first_column = 0
        if window.all_columns > MOST:
            first_column = st.slider(
                "Columns from", 0, window.all_columns - 1, 0, key="columns_from", bind="query-params", width=300
            )
        _offer_coarser(retention)
    window = window_of(retention, last_cohort, first_column)
    labels = [period.label(window.cohorts[place]) for place in (0, -1)]
    st.caption(drawn_sentence(window, *labels))
    return window


def for_lines(retention: CohortRetention, window: Window) -> Window:
    """Return the same cohorts with as many columns as lines have room for."""
    return window_of(retention, window.cohorts[-1], window.columns[0], MOST_POINTS)


def last_periods(rows: pd.DataFrame, period: Period, until: int, number: str = "period") -> pd.DataFrame:
    """Return the last rows up to a period for which a line or bars have room, and say so where some are left out.

    rows: one per period. until: number of the last period. number: the column that holds it.
    """
    drawn = rows[rows[number] <= max(until, int(rows[number].iloc[0]) + MOST_POINTS - 1)].tail(MOST_POINTS)
    if len(drawn) < len(rows):
        last = period.label(int(drawn[number].iloc[-1]))
        st.caption(say("drawn_periods", rows=len(drawn), all_rows=whole(len(rows)), unit=period.unit, last=last))
    return drawn


def _last_cohort(retention: CohortRetention) -> int:
    period, cohorts = retention.question.period, retention.cells["cohort"]
    days = [period.starts_on(int(number)) for number in (cohorts.min() + MOST - 1, cohorts.max())]
    chosen: date = st.slider(
        "Cohorts up to",
        days[0],
        days[1],
        days[1],
        key="cohorts_to",
        bind="query-params",
        format="D MMM YYYY",
        width=300,
    )
    return period.number(chosen)


def _offer_coarser(retention: CohortRetention) -> None:
    """Offer longer periods, and columns of several periods together, one click away."""
    question, unit = retention.question, retention.question.period.unit
    if coarser := COARSER.get(unit):
        st.button(f"Show {coarser}s", icon=":material/zoom_out:", on_click=_show_period, args=(coarser,))
        if not question.own_windows and not question.brackets:
            st.button("Columns in brackets", icon=":material/view_column:", on_click=_show_brackets, args=(unit,))


def _show_period(unit: str) -> None:
    st.session_state["period"] = next(name for name, value in UNITS.items() if value == unit)


def _show_brackets(unit: str) -> None:
    st.session_state["columns"], st.session_state["brackets"] = "Brackets", BRACKETS[unit]
