"""Whether complaints are answered faster than before, in words."""

from collections.abc import Iterator

from retention_core.analyses.complaints.response_times import ResponseQuestion
from retention_core.analyses.complaints.weeks_compared import WeeksCompared
from retention_core.analyses.intervals import FEW
from retention_core.answers.complaints.response_sentences import days_words
from retention_core.answers.shares import share_words
from retention_core.words.numbers import bare, decimal, digits, ends_apart, points, whole
from retention_core.words.say import say, sentence

# what is awaited -> what the comparison of the shares within the limit allows to say
_COMPARED = {
    "first_response": {
        "more": sentence(
            "It got faster: lately {rate} were answered within {limit}, {points} points more than before ({low} to {high})."
        ),
        "fewer": sentence(
            "It got slower: lately {rate} were answered within {limit}, {points} points fewer than before ({low} to {high})."
        ),
        "as_often": sentence(
            "Neither faster nor slower: lately {rate} were answered within {limit}, as often as before ({range} points)."
        ),
        "not_shown": sentence(
            "No change can be shown: lately {rate} were answered within {limit}, before {rate_before} ({range} points)."
        ),
        "usual": sentence(
            "No more than the usual ups and downs: lately {rate} were answered within {limit}, before {rate_before} "
            "({range} points)."
        ),
    },
    "resolution": {
        "more": sentence(
            "It got faster: lately {rate} were resolved within {limit}, {points} points more than before ({low} to {high})."
        ),
        "fewer": sentence(
            "It got slower: lately {rate} were resolved within {limit}, {points} points fewer than before ({low} to {high})."
        ),
        "as_often": sentence(
            "Neither faster nor slower: lately {rate} were resolved within {limit}, as often as before ({range} points)."
        ),
        "not_shown": sentence(
            "No change can be shown: lately {rate} were resolved within {limit}, before {rate_before} ({range} points)."
        ),
        "usual": sentence(
            "No more than the usual ups and downs: lately {rate} were resolved within {limit}, before {rate_before} "
            "({range} points)."
        ),
    },
}


def trend_sentence(question: ResponseQuestion, weeks: WeeksCompared | None) -> str:
    """Say whether it got faster, and on a line below which weeks are compared; or why that cannot be told."""
    if weeks is None:
        return say(
            "Whether it got faster cannot be told: that takes eight whole weeks whose complaints are all more than {limit} old.",
            limit=days_words(question.limit_days),
        )
    if weeks.is_cut:
        return say(
            "Whether it got faster cannot be told: nothing is open, though by the usual waits {n} or more of the last "
            "complaints would be. The file seems to hold closed ones alone, so that its last weeks look faster than they were.",
            n=whole(int(weeks.missing)),
        )
    if not weeks.comparison.is_known:
        return say(
            "Whether it got faster cannot be told: {n} complaints came from {first} to {last} and {n_before} from "
            "{first_before} to {last_before}, and it takes {few} in each.",
            few=whole(FEW),
            **_counts(weeks),
        )
    return "\n".join((_compared(question, weeks), *_why(weeks), _which(weeks)))


def _compared(question: ResponseQuestion, weeks: WeeksCompared) -> str:
    comparison, says = weeks.comparison, "usual" if weeks.is_usual else weeks.comparison.says
    low, high = comparison.interval
    places: dict[str, object] = {"rate": share_words(comparison.first), "rate_before": share_words(comparison.second)}
    places |= {"limit": days_words(question.limit_days), "range": points(low, high)}
    if comparison.is_claimed:
        change = abs(comparison.first.rate - comparison.second.rate)
        places |= ends_apart(low, high) | {"points": bare(change, digits(*sorted((abs(low), abs(high)))))}
    return say(_COMPARED[question.awaited][says], **places)


def _why(weeks: WeeksCompared) -> Iterator[str]:
    if weeks.is_usual:
        yield say(
            "Chance alone would not bring this difference, but from week to week the share scatters {times} times as much as "
            "chance would let it.",
            times=decimal(weeks.spread, 1),
        )


def _which(weeks: WeeksCompared) -> str:
    return say(
        "Lately: {n} complaints opened from {first} to {last}. Before: {n_before} from {first_before} to {last_before}, "
        "{rate_before} of them in time.",
        rate_before=share_words(weeks.comparison.second),
        **_counts(weeks),
    )


def _counts(weeks: WeeksCompared) -> dict[str, object]:
    return {
        "n": whole(weeks.comparison.first.total),
        "n_before": whole(weeks.comparison.second.total),
        **dict(zip(("first", "last"), weeks.days, strict=True)),
        **dict(zip(("first_before", "last_before"), weeks.other_days, strict=True)),
    }
