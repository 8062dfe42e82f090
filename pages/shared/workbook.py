"""A table as a workbook: formatted, with the definitions of its figures on a second sheet."""

import io
from collections.abc import Sequence
from datetime import date, datetime

import pandas as pd
import xlsxwriter

from pages.shared.cards import definitions

SHARES = ("_rate", "_share", "low", "high")


def as_workbook(frame: pd.DataFrame, title: str, terms: Sequence[str], notes: Sequence[str] = ()) -> bytes:
    """Return a workbook: the table under its title, shares in percent, and on a second sheet what the figures mean.

    terms: of the glossary. notes: what was in force, one line each. Text never becomes a formula or a link.
    """
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": False}
    with xlsxwriter.Workbook(out, options) as book:
        big, bold = book.add_format({"bold": True, "font_size": 14}), book.add_format({"bold": True, "bottom": 1})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        formats = {
            "share": book.add_format({"num_format": "0.0%"}),
            "number": book.add_format({"num_format": "#,##0"}),
            "money": book.add_format({"num_format": "#,##0.00"}),
            "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        }
        sheet = book.add_worksheet("Table")
        sheet.write_string(0, 0, title, big)
        for row, note in enumerate(notes, start=1):
            sheet.write_string(row, 0, note)
        top = len(notes) + 2
        for place, name in enumerate(frame.columns):
            sheet.write_string(top, place, str(name).replace("_", " "), bold)
            for row, value in enumerate(frame[name], start=top + 1):
                _write(sheet, row, place, str(name), value, formats)
        sheet.freeze_panes(top + 1, 1)
        sheet.set_column(0, 0, 22)
        sheet.set_column(1, max(1, len(frame.columns) - 1), 13)
        about = book.add_worksheet("Definitions")
        about.set_column(0, 0, 30, wrapped)
        about.set_column(1, 1, 110, wrapped)
        about.write_row(0, 0, ("Term", "Definition"), bold)
        for row, term in enumerate(terms, start=1):
            about.write_string(row, 0, term, wrapped)
            about.write_string(row, 1, definitions()[term], wrapped)
    return out.getvalue()


def _write(sheet, row: int, place: int, name: str, value: object, formats: dict) -> None:  # type: ignore[no-untyped-def]
    if value is None or (isinstance(value, float) and pd.isna(value)) or value is pd.NaT:
        return
    if isinstance(value, date | datetime):
        sheet.write_datetime(row, place, value, formats["date"])
    elif isinstance(value, str):
        sheet.write_string(row, place, value)
    else:
        number = float(value)  # type: ignore[arg-type]
        kind = "share" if name.endswith(SHARES) else "number" if number == int(number) else "money"
        sheet.write_number(row, place, number, formats[kind])
