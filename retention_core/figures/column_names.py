"""What the columns of a cohort table are called: alone, and within a sentence."""

from retention_core.analyses.customers.cohort_question import WINDOW_DAYS, CohortQuestion
from retention_core.words.numbers import whole
from retention_core.words.say import counted, say, sentence

_ALONE = {
    "day": (sentence("Day {n}"), sentence("Day {first}-{last}")),
    "week": (sentence("Week {n}"), sentence("Week {first}-{last}")),
    "month": (sentence("Month {n}"), sentence("Month {first}-{last}")),
    "quarter": (sentence("Quarter {n}"), sentence("Quarter {first}-{last}")),
    "year": (sentence("Year {n}"), sentence("Year {first}-{last}")),
}
_WITHIN = {
    "day": (sentence("day {n}"), sentence("day {first}-{last}")),
    "week": (sentence("week {n}"), sentence("week {first}-{last}")),
    "month": (sentence("month {n}"), sentence("month {first}-{last}")),
    "quarter": (sentence("quarter {n}"), sentence("quarter {first}-{last}")),
    "year": (sentence("year {n}"), sentence("year {first}-{last}")),
}
_SINCE = {
    "day": sentence("Days since {event}"),
    "week": sentence("Weeks since {event}"),
    "month": sentence("Months since {event}"),
    "quarter": sentence("Quarters since {event}"),
    "year": sentence("Years since {event}"),
}
_EVENTS = {
    "first_purchase": sentence("the first purchase"),
    "first_matching_purchase": sentence("the first purchase that matches"),
    "every_purchase": sentence("a purchase"),
    "joined": sentence("joining"),
    "first_complaint": sentence("the first complaint"),
    "first_answer": sentence("the first answer"),
}


def column_name(question: CohortQuestion, number: int) -> str:
    """Return the name of a column where it stands alone: `Month 3`, or `Day 5-14` for a bracket."""
    return _named(question, number, _ALONE)


def column_within(question: CohortQuestion, number: int) -> str:
    """Return the name of a column where it stands within a sentence: `month 3`, or `day 5-14` for a bracket."""
    return _named(question, number, _WITHIN)


def column_number(question: CohortQuestion, number: int) -> str:
    """Return the number of a column alone: `3`, or `5–14` for a bracket."""
    first, last = question.bracket(number)
    return whole(first) if first == last else say("{first}–{last}", first=first, last=last)


def axis_title(question: CohortQuestion) -> str:
    """Return what the columns count."""
    if not question.own_windows:
        return say(_SINCE[question.period.unit], event=say(_EVENTS[question.cohort_by]))
    days = WINDOW_DAYS[question.period.unit]
    if days == 1:
        return say("Windows of 24 hours since each customer's first purchase")
    return counted(
        "Windows of {n} day since each customer's first purchase",
        "Windows of {n} days since each customer's first purchase",
        days,
    )


def _named(question: CohortQuestion, number: int, names: dict[str, tuple[str, str]]) -> str:
    one, several = names[question.period.unit]
    first, last = question.bracket(number)
    return say(one, n=first) if first == last else say(several, first=first, last=last)
