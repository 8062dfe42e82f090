"""Who pays, who buys period by period, and on how many days: views of the cohort page, each drawn into its tab."""

import pandas as pd
import streamlit as st

from pages.customers.cohort_story import days_sentence, last_known, lifecycle_sentence, revenue_sentence
from pages.customers.cohort_window import last_periods
from pages.shared import cards
from pages.shared.charts import chart, palette
from pages.shared.columns import count_column, in_percent, rate_column
from retention_core.analyses.customers.days_active import days_active
from retention_core.analyses.customers.lifecycle import lifecycle
from retention_core.analyses.customers.returning_revenue import returning_revenue
from retention_core.engines.engine import Engine
from retention_core.figures.customer_bars import days_bars, lifecycle_bars, returning_bars
from retention_core.filters import Filters
from retention_core.periods import Period

PERIODS_SHOWN = "“From” and “To” choose the periods shown here; who is new is told from all that was bought before."
_LIFECYCLE_COLUMNS = {
    "label": st.column_config.TextColumn("Period", pinned=True),
    "state": "State",
    "customers": count_column("Customers"),
    "new_customers": count_column("New"),
    "returning_customers": count_column("Returning"),
    "resurrected_customers": count_column("Back after a pause"),
    "dormant_customers": count_column("Gone quiet"),
    "customers_before": count_column("Customers of the period before"),
}
_DAYS_COLUMNS = {
    "days": count_column("Days with a purchase"),
    "customers": count_column("Customers"),
    "share": rate_column("Share"),
    "low": rate_column("from"),
    "high": rate_column("to"),
}


def who_pays(engine: Engine, filters: Filters, period: Period, until: int) -> None:
    """Draw who makes the revenue of each period: new customers or returning ones. until: the last period drawn."""
    rows = returning_revenue(engine, filters, period)
    if rows.empty or not rows[["new_revenue", "returning_revenue"]].abs().sum().sum():
        st.caption("No amounts are known for these orders.")
        return
    st.markdown(f"**{revenue_sentence(rows, period.unit)}**")
    st.caption(PERIODS_SHOWN)
    chart(
        returning_bars(last_periods(rows, period, until), palette()),
        key="returning",
        alt="Revenue of new and returning customers",
        name="returning_revenue",
    )
    cards.download(rows.drop(columns=["period", "known_until"]), "returning_revenue")


def in_motion(engine: Engine, filters: Filters, period: Period, until: int) -> None:
    """Draw who buys in each period and who has gone quiet, and on how many days they buy. until: the last one drawn."""
    rows = lifecycle(engine, filters, period)
    if rows.empty or not rows["customers"].sum():
        st.caption("Nobody bought in the periods that “From” and “To” choose.")
        return
    st.markdown(f"**{lifecycle_sentence(rows, period.unit)}**")
    st.caption(f"{PERIODS_SHOWN} Pale: still running, and who stays away from it is not known yet.")
    chart(
        lifecycle_bars(last_periods(rows, period, until), palette(), period.unit),
        key="lifecycle",
        alt="New, returning and resurrected customers over the line, dormant ones under it, by period",
        name="customers_in_motion",
    )
    with st.expander("The table behind it"):
        table = rows[list(_LIFECYCLE_COLUMNS)].iloc[::-1]
        cards.table(table, name="lifecycle", alt="Customers in motion by period", labels=_LIFECYCLE_COLUMNS)
    cards.download(rows[list(_LIFECYCLE_COLUMNS)], "customers_in_motion")
    _days(engine, filters, period, rows)


def _days(engine: Engine, filters: Filters, period: Period, rows: pd.DataFrame) -> None:
    st.subheader("On how many days do they buy?", anchor=False)
    if period.unit == "day":
        st.caption("A day has only one day: choose weeks or longer periods.")
        return
    bought = rows[rows["customers"] > 0].iloc[::-1]
    labels = list(bought["label"])
    place = labels.index(last_known(bought.iloc[::-1])["label"])
    chosen = st.selectbox(
        "Customers who bought in", labels, place, key=f"days_in_{period.unit}", bind="query-params", width=240
    )
    answer = days_active(engine, filters, period, int(bought["period"].iloc[labels.index(chosen)]))
    if answer is None:
        return
    st.markdown(f"**{days_sentence(answer)}**")
    chart(days_bars(answer, palette()), key="days", alt="Customers by days with a purchase", name="days_active")
    with st.expander("The table behind it"):
        shown = in_percent(answer.rows, "share", "low", "high")
        cards.table(shown, name="days", alt="Customers by days with a purchase", labels=_DAYS_COLUMNS)
    cards.download(answer.rows, "days_active")
