"""Collect the sentences of the program into the catalogues: `make words`, or `python -m retention_core.words.collect`."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from retention_core.words.language import FOLDER, LANGUAGES, Language

ROOT = FOLDER.parents[1]
PLACES = ("retention_core", "pages")
# function -> how many of its first arguments are sentences; of two, the second is for other numbers than one
MARKED_BY = {"say": 1, "sentence": 1, "counted": 2}


def collected() -> Catalog:
    """Return the sentences that stand in the code, each with the files where it stands."""
    found = Catalog(project="Comeback", charset="utf-8")
    for place in PLACES:
        for path in sorted((ROOT / place).rglob("*.py")):
            for said in _sentences(path):
                found.add(said, locations=[(path.relative_to(ROOT).as_posix(), 0)])
    return found


def kept(language: Language) -> Catalog:
    """Return the catalogue of a language."""
    with (FOLDER / language.catalogue).open("rb") as file:
        return read_po(file, locale=language.code)


def waiting(language: Language) -> list[str]:
    """Return the sentences that wait for their translation, each with the file where it stands."""
    return [
        f"{message.locations[0][0] if message.locations else ''}: {message.id}"
        for message in kept(language)
        if message.id and not all(_forms(message.string))
    ]


def _forms(said: Any) -> list[str]:
    return [said] if isinstance(said, str) else list(said or [""])


def update() -> None:
    """Bring every catalogue up to date, where what is new waits for its translation and what is gone is dropped."""
    for language in LANGUAGES:
        if language.catalogue:
            before = kept(language)
            known = {message.id: message.string for message in before}
            now = Catalog(language.code, project="Comeback", version="", copyright_holder="Comeback", charset="utf-8")
            now.header_comment, now.creation_date = before.header_comment, before.creation_date
            now.revision_date, now.fuzzy = before.revision_date, False
            now.last_translator = now.language_team = now.msgid_bugs_address = "Comeback"
            for message in collected():
                if message.id:
                    now.add(message.id, known.get(message.id), message.locations)
            with (FOLDER / language.catalogue).open("wb") as file:
                write_po(file, now, width=120, sort_output=True, include_lineno=False)
            print("\n".join(waiting(language)) or f"Nothing waits for {language.name}.")  # noqa: T201 - a command's answer


def _sentences(path: Path) -> Iterator[str | tuple[str, ...]]:
    """Yield the sentences of a module, by its syntax tree, which also shows what stands inside f-strings."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKED_BY:
            given = node.args[: MARKED_BY[node.func.id]]
            texts = [each.value for each in given if isinstance(each, ast.Constant) and isinstance(each.value, str)]
            if given and len(texts) == len(given):
                yield texts[0] if len(texts) == 1 else tuple(texts)


if __name__ == "__main__":
    update()
