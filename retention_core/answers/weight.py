"""How much memory a finished answer takes."""

import sys
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import pandas as pd

_ONE_OBJECT = 100  # bytes, roughly, of a day or a short text in a column of them


def weight(value: Any) -> int:
    """Return the bytes of a value and of all it holds, roughly: what is held twice counts twice."""
    if isinstance(value, str | int | float | None):
        return sys.getsizeof(value)
    if isinstance(value, pd.DataFrame):
        return 500 + sum(_of_column(value[name]) for name in value.columns)
    if isinstance(value, pd.Series):
        return 500 + _of_column(value)
    own = sys.getsizeof(value) + int(getattr(value, "nbytes", 0))
    if isinstance(value, Mapping):
        return own + sum(weight(key) + weight(each) for key, each in value.items())
    if isinstance(value, list | tuple | set | frozenset):
        return own + sum(weight(each) for each in value)
    if is_dataclass(value):
        return own + sum(weight(getattr(value, each.name)) for each in fields(value))
    return own


def _of_column(column: "pd.Series[Any]") -> int:
    """Return the bytes of a column; its objects are not looked at one by one."""
    return int(column.array.nbytes) + (_ONE_OBJECT * len(column) if column.dtype == object else 0)
