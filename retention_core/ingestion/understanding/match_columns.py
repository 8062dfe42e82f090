"""Which canonical table a file is, and which of its columns is what."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import prod

from retention_core.errors import ColumnMissing
from retention_core.ingestion.understanding.content import fits, present
from retention_core.ingestion.understanding.evidence import (
    Sample,
    are_constant,
    are_e_mails,
    are_lengths,
    are_moments,
    are_unique,
    contradicts,
    may_name_customers,
    numbers_rows,
)
from retention_core.ingestion.understanding.header_names import (
    header_words,
    name_confidence,
    normal,
    normal_synonyms,
    says,
    synonyms_of,
)
from retention_core.ingestion.understanding.match_content import CONFIDENCE, is_nameless, orders_by_content
from retention_core.ingestion.understanding.paid_amount import paid_weights
from retention_core.tables import ORDERS, TABLES, Column, Table
from retention_core.words.lists import listed, sentences
from retention_core.words.say import say

_LEAST_CONFIDENCE = 0.35
_OWN_NUMBER = 0.72
_BY_QUESTION = 0.75
# What leans towards a column or away from it among several that are named alike: of moments that of the order itself, of
# sums the one that was paid, of customers the number; two people may have one name, and one person two addresses.
_LEANINGS = {
    "ordered_at": {"ordered": 1.2},
    "amount": {"net": 0.9, "paid": 1.1},
    "customer": {"name": 0.8, "address": 0.95},
}
_BY_VALUES, _CONSTANT = 0.5, 0.4
_MOMENT_OF = {"first_response_after": "first_response_at", "resolved_after": "resolved_at"}
_LENGTH_OF = {moment: length for length, moment in _MOMENT_OF.items()}
_CLOSING = {"closed_at": "resolved_at"}  # without a moment of resolution, that of closing is it
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


def match_columns(sample: Sample, table: Table) -> TableMatch:
    """Match the columns of a file to those of one table: the most confident pair first, each column once.

    A pair that the values contradict is none, whatever the words say.
    """
    if table is ORDERS and is_nameless(tuple(sample)) and (found := orders_by_content(sample)):
        return TableMatch(ORDERS, tuple(Match(column, header, CONFIDENCE) for column, header in found.items()))
    chosen = _with_true_keys(sample, table, _with_paid_amount(sample, pairs_of(sample, table)))
    chosen += _only_moment(sample, table, chosen)
    return TableMatch(table, ordered(table, [*chosen, *_only_customer(sample, table, chosen)]))


def pairs_of(sample: Sample, table: Table) -> list[Match]:
    """Return every pair of a column of the table and one of the file that words and values allow."""
    found = [
        Match(column.name, header, confidence)
        for column in table.columns
        for header, values in sample.items()
        if (confidence := _confidence(table, column, header, values)) >= _LEAST_CONFIDENCE
        and not contradicts(column, values)
    ]
    found = _without_closing(found)
    moments = [header for header, values in sample.items() if are_moments(values)]
    if all(are_constant(sample[header]) for header in moments):
        return found
    idle = {header for header in moments if are_constant(sample[header])}  # the same day on every row places none
    return [replace(each, confidence=each.confidence * _CONSTANT) if each.header in idle else each for each in found]


def _without_closing(pairs: Sequence[Match]) -> list[Match]:
    """Return the pairs without those that take for a resolution what is called a closing no less."""
    closing = {each.header: each.confidence for each in pairs if each.column == "closed_at"}
    return [each for each in pairs if each.column != "resolved_at" or each.confidence > closing.get(each.header, 0)]


def _with_paid_amount(sample: Sample, pairs: list[Match]) -> list[Match]:
    """Return the pairs with that of several amounts preferred which is what the customer paid."""
    weights = paid_weights(sample, [each.header for each in pairs if each.column == "amount"])
    return [
        replace(each, confidence=each.confidence * weights.get(each.header, 1)) if each.column == "amount" else each
        for each in pairs
    ]


def _only_moment(sample: Sample, table: Table, chosen: Sequence[Match]) -> list[Match]:
    """Return the one column of dates as the moment of a table that no header names; nothing where there are several."""
    if not table.column(table.moment).is_required or any(each.column == table.moment for each in chosen):
        return []
    taken = {each.header for each in chosen}
    dates = [header for header, values in sample.items() if header not in taken and are_moments(values)]
    is_told = len(dates) == 1 and not _is_something_else(table.column(table.moment), normal(dates[0]))
    return [Match(table.moment, dates[0], _BY_VALUES)] if is_told else []


def _only_customer(sample: Sample, table: Table, chosen: Sequence[Match]) -> list[Match]:
    """Return as the customer, where no header names one, the only column of e-mail addresses, else the account."""
    headers = {each.column: each.header for each in chosen}
    if "customer" in headers:
        return []
    taken = set(headers.values())
    mails = [
        each
        for each, values in sample.items()
        if each not in taken and are_e_mails(values) and may_name_customers(values)
    ]
    if len(mails) == 1:
        return [Match("customer", mails[0], _BY_QUESTION)]
    return [Match("customer", headers["account"], _BY_QUESTION)] if table is ORDERS and "account" in headers else []


def _chosen(pairs: Sequence[Match]) -> list[Match]:
    """Return the pairs that remain when the most confident one is taken first and each column is used once."""
    chosen: list[Match] = []
    for pair in sorted(pairs, key=lambda each: -each.confidence):
        if all(pair.column != each.column and pair.header != each.header for each in chosen):
            chosen.append(pair)
    return chosen


def _with_true_keys(sample: Sample, table: Table, pairs: Sequence[Match]) -> list[Match]:
    """Return the chosen pairs, with a key only where what has one number belongs to one customer.

    A part of a header may propose a key, but only values of which each stands once confirm it.
    """
    chosen = _chosen(pairs)
    headers = {match.column: match.header for match in chosen}
    key = next((each for each in chosen if each.column == table.key and each.column != "customer"), None)
    if key is None:
        return chosen
    values, customers = sample[key.header], sample.get(headers.get("customer", ""))
    if numbers_rows(values, customers) and (key.confidence >= _OWN_NUMBER or are_unique(values)):
        return chosen
    return _with_true_keys(sample, table, [each for each in pairs if each is not key])


def ordered(table: Table, matches: Sequence[Match]) -> tuple[Match, ...]:
    """Return the matches in the order of the table.

    Where no column gives a moment, that of closing stands in for the resolution, and then a length.
    """
    given = {each.column for each in matches}
    stands_for = dict(_CLOSING) if "closed_at" in given else dict[str, str]()
    stands_for |= {length: end for length, end in _MOMENT_OF.items() if end not in stands_for.values()}
    if not given & {"amount", "quantity"}:
        stands_for["unit_price"] = "amount"  # without a quantity a price is what was paid
    moved = [
        replace(each, column=stands_for[each.column])
        if each.column in stands_for and stands_for[each.column] not in given
        else each
        for each in matches
    ]
    order = [column.name for column in table.columns]
    return tuple(sorted(moved, key=lambda each: order.index(each.column)))


def with_choices(found: TableMatch, choices: Mapping[str, str | None]) -> TableMatch:
    """Return the match as corrected by a person. choices: canonical column -> header, or None for none."""
    taken = {header for header in choices.values() if header}
    kept = [each for each in found.matches if each.column not in choices and each.header not in taken]
    chosen = [Match(column, header, 1.0) for column, header in choices.items() if header]
    return TableMatch(found.table, (*kept, *chosen))


def column_missing(found: TableMatch, sample: Sample, looks_like: str = "") -> ColumnMissing:
    """Return the error that says what was looked for and what the file has instead, and which of it is empty.

    looks_like: what the file seems to be, in words. Where no column is missing, the error says that no table fits.
    """
    empty = [header for header, values in sample.items() if not present(values)]
    looked = [say("It looks like {what}.", what=looks_like)] if looks_like else []
    shown = [say("Your file has: {columns}.", columns=listed(list(sample)))]
    shown += [say("Empty: {columns}.", columns=listed(empty))] if empty else []
    if not found.missing:
        return ColumnMissing(
            say("No table of ours fits this file."),
            sentences([*looked, *shown]),
            say("Choose what it holds, and its columns."),
        )
    column = found.missing[0]
    known = listed(synonyms_of(found.table.name, column.name)[:4])
    return ColumnMissing(
        say("No column for the {column} of {table}.", column=say(column.within), table=say(found.table.within)),
        sentences([*looked, say("We looked for names such as: {names}.", names=known), *shown]),
        say("Choose the column yourself if it has another name, or add it to the export."),
    )


def named_like(table_name: str, column: str, headers: Sequence[str]) -> list[str]:
    """Return the headers that may name a canonical column, judged by their words alone, the likeliest first."""
    names = normal_synonyms()[table_name][column]
    is_key = TABLES[table_name].column(column).kind == "id"
    ranked = sorted(
        ((name_confidence(normal(header), names, is_key=is_key), header) for header in headers), reverse=True
    )
    return [header for confidence, header in ranked if confidence >= _LEAST_CONFIDENCE]


def _confidence(table: Table, column: Column, header: str, values: Sequence[str]) -> float:
    """Return how surely a column is meant: by its name, weighed by whether its values are of the kind."""
    name = normal(header)
    if (column.name, name) == ("order_id", "name") and not all(_NUMBERED.fullmatch(value) for value in values if value):
        return 0.0  # shop systems call the number of an order its name; everywhere else a name is a person's
    names = _names_of(table, column, values)
    if name not in names and _is_something_else(column, name):
        return 0.0
    by_name = name_confidence(name, names, is_key=column.kind == "id")
    if column.name == table.key:
        by_name = max(by_name, _of_its_own_kind(name, values))
    if column.name == "score" and says(header, "satisfaction"):
        by_name = max(by_name, _BY_QUESTION)
    by_name *= prod(lean for meaning, lean in _LEANINGS.get(column.name, {}).items() if says(header, meaning))
    if not by_name or not (present(values) or column.is_segment):
        return 0.0
    return by_name * fits(column.kind, values)


def _names_of(table: Table, column: Column, values: Sequence[str]) -> tuple[str, ...]:
    """Return the names by which a column is known; what is called like an end but holds lengths, is a length."""
    known = normal_synonyms()[table.name]
    if column.name in _CLOSING and are_lengths(values):
        return ()
    if column.name in _LENGTH_OF:
        return () if are_lengths(values) else (*known[column.name], *known[_LENGTH_OF[column.name]])
    if column.name in _MOMENT_OF:
        return (*known[column.name], *known[_MOMENT_OF[column.name]])
    return known.get(column.name, ())


def _is_something_else(column: Column, name: str) -> bool:
    """Tell whether a word of a header says that it is not this column: a tax is no amount, a date of birth no order's."""
    if column.name == "amount":
        return says(name, "of_one") or (says(name, "no_amount") and not says(name, "but_amount"))
    return column.name in ("ordered_at", "opened_at", "answered_at") and says(name, "other_moment")


def _of_its_own_kind(name: str, values: Sequence[str]) -> float:
    """Return how surely a column numbers the rows of its own table: `Id`, `Reference`, `Nº Factura`, one for each."""
    said = name.split()
    if not said or not said[0] or set(said) - header_words()["number"] or not are_unique(values):
        return 0.0
    return _OWN_NUMBER
