"""The quiet bar under the menu: what is looked at, in words and in the link."""

from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared import cards, links
from pages.shared.messages import plain
from pages.shared.session import SAMPLE, Workspace, names, open_workspace, today
from retention_core.engines.engine import Engine
from retention_core.errors import SettingInvalid
from retention_core.filters import CompareWith, Filters
from retention_core.tables import TABLES
from retention_core.wording import say, when
from retention_core.workspace import absent_segments, days, segment_values

COMPARED: dict[str, CompareWith] = {"Same time last year": "last_year", "Stretch before": "before"}
DATES = {"from": "From", "to": "To", "as_of": "As of"}


def bar() -> tuple[Workspace, Filters]:
    """Draw the bar and return the workspace and the filters in force."""
    lines = st.container(gap="xsmall")
    words = lines.container()
    # What is folded in here stays on the page, and so in the link that the menu carries on; a popover takes it away.
    with lines.expander("Filters", icon=":material/tune:", type="compact", key="bar"):
        places = st.columns(4)
        with places[0]:
            workspace = open_workspace(_workspace_name())
        filters = _choose(workspace, places[1:])
    words.caption(f"**{plain(workspace.name)}** · {plain(in_force(workspace, filters))}")
    return workspace, filters


def labels() -> dict[str, str]:
    """Return the names of the bar's switches as people read them: key -> label."""
    return {column.name: column.label for table in TABLES.values() for column in table.segments()} | DATES


def require_order(filters: Filters) -> None:
    """Raise SettingInvalid where From lies after To or after As of, so that nothing could lie between them."""
    for name, end in (("To", filters.last_day), ("As of", filters.as_of)):
        if filters.first_day and end and filters.first_day > end:
            raise SettingInvalid(
                f"“From” lies after “{name}”.",
                f"Nothing can lie between {when(filters.first_day)} and {when(end)}, so nothing is shown.",
                f"Choose an earlier “From” or a later “{name}” under Filters.",
            )


def in_force(workspace: Workspace, filters: Filters) -> str:
    """Return the filters in force in words."""
    first, last = days(workspace.engine)
    chosen = [_segment_in_words(filters, column) for column in filters.segments]
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


def _segment_in_words(filters: Filters, column: str) -> str:
    """Return a segment in force: `Channel: Web`, and which tables know nothing of it and are left whole."""
    words = f"{segment_label(column)}: {', '.join(filters.segments[column])}"
    unknown = [table for table, segments in filters.absent.items() if column in segments]
    return say("segment_unknown", words=words, tables=", ".join(unknown)) if unknown else words


def _workspace_name() -> str:
    wanted = st.session_state.pop("_next_workspace", None)
    asked = st.query_params.get_all("workspace")
    if len(asked) > 1:  # of a link on a page that asks for another workspace than the one the browser carries on
        wanted = asked[-1]
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


def _choose(workspace: Workspace, places: Sequence[DeltaGenerator]) -> Filters:
    first, last = days(workspace.engine)
    low, high = first or today() - timedelta(days=365), last or today()
    chosen = {key: _day(place, key, low, high) for place, key in zip(places, DATES, strict=True)}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        segments = _segments(workspace.engine)
        compared = st.segmented_control(
            "Compare with",
            list(COMPARED),
            default=next(iter(COMPARED)),
            key="compare_with",
            bind="query-params",
            required=True,
            help=f"{cards.definitions()['Compared with']} The sentence names what it compares with.",
        )
        count_refunds = st.toggle(
            "Count refunds as visits",
            key="refunds",
            bind="query-params",
            help="Off: a refund brings nobody into a cohort and nobody back.",
        )
    absent = absent_segments(workspace.engine) if segments else {}
    return Filters(chosen["from"], chosen["to"], chosen["as_of"], segments, count_refunds, COMPARED[compared], absent)


def _day(place: DeltaGenerator, key: str, low: date, high: date) -> date | None:
    links.keep_within(key, low, high, DATES[key])
    terms = cards.definitions()
    said = f"{terms['As of']} {terms['Dates']}" if key == "as_of" else terms["Dates"]
    chosen: date | None = place.date_input(DATES[key], None, low, high, key=key, bind="query-params", help=said)
    return chosen


def _segments(engine: Engine) -> dict[str, tuple[str, ...]]:
    """Ask for the values of each segment that the data has; what it does not have is dropped with a word."""
    chosen = {}
    known = segment_values(engine)
    for column, label in labels().items():
        if column in DATES:
            continue
        values = known.get(column, [])
        links.keep(column, values, label)
        if values:
            chosen[column] = tuple(
                st.multiselect(
                    label, values, key=column, bind="query-params", help=cards.definitions()["Segment"], width=230
                )
            )
    return {column: values for column, values in chosen.items() if values}


def segment_label(column: str) -> str:
    """Return the name of a segment as people read it."""
    return next(each.label for table in TABLES.values() for each in table.columns if each.name == column)
