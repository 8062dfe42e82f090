"""Of those who came for the first time, how many came again within 90 days: the sentence and the line."""

import pandas as pd

from retention_core.analyses.claims import Comparison
from retention_core.analyses.customers.return_within import Headline, ReturnWithin
from retention_core.analyses.intervals import TOO_FEW
from retention_core.answers.answer import Chart
from retention_core.answers.shares import share_words
from retention_core.figures.rate_over_time import rate_over_time
from retention_core.words.days import span
from retention_core.words.numbers import bare, digits, ends_apart, percent, points
from retention_core.words.say import counted, say, sentence

# of purchases of any kind, and of those that a filter names
_BACK = (
    sentence("Of customers who first bought in {span}, {rate} bought again within {days} days."),
    sentence("Of customers who first bought {values} in {span}, {rate} bought {values} again within {days} days."),
)
_AGAINST = {
    "fewer": (
        sentence(
            "Of customers who first bought in {span}, {rate} bought again within {days} days: {points} points fewer "
            "than those of {before} ({low} to {high})."
        ),
        sentence(
            "Of customers who first bought {values} in {span}, {rate} bought {values} again within {days} days: "
            "{points} points fewer than those of {before} ({low} to {high})."
        ),
    ),
    "more": (
        sentence(
            "Of customers who first bought in {span}, {rate} bought again within {days} days: {points} points more "
            "than those of {before} ({low} to {high})."
        ),
        sentence(
            "Of customers who first bought {values} in {span}, {rate} bought {values} again within {days} days: "
            "{points} points more than those of {before} ({low} to {high})."
        ),
    ),
    "as_often": (
        sentence(
            "Of customers who first bought in {span}, {rate} bought again within {days} days, as often as those of "
            "{before} ({rate_before}; {range} points)."
        ),
        sentence(
            "Of customers who first bought {values} in {span}, {rate} bought {values} again within {days} days, as "
            "often as those of {before} ({rate_before}; {range} points)."
        ),
    ),
    "not_shown": (
        sentence(
            "Of customers who first bought in {span}, {rate} bought again within {days} days; of those of {before} "
            "{rate_before} did. No difference can be shown ({range} points)."
        ),
        sentence(
            "Of customers who first bought {values} in {span}, {rate} bought {values} again within {days} days; of "
            "those of {before} {rate_before} did. No difference can be shown ({range} points)."
        ),
    ),
    "seen_once": (
        sentence(
            "Of customers who first bought in {span}, {rate} bought again within {days} days; of those of {before} "
            "{rate_before} did ({range} points).\nOne look in twenty shows as much by luck: who looks every month had "
            "better wait for the next."
        ),
        sentence(
            "Of customers who first bought {values} in {span}, {rate} bought {values} again within {days} days; of "
            "those of {before} {rate_before} did ({range} points).\nOne look in twenty shows as much by luck: who looks "
            "every month had better wait for the next."
        ),
    ),
}


def back_within_sentence(back: ReturnWithin, headline: Headline | None, bought: str = "") -> str:
    """Say what share of the youngest complete cohorts came back, against those they are compared with.

    bought: what the filters let them buy, see `bought_words`.
    """
    share = headline.share if headline else back.share()
    if not share.total:
        return say(
            "No customer's first purchase is {days} days old yet, so the share who come back cannot be known.",
            days=back.days,
        )
    known = counted("{n} customer", "{n} customers", share.total)
    if share.total < TOO_FEW:
        return say(
            "Only {known} can be followed for {days} days yet: too few to speak of a percentage.",
            known=known,
            days=back.days,
        )
    if headline is None:
        return say(
            "No cohort can be followed for {days} days as a whole yet; of the {known} who can, {rate} bought again "
            "within them.",
            known=known,
            rate=share_words(share),
            days=back.days,
        )
    places = {"span": span(*headline.labels), "days": back.days, "rate": share_words(share), "values": bought}
    return _of_the_youngest(headline, places)


def back_within_chart(back: ReturnWithin, *, height: int = 260) -> Chart:
    """Return the share back within the days by period of first purchase, as a line."""
    title = say("Back within {days} days", days=back.days)
    return Chart(
        "back_within",
        lambda palette: rate_over_time(
            back_points(back), palette, x_title=_FIRST[back.period.unit](), y_title=title, height=height
        ),
        alt=_seen(back),
    )


def back_points(back: ReturnWithin) -> pd.DataFrame:
    """Return the points of that line: label, rate, low, high, returned, total, state."""
    names = {"return_rate": "rate", "came_back": "returned", "known": "total"}
    return back.cohorts.rename(columns=names)[["label", "rate", "low", "high", "returned", "total", "state"]]


_FIRST = {
    "day": lambda: say("Day of first purchase"),
    "week": lambda: say("Week of first purchase"),
    "month": lambda: say("Month of first purchase"),
    "quarter": lambda: say("Quarter of first purchase"),
    "year": lambda: say("Year of first purchase"),
}


def _seen(back: ReturnWithin) -> str:
    rates = back.complete["return_rate"].dropna() if len(back.complete) else pd.Series(dtype=float)
    if rates.empty:
        return say("No cohort can be followed for {days} days as a whole yet.", days=back.days)
    return say(
        "Share back within {days} days by time of first purchase: between {least} and {most}, lately {last}.",
        days=back.days,
        least=percent(rates.min()),
        most=percent(rates.max()),
        last=percent(rates.iloc[-1]),
    )


def _of_the_youngest(headline: Headline, places: dict[str, object]) -> str:
    is_matching = bool(places["values"])
    start, comparison = say(_BACK[is_matching], **places), headline.comparison
    if comparison is None:
        return f"{start}\n{_compared_with_nothing(headline.is_cut)}"
    places["before"] = span(*headline.other_labels)
    if not comparison.is_known:
        few = say("Those of {before} are too few to compare with.", before=places["before"])
        return f"{start} {few}"
    return say(_AGAINST[comparison.says][is_matching], **places, **_figures(comparison))


def _compared_with_nothing(is_cut: bool) -> str:
    if is_cut:
        return say("They are compared with nothing: the dates leave out the cohorts before them.")
    return say(
        "They are compared with nothing: no cohorts before them begin later than half a year into the data, and in "
        "earlier ones many who seem new had bought before it."
    )


def _figures(comparison: Comparison) -> dict[str, object]:
    low, high = comparison.interval
    places: dict[str, object] = {"rate_before": share_words(comparison.second), "range": points(low, high)}
    if comparison.is_claimed:
        change = abs(comparison.first.rate - comparison.second.rate)
        places |= ends_apart(low, high) | {"points": bare(change, digits(low, high))}
    return places
