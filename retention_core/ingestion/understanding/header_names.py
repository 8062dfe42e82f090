"""How columns are called: headers compared without what does not matter, and the names that we know."""

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from retention_core.ingestion.understanding.words import words

SYNONYMS = Path(__file__).with_name("synonyms.toml")
_ARABIC_TO_PERSIAN = str.maketrans({"ي": "ی", "ك": "ک", "ة": "ه", "\u200c": " ", "أ": "ا", "إ": "ا"})
_ONLY_ALONE = ("name", "number", "no", "key", "type", "net", "gross")  # names of a column as such, not as a part of one
_SAME_KEY, _BARE_KEY, _LEAST_EXACT = 0.85, 0.75, 0.8
_LINKS = frozenset({"of", "de", "du", "des", "do", "da", "di", "del", "der", "the"})
_WITHOUT_SPACES = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\s]{2,}")


def synonyms_of(table_name: str, column: str) -> list[str]:
    """Return the names by which a canonical column is known, the most usual first."""
    return _synonyms()[table_name].get(column, [])


@lru_cache(maxsize=8192)
def normal(header: str) -> str:
    """Return a header without case, accents, punctuation, units in brackets, and in Persian letters."""
    text = re.sub(r"[(\[（【].*?[)\]）】]", " ", header).replace("#", " no ")
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text).translate(_ARABIC_TO_PERSIAN)
    text = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    return " ".join(re.sub(r"[^\w]|_", " ", text.casefold().replace("ı", "i")).split())


def says(header: str, *meanings: str) -> bool:
    """Tell whether a header holds a word, or a part of one, with one of these meanings (`[headers]` in `words.toml`)."""
    return _says(normal(header), meanings)


@lru_cache(maxsize=8192)
def _says(name: str, meanings: tuple[str, ...]) -> bool:
    said = set(name.split())
    return any(
        said & header_words().get(each, frozenset()) or any(stem in name for stem in _header_stems().get(each, ()))
        for each in meanings
    )


@lru_cache(maxsize=8192)
def name_confidence(name: str, synonyms: tuple[str, ...], *, is_key: bool = False) -> float:
    """Return 1 for the first synonym, a little less for later ones, and for a part of a header its share of it.

    is_key: a part of a header decides nothing unless the rest only says that it is a number, or whose it is.
    """
    said, letters, best = name.split(), name.replace(" ", ""), 0.0
    for rank, synonym in enumerate(synonyms):
        if letters == synonym.replace(" ", ""):
            return max(_LEAST_EXACT, 1.0 - 0.002 * rank)
        if is_key and (own := _key_words(synonym)) and own == _key_words(name):
            best = max(best, _SAME_KEY if own != frozenset(said) else _BARE_KEY)
        elif synonym not in _ONLY_ALONE and len(synonym) > 1 and (share := _share(name, synonym)):
            best = max(best, 0.8 * share - 0.0005 * rank if not is_key or _is_same_key(said, synonym.split()) else 0.0)
    return best


def _share(name: str, synonym: str) -> float:
    """Return how much of a header a synonym is that stands in it, 0 where it does not."""
    if _WITHOUT_SPACES.fullmatch(synonym):
        return len(synonym) / len(name) if synonym in name else 0.0
    said, parts = name.split(), synonym.split()
    return len(parts) / len(said) if set(parts) <= set(said) else 0.0


def key_words(header: str) -> frozenset[str]:
    """Return what a header says besides that it is a number; nothing of `Id` or `Nº`."""
    return _key_words(normal(header))


@lru_cache(maxsize=4096)
def _key_words(name: str) -> frozenset[str]:
    """Return what a header says besides that it is a number: `Reklamationsnr.`, `Nº reclamación` and `Ticket no`."""
    divided = re.sub(r"(\w{4,}?)s?(nummer|numer|nr|no|id|code)\b", r"\1", name)
    return frozenset(divided.split()) - header_words()["number"] - _LINKS


def _is_same_key(said: Sequence[str], parts: Sequence[str]) -> bool:
    """Tell whether what a header says beyond the name of a key leaves it that key."""
    rest = set(said) - set(parts)
    return not rest & header_words()["no_key"] and (
        said[-len(parts) :] == list(parts) or said[: len(parts)] == list(parts)
    )


@lru_cache(maxsize=1)
def _synonyms() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(SYNONYMS.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def normal_synonyms() -> dict[str, dict[str, tuple[str, ...]]]:
    """Return table -> column -> the names by which it is known, compared as headers are."""
    return {
        table: {column: tuple(map(normal, names)) for column, names in columns.items()}
        for table, columns in _synonyms().items()
    }


@lru_cache(maxsize=1)
def header_words() -> dict[str, frozenset[str]]:
    """Return the lists of words that a header may hold, by what they say."""
    return {meaning: frozenset(map(normal, each)) for meaning, each in words()["headers"].items()}


@lru_cache(maxsize=1)
def _header_stems() -> dict[str, frozenset[str]]:
    return {meaning: frozenset(map(normal, each)) for meaning, each in words()["header_stems"].items()}
