"""What explains a change: other complaints than before, or each kind answered otherwise?"""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import pandas as pd

from retention_core.analyses.claims import Comparison, Stretches, stretches
from retention_core.analyses.complaints.waits_by_segment import TOP, SegmentWaits
from retention_core.analyses.complaints.weeks_compared import WEEKS
from retention_core.analyses.intervals import FEW, TOO_FEW, Share
from retention_core.periods import Period


@dataclass(frozen=True)
class ChangeExplained:
    """The change of the share within the limit between two stretches of weeks, divided over the values of a segment.

    recent, before: numbers of the first and the last week of either. comparison: the shares of both, recent first.
    parts: one row per value with ten known complaints in each stretch, at most twelve, in the order of
    `SegmentWaits.values`, and one of all others together, with place (of the row there; -1 for the others), kind and
    value as there, recent_known, recent_within, before_known, before_within, rate (what its own share brought, -1 to 1)
    and mix (what its part of the complaints brought); all of both columns together are the change.
    """

    period: Period
    recent: tuple[int, int]
    before: tuple[int, int]
    comparison: Comparison
    parts: pd.DataFrame

    @property
    def change(self) -> float:
        """Recent share minus the one before, -1 to 1."""
        return self.comparison.first.rate - self.comparison.second.rate

    @property
    def mix(self) -> float:
        """What the mix brought altogether, -1 to 1."""
        return float(self.parts["mix"].sum())

    @property
    def main(self) -> pd.Series | None:
        """The value whose own share brought most of the change; None where none has 30 complaints in each stretch."""
        is_known = self.parts[["recent_known", "before_known"]].min(axis="columns") >= FEW
        towards = self.parts["rate"] * np.sign(self.change)
        named = self.parts[(self.parts["kind"] == "named") & is_known & (towards > 0)]
        return None if named.empty else self.parts.loc[towards[named.index].idxmax()]


def change_explained(waits: SegmentWaits) -> ChangeExplained | None:
    """Return what explains the change from the four weeks before the last four in which all complaints are known.

    None where the complaints do not reach so far back, or a stretch has none. waits: by week.
    """
    weeks = _stretches(waits)
    if weeks is None:
        return None
    of = [_of_stretch(waits, stretch) for stretch in (weeks.recent, weeks.other)]
    if not (of[0]["known"].sum() and of[1]["known"].sum()):
        return None
    first, second = (Share(int(each["within_limit"].sum()), int(each["known"].sum())) for each in of)
    rate, mix = divided(of[0]["within_limit"], of[0]["known"], of[1]["within_limit"], of[1]["known"])
    parts = pd.DataFrame(
        {
            "place": range(len(waits.values)),
            "kind": waits.values["kind"],
            "value": waits.values["value"],
            "recent_known": of[0]["known"],
            "recent_within": of[0]["within_limit"],
            "before_known": of[1]["known"],
            "before_within": of[1]["within_limit"],
            "rate": rate,
            "mix": mix,
        }
    )
    return ChangeExplained(
        waits.question.response.period, weeks.recent, weeks.other, Comparison(first, second), _told_apart(parts)
    )


def _told_apart(parts: pd.DataFrame) -> pd.DataFrame:
    """Return the parts of values with enough complaints in each stretch, and all others as one."""
    is_enough = (parts[["recent_known", "before_known"]].min(axis="columns") >= TOO_FEW) & (parts["kind"] != "others")
    apart = parts[is_enough & (is_enough.cumsum() <= TOP)]
    rest = parts.drop(index=apart.index)
    if rest[["recent_known", "before_known"]].to_numpy().sum() == 0:
        return apart.reset_index(drop=True)
    others = (
        rest.drop(columns=["place", "kind", "value"]).sum().to_frame().T.assign(place=-1, kind="others", value=None)
    )
    return pd.concat([apart, others], ignore_index=True)


def divided(
    recent: np.ndarray, recent_total: np.ndarray, before: np.ndarray, before_total: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return for each value what its share brought to the change of the common share, and what its part of all did.

    A value that only one stretch has keeps its share: what it changes is the mix. What the mix brings is counted from
    the mean of both common shares, so that a value as quick as all brings nothing.
    Source: E. M. Kitagawa, J. Am. Stat. Assoc. 50 (1955) 1168.
    """
    part, part_before = recent_total / recent_total.sum(), before_total / before_total.sum()
    with np.errstate(invalid="ignore", divide="ignore"):
        share, share_before = recent / recent_total, before / before_total
    share, share_before = (
        np.where(recent_total > 0, share, np.where(before_total > 0, share_before, 0.0)),
        np.where(before_total > 0, share_before, np.where(recent_total > 0, share, 0.0)),
    )
    common = (recent.sum() / recent_total.sum() + before.sum() / before_total.sum()) / 2
    rate = (share - share_before) * (part + part_before) / 2
    mix = (part - part_before) * ((share + share_before) / 2 - common)
    return rate, mix


def _stretches(waits: SegmentWaits) -> Stretches | None:
    """Return the last weeks of which all complaints are known, and those before them."""
    response = waits.question.response
    period = response.period
    if waits.weeks.empty or waits.as_of is None or waits.first_day is None or waits.last_day is None:
        return None
    known = min(waits.last_day, waits.as_of - timedelta(days=response.known_after_days))
    first = int(waits.weeks["period"].min())
    first += period.starts_on(first) < waits.first_day
    return stretches(period.number(known + timedelta(days=1)) - 1, first, period, "before", WEEKS)


def _of_stretch(waits: SegmentWaits, stretch: tuple[int, int]) -> dict[str, np.ndarray]:
    """Return known and within_limit of each row of the values in a stretch of weeks."""
    rows = waits.weeks[waits.weeks["period"].between(*stretch)].groupby("place")[["known", "within_limit"]].sum()
    places = np.unique(waits.weeks["place"])
    return {name: rows[name].reindex(places, fill_value=0).to_numpy(float) for name in ("known", "within_limit")}
