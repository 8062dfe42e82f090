"""The cells of a table in words, in the language spoken: what a screen leaves to its grid, paper has to say."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

import pandas as pd

from retention_core.answers.answer import Column, Kind, Table
from retention_core.words.days import when, when_exactly
from retention_core.words.numbers import UNKNOWN, decimal, percent, signed, whole
from retention_core.words.say import Number, again, say

_NUMBERS = ("count", "money", "number", "share", "points")


def columns_seen(table: Table, rows: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, Column]]:
    """Return the rows as they are shown, and the columns among those of the table that they have.

    rows: of the table, as its downloads hold them.
    """
    seen = table.shown(rows) if table.shown else rows
    return seen, {name: column for name, column in table.columns.items() if name in seen}


def rows_in_words(rows: pd.DataFrame, columns: Mapping[str, Column]) -> list[list[str]]:
    """Return the cells of some columns, row by row."""
    said = [map(_known(_SAYS[column.kind]), rows[name]) for name, column in columns.items()]
    return [list(row) for row in zip(*said, strict=True)]


def is_number(kind: Kind) -> bool:
    """Tell whether cells of this kind are numbers, which stand under each other by their last digit."""
    return kind in _NUMBERS


def _known(says: Callable[[Any], str]) -> Callable[[Any], str]:
    return lambda value: UNKNOWN if value is None or (pd.api.types.is_scalar(value) and pd.isna(value)) else says(value)


def _points(difference: float) -> str:
    return signed(round(float(difference), 3) + 0.0, 1)


def _number(number: float) -> str:
    return Number(f"{float(number):,g}")


def _day(day: date) -> str:
    return when(pd.Timestamp(day).date())


def _moment(moment: datetime) -> str:
    return when_exactly(pd.Timestamp(moment).to_pydatetime())


def _truth(truth: object) -> str:
    return say("yes") if truth else say("no")


_SAYS: dict[Kind, Callable[[Any], str]] = {
    "text": lambda value: again(value) if isinstance(value, str) else str(value),
    "count": whole,
    "money": lambda value: decimal(value, 2),
    "number": _number,
    "share": lambda value: percent(value, 1),
    "points": _points,
    "day": _day,
    "moment": _moment,
    "truth": _truth,
}
