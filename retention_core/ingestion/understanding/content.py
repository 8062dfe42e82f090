"""What the values of a column look like, judged from a sample."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from retention_core.ingestion.reading.cells import MISSING
from retention_core.ingestion.understanding.words import meanings
from retention_core.tables import Kind

_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩٫", "01234567890123456789.")
_MOMENT = re.compile(
    r"(令和|平成|昭和|[RHS])\s?(\d{1,2}|元)[年./-].*|"
    r"\D{0,16}(\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|(19|20|13|14)\d{6}|\d{1,2}[-./ ]+[^\W\d]{2,12}[-./, ]+\d{2,4}|"
    r"[^\W\d]{3,12}\.?[-./ ]\d{1,2}(,? |[-./])\d{2,4}|\d{4}年\d{1,2}月\d{1,2}日?|"
    r"\d{4}[- ]?[Ww]\d{1,2}([- ]?\d)?|(19|20)\d{2}[-/.]\d{1,2}|\d{1,2}[-/.](19|20)\d{2})(\D.*)?|"
    r"[2-7]\d{4}([.]\d+)?|[1-9]\d{8}|1\d{9}|[1-9]\d{11}|1\d{12}"
)
_TIME = re.compile(r"((1899-12-3|1900-01-0)\d )?\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[ap]\.?m\.?)?", re.IGNORECASE)
_NUMBER = re.compile(
    r"\(?[-+−]?\s?[^\d\s]{0,4}\s?[-+−]?[\d.,٬'’\s]*\d([eE][-+]?\d+)?[.,]?[-−/]{0,2}\s?[^\d\s]{0,6}\)?-?"
)
_LENGTH = re.compile(
    r"-?\d+([.,]\d+)?|-?\d+:\d{2}(:\d{2})?( ?[^\W\d_]+)?|-?P?T?(\d+([.,]\d+)?\s?[^\W\d_]+[,\s]*)+(\d+:\d{2}(:\d{2})?)?"
)
_SCORE = re.compile(
    r"\d{1,3}([.,]\d+)?( ?%)?( ?(/|of|out of|von|sur|de|از) ?\d+)?( [^\W\d_]+)?|[★⭐☆*]+", re.IGNORECASE
)


def _is_moment(value: str) -> bool:
    return _MOMENT.fullmatch(value) is not None


def _is_number(value: str) -> bool:
    return _NUMBER.fullmatch(value) is not None


_TESTS: dict[Kind, Callable[[str], bool]] = {
    "moment": _is_moment,
    "end": lambda value: _is_moment(value) or _LENGTH.fullmatch(value) is not None,
    "length": lambda value: _LENGTH.fullmatch(value) is not None,
    "time": lambda value: _TIME.fullmatch(value) is not None,
    "money": _is_number,
    "number": _is_number,
    "score": lambda value: _SCORE.fullmatch(value) is not None or value.lower() in meanings("scores"),
    "truth": lambda value: value.lower() in meanings("truth"),
}


def latin_digits(text: str) -> str:
    """Return the text with Persian and Arabic digits and decimal marks in Latin ones."""
    return text.translate(_DIGITS)


def is_missing(text: str) -> bool:
    """Tell whether a cell stands for no value."""
    return text.strip().casefold() in MISSING


class Values(tuple[str, ...]):
    """The values of one column of a sample, row by row; what is asked of them is worked out once."""

    shares: dict[Kind, float]

    def __new__(cls, values: Iterable[str]) -> "Values":
        """Return the values, of which nothing is known yet."""
        made = super().__new__(cls, values)
        made.shares = {}
        return made

    @cached_property
    def present(self) -> list[str]:
        """The values that stand for something, in Latin digits."""
        return [latin_digits(value.strip()) for value in self if not is_missing(value)]

    def share_of(self, kind: Kind) -> float:
        """Return the share of the values present that are of a kind; 1 where there are none, or any text is."""
        if kind not in self.shares:
            test = _TESTS.get(kind)
            self.shares[kind] = sum(map(test, self.present)) / len(self.present) if test and self.present else 1.0
        return self.shares[kind]


def present(values: Sequence[str]) -> list[str]:
    """Return the values that stand for something, in Latin digits."""
    return _looked_at(values).present


def fits(kind: Kind, values: Sequence[str]) -> float:
    """Return the share of the values present that are of this kind; 1 where the column is empty or of any text."""
    return _looked_at(values).share_of(kind)


def _looked_at(values: Sequence[str]) -> Values:
    return values if isinstance(values, Values) else Values(values)
