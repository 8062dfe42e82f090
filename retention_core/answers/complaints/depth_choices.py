"""By what the waits of complaints can be looked at in depth: id -> words."""

from retention_core.analyses.complaints.waits_by_segment import PEOPLE, TOP, SegmentQuestion
from retention_core.answers.complaints.response_choices import response_question
from retention_core.answers.in_force import segment_label
from retention_core.filters import Filters
from retention_core.tables import COMPLAINTS
from retention_core.workspace import Workspace

_MOST_PEOPLE = 100  # rows of a table that has people; of them nobody is left to a rest but in very large teams
_FIRST = ("reason", "channel", "team", "employee")  # what people ask for first


def segments_known(workspace: Workspace) -> dict[str, str]:
    """Return the segments that tell complaints apart: those of two values or more of which any complaint knows one."""
    absent = workspace.absent_segments.get("complaints", ())
    own = [column.name for column in COMPLAINTS.segments()]
    known = [name for name in dict.fromkeys((*_FIRST, *own)) if name in workspace.segment_values and name not in absent]
    return {name: segment_label(name) for name in known}


def depth_question(workspace: Workspace, awaited: str, by: str, filters: Filters) -> SegmentQuestion:
    """Return the question that the ids of the choices ask."""
    top = _MOST_PEOPLE if by in PEOPLE else TOP
    return SegmentQuestion(response_question(workspace, awaited, "week", filters), by, top)
