"""Collect the sentences of the program into the catalogues: `python -m retention_core.words.collect`."""

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from retention_core.words.language import FOLDER, LANGUAGES, Language

ROOT = FOLDER.parents[1]
PLACES = ("retention_core", "pages")
# function -> which of its arguments are sentences; of two, the second is for other numbers than one
MARKED_BY = {"say": None, "sentence": None, "counted": (1, 2)}


def collected() -> Catalog:
    """Return the sentences that stand in the code, each with the files where it stands."""
    found = Catalog(project="Comeback", charset="utf-8")
    for place in PLACES:
        pieces = extract_from_dir(ROOT / place, [("**.py", "python")], keywords=MARKED_BY)
        for file, _, message, _, _ in pieces:
            found.add(message, locations=[(f"{place}/{file}", 0)])
    return found


def kept(language: Language) -> Catalog:
    """Return the catalogue of a language."""
    with (FOLDER / language.catalogue).open("rb") as file:
        return read_po(file, locale=language.code)


def update() -> None:
    """Bring every catalogue up to date: what is new waits for its translation, what is gone is dropped."""
    for language in LANGUAGES:
        if language.catalogue:
            catalogue = kept(language)
            catalogue.update(collected(), no_fuzzy_matching=True)
            catalogue.obsolete.clear()
            catalogue.fuzzy = False
            catalogue.last_translator = catalogue.language_team = catalogue.msgid_bugs_address = "Comeback"
            with (FOLDER / language.catalogue).open("wb") as file:
                write_po(file, catalogue, width=120, sort_output=True, include_lineno=False)


if __name__ == "__main__":
    update()
