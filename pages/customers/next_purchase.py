"""How long it takes until customers buy again, and how often they buy: a view of the cohort page."""

import pandas as pd
import streamlit as st

from pages.customers.cohort_story import step_sentence
from pages.shared import cards
from pages.shared.charts import chart, palette
from pages.shared.columns import count_column, in_percent, rate_column
from retention_core.analyses.customers.returning_revenue import orders_per_customer
from retention_core.analyses.customers.second_purchase import MARKS, STEPS, SecondPurchase, second_purchase
from retention_core.engines.engine import Engine
from retention_core.figures.customer_bars import orders_bars
from retention_core.figures.purchase_curve import second_purchase_curve
from retention_core.filters import Filters
from retention_core.wording import bare, percent, say, whole

_STEP_COLUMNS = {
    "step": st.column_config.TextColumn("From purchase to purchase"),
    "customers": count_column("Customers"),
    "came_back": count_column("Bought again"),
    **{f"after_{days}": rate_column(f"Back after {days} days") for days in MARKS},
    **{f"{end}_{days}": rate_column("from" if end == "low" else "to") for days in MARKS for end in ("low", "high")},
    "median_days": count_column("Half are back after days"),
}


def next_purchase(engine: Engine, filters: Filters) -> None:
    """Draw how long it takes until customers buy again, from one purchase to the next, and how often they buy."""
    names = {say(f"step_named_{step}"): step for step in STEPS}
    chosen = st.segmented_control(
        "From purchase to purchase",
        list(names),
        default=next(iter(names)),
        key="step",
        bind="query-params",
        required=True,
    )
    answers = {step: second_purchase(engine, filters, step) for step in STEPS}
    answer = answers[names[chosen]]
    st.markdown(f"**{step_sentence(answer)}**")
    st.caption(
        "Customers whose first purchase lies within “From” and “To”, followed up to the last day of the data. Drawn as far "
        "as 10 are followed, with an interval as far as 30 are. Several purchases on one day are one."
    )
    if len(answer.curve):
        chart(
            second_purchase_curve(answer, palette(), beside=answers[STEPS[0]]),
            key="second_purchase",
            alt="Share of customers who have bought again, by days since the purchase before",
            name="second_purchase",
        )
        for place, days in zip(st.columns(len(MARKS)), MARKS, strict=True):
            _back_after(place, answer, days)
    rows = pd.DataFrame([_step_row(each) for each in answers.values() if each.customers])
    cards.table(_steps_in_percent(rows), name="steps", alt="From each purchase to the next", labels=_STEP_COLUMNS)
    cards.download(rows, "next_purchase")
    _how_often(engine, filters)


def _back_after(place, answer: SecondPurchase, days: int) -> None:  # type: ignore[no-untyped-def]
    rate, low, high = answer.back_after(days)
    note = "fewer than 10 followed so long"
    if followed := answer.followed_for(days):
        sure = "too few for an interval" if pd.isna(low) else f"{bare(low, 1)} to {bare(high, 1)}"
        note = f"{sure} · n = {whole(followed)} followed"
    cards.figure(place, f"Back after {days} days", percent(rate, 1), term="Time to the next purchase", note=note)


def _step_row(answer: SecondPurchase) -> dict[str, object]:
    row: dict[str, object] = {"step": say(f"step_named_{answer.step}"), "customers": answer.customers}
    row |= {"came_back": answer.came_back, "median_days": answer.median_days}
    for days in MARKS:
        row |= dict(zip((f"after_{days}", f"low_{days}", f"high_{days}"), answer.back_after(days), strict=True))
    return row


def _steps_in_percent(rows: pd.DataFrame) -> pd.DataFrame:
    return in_percent(rows, *(name for name in rows.columns if name.startswith(("after_", "low_", "high_"))))


def _how_often(engine: Engine, filters: Filters) -> None:
    rows = orders_per_customer(engine, filters)
    if len(rows):
        st.markdown("**How often customers have bought so far**")
        chart(orders_bars(rows, palette()), key="orders", alt="Share of customers by purchases", name="purchases")
