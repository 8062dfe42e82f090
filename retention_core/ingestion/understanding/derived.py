"""What is computed of a file rather than read, and how that is said."""

from retention_core.ingestion.understanding.closed import IS_CLOSED
from retention_core.ingestion.understanding.scale import SCALE_TOP
from retention_core.ingestion.understanding.understand import Understanding
from retention_core.tables import SCALES


def derives_amount(understood: Understanding) -> bool:
    """Tell whether the amount is computed as quantity times unit price, since the file has no column for it."""
    return "amount" not in understood.readings and {"quantity", "unit_price"} <= set(understood.readings)


def _scales(understood: Understanding) -> list[str]:
    """Return each scale in words, with the answers that are on it where there are several."""
    if any(question.column.startswith(SCALE_TOP) for question in understood.open_questions):
        return []
    on = {top: [mark for mark, each in understood.scales.items() if each == top] for top in understood.scales.values()}
    if len(on) == 1:
        return [SCALES[top] for top in on]
    return [f"{SCALES[top]} where marked {' or '.join(f'“{each}”' for each in marks)}" for top, marks in on.items()]


def derived_words(understood: Understanding) -> str:
    """Say what was computed rather than read, and in which unit money is kept."""
    said = ["amount = quantity × unit price"] if derives_amount(understood) else []
    if understood.money.price_of == "line":
        said.append(f"amount = “{understood.match.headers['amount']}”, the price of the whole line")
    if understood.money.amount_of == "order":
        said.append(
            f"“{understood.match.headers.get('amount', '')}” is the total of an order and counts once for all its lines"
        )
    if {"amount", "refunded_amount"} <= set(understood.readings):
        said.append("refunded amounts are taken off")
    if understood.match.table.name == "orders" and not said and "amount" not in understood.readings:
        said.append("no amount is read, so revenue stays unknown")
    if understood.filled:
        said.append("later lines of an order belong to the customer of its first line")
    if understood.runs_on:
        said.append("rows without number, customer and date are further lines of the order above")
    if understood.events:
        said.append(f"resolved = the last event, where it is {' or '.join(understood.events.closing[:6])}")
    if {"resolved_at", "closed_at"} <= set(understood.readings):
        headers = understood.match.headers
        said.append(f"where “{headers['resolved_at']}” is missing, “{headers['closed_at']}” counts")
    if understood.closed and any(question.column == IS_CLOSED for question in understood.questions):
        said.append(f"{' or '.join(understood.closed[:6])} means closed, also where no moment says when")
    said += [f"scores are on a scale of {words}" for words in _scales(understood)]
    for name, end in (("first_response_after", "first_response_at"), ("resolved_after", "resolved_at")):
        if name in understood.readings and end in understood.readings:
            said.append(
                f"where “{understood.match.headers[end]}” is missing, “{understood.match.headers[name]}” counts"
            )
    written = [understood.match.headers[name] for name, each in understood.readings.items() if each.name == "offset"]
    if written:
        said.append(f"“{written[0]}” keeps the day and hour as they are written beside the offset from UTC")
    units = {reading.unit for reading in understood.readings.values() if reading.unit}
    return "; ".join([*said, *(f"amounts in {unit}s" for unit in sorted(units))])
