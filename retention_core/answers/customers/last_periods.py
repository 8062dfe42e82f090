"""Of many periods, the last ones for which a line or bars have room."""

import pandas as pd

from retention_core.figures.window import MOST_POINTS
from retention_core.periods import Period
from retention_core.words.numbers import whole
from retention_core.words.say import say, sentence

_DRAWN = {
    "day": sentence("Drawn are {rows} of {all_rows} days, up to {last}; the download holds all."),
    "week": sentence("Drawn are {rows} of {all_rows} weeks, up to {last}; the download holds all."),
    "month": sentence("Drawn are {rows} of {all_rows} months, up to {last}; the download holds all."),
    "quarter": sentence("Drawn are {rows} of {all_rows} quarters, up to {last}; the download holds all."),
    "year": sentence("Drawn are {rows} of {all_rows} years, up to {last}; the download holds all."),
}


def last_periods(rows: pd.DataFrame, period: Period, until: int, number: str = "period") -> tuple[pd.DataFrame, str]:
    """Return the last rows up to a period for which there is room, and what is left out, in words; "" where nothing is.

    rows: one per period. until: number of the last period. number: the column that holds it.
    """
    drawn = rows[rows[number] <= max(until, int(rows[number].iloc[0]) + MOST_POINTS - 1)].tail(MOST_POINTS)
    if len(drawn) == len(rows):
        return drawn, ""
    last = period.label(int(drawn[number].iloc[-1]))
    return drawn, say(_DRAWN[period.unit], rows=len(drawn), all_rows=whole(len(rows)), last=last)
