"""The waits of complaints as a table: one row for each period in which they were opened."""

from functools import partial

import numpy as np
import pandas as pd

from retention_core.analyses.complaints.response_times import ResponseTimes
from retention_core.answers.answer import Column, Table
from retention_core.answers.complaints.complaint_lists import complaints_of
from retention_core.words.numbers import duration, wait_interval, whole
from retention_core.words.say import counted, say, sentence
from retention_core.workspace import Workspace

_ANSWERED_ONLY = {
    "first_response": sentence(
        "For comparison with a help desk: the {n} answered alone waited {mean} on average, half of them {median} at most. "
        "Help desks leave out what is unanswered and file an answer under the day on which it was given, so that to leave "
        "hard ones waiting makes their figures better; the figures above count every complaint from the day on which it came."
    ),
    "resolution": sentence(
        "For comparison with a help desk: the {n} resolved alone waited {mean} on average, half of them {median} at most. "
        "Help desks leave out what is unresolved and file a resolution under the day on which it came, so that to leave "
        "hard ones waiting makes their figures better; the figures above count every complaint from the day on which it came."
    ),
}
_STATES = {"complete": sentence("complete"), "running": sentence("running")}


def waits_table(workspace: Workspace, times: ResponseTimes) -> Table:
    """Return one row per period of opening; its complaints lie behind it."""
    return Table(
        "response_times",
        lambda: _rows(times),
        _columns(times),
        alt=say("Waits by period of opening"),
        title=say("The table behind the charts"),
        caption=_left_out(times.data_errors) if times.data_errors else "",
        foot=_answered_only(times),
        hint=say("Choose a row to see the complaints behind it."),
        behind=lambda place: (complaints_of(workspace, times, place),),
        shown=partial(_in_words, times),
    )


def _left_out(count: int) -> str:
    return counted(
        "{n} answered before it was opened is left out.", "{n} answered before they were opened are left out.", count
    )


def _answered_only(times: ResponseTimes) -> str:
    """Say what a help desk would show, and why it differs."""
    overall = times.overall
    if not overall["answered"]:
        return ""
    return say(
        _ANSWERED_ONLY[times.question.awaited],
        n=whole(overall["answered"]),
        mean=duration(overall["answered_mean_seconds"]),
        median=duration(overall["answered_median_seconds"]),
    )


def _rows(times: ResponseTimes) -> pd.DataFrame:
    unused = [name for name in ("by_closing", "closed_apart") if not times.overall[name]]
    unused += [name for name in times.periods if name.startswith("known")]
    return times.periods.drop(columns=["period", "starts_on", *unused]).replace({np.inf: np.nan})


def _in_words(times: ResponseTimes, rows: pd.DataFrame) -> pd.DataFrame:
    whole_rows = times.periods
    return rows.assign(
        median_interval=_intervals(whole_rows, "median_seconds"),
        p90_interval=_intervals(whole_rows, "p90_seconds"),
        median_seconds=rows["median_seconds"].map(duration),
        p90_seconds=rows["p90_seconds"].map(duration),
        state=rows["state"].map(lambda state: say(_STATES[state])),
    )


def _intervals(rows: pd.DataFrame, column: str) -> list[str]:
    return [wait_interval(*ends) for ends in zip(rows[f"low_{column}"], rows[f"high_{column}"], strict=True)]


def _columns(times: ResponseTimes) -> dict[str, Column]:
    limit = times.question.limit_days
    columns = {
        "label": Column(say("Opened"), is_pinned=True),
        "complaints": Column(say("Complaints"), "count"),
        "answered": Column(say("Answered"), "count"),
        "still_open": Column(say("Open"), "count"),
        "closed_apart": Column(say("Closed, not counted"), "count"),
        "by_closing": Column(say("Resolved by closing"), "count"),
        "within_1_day": Column(counted("≤ {n} day", "≤ {n} days", 1), "count"),
        "within_3_days": Column(counted("≤ {n} day", "≤ {n} days", 3), "count"),
        "within_5_days": Column(counted("≤ {n} day", "≤ {n} days", 5), "count"),
        "within_limit": Column(counted("≤ {n} day", "≤ {n} days", limit), "count"),
        "over_limit": Column(counted("> {n} day", "> {n} days", limit), "count"),
        "open_under_limit": Column(counted("Open ≤ {n} day", "Open ≤ {n} days", limit), "count"),
        "open_over_limit": Column(counted("Open > {n} day", "Open > {n} days", limit), "count"),
        "median_seconds": Column(say("Median")),
        "median_interval": Column(say("Median, 95 % interval")),
        "p90_seconds": Column(say("90th percentile")),
        "p90_interval": Column(say("90th percentile, 95 % interval")),
        "state": Column(say("State")),
    }
    if limit in (1, 3, 5):
        del columns["within_limit"]  # it stands there already
    return columns
