"""The backlog over time: its chart, and the table behind it."""

import pandas as pd

from retention_core.analyses.complaints.backlog import Backlog
from retention_core.answers.answer import Chart, Column, Table
from retention_core.figures.backlog_lines import backlog_lines
from retention_core.words.numbers import whole
from retention_core.words.say import say, sentence

_PERIODS = {"day": sentence("Day"), "week": sentence("Week (first day)"), "month": sentence("Month")}


def backlog_chart(backlog: Backlog) -> Chart:
    """Return the chart of what was opened, answered and left open over time."""
    return Chart(
        "backlog",
        lambda palette: backlog_lines(backlog, palette),
        alt=_seen(backlog),
        title=say("How the backlog grows and shrinks"),
        caption=_reach(backlog),
    )


def backlog_table(backlog: Backlog) -> Table:
    """Return one row per day, week or month, the youngest first."""
    columns = {
        "label": Column(say(_PERIODS[backlog.unit]), is_pinned=True),
        "opened": Column(say("Opened"), "count"),
        "closed_apart": Column(say("Closed, not counted"), "count"),
        "answered": Column(say("Answered"), "count"),
        "open_at_end": Column(say("Open at the end"), "count"),
    }
    if not backlog.total("closed_apart"):
        del columns["closed_apart"]
    title = say("Opened, answered and open over time")
    return Table("backlog", lambda: _rows(backlog, list(columns)), columns, alt=title, title=title, is_folded=True)


def _reach(backlog: Backlog) -> str:
    if backlog.is_last_whole:
        return say("The last point is the end of {as_of}.", as_of=backlog.as_of)
    return say("The last point is the end of {as_of}, so that the last bar is not whole yet.", as_of=backlog.as_of)


def _rows(backlog: Backlog, columns: list[str]) -> pd.DataFrame:
    return backlog.periods[["starts_on", "ends_on", *columns]].iloc[::-1].reset_index(drop=True)


def _seen(backlog: Backlog) -> str:
    rows = backlog.periods
    most = rows.loc[rows["open_at_end"].idxmax()]
    return say(
        "Open complaints over time: {last} at the end of {as_of}, at most {most} ({label}); {opened} were opened and "
        "{answered} answered in all.",
        last=whole(rows["open_at_end"].iloc[-1]),
        as_of=backlog.as_of,
        most=whole(most["open_at_end"]),
        label=most["label"],
        opened=whole(backlog.total("opened")),
        answered=whole(backlog.total("answered")),
    )
