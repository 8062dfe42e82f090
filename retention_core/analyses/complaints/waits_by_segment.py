"""Where is it slow? Waits by the value of a segment: reason, channel, team and the like."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import pandas as pd

from retention_core.analyses.complaints.response_times import DAY, QUANTILES, ResponseQuestion, waits_of
from retention_core.analyses.complaints.waiting_curve import curve_of
from retention_core.analyses.intervals import Share, wilson
from retention_core.engines.engine import Engine
from retention_core.errors import SettingInvalid
from retention_core.observed import observed
from retention_core.tables import COMPLAINTS

Kind = Literal["named", "others", "unknown"]

TOP = 12
PEOPLE = ("employee", "team")  # people are shown in no order of how well they do
COUNTS = ("complaints", "known", "within_limit", "still_open", "open_over_limit", "closed_apart")


@dataclass(frozen=True)
class SegmentQuestion:
    """What is asked. response: which wait, its limit and who is looked at. segment: a column of complaints. top: how many
    values stand alone, those with the most complaints; the others stand together.
    """

    response: ResponseQuestion
    segment: str
    top: int = TOP

    def __post_init__(self) -> None:
        names = [column.name for column in COMPLAINTS.segments()]
        if self.segment not in names:
            found = f"Complaints have no segment {self.segment!r}."
            raise SettingInvalid("This switch does not exist.", found, f"It is one of: {', '.join(names)}.")

    @property
    def is_of_people(self) -> bool:
        """Whether the values are people, or groups of them."""
        return self.segment in PEOPLE


@dataclass(frozen=True)
class SegmentWaits:
    """The answer.

    values: one row per value, that with the most complaints first, then all others together, then the complaints of
    which the value is unknown. Columns: kind (`named`, `others`, `unknown`), value (None unless named), complaints
    (whose wait is known or lasts), known (old enough that it is known whether they kept the limit), within_limit (of
    those known), still_open, open_over_limit, closed_apart (closed at a moment unknown; counted nowhere else), share,
    low and high (of the known within the limit, with the 95 % interval; NaN where none is known), median_seconds,
    p90_seconds (Kaplan-Meier; NaN where too few are answered).
    everyone: the counts of each named value, also of those that stand together, by volume.
    weeks: known and within_limit by row of `values` (place) and week of opening (period).
    data_errors: complaints answered before they were opened, which are left out. first_day, as_of: of what is looked at.
    """

    question: SegmentQuestion
    values: pd.DataFrame
    everyone: pd.DataFrame
    weeks: pd.DataFrame
    data_errors: int = 0
    first_day: date | None = None
    last_day: date | None = None
    as_of: date | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is no complaint to show."""
        return bool(self.values.empty)

    @property
    def overall(self) -> Share:
        """The share of all complaints within the limit."""
        return Share(int(self.values["within_limit"].sum()), int(self.values["known"].sum()))

    def share(self, place: int) -> Share:
        """Return the share of one value within the limit. place: of its row."""
        row = self.values.iloc[place]
        return Share(int(row["within_limit"]), int(row["known"]))


def waits_by_segment(engine: Engine, question: SegmentQuestion) -> SegmentWaits:
    """Return the waits of complaints by the value of a segment."""
    response = question.response
    seen = observed(engine, response.filters, "complaints")
    if seen is None:
        return SegmentWaits(question, pd.DataFrame(), pd.DataFrame(), pd.DataFrame())
    rows = waits_of(engine, response, seen, question.segment)
    is_wrong = rows["wait_seconds"] < 0
    counted = _counted(rows[~is_wrong], response.limit_days)
    wrong, days = int(rows["complaints"][is_wrong].sum()), (seen.first_day, seen.last_day, seen.as_of)
    if counted.empty:
        return SegmentWaits(question, pd.DataFrame(), pd.DataFrame(), pd.DataFrame(), wrong, *days)
    everyone = _everyone(counted)
    placed = counted.assign(place=_places(counted["segment_value"], everyone["value"], question.top))
    weeks = placed.groupby(["place", "period"], as_index=False)[["known", "within_limit"]].sum()
    return SegmentWaits(question, _values(placed, everyone, question.top), everyone, weeks, wrong, *days)


def _counted(rows: pd.DataFrame, limit_days: int) -> pd.DataFrame:
    """Return the rows with how many of their complaints belong to each measure."""
    followed = rows["complaints"].where(rows["is_apart"] == 0, 0)
    is_answered, is_late = rows["is_answered"] == 1, rows["wait_seconds"] > limit_days * DAY
    is_known = rows["is_old_enough"] == 1
    return rows.assign(
        closed_apart=rows["complaints"] - followed,
        complaints=followed,
        known=followed * is_known,
        within_limit=followed * (is_known & is_answered & ~is_late),
        still_open=followed * ~is_answered,
        open_over_limit=followed * (~is_answered & is_late),
    )


def _everyone(counted: pd.DataFrame) -> pd.DataFrame:
    """Return the counts of each value that is known, that with the most complaints first."""
    named = counted.dropna(subset=["segment_value"]).rename(columns={"segment_value": "value"})
    sums = named.groupby("value", as_index=False)[list(COUNTS)].sum()
    volume = sums["complaints"] + sums["closed_apart"]
    order = np.lexsort((sums["value"].astype(str).to_numpy(), -volume.to_numpy()))
    return sums.iloc[order].reset_index(drop=True)


def _places(values: pd.Series, ranked: pd.Series, top: int) -> np.ndarray:
    """Return the row in which each value stands: its own, that of all others together, or that of the unknown."""
    shown = {value: place for place, value in enumerate(ranked.head(top))}
    return np.where(values.isna(), len(shown) + 1, values.map(shown).fillna(len(shown))).astype(int)


def _values(placed: pd.DataFrame, everyone: pd.DataFrame, top: int) -> pd.DataFrame:
    names = [*everyone["value"].head(top), None, None]
    rows = [
        {"kind": _kind(int(place), len(names)), "value": names[int(place)]}
        | {name: int(each[name].sum()) for name in COUNTS}
        | _quantiles(each)
        for place, each in placed.groupby("place", sort=True)
    ]
    found = pd.DataFrame(rows)
    low, high = wilson(found["within_limit"], found["known"])
    share = found["within_limit"] / found["known"].where(found["known"] > 0)
    value = pd.Series([row["value"] for row in rows], dtype=object)  # which keeps None as it is
    return found.assign(value=value, share=share, low=low, high=high)


def _kind(place: int, names: int) -> Kind:
    """Return what the row at a place stands for. names: how many places there are, the last two without a name."""
    return "named" if place < names - 2 else "others" if place == names - 2 else "unknown"


def _quantiles(rows: pd.DataFrame) -> dict[str, float]:
    curve = curve_of(*(rows[name].to_numpy() for name in ("wait_seconds", "is_answered", "complaints")))
    return {name: curve.quantile(share) for name, share in QUANTILES.items()}
