"""Shares in words and as cards: with their interval where they may have one."""

from retention_core.analyses.intervals import Share
from retention_core.answers.answer import Card
from retention_core.words.numbers import UNKNOWN, digits, interval, percent, whole
from retention_core.words.say import say


def share_words(share: Share) -> str:
    """Return a share with its interval: `53 % (50 to 56)`; for fewer than ten cases only the count."""
    if not share.is_headline:
        return say("{count} of {total}", count=share.count, total=share.total)
    shown = digits(*share.interval)
    return say("{rate} ({interval})", rate=percent(share.rate, shown), interval=interval(*share.interval, shown))


def share_card(
    label: str, share: Share, term: str, *, trend: tuple[float, ...] = (), has_interval: bool = True
) -> Card:
    """Return the card of a share with its interval and n; below ten cases only the count.

    has_interval: False where a customer stands in it several times, or its customers are no part of those it is of.
    """
    if not share.is_headline:
        note = say("{count} of {total}: too few", count=share.count, total=share.total)
        return Card(label, UNKNOWN, term, note, trend)
    shown = max(1, digits(*share.interval))
    note = say("{interval} · n = {n}", interval=interval(*share.interval, shown), n=whole(share.total))
    if not has_interval:
        places = {"count": share.count, "total": share.total}
        note = say("no interval · {count} of {total}, people counted several times", **places)
    return Card(label, percent(share.rate, shown), term, note, trend)
