"""Mend a header line that is cut wrongly, so that it neither swallows a record nor shifts a name.

Names say little about themselves, so a way counts where every name that speaks of dates, times, sums or addresses
stands over cells of that kind. Where several ways count, the columns that all of them name alike keep their name and
the others are numbered.
"""

import itertools
import re
from collections import Counter
from collections.abc import Sequence

from retention_core.ingestion.reading.mend_records import Mender, cut

_WORDS = {  # names that are whole, by what they speak of
    "clock": r"time|zeit|uhrzeit|hora|heure|ora|saat|ساعت|время",
    "date": r"date|day|datum|tag|fecha|data|jour|tarih|تاریخ|дата",
    "figure": r"price|qty|quantity|amount|total|sum|score|rating|menge|preis|betrag|cantidad|precio|montant|prix|tutar|"
    r"مبلغ|сумма|цена",
    "address": r"url|link|website",
    "mail": r"mail|e-?mail",
}
_STARTS = {"figure": r"(price|amount|total)", "mail": r"e-?mail"}
_ENDS = {"date": r"[ _](date|day|datum|at|on)"}
_CELLS = {
    "clock": r"\d{1,2}:\d\d",
    "date": r"\d+[-/. ]\w+[-/. ]\d+.*|\d{5,14}|\w+ \d+, \d+.*",
    "figure": r"[^\w]*[\d.,\s]+[^\w]*\w{0,3}",
    "address": r"(https?://|www\.).*",
    "mail": r"\S+@\S+",
}
_LEAST_FOR_SPACES = 4  # names separated by spaces must be as many: a title is a few words


def mended_names(line: str, separator: str, records: Sequence[Sequence[str]]) -> list[str] | None:
    """Return one name per column (blank: none that is sure) of a broken header line; None where none is.

    records: those below the header, all of the width of the table.
    """
    width = len(records[0])
    for text in (line, re.sub(r"[;\t|]", lambda _: separator, line)):
        cells = Mender(separator, width, []).read(text)
        if cells and _is_header(cells) and (width >= _LEAST_FOR_SPACES or " ".join(cells) != line.strip()):
            return cells
    cells = cut(line, separator)
    return named_columns(cells, line, records) if cells and len(cells) > 1 else None


def named_columns(cells: Sequence[str], line: str, records: Sequence[Sequence[str]]) -> list[str] | None:
    """Return the names of a header with fewer cells than there are columns, as far as they are sure; None: none is.

    Columns at the end that hold nothing need no name, nor do running numbers at the beginning. Else a separator is
    missing between two names; both then stand over the first of their columns.
    """
    width, few = len(records[0]), len(records[0]) - len(cells)
    columns = list(zip(*records, strict=True))
    kinds = [_kind(column) for column in columns]
    at_left, at_right = [*cells, *[""] * few], [*[""] * few, *cells]
    if few <= 0:
        return None
    if all(kind == "blank" for kind in kinds[len(cells) :]) and _fits(at_left, kinds):
        return at_left
    if few == 1 and _runs(columns[0]) and _fits(at_right, kinds):
        return at_right
    whole = {index for index, cell in enumerate(cells) if f'"{cell}"' in line or _is_whole(cell)}
    ways = [[*cells[: at + 1], "", *cells[at + 1 :]] for at in range(len(cells)) if at not in whole]
    ways = [way for way in ways if len(way) == width and _fits(way, kinds)]
    sure = [names[0] if len(set(names)) == 1 else "" for names in zip(*ways, strict=True)]
    return sure if any(sure) else None


def _is_header(cells: Sequence[str]) -> bool:
    """Tell whether cells may be names: none blank, none like another, none a bare figure."""
    names = [cell.strip() for cell in cells]
    return all(names) and len(set(names)) == len(names) and all(re.search(r"[^\W\d_]", name) for name in names)


def _fits(names: Sequence[str], kinds: Sequence[str]) -> bool:
    """Tell whether every name that speaks of a kind stands over cells of it; the first of two names joined is free."""
    for index, (name, kind) in enumerate(zip(names, kinds, strict=True)):
        is_joined = names[index + 1 : index + 2] == [""]
        meant = _meant(name)
        if meant and not is_joined and kind not in ("blank", meant):
            return False
    return True


def _is_whole(name: str) -> bool:
    return any(re.fullmatch(words, name.strip().lower()) for words in _WORDS.values())


def _meant(name: str) -> str:
    """Return the kind of cells that a name speaks of, empty where it tells none."""
    small = name.strip().lower()
    whole = (kind for kind, words in _WORDS.items() if re.fullmatch(words, small))
    starts = (kind for kind, words in _STARTS.items() if re.match(words, small))
    ends = (kind for kind, words in _ENDS.items() if re.search(rf"{words}$", small))
    return next(itertools.chain(whole, starts, ends), "")


def _kind(column: Sequence[str]) -> str:
    """Return what most cells of a column are, as `_CELLS` names it; `blank` where they hold nothing, else `text`."""
    filled = [cell.strip() for cell in column if cell.strip()]
    if not filled:
        return "blank"
    found = Counter(next((k for k, cells in _CELLS.items() if re.fullmatch(cells, cell)), "text") for cell in filled)
    kind, count = found.most_common(1)[0]
    return kind if count >= 0.9 * len(filled) else "text"


def _runs(column: Sequence[str]) -> bool:
    """Tell whether a column counts its rows, as programs write it without a name."""
    if len(column) < 2 or not column[0].isdecimal():
        return False
    return all(cell.strip() == str(int(column[0]) + place) for place, cell in enumerate(column))
