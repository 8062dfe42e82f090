"""The quiet bar under the menu: what is looked at, in words and in the link."""

from datetime import date, timedelta

import pandas as pd
import streamlit as st

from app_pages.shared import cards
from app_pages.shared.messages import plain
from app_pages.shared.session import SAMPLE, Workspace, names, open_workspace, today
from retention_core.engines.engine import Engine
from retention_core.filters import Filters
from retention_core.tables import TABLES
from retention_core.wording import say, when

SEGMENT_VALUES = 300


def bar() -> tuple[Workspace, Filters]:
    """Draw the bar and return the workspace and the filters in force."""
    words, change = st.columns([5, 1], vertical_alignment="center")
    with change.popover("Filters", icon=":material/tune:", width="stretch"):
        workspace = open_workspace(_workspace_name())
        filters = _choose(workspace)
    words.caption(f"**{plain(workspace.name)}** · {plain(in_force(workspace, filters))}")
    return workspace, filters


def in_force(workspace: Workspace, filters: Filters) -> str:
    """Return the filters in force in words."""
    first, last = data_days(workspace.engine)
    chosen = [f"{segment_label(column)}: {', '.join(values)}" for column, values in filters.segments.items()]
    end = filters.last_day or filters.as_of or last
    dates = (
        "no data yet"
        if end is None
        else (say("from_to", first=when(filters.first_day or first or end), last=when(end)))
    )
    places = {
        "segments": " · ".join(chosen) or say("all_segments"),
        "dates": dates,
        "refunds": say("refunds_in" if filters.count_refunds else "refunds_out"),
    }
    if filters.as_of:
        return say("in_force_as_of", as_of=when(filters.as_of), **places)
    return say("in_force", **places)


def data_days(engine: Engine) -> tuple[date | None, date | None]:
    """Return the first and last day of all data in the workspace."""
    days = engine.query(
        "SELECT min(day) AS first_day, max(day) AS last_day FROM (SELECT day FROM stored_orders UNION ALL "
        "SELECT day FROM stored_complaints UNION ALL SELECT day FROM stored_satisfaction)"
    ).iloc[0]
    first, last = (None if pd.isna(day) else pd.Timestamp(day).date() for day in days)
    return first, last


def _workspace_name() -> str:
    wanted = st.session_state.pop("_next_workspace", None)
    if wanted:
        st.session_state["workspace"] = wanted
    return (
        st.selectbox(
            "Workspace",
            names(),
            key="workspace",
            bind="query-params",
            help="Private: only this tab sees it, and it is deleted with the tab. Saved ones lie on this machine.",
        )
        or SAMPLE
    )


def _choose(workspace: Workspace) -> Filters:
    first, last = data_days(workspace.engine)
    low, high = first or today() - timedelta(days=365), last or today()
    left, right = st.columns(2)
    chosen_first = left.date_input("From", None, low, high, key="from", bind="query-params")
    chosen_last = right.date_input("To", None, low, high, key="to", bind="query-params")
    as_of = st.date_input(
        "As of",
        None,
        low,
        high,
        key="as_of",
        bind="query-params",
        help="Look at the data as it was known on an earlier day. Empty: its last day.",
    )
    segments = {
        column: tuple(chosen)
        for column, values in segment_values(workspace.engine).items()
        if (
            chosen := st.multiselect(
                segment_label(column), values, key=column, bind="query-params", help=cards.definitions()["Segment"]
            )
        )
    }
    count_refunds = st.toggle(
        "Count refunds as visits",
        key="refunds",
        bind="query-params",
        help="Off: a refund brings nobody into a cohort and nobody back.",
    )
    return Filters(chosen_first, chosen_last, as_of, segments, count_refunds)


def segment_values(engine: Engine) -> dict[str, list[str]]:
    """Return the segments that the data has, each with its most frequent values; those with one value only are none."""
    found: dict[str, dict[str, int]] = {}
    for table in TABLES.values():
        if table.name == "customers":
            continue
        for column in table.segments():
            rows = engine.query(
                f"SELECT {column.name} AS value, count(*) AS rows FROM stored_{table.name} "
                f"WHERE {column.name} IS NOT NULL GROUP BY value ORDER BY rows DESC, value LIMIT {SEGMENT_VALUES}"
            )
            counts = found.setdefault(column.name, {})
            for value, count in zip(rows["value"], rows["rows"], strict=True):
                counts[value] = counts.get(value, 0) + int(count)
    return {column: sorted(counts) for column, counts in found.items() if len(counts) > 1}


def segment_label(column: str) -> str:
    """Return the name of a segment as people read it."""
    return next(each.label for table in TABLES.values() for each in table.columns if each.name == column)
