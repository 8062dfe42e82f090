"""How much memory a finished answer takes."""

import sys
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import pandas as pd


def weight(value: Any) -> int:
    """Return the bytes of a value and of all it holds, roughly: what is held twice counts twice."""
    if isinstance(value, pd.DataFrame | pd.Series):
        used: Any = value.memory_usage(deep=True)
        return int(used.sum() if isinstance(value, pd.DataFrame) else used)
    own = sys.getsizeof(value) + int(getattr(value, "nbytes", 0))
    if isinstance(value, Mapping):
        return own + sum(weight(key) + weight(each) for key, each in value.items())
    if isinstance(value, list | tuple | set | frozenset):
        return own + sum(weight(each) for each in value)
    if is_dataclass(value):
        return own + sum(weight(getattr(value, each.name)) for each in fields(value))
    return own
