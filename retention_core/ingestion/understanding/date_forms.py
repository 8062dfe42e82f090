"""The forms in which dates are written: which of them a sample of values has, and the SQL that reads each."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from retention_core.ingestion.understanding.readings import Reading
from retention_core.ingestion.understanding.words import map_sql, meanings
from retention_core.words.say import say, sentence

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
    " %I:%M%p",
    " %I:%M:%S%p",
    ", %I:%M %p",
    ", %I:%M:%S %p",
    "-%H:%M:%S",
    "-%H:%M",
    ", %H:%M",
    ", %H:%M:%S",
)
_FORMATS = {
    "year_first": ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d"),
    "day_first": ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%d-%m-%y", "%d.%m.%y"),
    "month_first": ("%m/%d/%Y", "%m-%d-%Y", "%m.%d.%Y", "%m/%d/%y", "%m-%d-%y", "%m.%d.%y"),
}
# Forms that are looked at only where no other reads a value: they would make every short date doubtful.
_RARE_FORMATS = {"short_year_first": ("%y-%m-%d", "%y/%m/%d", "%y.%m.%d")}
_WORDS = {
    "year_first": sentence("year, month, day"),
    "short_year_first": sentence("year (two digits), month, day"),
    "day_first": sentence("day first (31/12)"),
    "month_first": sentence("month first (12/31)"),
    "month_name": sentence("months by name"),
    "offset": sentence("with an offset from UTC; the day and hour as they are written"),
    "offset_local": sentence("with an offset from UTC, turned into the time of {zone}"),
    "iso_week": sentence("weeks, each counted from its Monday"),
    "year_month": sentence("months, each counted from its first day"),
    "japanese_era": sentence("years of a Japanese era"),
    "jalali": sentence("Jalali (Persian) calendar"),
    "jalali_day_first": sentence("Jalali (Persian) calendar, day first"),
    "jalali_name": sentence("Jalali (Persian) calendar, months by name"),
    "excel_serial": sentence("Excel's day numbers"),
    "epoch_seconds": sentence("seconds since 1970 (UTC)"),
    "epoch_milliseconds": sentence("milliseconds since 1970 (UTC)"),
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
    "%I": r"(0?\d|1[0-2])",
    "%p": r"[AaPp][Mm]",
}
_ZONE = "@zone@"
# A weekday before a date in figures, dots in a.m. and p.m., and what stands for them in Persian.
_CLEANED = (
    (r"^[^0-9]+\s([0-9]{1,4}[-/.][0-9])", r"\1"),
    (r"\s*([aApP])\.\s?[mM]\.?$", r" \1M"),
    (r"\s*ق\.?\s?ظ\.?$", " AM"),
    (r"\s*ب\.?\s?ظ\.?$", " PM"),
    (r"^([0-9]{1,2}[-/.].*:[0-9]{2}(?: ?[AaPp][Mm])?) ?(?:UTC|GMT|Z|[A-Z]{3,4}|[-+][0-9]{2}:?[0-9]{2})$", r"\1"),
    (r"^([0-9].*:[0-9]{2}(?: ?[AaPp][Mm])?) ?(?:UTC|GMT)[-+][0-9]{1,2}(?::?[0-9]{2})?$", r"\1"),
    (r"([0-9]{4})\s?[年년]\s?([0-9]{1,2})\s?[月월]\s?([0-9]{1,2})\s?[日일]?", r"\1-\2-\3"),
)
_OFFSET = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)? ?(Z|UTC|GMT|[-+](0\d|1[0-4]):?([0-5]\d)?)")
_IN_CALENDAR = "CASE WHEN ({value}) BETWEEN TIMESTAMP '1900-01-01' AND TIMESTAMP '2100-12-31' THEN ({value}) END"
_OFFSET_PATTERN = (
    "[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)? ?"
    "(Z|UTC|GMT|[-+](0[0-9]|1[0-4]):?([0-5][0-9])?)"
)
_INSTANT = (
    f"CASE WHEN regexp_full_match({{text}}, '{_OFFSET_PATTERN}') THEN try_cast(regexp_replace(regexp_replace({{text}}, "
    "' ?(UTC|GMT)$', 'Z'), ' ?([-+][0-9]{2}):?([0-9]{2})$', '\\1:\\2') AS TIMESTAMPTZ) END"
)
_WRITTEN = "regexp_replace({text}, ' ?(Z|UTC|GMT|[-+][0-9]{2}:?([0-9]{2})?)$', '')"
_OFFSET_SQL = f"CASE WHEN ({_INSTANT}) IS NOT NULL THEN try_cast(replace({_WRITTEN}, 'T', ' ') AS TIMESTAMP) END"
_OFFSET_LOCAL_SQL = f"({_INSTANT}) AT TIME ZONE '{_ZONE}'"
_WEEK = re.compile(r"(19|20)\d{2}[- ]?W\d{1,2}([- ]?[1-7])?", re.IGNORECASE)
_WEEK_PARTS = "regexp_extract(upper({text}), '^([0-9]{4})[- ]?W([0-9]{1,2})[- ]?([1-7])?$', %d)"
_WEEK_SQL = (
    f"try_strptime({_WEEK_PARTS % 1} || '-W' || lpad({_WEEK_PARTS % 2}, 2, '0') || '-' || "
    f"coalesce(nullif({_WEEK_PARTS % 3}, ''), '1'), '%G-W%V-%u')"
)
_ERA = re.compile(r"(令和|平成|昭和|[RHS])\s?(\d{1,2}|元)[年./-]\s?\d{1,2}[月./-]\s?\d{1,2}日?.*")
_ERA_PART = (
    "regexp_extract({text}, '^(令和|平成|昭和|[RHS])\\s?(\\d{1,2}|元)[年./-]\\s?(\\d{1,2})[月./-]\\s?(\\d{1,2})', %d)"
)
_ERA_SQL = (
    f"try_cast((MAP {{'令和': 2018, 'R': 2018, '平成': 1988, 'H': 1988, '昭和': 1925, 'S': 1925}}[{_ERA_PART % 1}] "
    f"+ try_cast(replace({_ERA_PART % 2}, '元', '1') AS INT)) || '-' || {_ERA_PART % 3} || '-' || {_ERA_PART % 4} AS DATE)"
)
_YEAR_MONTH = re.compile(r"(19|20)\d{2}[-/.](0?[1-9]|1[0-2])|(0?[1-9]|1[0-2])[-/.](19|20)\d{2}")
_YEAR_MONTH_SQL = "try_strptime({text}, ['%Y-%m', '%Y/%m', '%Y.%m', '%m/%Y', '%m-%Y', '%m.%Y'])"
_NUMBER = "try_cast({text} AS DOUBLE)"
_SERIAL_SQL = (
    f"CASE WHEN {_NUMBER} BETWEEN 18264 AND 73415 "
    f"THEN TIMESTAMP '1899-12-30' + to_seconds(round({_NUMBER} * 86400)) END"
)
_EPOCH_SQL = (
    f"CASE WHEN {_NUMBER} * {{factor}} BETWEEN 0 AND 4102444800000000 "
    f"THEN make_timestamptz(try_cast(round({_NUMBER} * {{factor}}) AS BIGINT)) AT TIME ZONE '{_ZONE}' END"
)
_CLOCK_SQL = """coalesce(try_cast(regexp_extract({text}, '(\\d{1,2}:\\d{2}(:\\d{2})?)', 1) AS TIME), TIME '00:00')
    + to_hours(CASE WHEN regexp_matches({text}, '(^|[^0-9])12:\\d\\d.*[aA][mM]$') THEN -12
                    WHEN regexp_matches({text}, '(^|[^0-9])(0?[1-9]|1[01]):\\d\\d.*[pP][mM]$') THEN 12 ELSE 0 END)"""
_JALALI_SQL = """(
    SELECT calendar.day + {clock} FROM calendar
    WHERE calendar.jalali_year = {year} AND calendar.jalali_month = {month} AND calendar.jalali_day = {day})"""
_JALALI_PARTS = "try_cast(regexp_extract({text}, '(1[2-4]\\d\\d)[-/.]?(\\d{1,2})[-/.]?(\\d{1,2})', %d) AS INT)"
_JALALI_DAY_FIRST_PARTS = "try_cast(regexp_extract({text}, '(\\d{1,2})[-/.](\\d{1,2})[-/.](1[2-4]\\d\\d)', %d) AS INT)"
# The first two numbers are day and year; a number of four digits is the year, else it stands last.
_NUMBERS = "regexp_extract_all({text}, '\\d+')"
_NAMED_YEAR = f"""try_cast(CASE WHEN length({_NUMBERS}[1]) = 4 THEN {_NUMBERS}[1] WHEN length({_NUMBERS}[2]) = 4 THEN
    {_NUMBERS}[2] WHEN length({_NUMBERS}[2]) = 2 THEN '20' || {_NUMBERS}[2] END AS INT)"""
_NAMED_DAY = f"try_cast(CASE WHEN length({_NUMBERS}[1]) = 4 THEN {_NUMBERS}[2] ELSE {_NUMBERS}[1] END AS INT)"
# The last word that names a month, since weekdays stand before it and may be called alike (French `mar.`).
_NAMED_MONTH = """({map})[list_filter(regexp_extract_all(lower({text}), '[\\pL\\pM]+'),
    lambda word: map_contains({map}, word))[-1]]"""
_NAMED_SQL = "try_cast({year} || '-' || {month} || '-' || {day} AS DATE) + {clock}"

_JALALI = re.compile(r"\D*1[2-4]\d{2}([-/.])\d{1,2}\1\d{1,2}(\D.*)?|1[34]\d{6}")
_JALALI_DAY_FIRST = re.compile(r"\D*\d{1,2}([-/.])\d{1,2}\1(1[34]\d{2})(\D.*)?")
_NUMERIC = {
    "excel_serial": re.compile(r"[2-7]\d{4}([.]\d+)?"),
    "epoch_seconds": re.compile(r"\d{9,10}([.]\d+)?"),
    "epoch_milliseconds": re.compile(r"\d{12,13}"),
}


def date_forms(sample: Sequence[str], zone: str, *, rare: bool = False) -> list[Reading]:
    """Return a reading for each form that any value of the sample has.

    sample: values in Latin digits. zone: time zone of the workspace, into which moments with an offset are turned.
    rare: also look at the forms that are looked for only where no other is found.
    """
    sample = _some_of_each_look(sample)
    cleaned, is_cleaned = zip(*[_clean(value) for value in sample], strict=True) if sample else ((), ())
    readings = [
        _formatted(name, formats)
        for name, dates in (_FORMATS | (_RARE_FORMATS if rare else {})).items()
        if (formats := [date + time for date in dates for time in _TIMES if _any(_pattern(date + time), cleaned)])
    ]
    if _any(_OFFSET, cleaned):
        readings.append(_reading("offset", _OFFSET_SQL))
    if _any(_WEEK, cleaned):
        readings.append(_reading("iso_week", _WEEK_SQL))
    if _any(_ERA, cleaned):
        readings.append(_reading("japanese_era", f"{_ERA_SQL} + {_CLOCK_SQL}"))
    if rare and _any(_YEAR_MONTH, cleaned):
        readings.append(_reading("year_month", _YEAR_MONTH_SQL))
    if _any(_JALALI, cleaned):
        readings.append(_reading("jalali", _jalali(_JALALI_PARTS, 1, 2, 3), in_calendar=False))
    if _any(_JALALI_DAY_FIRST, cleaned):
        readings.append(_reading("jalali_day_first", _jalali(_JALALI_DAY_FIRST_PARTS, 3, 2, 1), in_calendar=False))
    readings += _named(cleaned)
    numeric = {"excel_serial": _SERIAL_SQL} | {
        name: _EPOCH_SQL.replace("{factor}", factor)
        for name, factor in (("epoch_seconds", "1000000"), ("epoch_milliseconds", "1000"))
    }
    readings += [_reading(name, sql) for name, sql in numeric.items() if _most(_NUMERIC[name], cleaned)]
    text = _cleaned_sql() if any(is_cleaned) else "{text}"
    return [_over(each, text, zone) for each in readings]


def in_zone(sql_of_written: str, zone: str) -> str:
    """Return the SQL of a moment that is written in UTC, in the local time of a zone."""
    return (
        sql_of_written if zone == "UTC" else f"({sql_of_written})::TIMESTAMP AT TIME ZONE 'UTC' AT TIME ZONE '{zone}'"
    )


def offset_local(sample: Sequence[str], zone: str) -> Reading:
    """Return the reading that turns moments with an offset into the local time of a zone."""
    text = _cleaned_sql() if any(_clean(value)[1] for value in sample) else "{text}"
    reading = _over(_reading("offset_local", _OFFSET_LOCAL_SQL), text, zone)
    words = _WORDS["offset_local"]
    return replace(reading, words=say(words, zone=zone))


def _over(reading: Reading, text: str, zone: str) -> Reading:
    """Return the reading over cleaned text and for a time zone; one that tells the moment in UTC gives that too."""
    sql, instant = reading.sql.replace("{text}", text), ""
    if reading.name.startswith("offset"):
        instant = f"({_INSTANT}) AT TIME ZONE 'UTC'".replace("{text}", text)
    elif reading.name.startswith("epoch"):
        instant = sql.replace(_ZONE, "UTC")
    return replace(reading, sql=sql.replace(_ZONE, zone), instant=instant)


def _some_of_each_look(sample: Sequence[str]) -> list[str]:
    """Return up to 60 values of each look (digits and letters alike): a form that none of them has would never win."""
    looks: dict[str, list[str]] = {}
    for value in sample:
        looks.setdefault(re.sub(r"[^\W\d_]+", "a", re.sub(r"\d", "9", value)), []).append(value)
    return [value for values in looks.values() for value in values[:: len(values) // 60 + 1]]


def _formatted(name: str, formats: Sequence[str]) -> Reading:
    listed = ", ".join(f"'{each}'" for each in formats)
    # only digits first: strptime also takes words such as "epoch" and "infinity" for moments
    return _reading(name, f"CASE WHEN ascii({{text}}) BETWEEN 48 AND 57 THEN try_strptime({{text}}, [{listed}]) END")


def _reading(name: str, sql: str, *, in_calendar: bool = True) -> Reading:
    return Reading(name, say(_WORDS[name]), _IN_CALENDAR.replace("{value}", sql) if in_calendar else sql)


def _jalali(parts: str, year: int, month: int, day: int) -> str:
    numbers = {"year": parts % year, "month": parts % month, "day": parts % day, "clock": _CLOCK_SQL}
    return _filled(_JALALI_SQL, numbers)


def _named(values: Sequence[str]) -> list[Reading]:
    """Return the readings of dates with the name of a month, of the calendar whose months the values name."""
    found = []
    for section, name in (("months", "month_name"), ("jalali_months", "jalali_name")):
        month_names = meanings(section)
        if not any(word in month_names for value in values for word in _month_words(value)):
            continue
        month = _NAMED_MONTH.replace("{map}", map_sql(section))
        parts = {"year": _NAMED_YEAR, "month": month, "day": _NAMED_DAY, "clock": _CLOCK_SQL}
        is_jalali = section == "jalali_months"
        found.append(
            _reading(name, _filled(_JALALI_SQL if is_jalali else _NAMED_SQL, parts), in_calendar=not is_jalali)
        )
    return found


def _month_words(value: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", value.lower()) if sum(each.isdigit() for each in value) >= 3 else []


def _filled(sql: str, parts: dict[str, str]) -> str:
    for name, part in parts.items():
        sql = sql.replace(f"{{{name}}}", part)
    return sql


def _clean(value: str) -> tuple[str, bool]:
    """Return the value without a weekday and with AM or PM as they are read, and whether that changed it."""
    cleaned = value
    for pattern, by in _CLEANED:
        cleaned = re.sub(pattern, by, cleaned)
    return cleaned, cleaned != value


def _cleaned_sql() -> str:
    sql = "{text}"
    for pattern, by in _CLEANED:
        sql = f"regexp_replace({sql}, '{pattern}', '{by}')"
    return sql


def _any(pattern: re.Pattern[str], values: Sequence[str]) -> bool:
    return any(pattern.fullmatch(value) for value in values)


def _most(pattern: re.Pattern[str], values: Sequence[str]) -> bool:
    return bool(values) and sum(bool(pattern.fullmatch(value)) for value in values) > 0.5 * len(values)


@lru_cache(maxsize=512)
def _pattern(date_format: str) -> re.Pattern[str]:
    """Return what a text must look like for a date format to read it."""
    parts = re.split(r"(%[A-Za-z])", date_format)
    return re.compile("".join(_DIRECTIVES.get(part, re.escape(part)) for part in parts))
