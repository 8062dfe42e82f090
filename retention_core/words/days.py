"""Days and months as people write them, in either calendar."""

from datetime import date, datetime

from persiantools.jdatetime import JalaliDate

from retention_core.words.language import Calendar, spoken
from retention_core.words.numbers import UNKNOWN
from retention_core.words.say import WRITERS, Number, say, sentence

WEEKDAYS = (
    sentence("Monday"),
    sentence("Tuesday"),
    sentence("Wednesday"),
    sentence("Thursday"),
    sentence("Friday"),
    sentence("Saturday"),
    sentence("Sunday"),
)
MONTHS = {
    "gregorian": (
        sentence("Jan"),
        sentence("Feb"),
        sentence("Mar"),
        sentence("Apr"),
        sentence("May"),
        sentence("Jun"),
        sentence("Jul"),
        sentence("Aug"),
        sentence("Sep"),
        sentence("Oct"),
        sentence("Nov"),
        sentence("Dec"),
    ),
    "jalali": (
        sentence("Farvardin"),
        sentence("Ordibehesht"),
        sentence("Khordad"),
        sentence("Tir"),
        sentence("Mordad"),
        sentence("Shahrivar"),
        sentence("Mehr"),
        sentence("Aban"),
        sentence("Azar"),
        sentence("Dey"),
        sentence("Bahman"),
        sentence("Esfand"),
    ),
}


def month(number: int, calendar: Calendar | None = None) -> str:
    """Return the name of a month, 1 to 12. calendar: by default the one in which days are written."""
    return say(MONTHS[calendar or spoken().calendar][number - 1])


def when(day: date | None) -> str:
    """Return a day: `9 Dec 2011`, `18 Azar 1390`; `–` where it is unknown."""
    if day is None:
        return UNKNOWN
    calendar = spoken().calendar
    shown = JalaliDate(day) if calendar == "jalali" else day
    year = Number(str(shown.year))
    return say("{day} {month} {year}", day=shown.day, month=month(shown.month, calendar), year=year)


def when_exactly(moment: datetime) -> str:
    """Return a moment to the minute: `9 Dec 2011, 14:05`."""
    return say("{day}, {time}", day=moment.date(), time=Number(f"{moment:%H:%M}"))


def in_numbers(day: date | None) -> str:
    """Return a day, or a moment to the minute, in numbers that sort by time: `1390/09/18`, `2011/12/09 14:05`."""
    if day is None:
        return ""
    shown = JalaliDate(day) if spoken().calendar == "jalali" else day
    time = f" {day:%H:%M}" if isinstance(day, datetime) else ""
    return Number(f"{shown.year:04}/{shown.month:02}/{shown.day:02}{time}")


def span(first: str, last: str) -> str:
    """Return a stretch of periods: `Jun 2026 to Aug 2026`, or one name where both are the same."""
    return first if first == last else say("{first} to {last}", first=first, last=last)


WRITERS.update({date: when, datetime: when_exactly})
