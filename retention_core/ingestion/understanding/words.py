"""Words that stand for values, in the languages of commerce, and SQL that knows them."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

WORDS = Path(__file__).with_name("words.toml")


@lru_cache(maxsize=1)
def words() -> dict[str, dict[str, list[str]]]:
    """Return every list of words: section -> what they stand for -> words in lower case."""
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))


@lru_cache(maxsize=16)
def meanings(section: str) -> Mapping[str, str]:
    """Return word -> what it stands for; where two claim a word, the first does."""
    found: dict[str, str] = {}
    for meaning, names in words()[section].items():
        for name in names:
            found.setdefault(name, meaning)
    return found


@lru_cache(maxsize=16)
def map_sql(section: str) -> str:
    """Return a SQL map from the words of a section to the numbers that they stand for."""
    pairs = ", ".join(f"'{word}': {meaning}" for word, meaning in meanings(section).items())
    return f"MAP {{{pairs}}}"


def list_sql(section: str, meaning: str) -> str:
    """Return a SQL list of the words with one meaning."""
    return "[" + ", ".join(f"'{word}'" for word in words()[section][meaning]) + "]"
