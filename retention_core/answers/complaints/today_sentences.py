"""Who crosses the limit soon and who has crossed it, in words."""

from retention_core.analyses.complaints.backlog import Backlog
from retention_core.analyses.complaints.open_now import OpenNow
from retention_core.analyses.complaints.response_times import DAY, ResponseTimes
from retention_core.answers.complaints.response_sentences import days_words
from retention_core.words.lists import sentences
from retention_core.words.numbers import duration, whole
from retention_core.words.say import counted, say, sentence

SOON, LATER = 1, 3  # days after the last one within which somebody has to act
_MEANT = {
    "first_response": sentence(
        "The wait until the first response is meant, since no moment of a resolution is on record."
    ),
    "resolution": sentence("The wait until the resolution is meant."),
}


def today_sentence(now: OpenNow, opened: int) -> str:
    """Say who crosses the limit soon, who has crossed it, and how many of those are worth most. opened: of all days."""
    if now.complaints.empty:
        return counted(
            "Nobody waits: the only complaint is not open any more.",
            "Nobody waits: none of {n} complaints is open.",
            opened,
        )
    soon, later, over = len(now.crossing(SOON)), len(now.crossing(LATER)), len(now.over)
    if not later:
        return _nothing_soon(now, over)
    parts = [_by_day(now, soon, later) if now.is_by_day else _by_hour(now, soon, later), _over(over)]
    urgent = now.crossing(SOON if soon else LATER)
    if top := now.of_top_tenth(urgent):
        parts.append(_most_valuable(top, len(urgent)))
    return sentences(parts)


def today_notes(now: OpenNow, backlog: Backlog) -> tuple[str, ...]:
    """Say which day today is, which wait is meant, and what of the complaints is left out of it."""
    told = (
        say("“Today” is {as_of}, the last day of the data: only days are on record.", as_of=now.as_of)
        if now.is_by_day
        else say("“Today” is {as_of}, the last day of the data; hours are counted from its end.", as_of=now.as_of)
    )
    notes = [told, say(_MEANT[now.question.awaited])]
    if apart := backlog.total("closed_apart"):
        notes.append(
            counted(
                "{n} complaint closed at a moment unknown counts as neither open nor answered after it was opened.",
                "{n} complaints closed at a moment unknown count as neither open nor answered after they were opened.",
                apart,
            )
        )
        if now.question.filters.as_of:
            notes.append(
                say("Whether those without any moment were closed by {as_of} cannot be told.", as_of=now.as_of)
            )
    if first := now.question.filters.first_day:
        notes.append(say("Complaints opened before {day} are not counted as open.", day=first))
    return tuple(notes)


def oldest_words(now: OpenNow) -> str:
    """Return how long the oldest open complaint has waited."""
    return duration(float(now.complaints["wait_seconds"].max()))


def crossing_words(times: ResponseTimes) -> str:
    """Say how many open complaints cross the limit within a day; nothing where none does."""
    left = times.question.limit_days * DAY - times.open_waits["wait_seconds"]
    soon = int(times.open_waits.loc[(left >= 0) & (left < DAY), "complaints"].sum())
    if not soon:
        return ""
    return counted(
        "{n} of the open ones crosses day {limit} within 24 hours.",
        "{n} of the open ones cross day {limit} within 24 hours.",
        soon,
        limit=times.question.limit_days,
    )


def _by_hour(now: OpenNow, soon: int, later: int) -> str:
    limit = now.question.limit_days
    if not soon:
        return counted(
            "{n} complaint crosses day {limit} within 72 hours, not within 24.",
            "{n} complaints cross day {limit} within 72 hours, none of them within 24.",
            later,
            limit=limit,
        )
    return counted(
        "{n} complaint crosses day {limit} within 24 hours, {later} within 72.",
        "{n} complaints cross day {limit} within 24 hours, {later} within 72.",
        soon,
        limit=limit,
        later=whole(later),
    )


def _by_day(now: OpenNow, soon: int, later: int) -> str:
    limit = days_words(now.question.limit_days)
    if not soon:
        return counted(
            "{n} complaint must be answered within the next 3 days to stay within {limit}, but not on the next one.",
            "{n} complaints must be answered within the next 3 days to stay within {limit}, none of them on the next one.",
            later,
            limit=limit,
        )
    return counted(
        "{n} complaint must be answered on the next day to stay within {limit}, {later} within the next 3 days.",
        "{n} complaints must be answered on the next day to stay within {limit}, {later} within the next 3 days.",
        soon,
        limit=limit,
        later=whole(later),
    )


def _over(over: int) -> str:
    if not over:
        return say("None is over it yet.")
    return counted("{n} is over it already.", "{n} are over it already.", over)


def _nothing_soon(now: OpenNow, over: int) -> str:
    """Say that nobody has to hurry, and how old what lies there is."""
    limit, count = now.question.limit_days, len(now.complaints)
    if not over:
        return counted(
            "Nothing is urgent: the only open complaint does not cross day {limit} within 72 hours.",
            "Nothing is urgent: none of {n} open complaints crosses day {limit} within 72 hours.",
            count,
            limit=limit,
        )
    if over < count:
        return sentences([say("No complaint crosses day {limit} within 72 hours.", limit=limit), _over(over)])
    places = {"limit": limit, "oldest": oldest_words(now)}
    return counted(
        "No complaint is about to cross day {limit}: the only open one has waited {oldest}.",
        "No complaint is about to cross day {limit}: all {n} open ones are over it, the youngest after {youngest}, the "
        "oldest after {oldest}.",
        count,
        youngest=duration(float(now.complaints["wait_seconds"].min())),
        **places,
    )


def _most_valuable(top: int, urgent: int) -> str:
    if urgent == 1:
        return say("It is from a customer in the top tenth by what they have spent.")
    return counted(
        "{n} of the {urgent} is from a customer in the top tenth by what they have spent.",
        "{n} of the {urgent} are from customers in the top tenth by what they have spent.",
        top,
        urgent=whole(urgent),
    )
