"""What is computed of a file rather than read, and how that is said."""

from retention_core.ingestion.understanding.closed import IS_CLOSED
from retention_core.ingestion.understanding.scale import SCALE_TOP
from retention_core.ingestion.understanding.understand import Understanding
from retention_core.tables import SCALES
from retention_core.words.lists import any_of, in_turn, quoted
from retention_core.words.say import say, sentence

_NAMED = 6  # statuses that are named
_IN_UNIT = {"rial": sentence("amounts in rials"), "toman": sentence("amounts in tomans")}


def derives_amount(understood: Understanding) -> bool:
    """Tell whether the amount is computed as quantity times unit price, since the file has no column for it."""
    return "amount" not in understood.readings and {"quantity", "unit_price"} <= set(understood.readings)


def derived_words(understood: Understanding) -> str:
    """Say what was computed rather than read, and in which unit money is kept; empty where there is nothing to say."""
    return in_turn(
        [
            *_of_amounts(understood),
            *_of_lines(understood),
            *_of_the_end(understood),
            *_of_scales(understood),
            *_instead(understood, "first_response_at", "first_response_after"),
            *_instead(understood, "resolved_at", "resolved_after"),
            *_of_offsets(understood),
            *(say(_IN_UNIT[unit]) for unit in sorted({each.unit for each in understood.readings.values()} - {""})),
        ]
    )


def _of_amounts(understood: Understanding) -> list[str]:
    headers, readings = understood.match.headers, understood.readings
    said = list[str]()
    if derives_amount(understood):
        said.append(say("amount = quantity × unit price"))
    if understood.money.price_of == "line":
        said.append(say("amount = “{header}”, the price of the whole line", header=headers["amount"]))
    if understood.money.amount_of == "order":
        header = headers.get("amount", "")
        said.append(say("“{header}” is the total of an order and counts once for all its lines", header=header))
    if {"amount", "refunded_amount"} <= set(readings):
        said.append(say("refunded amounts are taken off"))
    if understood.match.table.name == "orders" and not said and "amount" not in readings:
        said.append(say("no amount is read, so revenue stays unknown"))
    return said


def _of_lines(understood: Understanding) -> list[str]:
    said = list[str]()
    if understood.filled:
        said.append(say("later lines of an order belong to the customer of its first line"))
    if understood.runs_on:
        said.append(say("rows without number, customer and date are further lines of the order above"))
    return said


def _of_the_end(understood: Understanding) -> list[str]:
    said = list[str]()
    if understood.events:
        closing = any_of(understood.events.closing[:_NAMED])
        said.append(say("resolved = the last event, where it is {statuses}", statuses=closing))
    said += _instead(understood, "resolved_at", "closed_at")
    if understood.closed and any(question.column == IS_CLOSED for question in understood.questions):
        closed = any_of(understood.closed[:_NAMED])
        said.append(say("{statuses} means closed, also where no moment says when", statuses=closed))
    return said


def _of_scales(understood: Understanding) -> list[str]:
    """Say each scale, with the marks of the answers that are on it where there are several."""
    if any(question.column.startswith(SCALE_TOP) for question in understood.open_questions):
        return []
    on = {top: [mark for mark, each in understood.scales.items() if each == top] for top in understood.scales.values()}
    if len(on) == 1:
        return [say("scores are on a scale of {scale}", scale=say(SCALES[top])) for top in on]
    return [
        say(
            "scores are on a scale of {scale} where marked {marks}",
            scale=say(SCALES[top]),
            marks=any_of([quoted(mark) for mark in marks]),
        )
        for top, marks in on.items()
    ]


def _instead(understood: Understanding, end: str, other: str) -> list[str]:
    """Say that one column stands in for another where that is missing."""
    if not {end, other} <= set(understood.readings):
        return []
    headers = understood.match.headers
    return [say("where “{header}” is missing, “{other}” counts", header=headers[end], other=headers[other])]


def _of_offsets(understood: Understanding) -> list[str]:
    written = [understood.match.headers[name] for name, each in understood.readings.items() if each.name == "offset"]
    return [
        say("“{header}” keeps the day and hour as they are written beside the offset from UTC", header=header)
        for header in written[:1]
    ]
