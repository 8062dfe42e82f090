"""What share of complaints was answered in time, how many still wait, and what is left out, in words."""

from retention_core.analyses.complaints.response_times import ResponseTimes
from retention_core.words.numbers import bare, percent, whole
from retention_core.words.say import counted, say, sentence

# what is awaited -> of the complaints none is open, some that are open are late, none of them is, all are
_IN_TIME = {
    "first_response": {
        "none_open": sentence(
            "{rate} ({low} to {high}) of {total} complaints were answered within {limit}; none is open."
        ),
        "some_late": sentence(
            "{rate} ({low} to {high}) of {total} complaints were answered within {limit}; still open: {open}, {late} of "
            "them for longer than {limit}."
        ),
        "none_late": sentence(
            "{rate} ({low} to {high}) of {total} complaints were answered within {limit}; still open: {open}, none for "
            "longer than {limit}."
        ),
        "all_late": sentence(
            "{rate} ({low} to {high}) of {total} complaints were answered within {limit}; still open: {open}, all for "
            "longer than {limit}."
        ),
    },
    "resolution": {
        "none_open": sentence(
            "{rate} ({low} to {high}) of {total} complaints were resolved within {limit}; none is open."
        ),
        "some_late": sentence(
            "{rate} ({low} to {high}) of {total} complaints were resolved within {limit}; still open: {open}, {late} of "
            "them for longer than {limit}."
        ),
        "none_late": sentence(
            "{rate} ({low} to {high}) of {total} complaints were resolved within {limit}; still open: {open}, none for "
            "longer than {limit}."
        ),
        "all_late": sentence(
            "{rate} ({low} to {high}) of {total} complaints were resolved within {limit}; still open: {open}, all for "
            "longer than {limit}."
        ),
    },
}
_LEFT_OUT = {
    "first_response": sentence("{count} closed without a recorded response are left out."),
    "resolution": sentence("{count} closed at a moment unknown are left out."),
}
_APART = {
    "first_response": sentence(
        "{count} closed without a recorded response: they stand in no wait and no share, and are not open."
    ),
    "resolution": sentence("{count} closed, moment unknown: they stand in no wait and no share, and are not open."),
}


def response_sentence(times: ResponseTimes, trend: str = "", *, is_trend_first: bool = False) -> str:
    """Say what share was answered within the limit and how many still wait; on lines below, how many are left out.

    trend: whether it got faster, which stands on a line of its own, the first where it can be told.
    """
    apart = int(times.overall["closed_apart"])
    lines = [_in_time(times) if times.within(times.question.limit_days).is_headline else _too_few(times)]
    if apart:
        lines.append(say(_LEFT_OUT[times.question.awaited], count=whole(apart)))
    if trend:
        lines.insert(0 if is_trend_first else len(lines), trend)
    return "\n".join(lines)


def apart_notes(times: ResponseTimes) -> tuple[str, ...]:
    """Say whose closing stands for the resolution, who stands apart, and what of them cannot be told."""
    overall, notes = times.overall, list[str]()
    if overall["by_closing"]:
        count = whole(overall["by_closing"])
        notes.append(say("{count} resolved by their closing moment, since they have no other.", count=count))
    if overall["closed_apart"]:
        notes.append(say(_APART[times.question.awaited], count=whole(overall["closed_apart"])))
        if times.question.filters.as_of:
            notes.append(
                say("Whether those without any moment were closed by {as_of} cannot be told.", as_of=times.as_of)
            )
    return tuple(notes)


def days_words(days: int) -> str:
    """Return a number of days as it stands in a sentence: `1 day`, `5 days`."""
    return counted("{n} day", "{n} days", days)


def _in_time(times: ResponseTimes) -> str:
    share = times.within(times.question.limit_days)
    low, high = share.interval
    return say(
        _IN_TIME[times.question.awaited][_of_the_open(times)],
        rate=percent(share.rate),
        low=bare(low),
        high=bare(high),
        total=whole(share.total),
        limit=days_words(times.question.limit_days),
        open=whole(times.overall["still_open"]),
        late=whole(times.overall["open_over_limit"]),
    )


def _of_the_open(times: ResponseTimes) -> str:
    still_open, late = int(times.overall["still_open"]), int(times.overall["open_over_limit"])
    if not still_open:
        return "none_open"
    return "all_late" if late == still_open else "some_late" if late else "none_late"


def _too_few(times: ResponseTimes) -> str:
    return say(
        "Only {total} at least {age} old: too few to speak of a percentage. Still open: {open}.",
        total=counted("{n} complaint", "{n} complaints", times.within(times.question.limit_days).total),
        age=days_words(times.question.known_after_days),
        open=whole(times.overall["still_open"]),
    )
