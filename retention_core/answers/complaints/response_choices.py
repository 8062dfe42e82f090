"""What can be chosen about the waits of complaints: id -> words."""

from retention_core.analyses.complaints.response_times import Awaited, ResponseQuestion, available_waits
from retention_core.answers.complaints.kept_times import kept_times
from retention_core.answers.complaints.response_sentences import days_words
from retention_core.answers.kept import kept_here
from retention_core.filters import Filters
from retention_core.periods import Period
from retention_core.words.language import spoken
from retention_core.words.say import say, sentence
from retention_core.workspace import Workspace

_AWAITED = {"first_response": sentence("First response"), "resolution": sentence("Resolution")}
_MONTHS_OF_A_YEAR = 12
USUAL_LIMIT, _MOST_DAYS = "5", 30  # days within which an answer is in time, and what can be chosen at most


def waits_known(workspace: Workspace) -> dict[str, str]:
    """Return the moments that can be waited for: those of which the complaints tell at least one."""
    known = kept_here(workspace, "available_waits", lambda: available_waits(workspace.engine))
    return {awaited: say(_AWAITED[awaited]) for awaited in known}


def periods_of_opening() -> dict[str, str]:
    """Return the periods by which complaints can be grouped."""
    return {"week": say("Week"), "month": say("Month")}


def limits() -> dict[str, str]:
    """Return the days within which an answer can be asked to come."""
    return {str(days): days_words(days) for days in range(1, _MOST_DAYS + 1)}


def usual_period(workspace: Workspace, awaited: str, filters: Filters) -> str:
    """Return the period by which so many complaints are grouped unless another is chosen: months beyond one year."""
    by_month = kept_times(workspace, response_question(workspace, awaited, "month", filters))
    return "month" if len(by_month.periods) > _MONTHS_OF_A_YEAR else "week"


def response_question(
    workspace: Workspace, awaited: str, opened_by: str, filters: Filters, limit: str = USUAL_LIMIT
) -> ResponseQuestion:
    """Return the question that the ids of the choices ask, in the calendar in which days are written."""
    until: Awaited = "first_response" if awaited == "first_response" else "resolution"
    period = Period("month" if opened_by == "month" else "week", spoken().calendar, workspace.week_start)
    return ResponseQuestion(until, period, filters, int(limit))
