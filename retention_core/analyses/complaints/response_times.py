"""How long do people wait for an answer? Waits by the period in which the complaint was opened, open ones included."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

import numpy as np
import pandas as pd
from statsmodels.duration.survfunc import SurvfuncRight

from retention_core.analyses.intervals import Share
from retention_core.analyses.steps import Filling, statement
from retention_core.engines.engine import Engine
from retention_core.errors import SettingInvalid
from retention_core.filters import Filters
from retention_core.observed import observed
from retention_core.periods import Period

Awaited = Literal["first_response", "resolution"]

DAY = 86_400
LIMITS_IN_DAYS = (1, 3, 5)
WAITED_FOR = {"first_response": "first_responses", "resolution": "resolutions"}  # what is awaited -> step that tells it


@dataclass(frozen=True)
class ResponseQuestion:
    """What is asked.

    awaited: the first response, or the resolution. period: how the days of opening are grouped. limit_days: after how
    many days an answer is late.
    """

    awaited: Awaited = "resolution"
    period: Period = Period("week")
    filters: Filters = Filters()
    limit_days: int = 5

    def __post_init__(self) -> None:
        if self.awaited not in get_args(Awaited):
            allowed = ", ".join(get_args(Awaited))
            raise SettingInvalid("This switch does not exist.", f"{self.awaited!r}", f"It is one of: {allowed}.")
        if self.limit_days < 1:
            raise SettingInvalid("This limit cannot be set.", f"{self.limit_days} days", "It is one day or more.")

    @property
    def known_after_days(self) -> int:
        """The age in days from which all that is said of a complaint is known: whether it kept the limit, and each share."""
        return max(*LIMITS_IN_DAYS, self.limit_days)


@dataclass(frozen=True)
class ResponseTimes:
    """The answer.

    periods: one row per period of opening, with period, label, starts_on, complaints (whose wait is known or lasts),
    answered, still_open, closed_apart (closed while the moment asked about is unknown; counted nowhere else),
    by_closing (of the answered, those whose closing stands for the resolution), within_1_day, within_3_days,
    within_5_days (answered so soon), within_limit and over_limit (answered within the days of the question's limit, and
    later), open_under_limit and open_over_limit (still open, for so long), median_seconds and p90_seconds (NaN where not
    enough are answered yet), known (opened more than five days ago, or than the limit where that is longer) with
    known_within_1_day, known_within_3_days, known_within_5_days, and state: `complete` when every complaint of the
    period is known, else `running`. overall: the same measures over all periods. data_errors: complaints answered before
    they were opened, which are left out. as_of: the last day of the data. open_waits: the open complaints, as
    wait_seconds and complaints (how many wait that long).
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
        return bool(self.periods.empty)

    def within(self, days: int) -> Share:
        """Return the share answered within 1, 3 or 5 days among the complaints old enough to be known."""
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
    values = seen.values("first_day", "last_day")
    values |= {"known_until": known_until(engine, seen.as_of), "limit_seconds": question.known_after_days * DAY}
    holes: dict[str, Filling] = {
        "complaints_looked_at": question.filters.conditions("complaints"),
        "period": question.period.sql,
    }
    steps = {"awaited": WAITED_FOR[question.awaited]}
    waits = engine.query(*statement("response_times", holes, values, steps))
    wrong = waits[waits["wait_seconds"] < 0]
    waits = waits[waits["wait_seconds"] >= 0]
    rows = [_measures(question, int(number), group, seen.as_of) for number, group in waits.groupby("period")]
    periods = pd.DataFrame(rows)
    overall = pd.Series(_summary(waits, question.limit_days)) if rows else pd.Series(dtype=object)
    is_open = (waits["is_answered"] == 0) & (waits["is_apart"] == 0)
    still_open = waits.loc[is_open, ["wait_seconds", "complaints"]]
    return ResponseTimes(question, periods, overall, int(wrong["complaints"].sum()), seen.as_of, still_open)


def available_waits(engine: Engine) -> list[Awaited]:
    """Return which waits the complaints can tell: those of which at least one moment is known."""
    known = engine.query(*statement("available_waits"))
    return [each for each in get_args(Awaited) if known[each].iloc[0]]


def known_until(engine: Engine, as_of: date) -> int:
    """Return the second at which the day `as_of` ends, by the clock of the workspace."""
    return int(engine.query(*statement("day_end", values={"day": as_of})).iloc[0, 0])


def wait_quantile(wait_seconds: np.ndarray, is_answered: np.ndarray, complaints: np.ndarray, share: float) -> float:
    """Return the shortest wait by which at least `share` of all complaints are answered; NaN while unknown."""
    if not is_answered.any():
        return float("nan")
    curve = SurvfuncRight(wait_seconds, is_answered, freq_weights=complaints)
    reached = np.flatnonzero(curve.surv_prob <= 1 - share + 1e-9)
    return float(curve.surv_times[reached[0]]) if reached.size else float("nan")


def _within(days: int) -> str:
    return f"within_{days}_day" + ("s" if days > 1 else "")


def _measures(question: ResponseQuestion, number: int, waits: pd.DataFrame, as_of: date) -> dict[str, object]:
    period = question.period
    is_known = period.ends_on(number) + timedelta(days=question.known_after_days) <= as_of
    return {
        "period": number,
        "label": period.label(number),
        "starts_on": period.starts_on(number),
        **_summary(waits, question.limit_days),
        "state": "complete" if is_known else "running",
    }


def _summary(rows: pd.DataFrame, limit_days: int) -> dict[str, object]:
    waits, apart = rows[rows["is_apart"] == 0], rows.loc[rows["is_apart"] == 1, "complaints"]
    seconds, answered, count = (waits[name].to_numpy() for name in ("wait_seconds", "is_answered", "complaints"))
    is_answered, is_known = answered == 1, waits["is_old_enough"].to_numpy() == 1
    is_late = seconds > limit_days * DAY
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
        "within_limit": int(count[is_answered & ~is_late].sum()),
        "over_limit": int(count[is_answered & is_late].sum()),
        "open_under_limit": int(count[~is_answered & ~is_late].sum()),
        "open_over_limit": int(count[~is_answered & is_late].sum()),
        "median_seconds": wait_quantile(seconds, answered, count, 0.5),
        "p90_seconds": wait_quantile(seconds, answered, count, 0.9),
    }
