"""A real change or noise, and how long two stretches waited: what the parts of the page of waits say."""

from functools import partial

import numpy as np
import pandas as pd

from retention_core.analyses.complaints.control import ENOUGH, ControlChart, control_chart
from retention_core.analyses.complaints.response_times import DAY, ResponseTimes
from retention_core.analyses.complaints.stretch_curves import Stretch, log_rank, stretch_waits
from retention_core.analyses.complaints.weeks_compared import WeeksCompared
from retention_core.analyses.intervals import FEW, SURE
from retention_core.answers.answer import Answer, Chart, Column, Table
from retention_core.answers.complaints.response_sentences import days_words
from retention_core.answers.complaints.trend_sentence import trend_sentence
from retention_core.figures.control_chart import control_figure
from retention_core.figures.waiting_curves import days_shown, waiting_curves
from retention_core.words.numbers import decimal, duration, percent, whole
from retention_core.words.say import Number, counted, say
from retention_core.workspace import Workspace

_LOOKS = 2  # the comparison of the page and the test over the whole wait
_SURELY = (1 - SURE) / _LOOKS
_BY_LUCK = 370  # one period in so many lies beyond three deviations


def control_answer(times: ResponseTimes) -> Answer:
    """Return how many periods lie outside of their control limits, and the control chart."""
    question, control = say("A real change, or noise?"), control_chart(times)
    if control is None or not control.is_enough:
        return Answer(question, _too_few_periods(control))
    if control.judged.empty:
        return Answer(question, say("No period has {few} complaints: none can be judged.", few=whole(FEW)))
    chart = Chart(
        "control_chart",
        lambda palette: control_figure(control, times, palette),
        alt=say(
            "Share answered within {limit} by time of opening, {centre} over all, with limits that are the wider the "
            "fewer complaints there are; {outside} of {total} outside.",
            limit=days_words(times.question.limit_days),
            centre=percent(control.centre),
            outside=whole(control.judged["is_outside"].sum()),
            total=whole(len(control.judged)),
        ),
        caption=say("Small points: fewer than 30 opened, not judged. Fewer than 10 are left out."),
    )
    return Answer(question, _outside(control), (_spread(control),), charts=(chart,))


def curves_answer(workspace: Workspace, times: ResponseTimes, weeks: WeeksCompared | None) -> Answer:
    """Return whether the last weeks waited otherwise than those they are compared with, over the whole wait."""
    question = say("How long do they wait, day by day?")
    if weeks is None or not weeks.is_known:
        return Answer(question, trend_sentence(times.question, weeks))
    first, second = (stretch_waits(workspace.engine, times.question, days) for days in (weeks.days, weeks.other_days))
    limit = times.question.limit_days
    chart = Chart(
        "waiting_curves",
        lambda palette: waiting_curves((first, second), limit, palette),
        alt=say(
            "Share still waiting by days since the opening: after {limit} {share} of those opened from {first} to {last}, "
            "{share_before} of those from {first_before} to {last_before}.",
            limit=days_words(limit),
            share=percent(_waiting(first, limit)),
            share_before=percent(_waiting(second, limit)),
            **_days(weeks),
        ),
    )
    return Answer(
        question, _differ(weeks, log_rank(first, second)), charts=(chart,), tables=(_table(first, second, limit),)
    )


def _too_few_periods(control: ControlChart | None) -> str:
    return say(
        "What is a real change and what is noise cannot be told: that takes {enough} periods whose complaints are all "
        "known, and there are {n}.",
        enough=whole(ENOUGH),
        n=whole(len(control.points) if control else 0),
    )


def _outside(control: ControlChart) -> str:
    judged = control.judged
    outside = judged[judged["is_outside"]]
    if outside.empty:
        return counted(
            "The only period with enough complaints lies within the limits.",
            "All {n} periods with enough complaints lie within the limits: what moved is no more than the usual ups and downs.",
            len(judged),
        )
    return counted(
        "{n} of {total} periods lies outside the limits: {label}. By luck it would be 1 in {luck}.",
        "{n} of {total} periods lie outside the limits, the last of them {label}. By luck it would be 1 in {luck}.",
        len(outside),
        total=whole(len(judged)),
        label=outside["label"].iloc[-1],
        luck=whole(_BY_LUCK),
    )


def _spread(control: ControlChart) -> str:
    return say(
        "From one period to the next the share moves {times} times as much as chance alone would move it; the limits "
        "allow for that.",
        times=decimal(control.spread, 1),
    )


def _differ(weeks: WeeksCompared, p_value: float) -> str:
    places = _days(weeks) | {"p": _p_words(p_value)}
    if np.isnan(p_value):
        return say("All waited alike, or nothing is answered: there is nothing to test.")
    if p_value < _SURELY:
        return say(
            "Over the whole wait, those opened from {first} to {last} waited otherwise than those from {first_before} to "
            "{last_before} (log-rank test, p {p}).",
            **places,
        )
    return say(
        "Over the whole wait, those opened from {first} to {last} and those from {first_before} to {last_before} cannot "
        "be told apart (log-rank test, p {p}).",
        **places,
    )


def _p_words(p_value: float) -> Number:
    return Number("< 0.001" if p_value < 0.001 else f"= {p_value:.3f}")


def _days(weeks: WeeksCompared) -> dict[str, object]:
    return {
        **dict(zip(("first", "last"), weeks.days, strict=True)),
        **dict(zip(("first_before", "last_before"), weeks.other_days, strict=True)),
    }


def _waiting(stretch: Stretch, days: int) -> float:
    return float(stretch.curve.at(np.array([days * DAY]))[0])


def _table(first: Stretch, second: Stretch, limit: int) -> Table:
    """Return the curves day by day."""
    return Table(
        "waiting_curves",
        partial(_rows, first, second, limit),
        {
            "days": Column(say("Days since the opening"), "count", is_pinned=True),
            "still_waiting": Column(_opened(first), "share"),
            "still_waiting_before": Column(_opened(second), "share"),
        },
        alt=say("Share still waiting by days since the opening"),
        title=say("The curves as a table"),
        caption=say(
            "Half wait at most {median}, and {median_before} of those before.",
            median=duration(first.curve.quantile(0.5)),
            median_before=duration(second.curve.quantile(0.5)),
        ),
        is_folded=True,
    )


def _opened(stretch: Stretch) -> str:
    return say("Opened {first} to {last}", first=stretch.days[0], last=stretch.days[1])


def _rows(first: Stretch, second: Stretch, limit: int) -> pd.DataFrame:
    days = np.arange(days_shown((first, second), limit) + 1)
    followed = {}
    for name, stretch in (("still_waiting", first), ("still_waiting_before", second)):
        waiting = stretch.curve.at(days * DAY)
        followed[name] = np.where(days * DAY <= stretch.wait_seconds.max(), waiting, np.nan)
    return pd.DataFrame({"days": days, **followed})
