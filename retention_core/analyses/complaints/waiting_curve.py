"""What share of complaints still waits after so long, open ones included, and how sure that is (Kaplan-Meier)."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import norm

from retention_core.analyses.intervals import SURE

_SURELY = float(norm.ppf(1 - (1 - SURE) / 2))
_ROUNDING = 1e-9


@dataclass(frozen=True)
class WaitingCurve:
    """The share that still waits after each wait at which something was answered, in order.

    seconds: those waits. waiting: the share, 0 to 1, of which 1 stands before the first. error: its standard error
    (Greenwood), NaN where nothing waits any more.
    Source: E. L. Kaplan, P. Meier, J. Am. Stat. Assoc. 53 (1958) 457.
    """

    seconds: np.ndarray
    waiting: np.ndarray
    error: np.ndarray

    def quantile(self, share: float) -> float:
        """Return the shortest wait by which at least so many of all are answered; NaN while unknown."""
        reached = int(np.searchsorted(-self.waiting, -(1 - share) - _ROUNDING))
        return float(self.seconds[reached]) if reached < len(self.seconds) else float("nan")

    def interval(self, share: float) -> tuple[float, float]:
        """Return the 95 % interval of a quantile; its upper end is infinite where too few are answered to know one.

        It holds the waits at which the share cannot be told from 1 - share on the log-log scale. NaN where there are none.
        Source: R. Brookmeyer, J. Crowley, Biometrics 38 (1982) 29; as `SurvfuncRight.quantile_ci` of statsmodels.
        """
        with np.errstate(divide="ignore", invalid="ignore"):
            log = np.log(self.waiting)
            away = (np.log(-log) - np.log(-np.log(1 - share))) * self.waiting * log / self.error
        alike = np.flatnonzero(np.abs(away) <= _SURELY)
        if not alike.size:
            return float("nan"), float("nan")
        after = int(alike[-1]) + 1
        return float(self.seconds[alike[0]]), float(self.seconds[after]) if after < len(self.seconds) else float("inf")

    def band(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the ends of the 95 % interval of the share still waiting, log-log; NaN where nothing waits any more."""
        with np.errstate(divide="ignore", invalid="ignore"):
            log = np.log(self.waiting)
            step = np.exp(_SURELY * self.error / (self.waiting * np.abs(log)))
            return self.waiting**step, self.waiting ** (1 / step)

    def at(self, seconds: np.ndarray) -> np.ndarray:
        """Return the share that still waits after each of these waits."""
        return np.append(1.0, self.waiting)[np.searchsorted(self.seconds, seconds, side="right")]


def shortest_first(wait_seconds: np.ndarray, is_answered: np.ndarray) -> np.ndarray:
    """Return the order of the waits, those of one length answered before open: these waited for as long at least."""
    return np.argsort(2 * wait_seconds - is_answered)


def waiting_curve(wait_seconds: np.ndarray, is_answered: np.ndarray, complaints: np.ndarray) -> WaitingCurve:
    """Return the curve of waits that stand in the order of `shortest_first`. complaints: how many wait so long."""
    at_risk, answered = complaints[::-1].cumsum()[::-1], is_answered * complaints
    events = np.flatnonzero(answered)
    seconds, at_risk, answered = wait_seconds[events], at_risk[events], answered[events]
    left = at_risk - answered
    with np.errstate(divide="ignore", invalid="ignore"):
        waiting = np.cumprod(left / at_risk)
        error = waiting * np.sqrt(np.cumsum(answered / (at_risk * left.astype(float))))
    last = np.flatnonzero(np.diff(seconds, append=np.inf))  # several rows may hold waits of one length
    return WaitingCurve(seconds[last], waiting[last], error[last])


def curve_of(wait_seconds: np.ndarray, is_answered: np.ndarray, complaints: np.ndarray) -> WaitingCurve:
    """Return the curve of waits in any order. complaints: how many wait so long."""
    order = shortest_first(wait_seconds, is_answered)
    return waiting_curve(wait_seconds[order], is_answered[order], complaints[order])
