"""Several texts in a row, joined as the language joins them."""

from collections.abc import Callable, Sequence

from retention_core.words.say import say


def listed(texts: Sequence[str]) -> str:
    """Return `a, b, c`; nothing of no text, and one as it is."""
    return _joined(texts, lambda first, then: say("{first}, {then}", first=first, then=then))


def all_of(texts: Sequence[str]) -> str:
    """Return `a, b and c`."""
    return texts[0] if len(texts) == 1 else say("{first} and {then}", first=listed(texts[:-1]), then=texts[-1])


def any_of(texts: Sequence[str]) -> str:
    """Return `a or b or c`."""
    return _joined(texts, lambda first, then: say("{first} or {then}", first=first, then=then))


def in_turn(texts: Sequence[str]) -> str:
    """Return `a; b; c`: remarks, one after the other."""
    return _joined(texts, lambda first, then: say("{first}; {then}", first=first, then=then))


def dotted(texts: Sequence[str]) -> str:
    """Return `a · b · c`: things side by side."""
    return _joined(texts, lambda first, then: say("{first} · {then}", first=first, then=then))


def sentences(texts: Sequence[str]) -> str:
    """Return whole sentences one after the other."""
    return _joined(texts, lambda first, then: say("{first} {then}", first=first, then=then))


def quoted(text: str) -> str:
    """Return a text from a file in the quotation marks of the language."""
    return say("“{text}”", text=text)


def _joined(texts: Sequence[str], join: Callable[[str, str], str]) -> str:
    """Join halves of halves, so that a list of thousands is no tower of thousands."""
    if len(texts) < 2:
        return texts[0] if texts else ""
    middle = len(texts) // 2
    return join(_joined(texts[:middle], join), _joined(texts[middle:], join))
