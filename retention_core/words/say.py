"""Say a sentence: whole, with named places, in the language that is spoken now.

`say("{n} rows are loaded.", n=3)` returns a text that knows what it says, so that it can be said again to somebody who
reads another language. What stands in a place is written as its kind asks: numbers and days by the language, sentences
said again, text from files to the letter and kept apart where it runs in the other direction.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any, Self

from retention_core.words.language import Language, Speech, spoken, translations

_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufefc]")
_LEFT_TO_RIGHT = re.compile(r"[A-Za-z\u00c0-\u024f]")
_STORED = '{"said":'
WRITERS: dict[type, Callable[[Any], str]] = {}
"""How values are written that need sentences themselves: days and moments, see `days.py`."""


class Number(str):
    """A number as the language that was spoken writes it. plain: as English writes it."""

    __slots__ = ("plain",)
    plain: str

    def __new__(cls, plain: str) -> Self:
        """Write a number that stands in English form, such as `1,234.5` or `24 %`."""
        written = super().__new__(cls, plain.translate(_marks(spoken().language)))
        written.plain = plain
        return written

    def __reduce__(self) -> tuple[type["Number"], tuple[str]]:
        """Let a copy be written anew."""
        return Number, (self.plain,)

    def again(self) -> "Number":
        """Return the number as the language spoken now writes it."""
        return Number(self.plain)


class Said(str):
    """A text in the language in which it was said. sentence, many, places: what was said, see `say` and `counted`."""

    __slots__ = ("many", "places", "sentence")
    sentence: str
    many: str
    places: Mapping[str, Any]

    def __new__(cls, sentence: str, many: str = "", places: Mapping[str, Any] | None = None) -> Self:
        """Say a sentence. many: its form for other numbers than one, which stands in the place `n`."""
        said = super().__new__(cls, _in_words(sentence, many, places or {}))
        said.sentence, said.many, said.places = sentence, many, places or {}
        return said

    def __reduce__(self) -> tuple[type["Said"], tuple[str, str, Mapping[str, Any]]]:
        """Let a copy be said anew."""
        return Said, (self.sentence, self.many, self.places)

    def again(self) -> "Said":
        """Return the same in the language spoken now."""
        return Said(self.sentence, self.many, self.places)


def written(plain: Iterable[str]) -> list[str]:
    """Return numbers that stand in English form as the language spoken now writes them, many at once, as plain text."""
    numbers = list(plain)
    return "\n".join(numbers).translate(_marks(spoken().language)).split("\n") if numbers else []


def sentence(text: str) -> str:
    """Return the text as it is: marks a sentence that stands in a table, for the catalogue. It is said later."""
    return text


def say(sentence: str, /, **places: Any) -> Said:
    """Return a sentence in the language spoken now. places: what stands in each {place}."""
    return Said(sentence, "", places)


def counted(one: str, many: str, n: int, /, **places: Any) -> Said:
    """Return the form of a sentence for a number, by the rules of the language; the number stands in the place {n}."""
    return Said(one, many, {"n": n, **places})


def again(text: str) -> str:
    """Return a text in the language spoken now, where it knows what it says; any other as it is."""
    return text.again() if isinstance(text, Said | Number) else text


def stored(text: str) -> str:
    """Return a text so that it can be kept in a table and `retold` to whoever reads it."""
    if not isinstance(text, Said):
        return text
    places = {name: _storable(value) for name, value in text.places.items()}
    return json.dumps({"said": text.sentence, "many": text.many, "places": places}, ensure_ascii=False)


def retold(text: str) -> str:
    """Return a stored text in the language spoken now; text of which nothing more is known as it is."""
    if not text.startswith(_STORED):
        return text
    try:
        kept = json.loads(text)
    except ValueError:  # a text that only begins like ours
        return text
    return Said(kept["said"], kept["many"], {name: _from_store(value) for name, value in kept["places"].items()})


def _in_words(sentence: str, many: str, places: Mapping[str, Any]) -> str:
    known = translations(spoken().language)
    form = known.ngettext(sentence, many, int(places["n"])) if many else known.gettext(sentence) if sentence else ""
    return form.format_map({name: _written(value) for name, value in places.items()}) if places else form


def _written(value: object) -> str:
    if isinstance(value, Said | Number):
        return value.again()
    if isinstance(value, date):
        return WRITERS[datetime if isinstance(value, datetime) else date](value)
    if isinstance(value, str):
        return apart(value, spoken())
    return Number(f"{value:,}")


def apart(text: str, speech: Speech) -> str:
    """Return text from a file, kept apart where it holds letters that run against the lines it stands in."""
    against = _LEFT_TO_RIGHT if speech.language.direction == "rtl" else _RIGHT_TO_LEFT
    return f"\u2068{text}\u2069" if against.search(text) else text


def _storable(value: object) -> object:
    if isinstance(value, Said):
        return {"text": stored(value)}
    if isinstance(value, Number):
        return {"number": value.plain}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return value


def _from_store(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if "day" in value:
        return datetime.fromisoformat(value["day"]) if "T" in value["day"] else date.fromisoformat(value["day"])
    return Number(value["number"]) if "number" in value else retold(value["text"])


@cache
def _marks(language: Language) -> dict[int, str]:
    return str.maketrans(dict(zip(language.marks[::2], language.marks[1::2], strict=True)))
