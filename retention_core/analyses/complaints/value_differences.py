"""Which values of a segment differ from the rest in the share within the limit, by more than chance?"""

from dataclasses import dataclass

from retention_core.analyses.complaints.waits_by_segment import SegmentWaits
from retention_core.analyses.intervals import FEW, SURE, Share, difference, p_values


@dataclass(frozen=True)
class ValueDifference:
    """One value against all other complaints. place: of its row in `SegmentWaits.values`. own, others: the shares."""

    place: int
    own: Share
    others: Share

    @property
    def points(self) -> float:
        """Own share minus that of the others, -1 to 1."""
        return self.own.rate - self.others.rate

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of the difference (Newcombe), -1 to 1."""
        return difference(self.own, self.others)[1:]


@dataclass(frozen=True)
class ValueDifferences:
    """What comparing the values found. compared: how many could be. real: those that differ, the largest first."""

    compared: int
    real: tuple[ValueDifference, ...]


def value_differences(waits: SegmentWaits) -> ValueDifferences:
    """Compare each value that stands alone with all others, where either side has 30 complaints that are known.

    Fisher's exact test on both sides; each is taken for real below 0.05 divided by the number compared (Bonferroni), so
    that all of them together claim something by chance in at most one of twenty segments.
    """
    total = waits.overall
    pairs = []
    for place in range(len(waits.values)):
        own = waits.share(place)
        others = Share(total.count - own.count, total.total - own.total)
        if waits.values["kind"].iloc[place] == "named" and min(own.total, others.total) >= FEW:
            pairs.append(ValueDifference(place, own, others))
    found = p_values([pair.own for pair in pairs], [pair.others for pair in pairs])
    sure = [pair for pair, p_value in zip(pairs, found, strict=True) if p_value <= (1 - SURE) / len(pairs)]
    return ValueDifferences(len(pairs), tuple(sorted(sure, key=lambda pair: (-abs(pair.points), pair.place))))
