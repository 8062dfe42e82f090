"""How long do people wait for an answer? Waits by the period in which the complaint was opened, open ones included."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

import numpy as np
import pandas as pd

from retention_core.analyses.complaints.waiting_curve import shortest_first, waiting_curve
from retention_core.analyses.intervals import Share
from retention_core.analyses.steps import Filling, kept_rows, statement
from retention_core.engines.engine import Engine
from retention_core.errors import SettingInvalid
from retention_core.filters import Filters
from retention_core.observed import Observed, observed
from retention_core.periods import Period

Awaited = Literal["first_response", "resolution"]

DAY = 86_400
LIMITS_IN_DAYS = (1, 3, 5)
QUANTILES = {"median_seconds": 0.5, "p90_seconds": 0.9}
ANSWERED_AT = {"first_response": "first_response_at", "resolution": "resolved_at"}  # what is awaited -> its moment
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
    enough are answered yet), each with the ends of its 95 % interval (low_median_seconds, high_median_seconds,
    low_p90_seconds, high_p90_seconds; the upper one infinite where too few are answered to know it), known (opened more
    than five days ago, or than the limit where that is longer) with known_within_1_day, known_within_3_days,
    known_within_5_days, known_within_limit, and state: `complete` when every complaint of the period is known, else
    `running`. overall: the same measures over all periods, and answered_mean_seconds and answered_median_seconds, of the
    answered alone. data_errors: complaints answered before they were opened, which are left out. as_of: the last day of
    the data. open_waits: the open complaints, as wait_seconds and complaints (how many wait that long).
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

    @property
    def settled(self) -> pd.DataFrame:
        """The periods all of whose complaints are older than the limit, so that it is known who kept it."""
        if self.as_of is None or self.is_empty:
            return self.periods
        until = self.as_of - timedelta(days=self.question.limit_days)
        ends = [self.question.period.ends_on(int(number)) for number in self.periods["period"]]
        return self.periods[[day <= until for day in ends]]

    def within(self, days: int) -> Share:
        """Return the share answered within 1, 3, 5 days or the limit among the complaints old enough to be known."""
        name = "known_within_limit" if days == self.question.limit_days else f"known_{measure_within(days)}"
        return Share(int(self.overall[name]), int(self.overall["known"]))


def response_times(engine: Engine, question: ResponseQuestion) -> ResponseTimes:
    """Return the waits of complaints by period of opening.

    Median and 90th percentile are Kaplan-Meier quantiles (nearest rank where nothing is open), so that complaints
    still open count as waiting at least until the end of the day `as_of`.
    Source: E. L. Kaplan, P. Meier, J. Am. Stat. Assoc. 53 (1958) 457.
    """
    seen = observed(engine, question.filters, "complaints")
    if seen is None:
        return ResponseTimes(question, pd.DataFrame(), pd.Series(dtype=object), 0, None, pd.DataFrame())
    waits = waits_of(engine, question, seen)
    wrong = waits[waits["wait_seconds"] < 0]
    waits = waits[waits["wait_seconds"] >= 0]
    periods, overall = _measures(question, waits, seen.as_of)
    is_open = (waits["is_answered"] == 0) & (waits["is_apart"] == 0)
    still_open = waits[is_open].groupby("wait_seconds", as_index=False)["complaints"].sum()
    return ResponseTimes(question, periods, overall, int(wrong["complaints"].sum()), seen.as_of, still_open)


def waits_of(engine: Engine, question: ResponseQuestion, seen: Observed, segment: str = "") -> pd.DataFrame:
    """Return how many complaints waited how long: the rows of the step `response_times`.

    seen: which days are looked at. segment: a column of complaints by whose values they are told apart, if any.
    """
    values = seen.values("first_day", "last_day")
    values |= {"known_until": known_until(engine, seen.as_of), "limit_seconds": question.known_after_days * DAY}
    holes: dict[str, Filling] = {
        "complaints_looked_at": question.filters.conditions("complaints"),
        "period": question.period.sql,
        "segment": ", segment_value" if segment else "",
        "segment_column": f", complaint_waits.{segment} AS segment_value" if segment else "",
    }
    return kept_rows(engine, *statement("response_times", holes, values, {"awaited": WAITED_FOR[question.awaited]}))


def available_waits(engine: Engine) -> list[Awaited]:
    """Return which waits the complaints can tell: those of which at least one moment is known."""
    known = engine.query(*statement("available_waits"))
    return [each for each in get_args(Awaited) if known[each].iloc[0]]


def known_until(engine: Engine, as_of: date) -> int:
    """Return the second at which the day `as_of` ends, by the clock of the workspace."""
    return int(kept_rows(engine, *statement("day_end", values={"day": as_of})).iloc[0, 0])


def _quantiles(wait_seconds: np.ndarray, is_answered: np.ndarray, complaints: np.ndarray) -> dict[str, float]:
    """Return median and 90th percentile of waits that stand in order, each with the ends of its interval."""
    curve, found = waiting_curve(wait_seconds, is_answered, complaints), dict[str, float]()
    for name, share in QUANTILES.items():
        low, high = curve.interval(share)
        found |= {name: curve.quantile(share), f"low_{name}": low, f"high_{name}": high}
    return found


def _answered_only(wait_seconds: np.ndarray, is_answered: np.ndarray, complaints: np.ndarray) -> dict[str, float]:
    """Return mean and median of the answered complaints alone, whose waits stand in order, as help desks show them."""
    answered = is_answered * complaints
    total = answered.sum()
    if not total:
        return {"answered_mean_seconds": float("nan"), "answered_median_seconds": float("nan")}
    half = int(np.searchsorted(np.cumsum(answered), total / 2))
    mean = float((wait_seconds * answered).sum() / total)
    return {"answered_mean_seconds": mean, "answered_median_seconds": float(wait_seconds[half])}


def measure_within(days: int) -> str:
    """Return the name of the measure of those answered within 1, 3 or 5 days."""
    return f"within_{days}_day" + ("s" if days > 1 else "")


def _measures(question: ResponseQuestion, waits: pd.DataFrame, as_of: date) -> tuple[pd.DataFrame, pd.Series]:
    """Return what is said of each period, and of all together."""
    if waits.empty:
        return pd.DataFrame(), pd.Series(dtype=object)
    waits = _period_by_period(waits)
    starts = np.flatnonzero(np.diff(waits["period"], prepend=-1))
    counts, curve = _counts(waits, question.limit_days), _curve(waits)
    of_periods = zip(*(np.split(each, starts[1:]) for each in curve), strict=True)
    rows = [
        _named(question, int(number), as_of) | _quantiles(*each)
        for number, each in zip(waits["period"].to_numpy()[starts], of_periods, strict=True)
    ]
    sums = {name: np.add.reduceat(each, starts) for name, each in counts.items()}
    order = shortest_first(*curve[:2])
    together = [each[order] for each in curve]
    overall = {name: int(each.sum()) for name, each in sums.items()}
    return pd.DataFrame(rows).assign(**sums), pd.Series(overall | _quantiles(*together) | _answered_only(*together))


def _named(question: ResponseQuestion, number: int, as_of: date) -> dict[str, object]:
    period = question.period
    is_known = period.ends_on(number) + timedelta(days=question.known_after_days) <= as_of
    return {
        "period": number,
        "label": period.label(number),
        "starts_on": period.starts_on(number),
        "state": "complete" if is_known else "running",
    }


def _period_by_period(waits: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of each period together, the shortest wait of each first."""
    order = shortest_first(waits["wait_seconds"].to_numpy(), waits["is_answered"].to_numpy())
    period = waits["period"].to_numpy()[order]
    place = period - period.min()
    place = place.astype(np.min_scalar_type(place.max()))  # numbers of one or two bytes are sorted ten times as fast
    return waits.take(order[np.argsort(place, kind="stable")])


def _curve(waits: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return waits["wait_seconds"].to_numpy(), waits["is_answered"].to_numpy(), _followed(waits)


def _followed(waits: pd.DataFrame) -> np.ndarray:
    """Return how many complaints of each row are followed: none of those closed at a moment unknown."""
    return np.where(waits["is_apart"] == 0, waits["complaints"], 0)


def _counts(waits: pd.DataFrame, limit_days: int) -> dict[str, np.ndarray]:
    """Return how many complaints of each row belong to each measure."""
    followed, seconds = _followed(waits), waits["wait_seconds"].to_numpy()
    is_answered, is_known = waits["is_answered"].to_numpy() == 1, waits["is_old_enough"].to_numpy() == 1
    is_late = seconds > limit_days * DAY
    in_time = {days: is_answered & (seconds <= days * DAY) for days in LIMITS_IN_DAYS}
    return {
        "complaints": followed,
        "answered": followed * is_answered,
        "still_open": followed * ~is_answered,
        "closed_apart": waits["complaints"].to_numpy() - followed,
        "by_closing": followed * (waits["is_by_closing"].to_numpy() == 1),
        **{measure_within(days): followed * quick for days, quick in in_time.items()},
        "known": followed * is_known,
        **{f"known_{measure_within(days)}": followed * (quick & is_known) for days, quick in in_time.items()},
        "known_within_limit": followed * (is_answered & ~is_late & is_known),
        "within_limit": followed * (is_answered & ~is_late),
        "over_limit": followed * (is_answered & is_late),
        "open_under_limit": followed * (~is_answered & ~is_late),
        "open_over_limit": followed * (~is_answered & is_late),
    }
