"""Which time counts as waiting: round the clock, or the hours in which a team is there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

DAY = 86_400  # seconds
Stretch = tuple[int, int]
"""From and to, in seconds of the local day; the end is not part of it."""
Seconds = npt.NDArray[np.float64]
Pause = tuple[datetime, datetime]

ROUND_THE_CLOCK: tuple[tuple[Stretch, ...], ...] = (((0, DAY),),) * 7


@dataclass(frozen=True)
class OpeningHours:
    """When somebody is there to answer.

    weekdays: seven, Monday first, each the stretches of that day, in order; none where it is closed. closed: days on
    which nobody is there, whatever the weekday. zone: the IANA name of the time zone whose local time is meant.
    """

    weekdays: tuple[tuple[Stretch, ...], ...] = ROUND_THE_CLOCK
    closed: frozenset[date] = frozenset()
    zone: str = "UTC"

    def of_day(self, day: date) -> tuple[Stretch, ...]:
        """Return the stretches of a day."""
        return () if day in self.closed else self.weekdays[day.weekday()]


@dataclass(frozen=True)
class Clock:
    """Counts the seconds that pass within opening hours, from the start of one day to the end of another.

    Moments are local, without a zone. One that an autumn night has twice is taken as the first of the two; one that a
    spring night leaves out, as the moment in which the clocks go forward. So a day round the clock has 23 or 25 hours
    where they are changed.
    """

    hours: OpeningHours
    first: date
    last: date

    def waited(self, since: "pd.Series[datetime]", until: "pd.Series[datetime]") -> Seconds:
        """Return the open seconds between moments; NaN where one is unknown, 0 where the second lies before the first."""
        return np.maximum(self._passed(until) - self._passed(since), 0.0)

    def used(self, since: datetime, until: datetime, pauses: Sequence[Pause] = ()) -> float:
        """Return the open seconds between two moments that lie in no pause; pauses do not overlap."""
        paused = sum(self._between(max(begin, since), min(end, until)) for begin, end in pauses)
        return self._between(since, until) - paused

    def due(self, since: datetime, seconds: float, pauses: Sequence[Pause] = ()) -> datetime | None:
        """Return the first moment at which so many open seconds are used, which may be closing time; None where there is none.

        Each pause that begins before that moment puts it off.
        """
        instants, passed = self._edges
        (since_passed,) = self._passed(pd.Series([since]))
        target = since_passed + seconds
        for begin, end in sorted(pauses):
            begins_at = max(begin, since)
            (passed_then,) = self._passed(pd.Series([begins_at]))
            if passed_then >= target:
                break
            target += self._between(begins_at, end)
        after = int(np.searchsorted(passed, target, side="left"))
        if after >= len(passed):
            return None
        found = instants[after] - (passed[after] - target)
        return max(since, _local(found, self.hours.zone))

    def _between(self, since: datetime, until: datetime) -> float:
        return float(self.waited(pd.Series([since]), pd.Series([until]))[0])

    def _passed(self, moments: "pd.Series[datetime]") -> Seconds:
        instants, passed = self._edges
        found = _instants(moments, self.hours.zone)
        return np.interp(found, instants, passed) if len(passed) else np.where(np.isnan(found), np.nan, 0.0)

    @cached_property
    def _edges(self) -> tuple[Seconds, Seconds]:
        """The instants at which the hours begin and end, and the open seconds that have passed by each."""
        instants = _instants(pd.Series(list(self._begins_and_ends()), dtype="datetime64[s]"), self.hours.zone)
        opened = np.diff(instants)
        opened[1::2] = 0  # from an end to the next beginning
        return instants, np.concatenate([[0.0], np.cumsum(opened)])[: len(instants)]

    def _begins_and_ends(self) -> Iterator[datetime]:
        for number in range((self.last - self.first).days + 1):
            midnight = datetime.combine(self.first + timedelta(days=number), time())
            for stretch in self.hours.of_day(midnight.date()):
                yield from (midnight + timedelta(seconds=edge) for edge in stretch)


def _instants(moments: "pd.Series[datetime]", zone: str) -> Seconds:
    """Return local moments as seconds since 1970 in UTC, NaN where unknown."""
    local = pd.DatetimeIndex(moments).tz_localize(
        zone, ambiguous=np.ones(len(moments), bool), nonexistent="shift_forward"
    )
    seconds = (local - pd.Timestamp(0, tz="UTC")) / pd.Timedelta(seconds=1)
    return np.asarray(seconds, float)


def _local(instant: float, zone: str) -> datetime:
    found: datetime = pd.Timestamp(instant, unit="s", tz="UTC").tz_convert(zone).tz_localize(None).to_pydatetime()
    return found
