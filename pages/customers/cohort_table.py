"""The table behind the cohort chart, and the customers behind each of its cells."""

from functools import partial

import pandas as pd
import streamlit as st

from pages.shared import cards
from pages.shared.charts import picture_format
from pages.shared.columns import CUSTOMER_COLUMNS, count_column, in_percent, money_column, rate_column
from pages.shared.workbook import as_workbook
from retention_core.analyses.customers.cohort_customers import cohort_customers, cohort_orders
from retention_core.analyses.customers.cohort_question import OTHER
from retention_core.analyses.customers.cohort_retention import CohortRetention
from retention_core.engines.engine import Engine
from retention_core.figures.cell_sentences import measured
from retention_core.figures.window import Window
from retention_core.wording import when, whole


def cohort_table(retention: CohortRetention, window: Window, *, show_counts: bool) -> tuple[int, int] | None:
    """Show one row per cohort drawn and one column per period number; return the cell that is chosen: cohort, number."""
    question, shown = retention.question, window.part(retention)
    value = "customers" if show_counts else measured(retention)
    wide = shown.cells.pivot(index=["cohort", "cohort_label", "cohort_size"], columns="period_number", values=value)
    wide.columns = [str(number) for number in wide.columns]
    is_share = value == "retention_rate" or (value == "value" and question.measure.endswith("retention"))
    column = rate_column if is_share else count_column if value == "customers" else money_column
    values = in_percent(wide, *wide.columns) if is_share else wide
    names_of_rows = wide.index.to_frame(index=False).drop(columns="cohort")
    event = cards.table(
        pd.concat([names_of_rows, values.reset_index(drop=True)], axis="columns"),
        name="cohorts",
        select="single-cell",
        alt="Customers of each cohort who came back, by period number",
        labels={
            "cohort_label": st.column_config.TextColumn("Cohort", pinned=True),
            "cohort_size": count_column("Customers", pinned=True),
            **{name: column(question.column_label(int(name)).split(" ", 1)[1]) for name in wide.columns},
        },
    )
    if not event.selection.cells:
        return None
    row, name = event.selection.cells[0]
    if row >= len(wide):  # chosen in a larger part than is drawn now
        return None
    return int(wide.index.get_level_values("cohort")[row]), int(name) if str(name).isdigit() else 0


def downloads(retention: CohortRetention, question: str, terms: tuple[str, ...], notes: tuple[str, ...]) -> None:
    """Offer the whole table, not only what is drawn, and its definitions. question, terms, notes: for the workbook."""
    with st.container(horizontal=True, vertical_alignment="center"):
        table = retention.cells.drop(columns="cohort")
        cards.download(table, "cohort_retention")
        notes = (*notes, f"Data up to {when(retention.as_of)}")
        cards.download_workbook(partial(as_workbook, table, question, terms, notes), "cohort_retention")
        picture_format()
        cards.how_counted(*terms)


def customers_behind(engine: Engine, retention: CohortRetention, cohort: int, number: int, segment: str) -> None:
    """List the customers behind a cell. segment: whose table it is, empty for all customers."""
    question = retention.question
    if segment == OTHER:
        st.caption("Choose one segment to list its customers.")
        return
    cells = retention.cells
    customers = cells.loc[(cells["cohort"] == cohort) & (cells["period_number"] == number), "customers"].sum()
    column = question.column_label(number).lower()
    cards.list_behind(
        cohort_customers(engine, question, cohort, number, segment),
        f"{question.period.label(cohort)}, {column}: {whole(customers)} {question.unit}s",
        name="cohort_customers",
        labels=CUSTOMER_COLUMNS,
    )
    st.caption("Purchases and what was spent are each customer's whole history, as far as the filters let through.")
    orders = cohort_orders(engine, question, cohort, number, segment)
    cards.download(orders, "cohort_orders", "Their purchases as CSV")
