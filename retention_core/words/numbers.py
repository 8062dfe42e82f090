"""Numbers as people read them: shares, counts, points, money, waits."""

import math

from retention_core.words.say import Number, counted, say

UNKNOWN = "–"


def _is_unknown(number: float | None) -> bool:
    return number is None or math.isnan(number)


def percent(rate: float | None, digits: int = 0) -> Number:
    """Return a share as people read it: `36.6 %`, with a space that does not break; `–` where it is unknown."""
    return Number(UNKNOWN if rate is None or math.isnan(rate) else f"{rate * 100:.{digits}f}\u00a0%")


def rough(rate: float) -> Number:
    """Return a share in percent with so many decimals, up to two, that one above zero does not read as zero."""
    shown = next((count for count in (0, 1) if not rate or abs(rate) * 100 >= 10**-count), 2)
    return percent(rate, shown)


def bare(rate: float, digits: int = 0) -> Number:
    """Return a share without its sign, for the ends of an interval."""
    return Number(UNKNOWN if math.isnan(rate) else f"{rate * 100:.{digits}f}")


def whole(number: float | None) -> Number:
    """Return a whole number with thousands apart: `12,345`; `–` where it is unknown."""
    return Number(UNKNOWN if number is None or math.isnan(number) else f"{number:,.0f}")


def decimal(number: float, digits: int) -> Number:
    """Return a number with so many decimals, thousands apart."""
    return Number(UNKNOWN if _is_unknown(number) else f"{number:,.{digits}f}")


def amount(number: float | None) -> str:
    """Return a sum of money in few letters: `85`, `1,234`, `12.3k`, `4.5M`; `–` where it is unknown."""
    if number is None or math.isnan(number):
        return Number(UNKNOWN)
    if abs(number) >= 1e9:
        return say("{n}G", n=decimal(number / 1e9, 1))
    if abs(number) >= 1e6:
        return say("{n}M", n=decimal(number / 1e6, 1))
    if abs(number) >= 1e4:
        return say("{n}k", n=decimal(number / 1e3, 1))
    return decimal(number, 0 if abs(number) >= 100 or number == int(number) else 1)


def digits(low: float, high: float) -> int:
    """Return how many decimals of a percentage an interval needs so that its ends can be told apart, 0 to 3."""
    width = (high - low) * 100
    return 0 if math.isnan(width) else next((count for count in range(3) if width >= 2 * 10**-count), 3)


def interval(low: float, high: float, digits: int = 0) -> str:
    """Return the ends of an interval of a share: `34 to 41`."""
    return say("{low} to {high}", low=bare(low, digits), high=bare(high, digits))


def points(low: float, high: float) -> str:
    """Return an interval of a difference of shares (-1 to 1) in points: `−9 to +7`; a narrow one with a decimal."""
    shown = digits(low, high) if (high - low) * 100 >= 8 else max(1, digits(low, high))
    return say("{low} to {high}", low=signed(low, shown), high=signed(high, shown))


def signed(rate: float, shown: int = 0) -> Number:
    """Return a difference of shares (-1 to 1) in points with its sign: `+3`, `−9`. shown: decimals."""
    written = f"{rate * 100:+.{shown}f}"
    return Number(written.strip("+-") if float(written) == 0 else written.replace("-", "\u2212"))


def ends_apart(low: float, high: float) -> dict[str, Number]:
    """Return the ends of an interval that excludes zero, as points without sign, the smaller first: places of sentences."""
    ends = sorted((abs(low), abs(high)))
    return {"low": bare(ends[0], digits(*ends)), "high": bare(ends[1], digits(*ends))}


def duration(seconds: float | None) -> str:
    """Return a wait in the two largest units: `2 days 7 h`, `3 h 20 min`; `–` where it is unknown."""
    if seconds is None or math.isnan(seconds):
        return Number(UNKNOWN)
    minutes = round(seconds / 60)
    days, hours, rest = minutes // 1440, minutes % 1440 // 60, minutes % 60
    if days and hours and days < 30:
        return counted("{n} day {hours} h", "{n} days {hours} h", days, hours=hours)
    if days:
        return counted("{n} day", "{n} days", days)
    return say("{hours} h {minutes} min", hours=hours, minutes=rest) if hours else say("{minutes} min", minutes=rest)


def wait_interval(low: float, high: float) -> str:
    """Return the ends of the interval of a wait: `1 day to 3 days`; `1 day or longer` where the upper one is infinite."""
    if math.isnan(low):
        return Number(UNKNOWN)
    if math.isinf(high):
        return say("{wait} or longer", wait=duration(low))
    return say("{first} to {last}", first=duration(low), last=duration(high))
