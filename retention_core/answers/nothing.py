"""What a page says where the filters leave nothing to show."""

from retention_core.answers.answer import Answer
from retention_core.words.say import say


def nothing_within(question: str, sentence: str) -> Answer:
    """Return the answer of a page on which the filters leave nothing. question, sentence: in words."""
    note = say("Widen the dates or take a filter out: the bar under the menu says which are in force.")
    return Answer(question, sentence, (note,), is_empty=True)
