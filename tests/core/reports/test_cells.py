"""Cells of a document say what a grid on the screen would show."""

from datetime import date

import numpy as np
import pandas as pd

from retention_core.answers.answer import Column, Table
from retention_core.reports.cells import columns_seen, rows_in_words

ROWS = pd.DataFrame(
    {
        "customer": ["a", None],
        "share": [0.5, np.nan],
        "change": [-0.0004, 0.123],
        "orders": [1234, 0],
        "day": [date(2026, 1, 2), pd.NaT],
        "moment": [pd.Timestamp("2026-01-02 14:05"), pd.NaT],
        "member": [True, False],
        "factor": [1.25, 3.0],
    }
)
KINDS = {
    "customer": Column("", "text"),
    "share": Column("", "share"),
    "change": Column("", "points"),
    "orders": Column("", "count"),
    "day": Column("", "day"),
    "moment": Column("", "moment"),
    "member": Column("", "truth"),
    "factor": Column("", "number"),
}


def test_each_kind_of_cell_is_said_in_its_own_way() -> None:
    first, _ = rows_in_words(ROWS, KINDS)
    assert first == ["a", "50.0\u00a0%", "0.0", "1,234", "2 Jan 2026", "2 Jan 2026, 14:05", "yes", "1.25"]


def test_what_is_unknown_is_a_dash_and_never_nothing() -> None:
    _, second = rows_in_words(ROWS, KINDS)
    assert second == ["–", "–", "+12.3", "0", "–", "–", "no", "3"]


def test_a_table_shows_what_it_makes_of_its_rows() -> None:
    doubled = Table("t", lambda: ROWS, {"orders": Column("Orders", "count")}, "", shown=lambda rows: rows * 0 + 2)
    seen, columns = columns_seen(doubled, ROWS[["orders"]])
    assert rows_in_words(seen, columns) == [["2"], ["2"]]
