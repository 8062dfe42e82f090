"""How long did those of two stretches of weeks wait, over the whole wait?"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
from statsmodels.duration.survfunc import survdiff

from retention_core.analyses.complaints.response_times import ResponseQuestion, waits_of
from retention_core.analyses.complaints.waiting_curve import WaitingCurve, shortest_first, waiting_curve
from retention_core.analyses.complaints.weeks_compared import Days
from retention_core.engines.engine import Engine
from retention_core.observed import Observed, observed


@dataclass(frozen=True)
class Stretch:
    """The waits of the complaints opened within some days, one row per length of wait.

    days: the first and the last. wait_seconds, is_answered (0 or 1), complaints: how many wait so long, in order.
    """

    days: Days
    wait_seconds: np.ndarray
    is_answered: np.ndarray
    complaints: np.ndarray

    @property
    def total(self) -> int:
        """How many complaints there are."""
        return int(self.complaints.sum())

    @cached_property
    def curve(self) -> WaitingCurve:
        """The share still waiting."""
        return waiting_curve(self.wait_seconds, self.is_answered, self.complaints)


def stretch_waits(engine: Engine, question: ResponseQuestion, days: Days) -> Stretch:
    """Return the waits of those opened within some days; those answered before they were opened are left out."""
    seen = observed(engine, question.filters, "complaints")
    if seen is None:
        return _in_order(days, pd.DataFrame(columns=["wait_seconds", "is_answered", "complaints"], dtype="int64"))
    waits = waits_of(engine, question, _within(seen, days))
    return _in_order(days, waits[(waits["wait_seconds"] >= 0) & (waits["is_apart"] == 0)])


def log_rank(first: Stretch, second: Stretch) -> float:
    """Return the p-value of the log-rank test that both wait alike; NaN where nothing tells them apart: no answer at all, or
    all of them after one and the same wait.

    Source: N. Mantel, Cancer Chemother. Rep. 50 (1966) 163; computed by statsmodels.
    """
    if not first.total or not second.total or not (first.is_answered.any() or second.is_answered.any()):
        return float("nan")
    both = (first, second)
    counts = np.concatenate([each.complaints for each in both])
    seconds, answered = (
        np.repeat(np.concatenate([getattr(each, name) for each in both]), counts)
        for name in ("wait_seconds", "is_answered")
    )
    try:
        return float(survdiff(seconds, answered, np.repeat([0, 1], [each.total for each in both]))[1])
    except np.linalg.LinAlgError:  # no variance
        return float("nan")


def _within(seen: Observed, days: Days) -> Observed:
    return replace(seen, first_day=max(seen.first_day, days[0]), last_day=min(seen.last_day, days[1]))


def _in_order(days: Days, waits: pd.DataFrame) -> Stretch:
    seconds, answered, complaints = (waits[name].to_numpy() for name in ("wait_seconds", "is_answered", "complaints"))
    order = shortest_first(seconds, answered)
    return Stretch(days, seconds[order], answered[order], complaints[order])
