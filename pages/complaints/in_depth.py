"""Where is it slow, and why?"""

from collections.abc import Mapping
from functools import partial

import streamlit as st

from pages.shared import session, show
from pages.shared.messages import empty
from pages.shared.part import part_of_page
from pages.shared.switches import choose
from retention_core.analyses.complaints.waits_by_segment import SegmentQuestion
from retention_core.answers.answer import Answer, Chart
from retention_core.answers.complaints import depth_choices
from retention_core.answers.complaints import response_choices as choices
from retention_core.answers.complaints.depth_answer import QUESTION, depth_answer, without_segments
from retention_core.answers.complaints.response_answer import without_moments
from retention_core.filters import Filters
from retention_core.words.say import say
from retention_core.workspace import Workspace


def page() -> None:
    """Ask for the switches, and draw what is said of the waits by the value of a segment."""
    workspace = session.current()
    if not workspace.has("complaints"):
        would_show = say(
            "For every reason, channel, team or employee: what share of the complaints was answered within the limit, which "
            "of them differ by more than chance, and what explains a change."
        )
        empty(say(QUESTION), would_show, "complaints", example)
        return
    waits, segments = choices.waits_known(workspace), depth_choices.segments_known(workspace)
    if not waits or not segments:
        show.opening(without_segments() if waits else without_moments(QUESTION))
        return
    part_of_page(partial(slow_where, workspace, waits, segments), "complaints")


def slow_where(workspace: Workspace, waits: Mapping[str, str], segments: Mapping[str, str]) -> None:
    """Draw the switches and what they ask. waits, segments: those that the complaints know."""
    opening = st.container(key="opening_place")
    answer = depth_answer(workspace, asked(workspace, waits, segments))
    with opening:
        show.opening(answer)
    if answer.is_empty:
        return
    draw(answer)


def draw(answer: Answer) -> None:
    """Draw the charts, those of hours side by side, and the tables."""
    hours = [chart for chart in answer.charts if chart.name.startswith("hours_")]
    reasons = [chart for chart in answer.charts if chart.name == "reasons"]
    first, *other_tables = answer.tables
    for chart in answer.charts:
        if chart not in hours and chart not in reasons:
            show.chart(chart)
    show.table(first)
    for place, chart in zip(st.columns(len(hours)) if hours else (), hours, strict=True):
        with place:
            show.chart(chart)
    for chart in reasons:
        show.chart(chart)
    for table in other_tables:
        show.table(table)
    show.how_counted(answer)


def asked(workspace: Workspace, waits: Mapping[str, str], segments: Mapping[str, str]) -> SegmentQuestion:
    """Draw the switches and return what they ask."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        by = choose("by", say("By"), segments)
        awaited = choose("wait_until", say("Wait until"), waits, list(waits)[-1])
    return depth_choices.depth_question(workspace, awaited, by, session.filters())


def example(sample: Workspace) -> Chart:
    """Return the waits of the sample shop by channel or reason."""
    by = next(iter(depth_choices.segments_known(sample)))
    return depth_answer(sample, depth_choices.depth_question(sample, "resolution", by, Filters())).charts[0]


page()
