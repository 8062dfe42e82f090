"""The satisfied against the less satisfied, plainly and among customers alike."""

from retention_core.analyses.intervals import difference
from retention_core.analyses.satisfaction.satisfaction_return import SatisfactionReturn
from retention_core.answers.answer import Card
from retention_core.words.numbers import UNKNOWN, digits, points, signed, whole
from retention_core.words.say import Number, say


def alike_card(told: SatisfactionReturn) -> Card:
    """Return the difference among customers alike; where too few are compared, only how many."""
    alike, label = told.alike, say("Among customers alike")
    if not alike.is_known:
        return Card(label, UNKNOWN, "Among customers alike", say("{n} compared: too few", n=whole(alike.compared)))
    change = say("{change} points", change=_points(alike.difference, alike.low, alike.high))
    note = say("{range} · n = {n}", range=points(alike.low, alike.high), n=whole(alike.compared))
    return Card(label, change, "Among customers alike", note)


def both_compared(told: SatisfactionReturn) -> tuple[str, ...]:
    """Return the plain comparison and that of customers alike, in words; nothing where too few are followed."""
    satisfied, others, alike = told.share(True), told.share(False), told.alike
    if not satisfied.is_headline or not others.is_headline:
        return ()
    notes = [_of_all(told)]
    if alike.is_known:
        notes.append(_of_those_alike(told))
    notes.append(
        say(
            "Who answers differs from who does not, and what else differs between the satisfied and the others cannot "
            "be seen here: that the score makes people return, or stay away, is not shown."
        )
    )
    if alike.is_known and alike.history_is_thin:
        notes.append(
            say(
                "Most of those compared had bought only once before, so that being alike says little about them.",
            )
        )
    return tuple(notes)


def _of_all(told: SatisfactionReturn) -> str:
    satisfied, others = told.share(True), told.share(False)
    change, low, high = difference(satisfied, others)
    return say(
        "Satisfied minus less satisfied: of all {n} customers {change} ({range}) points.",
        n=whole(satisfied.total + others.total),
        change=_points(change, low, high),
        range=points(low, high),
    )


def _of_those_alike(told: SatisfactionReturn) -> str:
    alike = told.alike
    return say(
        "Among customers alike before their answer, in number of purchases and in days since the first and the last, "
        "{change} ({range}) points, of {n} compared; {left_out} have nobody alike.",
        change=_points(alike.difference, alike.low, alike.high),
        range=points(alike.low, alike.high),
        n=whole(alike.compared),
        left_out=whole(alike.left_out),
    )


def _points(change: float, low: float, high: float) -> Number:
    """Return a difference in points with as many decimals as its interval needs; what rounds to nothing has a plus."""
    shown = digits(low, high)
    return signed(round(change, shown + 2) + 0.0, shown)
