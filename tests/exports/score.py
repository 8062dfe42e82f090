"""What the upload page makes of a file, held against what is true of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.acceptance.adapters import first_look
from tests.exports.export import Export

_NEAR = 0.005
_FEW = 0.05
_MOMENT_OR_LENGTH = {
    "first_response_at": "first_response_after",
    "first_response_after": "first_response_at",
    "resolved_at": "resolved_after",
    "resolved_after": "resolved_at",
}
# What a question of the page is about -> the columns whose truth it asks for.
_ABOUT = {
    "amount_of": {"amount"},
    "price_of": {"amount", "unit_price"},
    "currency": {"currency", "amount"},
    "scale_top": {"score"},
    "is_closed": {"status", "resolved_at"},
    "resolved_at": {"resolved_at", "resolved_after", "status"},
    "first_response_at": {"first_response_at", "first_response_after"},
}


@dataclass(frozen=True)
class Score:
    """How one file was understood.

    right, asked: columns that matter taken rightly, or asked about where that is right. wrong: the others, in words.
    needless: questions that nobody needs. silent: figures that are wrong without a question, a warning or a switch.
    """

    name: str
    right: tuple[str, ...]
    asked: tuple[str, ...]
    wrong: tuple[str, ...]
    needless: tuple[str, ...]
    silent: tuple[str, ...]

    @property
    def columns(self) -> int:
        """How many columns matter."""
        return len(self.right) + len(self.asked) + len(self.wrong)


def score(export: Export, folder: Path) -> Score:
    """Let the page look at a file and return how well it was understood."""
    path = folder / export.file_name
    path.write_bytes(export.content)
    return judged(export, first_look(path))


def judged(export: Export, seen: Mapping[str, Any]) -> Score:
    """Hold what the page shows against what is true."""
    if seen["refused"]:
        is_right = not export.table or "table" in export.asks
        refused = () if is_right else tuple(f"{each}: refused" for each in export.columns)
        return Score(export.name, (), () if refused else tuple(export.columns), refused, (), ())
    open_ = set(seen["open"])
    if not export.table:
        is_told = open_ or any("no chart" in words for words in seen["warnings"])
        untold = () if is_told else (f"taken for {seen['table']} without a question",)
        return Score(export.name, (), (), (), (), untold)
    right, asked, wrong = list[str](), list[str](), list[str]()
    for column, header in export.columns.items():
        _sort_column(export, seen, column, header, right, asked, wrong)
    needless = tuple(sorted(each for each in open_ if each not in asked and not _ABOUT.get(each, {each}) & export.asks))
    silent = () if open_ or _is_told(seen) else tuple(_differences(export, seen))
    if seen["table"] != export.table and not open_:
        silent = (f"taken for {seen['table']}, is {export.table}",)
    return Score(export.name, tuple(right), tuple(asked), tuple(wrong), needless, silent)


def _sort_column(
    export: Export,
    seen: Mapping[str, Any],
    column: str,
    header: str,
    right: list[str],
    asked: list[str],
    wrong: list[str],
) -> None:
    """Put one column that matters among the right, the rightly asked or the wrong ones."""
    names = {column, _MOMENT_OR_LENGTH.get(column, column)}
    taken = {seen["columns"].get(name) for name in names}
    may_be = {header, *export.either.get(column, ())}
    if "table" in seen["open"] and ("table" in export.asks or seen["table"] != export.table):
        (asked if "table" in export.asks else wrong).append(
            column if "table" in export.asks else f"{column}: which table?"
        )
    elif seen["table"] != export.table:
        wrong.append(f"{column}: table {seen['table']}")
    elif column in seen["open"] and not taken & may_be:
        (asked if header in seen["questions"][column] or column in seen["open"] else wrong).append(column)
    elif taken & may_be:
        right.append(column)
    elif column == "customer" and may_be & set(seen["customer_choice"]):
        asked.append(column)
    else:
        wrong.append(f"{column}: {next(iter(taken - {None}), None)} for {header}")


def _is_told(seen: Mapping[str, Any]) -> bool:
    """Tell whether the page says before loading that a few rows cannot be kept, which is what the figures then lack."""
    is_said = any("will not be loaded" in words for words in seen["warnings"])
    return is_said and 0 < seen["rejected"] <= _FEW * seen["rows_read"]


def _differences(export: Export, seen: Mapping[str, Any]) -> list[str]:
    """Return the figures that differ from the truth, unless the page says what makes them differ."""
    found = [
        f"{name}: {seen['facts'].get(name)} for {true}"
        for name, true in export.facts.items()
        if not _is_equal(seen["facts"].get(name), true)
    ]
    return found + [
        f"no switch for {rows} rows ({word})" for word, rows in export.left_out.items() if not _has_switch(seen, rows)
    ]


def _has_switch(seen: Mapping[str, Any], rows: int) -> bool:
    """Tell whether a switch leaves these rows out: all that it names, or those with one of its values."""
    return any(words.replace(",", "").startswith(f"{rows} row") or f"({rows})" in words for words in seen["rules"])


def _is_equal(one: object, other: object) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) <= _NEAR * max(1.0, abs(other) / 1000)
    return one == other
