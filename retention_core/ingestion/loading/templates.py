"""Workbooks to fill in: a filled example and a dictionary of its columns, in English and Persian."""

import io
from datetime import date, timedelta

import xlsxwriter
from persiantools.jdatetime import JalaliDate

from retention_core.ingestion.understanding.header_names import synonyms_of
from retention_core.tables import TABLES, Column, Table
from retention_core.words.language import language_of, speaking
from retention_core.words.say import say

LANGUAGES = {"en": "English", "fa": "فارسی"}
_PERSIAN_LETTERS = tuple("آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی")
_FIRST_DAY = date(2026, 1, 5)
_EXAMPLES = {"money": (120.5, 80, 35.25), "number": (1, 2, 1), "score": (5, 3, 4)}
_SEGMENTS = {"en": ("North", "South", "North"), "fa": ("شمال", "جنوب", "شمال")}
_TRUTHS = {"en": ("yes", "no", "yes"), "fa": ("بله", "خیر", "بله")}
_KINDS = {
    "id": ("text; the same for the same one everywhere", "متن؛ برای یک نفر یا یک سند همه‌جا یکسان"),
    "moment": ("date, with a time of day if it is known", "تاریخ، اگر ساعت معلوم است با ساعت"),
    "end": ("date, or the time that passed until then", "تاریخ، یا مدتی که تا آن گذشت"),
    "time": ("time of day", "ساعت"),
    "money": ("number", "عدد"),
    "number": ("number", "عدد"),
    "score": ("number on a scale, such as 1 to 5 or 0 to 10", "عددی در یک مقیاس، مانند ۱ تا ۵ یا ۰ تا ۱۰"),
    "text": ("text", "متن"),
    "truth": ("yes or no", "بله یا خیر"),
}
_WORDS = {
    "en": ("Data", "Dictionary", ("Column", "What it holds", "Kind", "Required"), ("yes", "no")),
    "fa": ("داده", "راهنما", ("ستون", "چه چیزی در آن است", "نوع", "الزامی"), ("بله", "خیر")),
}


def template(table_name: str, language: str) -> bytes:
    """Return a workbook for one canonical table: three example rows, and each column explained on a second sheet.

    language: `en` or `fa`; in Persian the dates are Jalali. Its own upload maps every column without a click.
    """
    table, index = TABLES[table_name], list(LANGUAGES).index(language)
    columns = [column for column in table.columns if column.is_stored]
    headers = {column.name: _header(table, column, language) for column in columns}
    columns = [column for column in columns if headers[column.name]]
    data, dictionary, titles, required = _WORDS[language]
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        bold, wrapped = (
            book.add_format({"bold": True, "bottom": 1}),
            book.add_format({"text_wrap": True, "valign": "top"}),
        )
        dated = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet(data)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(columns) - 1, 18)
        for place, column in enumerate(columns):
            sheet.write_string(0, place, headers[column.name], bold)
            for row in range(3):
                value = _example(column, row, language)
                sheet.write(row + 1, place, value, dated if isinstance(value, date) else None)
        about = book.add_worksheet(dictionary)
        about.set_column(0, 3, 34, wrapped)
        about.write_row(0, 0, titles, bold)
        for row, column in enumerate(columns, start=1):
            explained = (
                headers[column.name],
                _label(column, language),
                _KINDS[column.kind][index],
                required[not column.is_required],
            )
            about.write_row(row, 0, explained)
        if language == "fa":
            sheet.right_to_left()
            about.right_to_left()
    return out.getvalue()


def _header(table: Table, column: Column, language: str) -> str:
    """Return the name of a column in a language, the first that we know it by; empty where there is none."""
    names = [
        name
        for name in synonyms_of(table.name, column.name)
        if any(x in _PERSIAN_LETTERS for x in name) == (language == "fa")
    ]
    if language == "en":
        return names[0].capitalize() if names else ""
    return names[0] if names else ""


def _label(column: Column, language: str) -> str:
    """Return what a column holds, in the language of the template."""
    with speaking(language_of(language)):
        return say(column.label)


def _example(column: Column, row: int, language: str) -> object:
    if column.kind in ("moment", "end"):
        day = _FIRST_DAY + timedelta(days=row * 9 + (3 if column.kind == "end" else 0))
        return JalaliDate(day).strftime("%Y/%m/%d") if language == "fa" else day
    if column.kind == "id":
        return f"C{1001 + row % 2}" if column.name == "customer" else f"{column.name[0].upper()}{5001 + row}"
    if column.kind == "truth":
        return _TRUTHS[language][row]
    return _EXAMPLES[column.kind][row] if column.kind in _EXAMPLES else _SEGMENTS[language][row]
