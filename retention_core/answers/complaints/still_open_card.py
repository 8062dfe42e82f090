"""How many complaints are open, as a card."""

from datetime import date

from retention_core.answers.answer import Card
from retention_core.answers.complaints.response_sentences import days_words
from retention_core.words.numbers import whole
from retention_core.words.say import say


def still_open_card(still_open: int, late: int, limit_days: int, as_of: date | None) -> Card:
    """Return how many are open, and how many of them for longer than the limit."""
    note = say("{late} over {limit}, on {as_of}", late=whole(late), limit=days_words(limit_days), as_of=as_of)
    return Card(say("Still open"), whole(still_open), "Still open", note)
