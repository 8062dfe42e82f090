"""A table as CSV, for spreadsheets, in which no text starts a formula."""

import csv
import io
import re

import pandas as pd

_RISKY_START = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?([eE][-+]?\d+)?")


def safe_csv(frame: pd.DataFrame) -> bytes:
    """Return a table as CSV (UTF-8 with byte order mark, for spreadsheets) in which no cell starts a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_safe(str(column)) for column in frame.columns])
    writer.writerows([_safe(_text(value)) for value in row] for row in frame.itertuples(index=False))
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def _text(value: object) -> str:
    return "" if value is None or (not isinstance(value, list) and pd.isna(value)) else str(value)


def _safe(text: str) -> str:
    """Return a cell that a spreadsheet takes for text unless it is a number."""
    return f"'{text}" if text.startswith(_RISKY_START) and not _NUMBER.fullmatch(text) else text
