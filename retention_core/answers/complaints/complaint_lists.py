"""The complaints behind a figure, one by one."""

from functools import partial

import pandas as pd

from retention_core.analyses.complaints.complaints_behind import LIMIT, OfSegment, complaints_behind
from retention_core.analyses.complaints.response_times import DAY, ResponseQuestion, ResponseTimes
from retention_core.answers.answer import Column, Table
from retention_core.words.numbers import duration, whole
from retention_core.words.say import counted, say, sentence
from retention_core.workspace import Workspace

_CLOSED_APART = {
    "first_response": sentence("closed without a recorded response"),
    "resolution": sentence("closed, moment unknown"),
}
_OPENED_IN = {
    "day": sentence("Opened on {label}"),
    "week": sentence("Opened in the week of {label}"),
    "month": sentence("Opened in the month of {label}"),
    "quarter": sentence("Opened in the quarter of {label}"),
    "year": sentence("Opened in the year of {label}"),
}


def open_complaints(workspace: Workspace, times: ResponseTimes) -> Table:
    """Return the complaints that are open, the oldest first."""
    count = int(times.overall["still_open"])
    title = counted("{n} open complaint", "{n} open complaints, the oldest first", count)
    return _listed(workspace, times.question, "open_complaints", title, count, only_open=True)


def apart_complaints(workspace: Workspace, times: ResponseTimes) -> Table:
    """Return the complaints that are closed while the moment asked about is unknown."""
    count = int(times.overall["closed_apart"])
    if times.question.awaited == "resolution":
        title = counted("{n} closed, moment unknown", "{n} closed, moment unknown", count)
    else:
        title = counted("{n} closed without a recorded response", "{n} closed without a recorded response", count)
    return _listed(workspace, times.question, "closed_complaints", title, count, only_apart=True)


def complaints_of(workspace: Workspace, times: ResponseTimes, place: int) -> Table:
    """Return the complaints opened in a period. place: of its row."""
    row, question = times.periods.iloc[place], times.question
    title = say(_OPENED_IN[question.period.unit], label=row["label"])
    count = int(row["complaints"] + row["closed_apart"]) + times.data_errors
    return _listed(workspace, question, "complaints", title, count, period_number=int(row["period"]))


def complaints_of_value(
    workspace: Workspace, question: ResponseQuestion, of_segment: OfSegment, title: str, count: int, name: str
) -> Table:
    """Return the complaints of one value of a segment. title: in words. count: how many they are. name: of the list."""
    return _listed(workspace, question, name, title, count, of_segment=of_segment)


def _listed(
    workspace: Workspace,
    question: ResponseQuestion,
    name: str,
    title: str,
    count: int,
    *,
    period_number: int | None = None,
    only_open: bool = False,
    only_apart: bool = False,
    of_segment: OfSegment | None = None,
) -> Table:
    return Table(
        name,
        lambda: complaints_behind(
            workspace.engine,
            question,
            period_number=period_number,
            only_open=only_open,
            only_apart=only_apart,
            of_segment=of_segment,
        ),
        _columns(question),
        alt=title,
        title=title,
        caption=say("The first {n} are listed.", n=whole(LIMIT)) if count > LIMIT else "",
        shown=partial(_in_words, question),
    )


def _in_words(question: ResponseQuestion, complaints: pd.DataFrame) -> pd.DataFrame:
    """Return complaints as a table shows them: waits in words, hours left to the limit, no column without any value."""
    seconds = complaints["wait_seconds"].astype(float)  # NaN where nobody can say how long it waited
    waits, left = seconds.map(duration), (question.limit_days * DAY - seconds) / 3600
    shown = complaints.assign(
        wait=waits.where(complaints["is_apart"] == 0, say(_CLOSED_APART[question.awaited])),
        hours_left=left.where((complaints["is_open"] == 1) & (left > 0)).round(),
    )
    return shown.dropna(axis="columns", how="all")


def _columns(question: ResponseQuestion) -> dict[str, Column]:
    return {
        "wait": Column(say("Waited")),
        "hours_left": Column(say("Hours left to day {day}", day=question.limit_days), "number"),
        "complaint_id": Column(say("Complaint"), is_pinned=True),
        "customer": Column(say("Customer")),
        "opened_at": Column(say("Opened"), "moment"),
        "first_response_at": Column(say("First response"), "moment"),
        "resolved_at": Column(say("Resolved"), "moment"),
        "closed_at": Column(say("Closed"), "moment"),
        "customer_value": Column(say("Customer has spent"), "money"),
        "reason": Column(say("Reason")),
        "team": Column(say("Team")),
        "employee": Column(say("Employee")),
    }
