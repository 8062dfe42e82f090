"""Which column is what, where the headers leave it open: the columns that it may be by their values, to be asked about."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from retention_core.ingestion.understanding.content import present
from retention_core.ingestion.understanding.evidence import (
    Sample,
    are_lengths,
    are_moments,
    are_scores,
    are_sums,
    are_unique,
    may_name_customers,
)
from retention_core.ingestion.understanding.header_names import normal, says
from retention_core.ingestion.understanding.match_columns import Match, TableMatch, pairs_of
from retention_core.ingestion.understanding.readings import Question, Reading
from retention_core.ingestion.understanding.words import meanings
from retention_core.tables import Column
from retention_core.words.lists import listed
from retention_core.words.say import say

NONE_OF_THESE = ""
DOUBTFUL = 0.62
_NEAR = 0.12
_SHOWN = 8  # columns offered
_DAY = 10  # letters in which a day is written
_MATTERS = ("customer", "ordered_at", "opened_at", "answered_at", "order_id", "complaint_id", "amount", "score")


def column_questions(sample: Sample, match: TableMatch, decided: Collection[str]) -> list[Question]:
    """Return a question for each column that matters and that no header, or more than one, may mean.

    decided: columns that a person has chosen; they are asked about no more. A required column for which no column of
    the file comes into question is not asked about.
    """
    pairs = pairs_of(sample, match.table)
    return [
        _question(column, sample, headers)
        for column in match.table.columns
        if column.name in _MATTERS and column.name not in decided and (headers := _open(column, sample, match, pairs))
    ]


def may_be_asked(sample: Sample, match: TableMatch) -> bool:
    """Tell whether each required column that no header names may be some column of the file by its values."""
    free = [header for header in sample if header not in match.headers.values()]
    return all(_by_values(column, sample, free) for column in match.missing)


def end_question(sample: Sample, match: TableMatch, decided: Collection[str]) -> list[Question]:
    """Return the question which column says when a complaint ended, where no header does and some column may."""
    ends = {"first_response_at", "resolved_at"}
    if match.table.name != "complaints" or ends & {*match.headers, *decided} or "revision" in match.headers:
        return []
    free = [
        header
        for header, values in sample.items()
        if header not in match.headers.values() and not says(header, "not_the_end")
    ]
    found = [header for header in free if are_moments(sample[header]) or _is_length(header, sample[header])]
    return (
        [_question(match.table.column("resolved_at"), sample, found[:_SHOWN])]
        if found and _is_no_log(sample, match)
        else []
    )


def _is_no_log(sample: Sample, match: TableMatch) -> bool:
    """Tell whether each complaint stands on one row only."""
    return "complaint_id" not in match.headers or are_unique(sample[match.headers["complaint_id"]])


def _is_length(header: str, values: Sequence[str]) -> bool:
    """Tell whether a column holds lengths of time and its header names their unit."""
    return are_lengths(values) and bool(set(re.findall(r"[^\W\d_]+", header.lower())) & set(meanings("units")))


def _open(column: Column, sample: Sample, match: TableMatch, pairs: Sequence[Match]) -> list[str]:
    """Return the headers that a column may be, where that is open; nothing where it is known or cannot be."""
    free = [header for header in sample if header not in match.headers.values()]
    if column.name not in match.headers:
        may_be_asked = column.is_required or (column.name == "amount" and not _has_money(match))
        return _by_values(column, sample, free)[:_SHOWN] if may_be_asked else []
    chosen = next(each for each in match.matches if each.column == column.name)
    if chosen.confidence >= DOUBTFUL and column.name != "score":
        return []
    rivals = [
        each.header
        for each in sorted(pairs, key=lambda each: -each.confidence)
        if each.column == column.name and each.header in free and each.confidence >= chosen.confidence - _NEAR
    ]
    if column.kind == "moment":
        rivals = [header for header in rivals if not _same_days(sample[chosen.header], sample[header])]
    return [chosen.header, *rivals] if rivals else []


def _same_days(one: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether two columns of moments give nearly every row the same day, as far as it is written alike."""
    pairs = [(a.strip()[:_DAY], b.strip()[:_DAY]) for a, b in zip(one, other, strict=True) if a.strip() and b.strip()]
    return bool(pairs) and sum(a == b for a, b in pairs) > 0.95 * len(pairs)


def _by_values(column: Column, sample: Sample, free: Sequence[str]) -> list[str]:
    """Return the columns that may be a required one by their values, the likeliest first."""
    if column.kind == "moment":
        return [header for header in free if are_moments(sample[header])]
    if column.name == "score":
        return [header for header in free if are_scores(sample[header])]
    if column.name == "amount":
        return [header for header in free if are_sums(sample[header])]
    if column.name == "customer":
        found = [header for header in free if may_name_customers(sample[header]) and not are_sums(sample[header])]
        return sorted(found, key=lambda header: (are_unique(sample[header]), "name" in normal(header)))
    return []


def _has_money(match: TableMatch) -> bool:
    return bool({"amount", "unit_price"} & set(match.headers))


def customer_question(sample: Sample, match: TableMatch, decided: Collection[str]) -> list[Question]:
    """Return the question who complained or answered, where no header tells; until it is answered nobody did."""
    if match.table.column("customer").is_required or "customer" in (*match.headers, *decided):
        return []
    free = [header for header in sample if header not in match.headers.values()]
    found = [
        header for header in _by_values(match.table.column("customer"), sample, free) if not are_unique(sample[header])
    ]
    if not found:
        return []
    asked = _question(match.table.column("customer"), sample, found[:_SHOWN])
    is_likely = any(map(_is_of_somebody, found))
    return [asked if is_likely else replace(asked, default=asked.readings[-1])]


def _is_of_somebody(header: str) -> bool:
    """Tell whether a column numbers something that may be somebody, and no place."""
    return says(header, "number") and not says(header, "places")


def _question(column: Column, sample: Sample, headers: Sequence[str]) -> Question:
    """Ask which header a column is, with some values of each."""
    options = [Reading(header, header, "NULL") for header in headers]
    shown = [list(dict.fromkeys(present(sample[header])[:3])) for header in headers]
    evidence: list[str] = [say("such as {examples}", examples=listed(each) or say("nothing")) for each in shown]
    options.append(Reading(NONE_OF_THESE, say("none of these"), "NULL"))
    evidence.append("")
    asked = say("Which column is the {column}?", column=say(column.within))
    return Question(column.name, headers[0], tuple(options), {}, tuple(evidence), asked, is_of_column=True)
