"""How long do people wait for an answer? Waits by the period in which the complaint was opened, open ones included."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

import numpy as np
import pandas as pd
from statsmodels.duration.survfunc import SurvfuncRight

from retention_core.analyses.intervals import Share
from retention_core.analyses.statement import statement
from retention_core.engines.engine import Engine
from retention_core.errors import SettingInvalid
from retention_core.filters import Filters
from retention_core.observed import observed
from retention_core.periods import Period

Awaited = Literal["first_response", "resolution"]

DAY = 86_400
LIMITS_IN_DAYS = (1, 3, 5)
ANSWERED_SECOND = {"first_response": "first_response_second", "resolution": "resolved_second"}
# What is over though the moment asked about is not known: resolved without a response on record, or closed by its status.
# A status is that of the last day of the data, so that for an earlier day it cannot be told whether it held then.
CLOSED_APART = {
    "first_response": "complaints.resolved_second < $known_until OR (complaints.is_closed "
    "AND complaints.resolved_second IS NULL AND complaints.first_response_second IS NULL)",
    "resolution": "complaints.is_closed AND complaints.resolved_second IS NULL",
}


@dataclass(frozen=True)
class ResponseQuestion:
    """What is asked. awaited: the first response, or the resolution. period: how the days of opening are grouped."""

    awaited: Awaited = "resolution"
    period: Period = Period("week")
    filters: Filters = Filters()

    def __post_init__(self) -> None:
        if self.awaited not in get_args(Awaited):
            allowed = ", ".join(get_args(Awaited))
            raise SettingInvalid("This switch does not exist.", f"{self.awaited!r}", f"It is one of: {allowed}.")


@dataclass(frozen=True)
class ResponseTimes:
    """The answer.

    periods: one row per period of opening, with period, label, starts_on, complaints (whose wait is known or lasts),
    answered, still_open, closed_apart (closed while the moment asked about is unknown; counted nowhere else),
    by_closing (of the answered, those whose closing stands for the resolution), within_1_day, within_3_days,
    within_5_days (answered in time), over_5_days (answered later), open_under_5_days, open_over_5_days,
    median_seconds and p90_seconds (NaN where not enough are answered yet), known (opened more than five days ago) with
    known_within_1_day … known_within_5_days, and state: `complete` when every complaint of the period is known, else
    `running`. overall: the same measures over all periods. data_errors: complaints answered before they were opened,
    which are left out. as_of: the last day of the data. open_waits: the open complaints, as wait_seconds and complaints
    (how many wait that long).
    """

    question: ResponseQuestion
    periods: pd.DataFrame
    overall: pd.Series
    data_errors: int
    as_of: date | None
    open_waits: pd.DataFrame

    @property
    def is_empty(self) -> bool:
        """Whether there is no complaint to show."""
        return self.periods.empty

    def within(self, days: int) -> Share:
        """Return the share answered within so many days among complaints at least five days old."""
        return Share(int(self.overall[f"known_{_within(days)}"]), int(self.overall["known"]))


def response_times(engine: Engine, question: ResponseQuestion) -> ResponseTimes:
    """Return the waits of complaints by period of opening.

    Median and 90th percentile are Kaplan-Meier quantiles (nearest rank where nothing is open), so that complaints
    still open count as waiting at least until the end of the day `as_of`.
    Source: E. L. Kaplan, P. Meier, J. Am. Stat. Assoc. 53 (1958) 457; the curve is computed by statsmodels.
    """
    seen = observed(engine, question.filters, "complaints")
    if seen is None:
        return ResponseTimes(question, pd.DataFrame(), pd.Series(dtype=object), 0, None, pd.DataFrame())
    looked_at, values = question.filters.conditions("complaints")
    sql = statement(
        "response_times",
        period=question.period.sql,
        answered_second=ANSWERED_SECOND[question.awaited],
        closed_apart=CLOSED_APART[question.awaited],
        looked_at=looked_at,
    )
    limits = {"known_until": known_until(engine, seen.as_of), "limit_seconds": max(LIMITS_IN_DAYS) * DAY}
    waits = engine.query(sql, values | seen.values | limits)
    wrong = waits[waits["wait_seconds"] < 0]
    waits = waits[waits["wait_seconds"] >= 0]
    rows = [_measures(question.period, int(number), group, seen.as_of) for number, group in waits.groupby("period")]
    periods = pd.DataFrame(rows)
    overall = pd.Series(_summary(waits)) if rows else pd.Series(dtype=object)
    is_open = (waits["is_answered"] == 0) & (waits["is_apart"] == 0)
    still_open = waits.loc[is_open, ["wait_seconds", "complaints"]]
    return ResponseTimes(question, periods, overall, int(wrong["complaints"].sum()), seen.as_of, still_open)


def available_waits(engine: Engine) -> list[Awaited]:
    """Return which waits the complaints can tell: those of which at least one moment is known."""
    known = engine.query(
        "SELECT count(first_response_at) AS first_response, count(resolved_at) AS resolution FROM complaints"
    )
    return [each for each in get_args(Awaited) if known[each].iloc[0]]


def known_until(engine: Engine, as_of: date) -> int:
    """Return the second at which the day `as_of` ends, by the clock of the workspace."""
    return int(engine.query("SELECT ends_second FROM day_ends WHERE day = $as_of", {"as_of": as_of}).iloc[0, 0])


def wait_quantile(wait_seconds: np.ndarray, is_answered: np.ndarray, complaints: np.ndarray, share: float) -> float:
    """Return the shortest wait by which at least `share` of all complaints are answered; NaN while unknown."""
    if not is_answered.any():
        return float("nan")
    curve = SurvfuncRight(wait_seconds, is_answered, freq_weights=complaints)
    reached = np.flatnonzero(curve.surv_prob <= 1 - share + 1e-9)
    return float(curve.surv_times[reached[0]]) if reached.size else float("nan")


def _within(days: int) -> str:
    return f"within_{days}_day" + ("s" if days > 1 else "")


def _measures(period: Period, number: int, waits: pd.DataFrame, as_of: date) -> dict[str, object]:
    ends_on = period.ends_on(number)
    is_known = ends_on + timedelta(days=max(LIMITS_IN_DAYS)) <= as_of
    return {
        "period": number,
        "label": period.label(number),
        "starts_on": period.starts_on(number),
        **_summary(waits),
        "state": "complete" if is_known else "running",
    }


def _summary(rows: pd.DataFrame) -> dict[str, object]:
    waits, apart = rows[rows["is_apart"] == 0], rows.loc[rows["is_apart"] == 1, "complaints"]
    seconds, answered, count = (waits[name].to_numpy() for name in ("wait_seconds", "is_answered", "complaints"))
    is_late, is_answered, is_known = (
        seconds > max(LIMITS_IN_DAYS) * DAY,
        answered == 1,
        waits["is_old_enough"].to_numpy() == 1,
    )
    in_time = {days: is_answered & (seconds <= days * DAY) for days in LIMITS_IN_DAYS}
    return {
        "complaints": int(count.sum()),
        "answered": int(count[is_answered].sum()),
        "still_open": int(count[~is_answered].sum()),
        "closed_apart": int(apart.sum()),
        "by_closing": int(waits.loc[waits["is_by_closing"] == 1, "complaints"].sum()),
        **{_within(days): int(count[quick].sum()) for days, quick in in_time.items()},
        "known": int(count[is_known].sum()),
        **{f"known_{_within(days)}": int(count[quick & is_known].sum()) for days, quick in in_time.items()},
        "over_5_days": int(count[is_answered & is_late].sum()),
        "open_under_5_days": int(count[~is_answered & ~is_late].sum()),
        "open_over_5_days": int(count[~is_answered & is_late].sum()),
        "median_seconds": wait_quantile(seconds, answered, count, 0.5),
        "p90_seconds": wait_quantile(seconds, answered, count, 0.9),
    }
