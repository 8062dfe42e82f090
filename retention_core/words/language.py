"""Which language is spoken now, and how it writes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Literal, TypeVar

Calendar = Literal["gregorian", "jalali"]
T = TypeVar("T")
FOLDER = Path(__file__).parent


@dataclass(frozen=True, eq=False)
class Language:
    """A language that Comeback speaks; each is there once, so that it is known by itself.

    code: as in links. name: in its own letters. direction: of its lines, as in HTML. calendar: in which days are written
    unless another is chosen. catalogue: the file with its sentences beside this module; empty for English, which stands
    in the code. marks: what its numbers use for each letter of an English one.
    """

    code: str
    name: str
    direction: Literal["ltr", "rtl"] = "ltr"
    calendar: Calendar = "gregorian"
    catalogue: str = ""
    marks: str = ""


ENGLISH = Language("en", "English")
PERSIAN = Language("fa", "فارسی", "rtl", "jalali", "persian.po", "0۰1۱2۲3۳4۴5۵6۶7۷8۸9۹,٬.٫%٪")
LANGUAGES = (ENGLISH, PERSIAN)


@dataclass(frozen=True)
class Speech:
    """How a person is spoken to: in which language, and in which calendar days are written."""

    language: Language = ENGLISH
    calendar: Calendar = "gregorian"


_USUAL = Speech()
_SPOKEN: ContextVar[Speech] = ContextVar("spoken", default=_USUAL)


def spoken() -> Speech:
    """Return how the person is spoken to for whom this thread works now."""
    return _SPOKEN.get()


def speak(language: Language, calendar: Calendar | None = None) -> None:
    """Speak so from now on in this thread. calendar: of days, by default that of the language."""
    _SPOKEN.set(Speech(language, calendar or language.calendar))


@contextmanager
def speaking(language: Language, calendar: Calendar | None = None) -> Iterator[None]:
    """Speak so for a while."""
    before = _SPOKEN.set(Speech(language, calendar or language.calendar))
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def as_spoken_now(work: Callable[[], T]) -> Callable[[], T]:
    """Return work that speaks as this thread does now, whichever thread does it, and whenever."""
    speech = spoken()

    def told() -> T:
        with speaking(speech.language, speech.calendar):
            return work()

    return told


def language_of(code: str | None) -> Language:
    """Return the language with this code; English where there is none."""
    return next((each for each in LANGUAGES if each.code == code), ENGLISH)


@cache
def translations(language: Language) -> NullTranslations:
    """Return the sentences of a language, as gettext looks them up."""
    if not language.catalogue:
        return NullTranslations()
    from babel.messages.mofile import write_mo  # the child that reads files speaks English, and starts without it
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with (FOLDER / language.catalogue).open("rb") as catalogue:
        write_mo(compiled, read_po(catalogue, locale=language.code))
    compiled.seek(0)
    return GNUTranslations(compiled)
