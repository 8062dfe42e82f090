"""How the dates of a column are written, decided once from all its values."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from retention_core.ingestion.readings import Question, Reading, StagedColumn

_TIMES = (
    "",
    " %H:%M",
    " %H:%M:%S",
    " %H:%M:%S.%f",
    "T%H:%M",
    "T%H:%M:%S",
    "T%H:%M:%S.%f",
    " %I:%M %p",
    " %I:%M:%S %p",
    "-%H:%M:%S",
    "-%H:%M",
    ", %H:%M",
    ", %H:%M:%S",
)
_DATES = {
    "year_first": ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d"),
    "day_first": ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%d-%m-%y", "%d.%m.%y"),
    "month_first": ("%m/%d/%Y", "%m-%d-%Y", "%m.%d.%Y", "%m/%d/%y", "%m-%d-%y", "%m.%d.%y"),
    "month_name": ("%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%d-%b-%y", "%b %d, %Y", "%B %d, %Y", "%b %d %Y", "%B %d %Y"),
}
_WORDS = {
    "year_first": "year, month, day",
    "day_first": "day first (31/12)",
    "month_first": "month first (12/31)",
    "month_name": "months by name",
    "offset": "with an offset from UTC",
    "jalali": "Jalali (Persian) calendar",
}
_DIRECTIVES = {
    "%Y": r"(19|20)\d{2}",
    "%y": r"\d{2}",
    "%m": r"(0?[1-9]|1[0-2])",
    "%d": r"(0?[1-9]|[12]\d|3[01])",
    "%H": r"\d{1,2}",
    "%M": r"\d{2}",
    "%S": r"\d{2}",
    "%f": r"\d{1,6}",
    "%I": r"\d{1,2}",
    "%p": r"[AaPp][Mm]",
    "%b": r"[A-Za-z]{3}",
    "%B": r"[A-Za-z]{3,9}",
}
_JALALI = re.compile(r"\D*1[2-4]\d{2}([-/.])\d{1,2}\1\d{1,2}(\D.*)?|1[34]\d{6}")
_OFFSET = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)? ?(Z|UTC|[-+]\d{2}:?\d{2})")
_IN_CALENDAR = "CASE WHEN ({value}) BETWEEN TIMESTAMP '1900-01-01' AND TIMESTAMP '2100-12-31' THEN ({value}) END"
_JALALI_SQL = """(
    SELECT calendar.day + coalesce(try_cast(regexp_extract({text}, '(\\d{1,2}:\\d{2}(:\\d{2})?)', 1) AS TIME), TIME '00:00')
    FROM calendar
    WHERE calendar.jalali_year = try_cast(regexp_extract({text}, '(1[2-4]\\d\\d)[-/.]?(\\d{1,2})[-/.]?(\\d{1,2})', 1) AS INT)
      AND calendar.jalali_month = try_cast(regexp_extract({text}, '(1[2-4]\\d\\d)[-/.]?(\\d{1,2})[-/.]?(\\d{1,2})', 2) AS INT)
      AND calendar.jalali_day = try_cast(regexp_extract({text}, '(1[2-4]\\d\\d)[-/.]?(\\d{1,2})[-/.]?(\\d{1,2})', 3) AS INT)
)"""
_WITH_OFFSET = (
    "try_cast(regexp_replace({text}, ' ?([-+][0-9]{2}):?([0-9]{2})$', '\\1:\\2') AS TIMESTAMPTZ) AT TIME ZONE 'UTC'"
)
_LEAST_SHARE = 0.5


def read_dates(column: StagedColumn) -> Reading | Question | None:
    """Return how the dates of a column are read, a question where two readings fit as well, None where none does.

    A reading must fit at least half of all values; the one that fits most wins, and what it cannot read is rejected
    row by row later. Two readings that fit equally many values and differ somewhere are asked about.
    """
    candidates = date_readings(column.sample())
    if not candidates:
        return None
    present, *counts = column.count([column.read_as(each) for each in candidates])
    ranked = sorted(zip(counts, candidates, strict=True), key=lambda each: -each[0])
    best_count, best = ranked[0]
    if best_count < _LEAST_SHARE * present:
        return None
    best = replace(best, reads_all=best_count == present)
    rivals = [replace(reading, reads_all=best.reads_all) for count, reading in ranked[1:] if count == best_count]
    if not rivals:
        return best
    examples, evidence = column.compare(best, rivals[0])
    return Question("", column.header, (best, rivals[0]), examples, evidence) if examples else best


def date_readings(sample: Sequence[str]) -> list[Reading]:
    """Return the readings that fit any value of the sample."""
    readings = []
    for name, dates in _DATES.items():
        formats = [
            date + time for date in dates for time in _TIMES if any(_pattern(date + time).fullmatch(x) for x in sample)
        ]
        if formats:
            listed = ", ".join("'" + each + "'" for each in formats)
            parsed = _IN_CALENDAR.replace("{value}", f"try_strptime({{text}}, [{listed}])")
            readings.append(Reading(name, _WORDS[name], parsed))
    if any(_OFFSET.fullmatch(x) for x in sample):
        parsed = _IN_CALENDAR.replace("{value}", _WITH_OFFSET)
        readings.append(Reading("offset", _WORDS["offset"], parsed))
    if any(_JALALI.fullmatch(x) for x in sample):
        readings.append(Reading("jalali", _WORDS["jalali"], _JALALI_SQL))
    return readings


@lru_cache(maxsize=512)
def _pattern(date_format: str) -> re.Pattern[str]:
    """Return what a text must look like for a date format to read it."""
    parts = re.split(r"(%[A-Za-z])", date_format)
    return re.compile("".join(_DIRECTIVES.get(part, re.escape(part)) for part in parts))
