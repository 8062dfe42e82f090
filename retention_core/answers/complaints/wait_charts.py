"""The charts of waits, and what is seen in each."""

import pandas as pd

from retention_core.analyses.complaints.response_times import ResponseTimes
from retention_core.analyses.intervals import TOO_FEW
from retention_core.answers.answer import Chart
from retention_core.answers.complaints.response_sentences import days_words
from retention_core.figures.volume import every_period
from retention_core.figures.wait_bars import open_by_age, share_bars, steps_to
from retention_core.figures.waits import wait_lines
from retention_core.words.lists import listed, sentences
from retention_core.words.numbers import duration, percent, whole
from retention_core.words.say import say


def waits_chart(times: ResponseTimes) -> Chart:
    """Return median and 90th percentile of the wait over time."""
    return Chart(
        "waits",
        lambda palette: wait_lines(times, palette),
        alt=sentences([_waits_seen(times), _opened_seen(times)]),
        caption=say(
            "Bands: 95 % interval. Hollow points: not all complaints opened then are {age} old yet. Small, without a band: "
            "fewer than 30. Faded: fewer than 10. None: too few answered.",
            age=days_words(times.question.known_after_days),
        ),
    )


def shares_chart(times: ResponseTimes, *, is_titled: bool = True) -> Chart:
    """Return the shares answered in time, later or not yet, over time."""
    days = listed([whole(step) for step in steps_to(times.question.limit_days)])
    return Chart(
        "answered_in_time",
        lambda palette: share_bars(times, palette),
        alt=sentences([_shares_seen(times), _opened_seen(times)]),
        title=say("Answered within {days} days", days=days) if is_titled else "",
    )


def open_chart(times: ResponseTimes) -> Chart:
    """Return the open complaints by age."""
    return Chart(
        "open_by_age",
        lambda palette: open_by_age(times, palette),
        alt=_open_seen(times),
        title=say("Open on {as_of}, by age", as_of=times.as_of),
    )


def _settled(times: ResponseTimes) -> pd.DataFrame:
    return times.periods[times.periods["state"] == "complete"]


def _opened_seen(times: ResponseTimes) -> str:
    opened = every_period(times)["complaints"]
    if opened.min() == opened.max():
        return say("Opened in each period: {n}.", n=whole(opened.max()))
    return say("Opened in each period: {least} to {most}.", least=whole(opened.min()), most=whole(opened.max()))


def _waits_seen(times: ResponseTimes) -> str:
    settled, overall = _settled(times).dropna(subset=["median_seconds", "p90_seconds"]), times.overall
    waits = {"median": duration(overall["median_seconds"]), "p90": duration(overall["p90_seconds"])}
    if settled.empty:
        return say("Wait by time of opening: half wait {median} at most, nine in ten {p90}.", **waits)
    last = settled.iloc[-1]
    return say(
        "Wait by time of opening: half wait {median} at most, nine in ten {p90}; lately ({label}) {last_median} and "
        "{last_p90}.",
        **waits,
        label=last["label"],
        last_median=duration(last["median_seconds"]),
        last_p90=duration(last["p90_seconds"]),
    )


def _shares_seen(times: ResponseTimes) -> str:
    settled, limit = _settled(times), days_words(times.question.limit_days)
    settled = settled[settled["complaints"] >= TOO_FEW]
    still_open = {"open": whole(times.overall["still_open"]), "total": whole(times.overall["complaints"])}
    if settled.empty:
        return say("Complaints by time of opening: {open} of {total} are open.", **still_open)
    shares = settled["within_limit"] / settled["complaints"]
    return say(
        "Share of complaints answered within {limit} by time of opening: between {least} and {most}, lately {last}; "
        "{open} of {total} are open.",
        limit=limit,
        least=percent(shares.min()),
        most=percent(shares.max()),
        last=percent(shares.iloc[-1]),
        **still_open,
    )


def _open_seen(times: ResponseTimes) -> str:
    if times.open_waits.empty:
        return say("No complaint is open.")
    return say(
        "Open complaints by age: {young} for up to {limit}, {late} for longer; the oldest for {oldest}.",
        young=whole(times.overall["open_under_limit"]),
        limit=days_words(times.question.limit_days),
        late=whole(times.overall["open_over_limit"]),
        oldest=duration(times.open_waits["wait_seconds"].max()),
    )
