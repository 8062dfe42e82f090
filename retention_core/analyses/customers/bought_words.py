"""Which purchases are meant, in words."""

from collections.abc import Mapping

from retention_core.tables import ORDERS
from retention_core.words.lists import listed
from retention_core.words.say import say


def bought_words(segments: Mapping[str, tuple[str, ...]]) -> str:
    """Return which purchases are meant by values of segments: `Tea`, `(Channel: Web)`; nothing where all are."""
    products = listed(segments.get("product", ()))
    others = ""
    for name, values in segments.items():
        if name != "product":
            one = say("{label}: {values}", label=say(ORDERS.column(name).label), values=listed(values))
            others = say("{first} · {then}", first=others, then=one) if others else one
    if not others:
        return products
    if not products:
        return say("({others})", others=others)
    return say("{products} ({others})", products=products, others=others)
