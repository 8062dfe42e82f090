"""Where the header of a table stands, how many rows it takes, and what the columns are called."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from retention_core.ingestion.reading.shapes import looks_like

_LETTER = re.compile(r"[^\W\d_]")
_FIGURE = re.compile(r"\d")
_HEADER_ROWS = 3
_ENOUGH_ROWS = 3  # below a header, before one of them may be taken for its second row


@dataclass(frozen=True)
class Header:
    """The header of a table. first, last: its records, both -1 where there is none. cells: one name per column.

    Without cells, the table has no header that can be read: `last` is the record above its first one.
    """

    first: int
    last: int
    cells: tuple[str, ...]


def find_header(records: Sequence[Sequence[str]]) -> Header:
    """Return the header of the records at the top of a table.

    It begins with the first record that is as full as the table is wide. A record without a single letter, followed by
    others, is data: numbers, dates and codes are no names of columns; so is one that looks like those below it.
    Records of words alone, above columns that hold figures everywhere else, belong to the header; a name that spans
    several columns (a merged cell) is given to each.
    """
    filled = [sum(bool(cell.strip()) for cell in record) for record in records[:200]]
    usual = Counter(count for count in filled if count > 0).most_common(1)[0][0] if any(filled) else 0
    wide_enough = max(2, usual * 0.8) if usual > 1 else 1
    found = next((index for index, count in enumerate(filled[:40]) if count >= wide_enough), 0)
    if not records:
        return Header(-1, -1, ())
    if len(records) > found + 1 and filled[found] > 1 and _is_data(records[found], records[found + 1 : found + 200]):
        return Header(found - 1, found - 1, ())
    first = found - 1 if found and _spans(records[found - 1], records[found], records[found + 1 :]) else found
    last = found
    while last - first < _HEADER_ROWS - 1 and _goes_on(records[last], records[last + 1 : last + 200]):
        last += 1
    return Header(first, last, _joined(records[first : last + 1]))


def _is_data(record: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    return not _LETTER.search(" ".join(record)) or looks_like(record, below)


def unique_names(cells: Sequence[str]) -> tuple[str, ...]:
    """Return one distinct name per column: blanks are numbered, repeats get a count."""
    seen: Counter[str] = Counter()
    names = []
    for index, cell in enumerate(cells):
        name = " ".join(cell.split()) or f"column {index + 1}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(names)


def fitted(header: Sequence[str], width: int) -> list[str]:
    """Return the header with blank names for cells beyond it, and without blank ones that no record fills."""
    blanks = [index for index, cell in enumerate(header) if not cell.strip()]
    surplus = set(blanks[: max(0, len(header) - width)]) if len(header) - width <= len(blanks) else set()
    kept = [cell for index, cell in enumerate(header) if index not in surplus]
    return [*kept, *[""] * (width - len(kept))]


def _goes_on(header: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Tell whether the first record below a header belongs to it: words where at least two columns hold figures."""
    if len(below) < _ENOUGH_ROWS or len(below[0]) != len(header):
        return False
    words, *body = below
    numeric = [index for index in range(len(words)) if _mostly_figures(body, index)]
    named = [index for index in numeric if words[index].strip()]
    are_words = all(_LETTER.search(words[index]) and not _FIGURE.search(words[index]) for index in named)
    return len(numeric) >= 2 and len(named) >= 2 and are_words


def _spans(above: Sequence[str], header: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """Tell whether a record above the header names groups of its columns: two or more words, each over the next ones."""
    names = [index for index, cell in enumerate(above) if cell.strip()]
    if len(names) < 2 or not body or any(_FIGURE.search(above[index]) for index in names):
        return False
    repeated = len({cell.strip() for cell in header if cell.strip()}) < sum(bool(cell.strip()) for cell in header)
    ends = [*names[1:], len(header)]
    return repeated or all(end - start > 1 for start, end in zip(names, ends, strict=True))


def _mostly_figures(body: Sequence[Sequence[str]], index: int) -> bool:
    cells = [record[index] for record in body if len(record) > index and record[index].strip()]
    return bool(cells) and sum(bool(_FIGURE.search(cell)) for cell in cells) > 0.8 * len(cells)


def _joined(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return one name per column of a header of one or more rows, its words from top to bottom."""
    width = len(rows[-1])
    spread = [_spread(row, rows[-1]) for row in rows[:-1]]
    return tuple(
        " ".join(part for part in (*(row[index] for row in spread), rows[-1][index].strip()) if part)
        for index in range(width)
    )


def _spread(row: Sequence[str], below: Sequence[str]) -> list[str]:
    """Return a row of the header with the name of a merged cell over all columns that it spans."""
    spread, last, is_merged = list[str](), "", any(not cell.strip() for cell in row)
    for index in range(len(below)):
        cell = row[index].strip() if index < len(row) else ""
        last = cell or (last if is_merged and below[index].strip() else "")
        spread.append(last)
    return spread
