"""What is in force, in words: which filters, over which days, and for whom."""

from retention_core.filters import Filters
from retention_core.tables import TABLES
from retention_core.words.days import when
from retention_core.words.say import say, sentence
from retention_core.workspace import Workspace

TABLE_NAMES = {
    "orders": sentence("orders"),
    "complaints": sentence("complaints"),
    "satisfaction": sentence("satisfaction answers"),
    "customers": sentence("customers"),
}


def in_force(workspace: Workspace, filters: Filters) -> str:
    """Return the filters in force in words: `Channel: Web · 1 Dec 2010 to 9 Dec 2011 · refunds left out`."""
    segments = [_segment(filters, column) for column in filters.segments]
    said = [*(segments or [say("Everything")]), _days(workspace, filters)]
    if workspace.has_refunds:
        said.append(say("refunds counted as visits") if filters.count_refunds else say("refunds left out"))
    if filters.as_of:
        said.append(say("as known on {day}", day=filters.as_of))
    return " · ".join(said)


def segment_label(column: str) -> str:
    """Return the name of a segment as people read it."""
    return say(next(each.label for table in TABLES.values() for each in table.columns if each.name == column))


def _days(workspace: Workspace, filters: Filters) -> str:
    first, last = workspace.days
    end = filters.last_day or filters.as_of or last
    if end is None:
        return say("no data yet")
    return say("{first} to {last}", first=when(filters.first_day or first or end), last=when(end))


def _segment(filters: Filters, column: str) -> str:
    """Return a segment in force: `Channel: Web`, and which tables know nothing of it and are left whole."""
    places = {"segment": segment_label(column), "values": ", ".join(filters.segments[column])}
    unknown = [table for table, segments in filters.absent.items() if column in segments]
    if not unknown:
        return say("{segment}: {values}", **places)
    tables = ", ".join(say(TABLE_NAMES[table]) for table in unknown)
    return say("{segment}: {values} (not {tables}, which do not tell)", tables=tables, **places)
