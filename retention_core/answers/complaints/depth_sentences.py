"""Where it is slow, and what explains a change, in words."""

from retention_core.analyses.complaints.between_people import BetweenPeople
from retention_core.analyses.complaints.mix_and_rate import ChangeExplained
from retention_core.analyses.complaints.value_differences import ValueDifference, ValueDifferences
from retention_core.analyses.complaints.waits_by_segment import SegmentWaits
from retention_core.analyses.complaints.weeks_compared import WEEKS
from retention_core.answers.complaints.response_sentences import days_words
from retention_core.answers.in_force import segment_label
from retention_core.answers.shares import share_words
from retention_core.words.days import span
from retention_core.words.lists import quoted
from retention_core.words.numbers import bare, digits, percent, signed, whole
from retention_core.words.say import counted, say, sentence

MOST_NAMED = 2  # values that the sentence names

_DIFFERS = {
    "first_response": {
        "fewer": sentence(
            "{segment} {value}: {rate} ({low} to {high}) of {total} complaints were answered within {limit}, {points} "
            "points fewer than of all others ({other})."
        ),
        "more": sentence(
            "{segment} {value}: {rate} ({low} to {high}) of {total} complaints were answered within {limit}, {points} "
            "points more than of all others ({other})."
        ),
    },
    "resolution": {
        "fewer": sentence(
            "{segment} {value}: {rate} ({low} to {high}) of {total} complaints were resolved within {limit}, {points} "
            "points fewer than of all others ({other})."
        ),
        "more": sentence(
            "{segment} {value}: {rate} ({low} to {high}) of {total} complaints were resolved within {limit}, {points} "
            "points more than of all others ({other})."
        ),
    },
}
_NONE_DIFFERS = {
    "first_response": sentence(
        "{segment}: of {compared} compared, none differs from the others in the share answered within {limit} by more than "
        "chance could bring."
    ),
    "resolution": sentence(
        "{segment}: of {compared} compared, none differs from the others in the share resolved within {limit} by more than "
        "chance could bring."
    ),
}
_PEOPLE_DIFFER = {
    "first_response": sentence(
        "About {part} of the differences between {people} in the share answered within {limit} is more than chance; "
        "without chance, about two in three of them would lie between {low} and {high}."
    ),
    "resolution": sentence(
        "About {part} of the differences between {people} in the share resolved within {limit} is more than chance; "
        "without chance, about two in three of them would lie between {low} and {high}."
    ),
}
_PEOPLE_ALIKE = {
    "first_response": sentence(
        "The differences between {people} in the share answered within {limit} are no larger than chance could bring."
    ),
    "resolution": sentence(
        "The differences between {people} in the share resolved within {limit} are no larger than chance could bring."
    ),
}


def depth_sentence(waits: SegmentWaits, found: ValueDifferences) -> str:
    """Say which values differ from the rest beyond chance, the largest difference first; at most two are named."""
    if not found.compared:
        return _too_few(waits)
    if not found.real:
        limit, segment = days_words(waits.question.response.limit_days), segment_label(waits.question.segment)
        form = _NONE_DIFFERS[waits.question.response.awaited]
        return say(form, segment=segment, compared=whole(found.compared), limit=limit)
    told = [_differs(waits, each) for each in found.real[:MOST_NAMED]]
    if (more := len(found.real) - MOST_NAMED) > 0:
        told.append(counted("{n} more differs.", "{n} more differ.", more))
    return "\n".join(told)


def people_sentence(waits: SegmentWaits, between: BetweenPeople | None) -> str:
    """Say how much of what people differ by is more than chance; nobody is named."""
    if between is None:
        return _too_few(waits)
    response = waits.question.response
    places = {
        "people": people_words(waits.question.segment, between.people),
        "limit": days_words(response.limit_days),
    }
    if not between.is_real:
        return say(_PEOPLE_ALIKE[response.awaited], **places)
    low, high = max(0.0, between.common - between.spread), min(1.0, between.common + between.spread)
    ends = {"low": percent(low), "high": percent(high)}
    return say(_PEOPLE_DIFFER[response.awaited], part=percent(between.above_chance), **ends, **places)


def people_words(segment: str, people: int) -> str:
    """Return how many people or teams there are: `9 employees`."""
    if segment == "team":
        return counted("{n} team", "{n} teams", people)
    return counted("{n} employee", "{n} employees", people)


def change_sentence(waits: SegmentWaits, explained: ChangeExplained | None) -> str:
    """Say what explains the change of the last weeks, or why nothing does."""
    if explained is None or not explained.comparison.is_known:
        return say(
            "What changed lately cannot be told: it takes 30 complaints in each of the last {n} complete weeks and the {n} "
            "before, taken together.",
            n=WEEKS,
        )
    first, second = explained.comparison.first, explained.comparison.second
    places = {
        "recent": _span(explained, explained.recent),
        "before": _span(explained, explained.before),
        "limit": days_words(waits.question.response.limit_days),
        "share": share_words(first),
        "total": whole(first.total),
        "share_before": share_words(second),
        "total_before": whole(second.total),
    }
    if not explained.comparison.is_claimed:
        return say(
            "Within {limit} in the weeks of {recent}: {share} of {total}; of {before}: {share_before} of {total_before}. "
            "Chance could bring as much, so that nothing is explained.",
            **places,
        )
    shown = _decimals(explained)
    places |= {"change": signed(explained.change, shown), "mix": signed(explained.mix, shown)}
    main = None if waits.question.is_of_people else explained.main
    if main is None:
        return say(
            "Within {limit} in the weeks of {recent}: {share} of {total}; of {before}: {share_before} of {total_before}. Of "
            "the {change} points, {own} come from shares that changed; the mix of the complaints brought {mix}.",
            own=signed(explained.change - explained.mix, shown),
            **places,
        )
    return say(
        "Within {limit} in the weeks of {recent}: {share} of {total}; of {before}: {share_before} of {total_before}. Of the "
        "{change} points, {rate} come from {value}, whose own share changed; the mix of the complaints brought {mix}.",
        rate=signed(float(main["rate"]), shown),
        value=quoted(str(main["value"])),
        **places,
    )


def cut_sentence() -> str:
    """Say why nothing is said of a change where the file is cut by the day of closing."""
    return say(
        "What changed lately cannot be told: the file seems to hold closed complaints alone, of which the late ones look "
        "faster than they were."
    )


def _decimals(explained: ChangeExplained) -> int:
    return 0 if abs(explained.change) >= 0.1 else 1


def _span(explained: ChangeExplained, stretch: tuple[int, int]) -> str:
    return span(explained.period.label(stretch[0]), explained.period.label(stretch[1]))


def _differs(waits: SegmentWaits, found: ValueDifference) -> str:
    row, (low, high) = waits.values.iloc[found.place], found.own.interval
    shown = digits(low, high)
    return say(
        _DIFFERS[waits.question.response.awaited]["more" if found.points > 0 else "fewer"],
        segment=segment_label(waits.question.segment),
        value=quoted(str(row["value"])),
        rate=percent(found.own.rate, shown),
        low=bare(low, shown),
        high=bare(high, shown),
        total=whole(found.own.total),
        limit=days_words(waits.question.response.limit_days),
        points=bare(abs(found.points), shown),
        other=percent(found.others.rate, shown),
    )


def _too_few(waits: SegmentWaits) -> str:
    response, segment = waits.question.response, segment_label(waits.question.segment)
    age = days_words(response.known_after_days)
    return say(
        "{segment}: too few complaints are {age} old to compare: it takes 30 on either side.", segment=segment, age=age
    )
