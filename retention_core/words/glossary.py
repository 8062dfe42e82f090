"""The definitions of the glossary, in the language of who reads them; the files at the root of the project are the source."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from retention_core.words.language import ENGLISH, PERSIAN, Language, spoken

ROOT = Path(__file__).resolve().parents[2]
FILES = {ENGLISH: ROOT / "GLOSSARY.md", PERSIAN: ROOT / "GLOSSARY.fa.md"}
_OTHER = re.compile(r"(.+) \(([^()]*(?:\([^()]*\)[^()]*)*)\)")


@dataclass(frozen=True)
class Definition:
    """What a term means. title: the term in the language of the text."""

    title: str
    text: str


def definition(term: str) -> Definition:
    """Return what a term means, in the language spoken now. term: as GLOSSARY.md calls it."""
    return glossary(spoken().language)[term]


@cache
def glossary(language: Language) -> dict[str, Definition]:
    """Return all definitions: term as GLOSSARY.md calls it -> definition.

    Other languages write the term of GLOSSARY.md in brackets behind their own.
    """
    parts = re.split(r"^### (.+)$", FILES[language].read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    found = {}
    for heading, body in zip(parts[::2], parts[1::2], strict=True):
        own = _OTHER.fullmatch(heading.strip()) if language is not ENGLISH else None
        title, term = own.groups() if own else (heading.strip(), heading.strip())
        found[term] = Definition(title, " ".join(re.split(r"^## ", body, flags=re.MULTILINE)[0].split()))
    return found
