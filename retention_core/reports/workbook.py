"""A table as a workbook: formatted, with the definitions of its figures on a second sheet."""

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import pandas as pd
import xlsxwriter

from retention_core.words.glossary import definition
from retention_core.words.language import spoken
from retention_core.words.say import say

_SHARES = ("_rate", "_share", "low", "high")
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": False}


def as_workbook(rows: pd.DataFrame, title: str, terms: Sequence[str], notes: Sequence[str] = ()) -> bytes:
    """Return a workbook: the table under its title, shares in percent, and on a second sheet what the figures mean.

    rows: shares are 0 to 1; the names of its columns are ids, the same in every language. terms: of the glossary. notes:
    what was in force, one line each. Text never becomes a formula or a link.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        _table(book, rows, title, notes)
        _definitions(book, terms)
    return out.getvalue()


def _table(book: Any, rows: pd.DataFrame, title: str, notes: Sequence[str]) -> None:
    sheet, bold = _sheet(book, say("Table")), book.add_format({"bold": True, "bottom": 1})
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    for row, note in enumerate(notes, start=1):
        sheet.write_string(row, 0, note)
    formats = {
        "share": book.add_format({"num_format": "0.0%"}),
        "number": book.add_format({"num_format": "#,##0"}),
        "money": book.add_format({"num_format": "#,##0.00"}),
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
    }
    top = len(notes) + 2
    for place, name in enumerate(rows.columns):
        sheet.write_string(top, place, str(name).replace("_", " "), bold)
        for row, value in enumerate(rows[name], start=top + 1):
            _write(sheet, (row, place), str(name), value, formats)
    sheet.freeze_panes(top + 1, 1)
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, max(1, len(rows.columns) - 1), 13)


def _definitions(book: Any, terms: Sequence[str]) -> None:
    sheet, wrapped = _sheet(book, say("Definitions")), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 30, wrapped)
    sheet.set_column(1, 1, 110, wrapped)
    sheet.write_row(0, 0, (say("Term"), say("Definition")), book.add_format({"bold": True, "bottom": 1}))
    for row, term in enumerate(terms, start=1):
        meant = definition(term)
        sheet.write_string(row, 0, meant.title, wrapped)
        sheet.write_string(row, 1, meant.text, wrapped)


def _sheet(book: Any, name: str) -> Any:
    sheet = book.add_worksheet(name)
    if spoken().language.direction == "rtl":
        sheet.right_to_left()
    return sheet


def _write(sheet: Any, cell: tuple[int, int], name: str, value: object, formats: dict[str, Any]) -> None:
    if value is None or (isinstance(value, float) and pd.isna(value)) or value is pd.NaT:
        return
    if isinstance(value, date | datetime):
        sheet.write_datetime(*cell, value, formats["date"])
    elif isinstance(value, str):
        sheet.write_string(*cell, value)
    else:
        number = float(value)  # type: ignore[arg-type]
        kind = "share" if name.endswith(_SHARES) else "number" if number == int(number) else "money"
        sheet.write_number(*cell, number, formats[kind])
