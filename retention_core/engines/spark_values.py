"""What goes to a cluster and what comes back: bound values as Spark takes them, rows as DuckDB would give them."""

import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

_NAMED = re.compile(r"\$(\w+)")
_COMMENT = re.compile(r"^\s*--.*$", re.MULTILINE)


def bound(sql: str, parameters: Mapping[str, object] | None) -> tuple[str, dict[str, object]]:
    """Return a statement with `:name` for `$name`, and the values that it names, as Spark takes them."""
    text, given = _COMMENT.sub("", sql), parameters or {}
    values = {name: given[name] for name in _NAMED.findall(text) if name in given}
    typed = _NAMED.sub(lambda found: _typed(found[1], values.get(found[1])), text)
    return typed, {name: _plain(value) for name, value in values.items()}


def _typed(name: str, value: object) -> str:
    """Return the place of a value in SQL: what Spark would not take as it is goes there as text, and is read there."""
    if isinstance(value, datetime):
        return f"CAST(:{name} AS TIMESTAMP_NTZ)"
    if isinstance(value, Decimal):
        digits = max(0, -int(value.as_tuple().exponent))
        return f"CAST(:{name} AS DECIMAL(38, {digits}))"
    return f":{name}"


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.item() if isinstance(value, np.generic) else value


def frame_of(rows: pa.Table) -> pd.DataFrame:
    """Return rows with the types that DuckDB gives them: decimals as floats, days as moments."""
    columns = {name: _column(rows.column(place)) for place, name in enumerate(rows.column_names)}
    return pd.DataFrame(columns) if columns else pd.DataFrame(index=range(rows.num_rows))


def _column(values: pa.ChunkedArray) -> "pd.Series[Any]":
    kind, has_gaps = values.type, values.null_count > 0
    if pa.types.is_decimal(kind):
        return values.cast(pa.float64()).to_pandas()
    if pa.types.is_date(kind):
        return values.cast(pa.timestamp("us")).to_pandas()
    if pa.types.is_timestamp(kind):
        return values.cast(pa.timestamp("us", kind.tz)).to_pandas()
    if pa.types.is_integer(kind) and has_gaps:
        return values.to_pandas(types_mapper={kind: _INTEGERS[str(kind)]}.get)
    if pa.types.is_boolean(kind) and has_gaps:
        return values.to_pandas(types_mapper={kind: pd.BooleanDtype()}.get)
    if pa.types.is_null(kind):
        return pd.Series([None] * len(values), dtype="object")
    return values.to_pandas()


_INTEGERS = {"int8": pd.Int8Dtype(), "int16": pd.Int16Dtype(), "int32": pd.Int32Dtype(), "int64": pd.Int64Dtype()}
