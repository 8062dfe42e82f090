"""Which canonical table a file is, and which of its columns is what."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from retention_core.errors import ColumnMissing
from retention_core.ingestion.understanding.content import fits
from retention_core.ingestion.understanding.match_content import CONFIDENCE, is_nameless, orders_by_content
from retention_core.tables import CUSTOMERS, ORDERS, TABLES, Column, Table

SYNONYMS = Path(__file__).with_name("synonyms.toml")
_ARABIC_TO_PERSIAN = str.maketrans({"ي": "ی", "ك": "ک", "ة": "ه", "\u200c": " ", "أ": "ا", "إ": "ا"})
_LEAST_CONFIDENCE = 0.35
_ONLY_ALONE = ("name", "number", "no", "key", "type", "net", "gross")  # names of a column as such, not as a part of one
_NAMES_OF_PEOPLE = {"name", "nom", "nombre", "nome", "adi", "نام", "اسم", "kundenname"}
_NAME_FOR_ID = 0.8
_NUMBERED = re.compile(r"#[A-Z]{0,6}-?\d+")


@dataclass(frozen=True)
class Match:
    """One column of the file taken for one canonical column. confidence: 0 to 1; 1 is what a person has chosen."""

    column: str
    header: str
    confidence: float


@dataclass(frozen=True)
class TableMatch:
    """The canonical table that a file is taken for, and its columns. missing: required columns not found."""

    table: Table
    matches: tuple[Match, ...]

    @property
    def missing(self) -> tuple[Column, ...]:
        """Required columns that no column of the file was taken for."""
        return tuple(each for each in self.table.columns if each.is_required and each.name not in self.headers)

    @property
    def headers(self) -> dict[str, str]:
        """Canonical column -> header of the file."""
        return {match.column: match.header for match in self.matches}


def match_table(sample: Mapping[str, Sequence[str]]) -> TableMatch:
    """Return the best match of a file to a canonical table.

    sample: header -> some of its values, as text. Raises ColumnMissing where no table has its required columns.
    """
    best = max((match_columns(sample, each) for each in TABLES.values()), key=_strength)
    if best.missing:
        is_alike = any(column.is_required and column.name in best.headers for column in best.table.columns)
        raise column_missing(best if is_alike else match_columns(sample, ORDERS), tuple(sample))
    return best


def match_columns(sample: Mapping[str, Sequence[str]], table: Table) -> TableMatch:
    """Match the columns of a file to those of one table: the most confident pair first, each column once."""
    if table is ORDERS and is_nameless(tuple(sample)) and (found := orders_by_content(sample)):
        return TableMatch(ORDERS, tuple(Match(column, header, CONFIDENCE) for column, header in found.items()))
    pairs = [
        Match(column.name, header, confidence)
        for column in table.columns
        for header, values in sample.items()
        if (confidence := _confidence(table, column, header, values)) >= _LEAST_CONFIDENCE
    ]
    chosen: list[Match] = []
    for pair in sorted(pairs, key=lambda each: -each.confidence):
        if all(pair.column != each.column and pair.header != each.header for each in chosen):
            chosen.append(pair)
    order = [column.name for column in table.columns]
    return TableMatch(table, tuple(sorted(chosen, key=lambda each: order.index(each.column))))


def with_choices(found: TableMatch, choices: Mapping[str, str | None]) -> TableMatch:
    """Return the match as corrected by a person. choices: canonical column -> header, or None for none."""
    taken = {header for header in choices.values() if header}
    kept = [each for each in found.matches if each.column not in choices and each.header not in taken]
    chosen = [Match(column, header, 1.0) for column, header in choices.items() if header]
    return TableMatch(found.table, (*kept, *chosen))


def column_missing(found: TableMatch, headers: Sequence[str]) -> ColumnMissing:
    """Return the error that says what was looked for and what the file has instead."""
    column = found.missing[0]
    known = ", ".join(_synonyms()[found.table.name][column.name][:4])
    shown = ", ".join(headers[:12]) + (" …" if len(headers) > 12 else "")
    return ColumnMissing(
        f"No column for the {column.label.lower()} of {found.table.name}.",
        f"We looked for names such as: {known}. Your file has: {shown}.",
        "Choose the column yourself if it has another name, or add it to the export.",
    )


def synonyms_of(table_name: str, column: str) -> list[str]:
    """Return the names by which a canonical column is known, the most usual first."""
    return _synonyms()[table_name].get(column, [])


def named_like(table_name: str, column: str, headers: Sequence[str]) -> list[str]:
    """Return the headers that may name a canonical column, judged by their words alone, the likeliest first."""
    names = _normal_synonyms()[table_name][column]
    ranked = sorted(((_name_confidence(normal(header), names), header) for header in headers), reverse=True)
    return [header for confidence, header in ranked if confidence >= _LEAST_CONFIDENCE]


def normal(header: str) -> str:
    """Return a header without case, accents, punctuation, units in brackets, and in Persian letters."""
    text = re.sub(r"[(\[].*?[)\]]", " ", header)
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text).translate(_ARABIC_TO_PERSIAN)
    text = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    return " ".join(re.sub(r"[^\w]|_", " ", text.casefold()).split())


def _strength(found: TableMatch) -> float:
    """Rank a match by how much of the file it explains, less one for each required column that is missing.

    Orders without a date are thus still orders, to be told so; nor does an id alone make a list of customers. Rounded,
    so that of tables that explain a file equally well the first one, orders before complaints, is taken.
    """
    lacking = len(found.missing) + 2 * (found.table is CUSTOMERS and len(found.matches) < 2)
    return round(sum(match.confidence for match in found.matches) - lacking, 1)


def _confidence(table: Table, column: Column, header: str, values: Sequence[str]) -> float:
    """Return how surely a column is meant: by its name, weighed by whether its values are of the kind."""
    name = normal(header)
    if (column.name, name) == ("order_id", "name") and not all(_NUMBERED.fullmatch(value) for value in values if value):
        return 0.0  # shop systems call the number of an order its name; everywhere else a name is a person's
    by_name = _name_confidence(name, _normal_synonyms()[table.name].get(column.name, ()))
    if column.name == "customer" and set(name.split()) & _NAMES_OF_PEOPLE:
        by_name *= _NAME_FOR_ID  # two people may have one name, and one person write it in two ways
    return by_name * fits(column.kind, values) if by_name else 0.0


def _name_confidence(name: str, synonyms: Sequence[str]) -> float:
    """Return 1 for the first synonym, a little less for later ones, and for a part of a header its share of it."""
    words = name.split()
    best = 0.0
    for rank, synonym in enumerate(synonyms):
        parts = synonym.split()
        if "".join(words) == "".join(parts):
            return 1.0 - 0.002 * rank
        if set(parts) <= set(words) and synonym not in _ONLY_ALONE:
            best = max(best, 0.8 * len(parts) / len(words) - 0.002 * rank)
    return best


@lru_cache(maxsize=1)
def _synonyms() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(SYNONYMS.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _normal_synonyms() -> dict[str, dict[str, list[str]]]:
    return {
        table: {column: [normal(each) for each in names] for column, names in columns.items()}
        for table, columns in _synonyms().items()
    }
