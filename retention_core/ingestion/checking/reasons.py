"""Why rows are rejected, in few words that add up."""

from collections.abc import Sequence

from retention_core.words.lists import in_turn
from retention_core.words.numbers import whole
from retention_core.words.say import say

_NAMED = 3  # reasons


def most_frequent(reasons: Sequence[tuple[str, int]]) -> str:
    """Name the most frequent reasons and count the rows that have others; one more reason is named as well.

    reasons: each in words that hold its number of rows, and that number, the most frequent first.
    """
    named = _NAMED if len(reasons) > _NAMED + 1 else len(reasons)
    others = sum(count for _, count in reasons[named:])
    rest = [say("and {n} for other reasons", n=whole(others))] if others else []
    return in_turn([*(words for words, _ in reasons[:named]), *rest])
