"""When complaints come and are answered, and which reasons make most of them, in words."""

from functools import partial

import numpy as np
import pandas as pd

from retention_core.analyses.complaints.hours_of_week import EVENTS, Event, HoursOfWeek
from retention_core.analyses.complaints.waits_by_segment import SegmentWaits
from retention_core.analyses.intervals import TOO_FEW
from retention_core.answers.answer import Cell, Chart, Column, Table
from retention_core.answers.complaints.depth_lists import behind_value
from retention_core.figures.hours_heatmap import hour_words, hours_heatmap
from retention_core.figures.pareto import pareto, reason_counts
from retention_core.figures.segment_waits import value_words
from retention_core.words.days import WEEKDAYS
from retention_core.words.numbers import percent, whole
from retention_core.words.say import counted, say, sentence
from retention_core.workspace import Workspace

_TITLES = {
    "opened": sentence("When they are opened"),
    "answered": sentence("When they are answered"),
}
_MOST = {
    "opened": sentence("Complaints opened by weekday and hour: most on {weekday} at {hour}, {count} of {total}."),
    "answered": sentence("Complaints answered by weekday and hour: most on {weekday} at {hour}, {count} of {total}."),
}
_HALF = 0.5  # of the complaints, told by how few reasons make them


def hours_charts(hours: HoursOfWeek) -> list[Chart]:
    """Return when complaints come and when they are answered, as far as the hour is known."""
    return [_hours_chart(hours, event) for event in EVENTS if hours.has_hours(event)]


def hours_note(hours: HoursOfWeek) -> str:
    """Say what stands in place of the hours that are not known; nothing where all are."""
    known = [event for event in EVENTS if hours.has_hours(event)]
    if not known:
        return say("At which hour complaints come cannot be shown: their moments are only days.")
    if "answered" not in known:
        return say("At which hour complaints are answered cannot be shown: these moments are only days.")
    if "opened" not in known:
        return say("At which hour complaints are opened cannot be shown: these moments are only days.")
    return ""


def hours_table(hours: HoursOfWeek) -> Table:
    """Return one row per weekday and hour."""
    known = [event for event in EVENTS if hours.has_hours(event)]
    labels = {"opened": Column(say("Opened"), "count"), "answered": Column(say("Answered"), "count")}
    return Table(
        "hours_of_week",
        lambda: _hours_rows(hours, known),
        {"weekday": Column(say("Weekday")), "hour": Column(say("Hour")), **{event: labels[event] for event in known}},
        alt=say("Complaints by weekday and hour"),
        title=say("Complaints by weekday and hour"),
        is_folded=True,
    )


def has_reasons(waits: SegmentWaits) -> bool:
    """Tell whether there are enough complaints to say which part of them a reason makes. waits: by reason."""
    return not waits.is_empty and reason_counts(waits)[0].sum() >= TOO_FEW


def reasons_chart(workspace: Workspace, waits: SegmentWaits) -> Chart:
    """Return the reasons by number of complaints. waits: by reason."""
    counts, shares = reason_counts(waits)
    few = int((shares < _HALF).sum()) + 1
    places = {"total": whole(counts.sum()), "share": percent(shares[few - 1])}
    seen = counted(
        "The first {n} reason makes {share} of {total} complaints.",
        "The first {n} reasons make {share} of {total} complaints.",
        few,
        **places,
    )
    return Chart(
        "reasons",
        lambda palette: pareto(waits, palette),
        alt=seen,
        title=say("Which reasons make most complaints?"),
        caption=seen,
        hint=say("Choose a bar to see the complaints behind it."),
        behind=partial(_of_reason, workspace, waits),
    )


def reasons_table(waits: SegmentWaits) -> Table:
    """Return one row per reason. waits: by reason."""
    return Table(
        "reasons",
        lambda: _reasons_rows(waits),
        {
            "reason": Column(say("Reason"), is_pinned=True),
            "complaints": Column(say("Complaints"), "count"),
            "share": Column(say("Share (%)"), "share"),
            "share_up_to_here": Column(say("Up to here (%)"), "share"),
        },
        alt=say("Complaints by reason"),
        title=say("Complaints by reason"),
        is_folded=True,
    )


def _hours_chart(hours: HoursOfWeek, event: Event) -> Chart:
    return Chart(
        f"hours_{event}",
        partial(hours_heatmap, hours, event),
        alt=_most(hours, event),
        title=say(_TITLES[event]),
        caption=_most(hours, event),
    )


def _most(hours: HoursOfWeek, event: Event) -> str:
    counts = hours.counts(event)
    row, hour = divmod(int(counts.argmax()), counts.shape[1])
    return say(
        _MOST[event],
        weekday=say(WEEKDAYS[hours.weekdays[row]]),
        hour=hour_words(hour),
        count=whole(counts.max()),
        total=whole(counts.sum()),
    )


def _hours_rows(hours: HoursOfWeek, known: list[Event]) -> pd.DataFrame:
    counts: dict[str, np.ndarray] = {event: hours.counts(event).ravel() for event in known}
    weekdays = [say(WEEKDAYS[weekday]) for weekday in hours.weekdays for _ in range(24)]
    named = [hour_words(hour) for _ in hours.weekdays for hour in range(24)]
    return pd.DataFrame({"weekday": weekdays, "hour": named}).assign(**counts)


def _reasons_rows(waits: SegmentWaits) -> pd.DataFrame:
    counts, shares = reason_counts(waits)
    return pd.DataFrame(
        {
            "reason": [value_words(row.kind, row.value) for row in waits.values.itertuples()],
            "complaints": counts,
            "share": counts / max(1, counts.sum()),
            "share_up_to_here": shares,
        }
    )


def _of_reason(workspace: Workspace, waits: SegmentWaits, cell: Cell) -> tuple[Table, ...]:
    place = int(cell[0])
    return (behind_value(workspace, waits, place, "complaints_of_reason"),) if 0 <= place < len(waits.values) else ()
