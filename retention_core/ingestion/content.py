"""What the values of a column look like, judged from a sample."""

import re
from collections.abc import Sequence

from retention_core.tables import Kind

MISSING = frozenset({"", "?", "-", "--", "na", "n/a", "#n/a", "nan", "null", "none", "nil", "\\n", "nat"})
_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩٫", "01234567890123456789.")
_MOMENT = re.compile(
    r"\D{0,12}(\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|(19|20|13|14)\d{6}|\d{1,2}[- ][^\W\d]{3,9}[- ,]+\d{2,4}|"
    r"[^\W\d]{3,9} \d{1,2},? \d{4})(\D.*)?"
)
_TIME = re.compile(r"(.* )?\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[ap]\.?m\.?)?", re.IGNORECASE)
_NUMBER = re.compile(r"\(?[-+]?\s?[^\d\s]{0,3}\s?[\d.,٬'’\s]*\d([eE][-+]?\d+)?\s?[^\d\s]{0,4}\)?-?")
_PATTERNS: dict[Kind, re.Pattern[str]] = {
    "moment": _MOMENT,
    "time": _TIME,
    "money": _NUMBER,
    "number": _NUMBER,
    "score": re.compile(r"\d{1,3}([.,]\d+)?"),
    "truth": re.compile(r"(y|n|yes|no|true|false|0|1|بله|خیر)", re.IGNORECASE),
}


def latin_digits(text: str) -> str:
    """Return the text with Persian and Arabic digits and decimal marks in Latin ones."""
    return text.translate(_DIGITS)


def is_missing(text: str) -> bool:
    """Tell whether a cell stands for no value."""
    return text.strip().casefold() in MISSING


def fits(kind: Kind, values: Sequence[str]) -> float:
    """Return the share of the values present that are of this kind; 1 where the column is empty or of any text."""
    pattern = _PATTERNS.get(kind)
    present = [latin_digits(value.strip()) for value in values if not is_missing(value)]
    if pattern is None or not present:
        return 1.0
    return sum(bool(pattern.fullmatch(value)) for value in present) / len(present)
