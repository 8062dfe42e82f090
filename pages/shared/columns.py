"""How the columns of each table are shown: names, formats, and what is put into words first."""

from typing import Any

import pandas as pd
import streamlit as st

from retention_core.analyses.complaints.response_times import DAY, Awaited
from retention_core.wording import duration, say


def count_column(label: str, **options: Any) -> Any:
    """Return how a column of whole numbers is shown: thousands apart."""
    return st.column_config.NumberColumn(label, format="localized", **options)


def money_column(label: str, **options: Any) -> Any:
    """Return how a column of money is shown: two decimals."""
    return st.column_config.NumberColumn(label, format="%.2f", **options)


def rate_column(label: str, **options: Any) -> Any:
    """Return how a column of shares (0 to 1) is shown; see `in_percent`."""
    return st.column_config.NumberColumn(label, format="%.1f %%", **options)


def in_percent(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """Return the table with shares (0 to 1) in percent, for the screen; what would be shown as -0.0 is 0."""
    shown = frame.copy()
    percents = shown[list(columns)] * 100
    shown[list(columns)] = percents.mask(percents.abs() < 0.05, 0.0)
    return shown


def listed_complaints(complaints: pd.DataFrame, awaited: Awaited = "resolution") -> pd.DataFrame:
    """Return complaints as shown in a table: waits in words, columns without any value left out."""
    shown = complaints.drop(columns=["is_open", "is_apart", "wait_seconds"])
    waits = complaints["wait_seconds"].map(duration)
    shown.insert(0, "wait", waits.where(complaints["is_apart"] == 0, say(f"closed_apart_{awaited}")))
    left_over = (5 * DAY - complaints["wait_seconds"]) / 3600
    shown.insert(1, "hours_left", left_over.where((complaints["is_open"] == 1) & (left_over > 0)))
    return shown.dropna(axis="columns", how="all")


CUSTOMER_COLUMNS = {
    "customer": st.column_config.TextColumn("Customer"),
    "first_purchase_on": st.column_config.DateColumn("First purchase"),
    "last_purchase_on": st.column_config.DateColumn("Last purchase"),
    "orders": st.column_config.NumberColumn("Purchases", format="localized"),
    "customer_value": st.column_config.NumberColumn("Spent", format="%.2f"),
    "score": st.column_config.NumberColumn("Score", format="%g"),
    "answered_on": st.column_config.DateColumn("Answered"),
    "next_purchase_on": st.column_config.DateColumn("Next purchase"),
}

COMPLAINT_COLUMNS = {
    "complaint_id": st.column_config.TextColumn("Complaint", pinned=True),
    "customer": st.column_config.TextColumn("Customer"),
    "opened_at": st.column_config.DatetimeColumn("Opened", format="D MMM YYYY, HH:mm"),
    "first_response_at": st.column_config.DatetimeColumn("First response", format="D MMM YYYY, HH:mm"),
    "resolved_at": st.column_config.DatetimeColumn("Resolved", format="D MMM YYYY, HH:mm"),
    "closed_at": st.column_config.DatetimeColumn("Closed", format="D MMM YYYY, HH:mm"),
    "wait": st.column_config.TextColumn("Waited"),
    "hours_left": st.column_config.NumberColumn("Hours left to day 5", format="%.0f"),
    "customer_value": st.column_config.NumberColumn("Customer has spent", format="%.2f"),
    "reason": st.column_config.TextColumn("Reason"),
    "team": st.column_config.TextColumn("Team"),
    "employee": st.column_config.TextColumn("Employee"),
}

WAIT_COLUMNS = {
    "label": st.column_config.TextColumn("Opened", pinned=True),
    "complaints": count_column("Complaints"),
    "answered": count_column("Answered"),
    "still_open": count_column("Open"),
    "by_closing": count_column("Resolved by closing"),
    "closed_apart": count_column("Closed, not counted"),
    "within_1_day": count_column("≤ 1 day"),
    "within_3_days": count_column("≤ 3 days"),
    "within_5_days": count_column("≤ 5 days"),
    "over_5_days": count_column("> 5 days"),
    "open_under_5_days": count_column("Open ≤ 5 days"),
    "open_over_5_days": count_column("Open > 5 days"),
    "median_seconds": "Median",
    "p90_seconds": "90th percentile",
    "state": "State",
}

SCORE_COLUMNS = {
    "label": st.column_config.TextColumn("Score", pinned=True, width=110),
    "customers": count_column("Customers"),
    "came_back": count_column("Came back"),
    "did_not": count_column("Did not"),
    "not_yet_known": count_column("Not yet known"),
    "known": count_column("Known"),
    "return_rate": rate_column("Came back, of the known"),
    "low": rate_column("from"),
    "high": rate_column("to"),
}

UPLOAD_COLUMNS = {
    "upload_id": "Upload",
    "loaded_at": st.column_config.DatetimeColumn("Loaded", format="D MMM YYYY, HH:mm"),
    "file_name": "File",
    "sheet": "Sheet",
    "table_name": "Loaded as",
    "rows_read": count_column("Rows read"),
    "rows_kept": count_column("Kept"),
    "rows_rejected": count_column("Rejected"),
    "rows_stored": count_column("Rows made of them"),
}

TRACE_COLUMNS = {
    "table_name": "Loaded as",
    "moment": st.column_config.DatetimeColumn("When", format="D MMM YYYY, HH:mm"),
    "figure": "Amount or score",
    "file_name": "File",
    "sheet": "Sheet",
    "row_number": count_column("First row"),
    "line_count": count_column("Rows that went into it"),
    "is_in_force": st.column_config.CheckboxColumn(
        "Counts", help="Empty where a later upload replaced it, or where it lies in the future."
    ),
}

SEGMENT_COLUMNS = {
    "segment": "Segment",
    "customers": count_column("Back"),
    "base": count_column("Of"),
    "retention_rate": rate_column("Share back"),
    "low": rate_column("from"),
    "high": rate_column("to"),
    "difference": st.column_config.NumberColumn("Points more than all others", format="%.1f"),
    "difference_low": st.column_config.NumberColumn("points from", format="%.1f"),
    "difference_high": st.column_config.NumberColumn("points to", format="%.1f"),
}
