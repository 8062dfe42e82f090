"""Those who cross the limit soon, and those who have crossed it, one by one."""

from functools import partial

import pandas as pd

from retention_core.analyses.complaints.open_now import OpenNow
from retention_core.analyses.complaints.response_times import DAY
from retention_core.answers.answer import Column, Kind, Table
from retention_core.answers.complaints.today_sentences import LATER
from retention_core.words.say import counted, say

_HOUR = 3600


def crossing_table(now: OpenNow) -> Table:
    """Return the complaints that cross the limit within three days, the soonest first."""
    rows, limit = now.crossing(LATER), now.question.limit_days
    title = counted(
        "{n} complaint crosses day {limit} within 72 hours",
        "{n} complaints cross day {limit} within 72 hours",
        len(rows),
        limit=limit,
    )
    if now.is_by_day:
        title = counted(
            "{n} complaint to answer within the next 3 days",
            "{n} complaints to answer within the next 3 days",
            len(rows),
        )
    return _table("complaints_crossing", title, rows, now, say("The soonest first."))


def over_table(now: OpenNow) -> Table:
    """Return the complaints over the limit: those of who spent most first where that is known, else the oldest first."""
    rows, limit = now.over, now.question.limit_days
    is_by_value = bool(rows["customer_value"].notna().any())
    if is_by_value:
        rows = rows.sort_values("customer_value", ascending=False, kind="stable", na_position="last")
    title = counted("{n} complaint over day {limit}", "{n} complaints over day {limit}", len(rows), limit=limit)
    order = say("Those of customers who have spent most first.") if is_by_value else say("The oldest first.")
    return _table("complaints_over", title, rows, now, order)


def _table(name: str, title: str, rows: pd.DataFrame, now: OpenNow, order: str) -> Table:
    return Table(
        name,
        lambda: rows.reset_index(drop=True),
        _columns(now, is_over=name == "complaints_over"),
        alt=title,
        title=title,
        caption=order,
        shown=partial(_on_screen, is_by_day=now.is_by_day),
    )


def _on_screen(rows: pd.DataFrame, *, is_by_day: bool) -> pd.DataFrame:
    """Return complaints as a table shows them, in numbers that can be sorted, without any column of no value."""
    left = rows["seconds_left"].astype(float)
    shown = rows.assign(
        hours_left=(left / _HOUR).round(1),
        days_left=left // DAY + 1,  # one where the next day is the last in which to answer
        days_open=(rows["wait_seconds"].astype(float) / DAY).round(1),
    )
    if is_by_day:
        shown = shown.assign(**{name: pd.to_datetime(shown[name]).dt.date for name in ("opened_at", "due_at")})
    return shown.dropna(axis="columns", how="all")


def _columns(now: OpenNow, *, is_over: bool) -> dict[str, Column]:
    limit = now.question.limit_days
    moment: Kind = "day" if now.is_by_day else "moment"
    if is_over:
        first = {"days_open": Column(say("Days waited"), "number")}
    elif now.is_by_day:
        first = {"days_left": Column(say("Days left to day {day}", day=limit), "number")}
    else:
        first = {"hours_left": Column(say("Hours left to day {day}", day=limit), "number")}
    return first | {
        "due_at": Column(
            say("Day {day} ends", day=limit) if not is_over else say("Crossed day {day}", day=limit), moment
        ),
        "complaint_id": Column(say("Complaint"), is_pinned=True),
        "customer": Column(say("Customer")),
        "customer_value": Column(say("Customer has spent"), "money"),
        "complaints_before": Column(
            say("Complaints before"), "count", help=say("Of the same customer, whatever the filters.")
        ),
        "reason": Column(say("Reason")),
        "channel": Column(say("Channel")),
        "team": Column(say("Team")),
        "employee": Column(say("Employee")),
        "severity": Column(say("Severity")),
        "last_touch_at": Column(
            say("Last touch"), "moment", help=say("First response or follow-up, the later of the two.")
        ),
        "opened_at": Column(say("Opened"), moment),
    }
