"""The waits of complaints, which pages, their switches and the overview are made of, kept as long as the data is the same."""

from dataclasses import replace

from retention_core.analyses.complaints.response_times import ResponseQuestion, ResponseTimes, response_times
from retention_core.analyses.complaints.weeks_compared import WeeksCompared, weeks_compared
from retention_core.answers.kept import kept
from retention_core.periods import Period
from retention_core.workspace import Workspace


def kept_times(workspace: Workspace, question: ResponseQuestion) -> ResponseTimes:
    """Return the waits that a question asks for, counted once for each version of the data."""
    return kept(workspace, question, lambda: response_times(workspace.engine, question))


def last_weeks(workspace: Workspace, question: ResponseQuestion) -> WeeksCompared | None:
    """Return the last weeks of a question against others, by which it is told whether it got faster; None where too few."""
    by_week = replace(question, period=Period("week", week_start=workspace.week_start))
    return weeks_compared(kept_times(workspace, by_week))
