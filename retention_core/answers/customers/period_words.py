"""The period that a sentence about one period speaks of: the last complete one, or one that is running."""

from datetime import date

import pandas as pd

from retention_core.words.days import when
from retention_core.words.say import say, sentence

_LAST = {
    "day": sentence("the last complete day, {label}"),
    "week": sentence("the last complete week, {label}"),
    "month": sentence("the last complete month, {label}"),
    "quarter": sentence("the last complete quarter, {label}"),
    "year": sentence("the last complete year, {label}"),
}


def last_known(rows: pd.DataFrame) -> pd.Series:
    """Return the last complete period, or the one that is running where none is complete."""
    complete = rows[rows["state"] == "complete"]
    return (complete if len(complete) else rows).iloc[-1]


def period_words(row: pd.Series, unit: str) -> str:
    """Return the period of a row within a sentence: the last complete one, or a running one with its last day."""
    if row["state"] == "complete":
        return say(_LAST[unit], label=row["label"])
    return so_far(row["label"], row["known_until"])


def so_far(label: str, until: date) -> str:
    """Return a running period within a sentence. until: its last known day."""
    return say("{label} so far (to {day})", label=label, day=when(pd.Timestamp(until).date()))


def chosen_periods() -> str:
    """Return the note on which periods are shown."""
    return say("“From” and “To” choose the periods shown here; who is new is told from all that was bought before.")
