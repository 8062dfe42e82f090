"""The waits of complaints by the value of a segment, as a table."""

from functools import partial

import pandas as pd

from retention_core.analyses.complaints.between_people import BetweenPeople
from retention_core.analyses.complaints.waits_by_segment import SegmentWaits
from retention_core.answers.answer import Column, Table
from retention_core.answers.complaints.depth_lists import behind_value
from retention_core.answers.in_force import segment_label
from retention_core.figures.segment_waits import value_words
from retention_core.words.numbers import duration
from retention_core.words.say import counted, say
from retention_core.workspace import Workspace


def values_table(workspace: Workspace, waits: SegmentWaits, between: BetweenPeople | None) -> Table:
    """Return one row per value, in order of volume; its complaints lie behind it. between: where the values are people."""
    wrong = waits.data_errors
    return Table(
        "waits_by_segment",
        lambda: _rows(waits, between),
        _columns(waits, has_shrunk=between is not None),
        alt=say("Waits by {segment}", segment=segment_label(waits.question.segment)),
        title=say("The table behind the chart"),
        caption=counted(
            "{n} answered before it was opened is left out.",
            "{n} answered before they were opened are left out.",
            wrong,
        )
        if wrong
        else "",
        hint=say("Choose a row to see the complaints behind it."),
        behind=partial(_behind, workspace, waits),
        shown=_in_words,
    )


def _behind(workspace: Workspace, waits: SegmentWaits, place: int) -> tuple[Table, ...]:
    return (behind_value(workspace, waits, place, "complaints_of_row"),)


def _rows(waits: SegmentWaits, between: BetweenPeople | None) -> pd.DataFrame:
    rows = waits.values
    named = [value_words(kind, value) for kind, value in zip(rows["kind"], rows["value"], strict=True)]
    rows = rows.assign(value=named)
    if between is not None:
        # the rows with a name are the first of everyone
        rows["shrunk_share"] = pd.Series(between.shrunk[: len(rows)]).where(rows["kind"] == "named")
    unused = [] if rows["closed_apart"].sum() else ["closed_apart"]
    return rows.drop(columns=["kind", *unused])


def _in_words(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(
        median_seconds=rows["median_seconds"].map(duration), p90_seconds=rows["p90_seconds"].map(duration)
    )


def _columns(waits: SegmentWaits, *, has_shrunk: bool) -> dict[str, Column]:
    limit = waits.question.response.limit_days
    columns = {
        "value": Column(segment_label(waits.question.segment), is_pinned=True),
        "complaints": Column(say("Complaints"), "count"),
        "known": Column(say("Known"), "count"),
        "within_limit": Column(counted("≤ {n} day", "≤ {n} days", limit), "count"),
        "share": Column(counted("≤ {n} day (%)", "≤ {n} days (%)", limit), "share"),
        "low": Column(say("From (%)"), "share", help=say("Lower end of the 95 % interval")),
        "high": Column(say("To (%)"), "share", help=say("Upper end of the 95 % interval")),
        "shrunk_share": Column(
            say("Without chance (%)"),
            "share",
            help=say("Moved towards the share of all, by as much as few complaints may mislead"),
        ),
        "still_open": Column(say("Open"), "count"),
        "open_over_limit": Column(counted("Open > {n} day", "Open > {n} days", limit), "count"),
        "closed_apart": Column(say("Closed, not counted"), "count"),
        "median_seconds": Column(say("Median")),
        "p90_seconds": Column(say("90th percentile")),
    }
    if not has_shrunk:
        del columns["shrunk_share"]
    return columns
