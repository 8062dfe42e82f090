"""The waits of complaints, which the page, its switches and the overview are made of, kept as long as the data is the same."""

from retention_core.analyses.complaints.response_times import ResponseQuestion, ResponseTimes, response_times
from retention_core.answers.kept import kept
from retention_core.workspace import Workspace


def kept_times(workspace: Workspace, question: ResponseQuestion) -> ResponseTimes:
    """Return the waits that a question asks for, counted once for each version of the data."""
    return kept(workspace, question, lambda: response_times(workspace.engine, question))
