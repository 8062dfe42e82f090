"""When something ended: a moment, or the time that passed since the moment of the row."""

import re
from dataclasses import replace

from retention_core.ingestion.understanding.read_dates import read_dates
from retention_core.ingestion.understanding.readings import Question, Reading, StagedColumn
from retention_core.ingestion.understanding.words import meanings, words
from retention_core.words.numbers import decimal
from retention_core.words.say import say, sentence

_UNITS = {1: "seconds", 60: "minutes", 3600: "hours", 86400: "days"}
_PASSED = {
    1: sentence("seconds that passed"),
    60: sentence("minutes that passed"),
    3600: sentence("hours that passed"),
    86400: sentence("days that passed"),
}
_NUMBER = "try_cast(replace({text}, ',', '.') AS DOUBLE)"
_SIGN = "CASE WHEN {text} LIKE '-%' THEN -1 ELSE 1 END"
_CLOCK = (
    "CASE WHEN regexp_full_match({text}, '-?[0-9]+:[0-5][0-9](:[0-5][0-9])?( ?(h|hrs?|hours?))?') THEN "
    f"{_SIGN} * list_sum(list_transform(string_split(regexp_replace({{text}}, '[^0-9:]', '', 'g'), ':'), "
    "lambda part, place: try_cast(part AS BIGINT) * [3600, 60, 1][place])) END"
)


def read_lengths(column: StagedColumn) -> Reading | Question | None:
    """Return how the time that passed until the end of something is told."""
    found = read_ends(column)
    is_length = isinstance(found, Question) or (found is not None and found.is_length)
    return found if is_length else None


def read_ends(column: StagedColumn) -> Reading | Question | None:
    """Return how the end of something is told: by a date, or by the time that passed until it.

    A length is a clock (`26:15`, hours and minutes), words (`2 days 3 h`), or a plain number whose unit stands in the
    header; where it does not, it is asked for. Lengths are counted from the moment of the row.
    """
    found = read_dates(column)
    if found is not None and not _are_plain_numbers(column):
        return found
    ways = (
        Reading("clock", say("hours and minutes that passed"), _CLOCK, is_length=True),
        Reading("time_words", say("the time that passed, in words"), _words_sql(), is_length=True),
    )
    present, numbers, *counts = column.count(
        [_NUMBER.replace("{text}", column.staged.text(column.header)), *map(column.read_as, ways)]
    )
    for way, count in zip(ways, counts, strict=True):
        if present and count >= 0.5 * present and count > numbers:
            return replace(way, reads_all=count == present)
    if not present or numbers < 0.5 * present:
        return found
    readings = tuple(_counted(unit, reads_all=numbers == present) for unit in _UNITS)
    unit = _unit_of(column.header)
    if unit:
        return readings[list(_UNITS).index(unit)]
    asked = say("In which unit does “{header}” count the time that passed?", header=column.header)
    return Question(
        "", column.header, readings[1:], column.examples(readings[1:]), _longest(column, readings[1:]), asked
    )


def _counted(unit: int, *, reads_all: bool) -> Reading:
    return Reading(f"{_UNITS[unit]}_passed", say(_PASSED[unit]), f"{_NUMBER} * {unit}", reads_all, is_length=True)


def _are_plain_numbers(column: StagedColumn) -> bool:
    """Tell whether the values are numbers too small for dates: 20250131 is a date, 45658 may be both, 90 is a length."""
    number = f"try_cast({column.staged.text(column.header)} AS DOUBLE)"
    present, numbers, small = column.count([number, f"CASE WHEN {number} < 18264 THEN 1 END"])
    return bool(present) and numbers == present and small > 0.5 * present


def _unit_of(header: str) -> int | None:
    """Return the unit that a header names, in seconds."""
    units = meanings("units")
    named = [int(units[word]) for word in re.findall(r"[^\W\d_]+", header.replace("_", " ").lower()) if word in units]
    return named[-1] if named else None


def _words_sql() -> str:
    """Return the seconds in words such as `1 day 2h 5 min`: each number times the unit behind it."""
    parts = []
    for unit, names in words()["units"].items():
        listed = "|".join(sorted(names, key=len, reverse=True))
        number = f"regexp_extract(lower({{text}}), '([0-9]+([.,][0-9]+)?)\\s?({listed})([^\\pL]|$)', 1)"
        parts.append(f"coalesce(try_cast(replace({number}, ',', '.') AS DOUBLE) * {unit}, 0)")
    clock = "coalesce(" + _CLOCK.replace("{text}", "regexp_extract({text}, ' ([0-9]+:[0-9:]+)$', 1)") + ", 0)"
    total = " + ".join([*parts, clock])
    return f"CASE WHEN regexp_matches({{text}}, '[0-9]\\s?\\pL') THEN {_SIGN} * ({total}) END"


def _longest(column: StagedColumn, readings: tuple[Reading, ...]) -> tuple[str, ...]:
    """Return the middle and the longest of the lengths by each reading, in days."""
    middles = ", ".join(f"median({sql}) / 86400, max({sql}) / 86400" for sql in map(column.read_as, readings))
    row = list(
        column.engine.query(f"SELECT {middles} FROM read_parquet($path)", {"path": str(column.staged.path)}).iloc[0]
    )
    return tuple(
        say(
            "half of them within {middle} days, the longest {longest} days",
            middle=decimal(middle, 2),
            longest=decimal(longest, 1),
        )
        for middle, longest in zip(row[::2], row[1::2], strict=True)
    )
