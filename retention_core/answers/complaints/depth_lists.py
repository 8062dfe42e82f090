"""The complaints behind a value of a segment, one by one."""

from retention_core.analyses.complaints.complaints_behind import OfSegment
from retention_core.analyses.complaints.waits_by_segment import SegmentWaits
from retention_core.answers.answer import Table
from retention_core.answers.complaints.complaint_lists import complaints_of_value
from retention_core.answers.in_force import segment_label
from retention_core.figures.segment_waits import value_words
from retention_core.words.say import say
from retention_core.workspace import Workspace


def behind_value(workspace: Workspace, waits: SegmentWaits, place: int, name: str) -> Table:
    """Return the complaints behind a row of the values. place: of it. name: of the list."""
    row, column = waits.values.iloc[place], waits.question.segment
    count = int(row["complaints"] + row["closed_apart"])
    words = value_words(str(row["kind"]), row["value"])
    if row["kind"] == "others":
        named = waits.values["value"][waits.values["kind"] == "named"]
        return _listed(workspace, waits, OfSegment(column, but_not=tuple(map(str, named))), words, count, name)
    return _listed(workspace, waits, OfSegment(column, row["value"]), words, count, name)


def behind_person(workspace: Workspace, waits: SegmentWaits, place: int) -> Table:
    """Return the complaints of one person. place: of their row in `everyone`."""
    row = waits.everyone.iloc[place]
    of, count = OfSegment(waits.question.segment, str(row["value"])), int(row["complaints"] + row["closed_apart"])
    return _listed(workspace, waits, of, str(row["value"]), count, "complaints_of_point")


def _listed(workspace: Workspace, waits: SegmentWaits, of: OfSegment, words: str, count: int, name: str) -> Table:
    title = say("{segment}: {value}", segment=segment_label(of.column), value=words)
    return complaints_of_value(workspace, waits.question.response, of, title, count, name)
