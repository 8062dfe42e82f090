"""What the values of a sample say for or against a column's being what its header says: the values win over the words."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from retention_core.ingestion.understanding.content import fits, is_missing, present
from retention_core.ingestion.understanding.words import meanings
from retention_core.tables import Column

Sample = Mapping[str, Sequence[str]]

_ENOUGH = 8  # values below which a repetition says nothing
_FEW = 3  # different values that are a status or a gender, not customers
_FEW_SHARE = 0.05
_SHARED = 0.3  # of the numbers that repeat, how many may belong to several customers before they number nothing
_STATUSES = 40  # more are no states of a matter but places, names or texts
_WORDY = 2  # spaces in a text that no number has
_SCORES = 12  # different values that a scale may have
_HIGHEST = 100
_FIGURE, _DAY = re.compile(r"\d+([.]\d+)?"), re.compile(r"(19|20|13|14)\d{6}")
_E_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def is_flag(values: Sequence[str]) -> bool:
    """Tell whether a column only says yes or no."""
    found = [value.lower() for value in present(values)]
    return len(found) > _FEW and len(set(found)) <= _FEW and set(found) <= set(meanings("truth"))


def has_few_values(values: Sequence[str]) -> bool:
    """Tell whether many rows share few values, as a gender, an age class or a status does."""
    found = present(values)
    if len(found) < _ENOUGH:
        return False
    distinct = len(set(found))
    return distinct <= max(_FEW if len(found) > 2 * _ENOUGH else 1, _FEW_SHARE * len(found))


def are_unique(values: Sequence[str]) -> bool:
    """Tell whether every row has a value of its own."""
    found = present(values)
    return len(found) > 1 and len(set(found)) == len(found)


def are_e_mails(values: Sequence[str]) -> bool:
    """Tell whether most values are e-mail addresses."""
    found = present(values)
    return bool(found) and sum(bool(_E_MAIL.fullmatch(value)) for value in found) > len(found) / 2


def are_moments(values: Sequence[str]) -> bool:
    """Tell whether the values are dates, and not short numbers that a spreadsheet might count days by."""
    found = present(values)
    figures = [value for value in found if _FIGURE.fullmatch(value)]
    if len(figures) > len(found) / 2 and not all(_DAY.fullmatch(value) for value in figures):
        return False
    return bool(found) and fits("moment", values) > 0.8


def are_lengths(values: Sequence[str]) -> bool:
    """Tell whether the values are times that passed, and no moments."""
    found = present(values)
    return bool(found) and fits("length", values) > 0.8 and fits("moment", values) < 0.5


def are_sums(values: Sequence[str]) -> bool:
    """Tell whether the values are written as sums of money are, with decimals or marks between thousands."""
    found = present(values)
    marked = sum(bool(re.search(r"\d[.,٬]\d{2,3}\D*$", value)) for value in found)
    return bool(found) and fits("money", values) > 0.9 and marked > len(found) / 2 and not are_moments(values)


def are_scores(values: Sequence[str]) -> bool:
    """Tell whether the values may be answers on a scale: few of them, words we know or numbers up to 100."""
    found = present(values)
    numbers = [float(number[0]) for value in found if (number := re.match(r"-?\d+([.]\d+)?", value.replace(",", ".")))]
    return (
        bool(found)
        and fits("score", values) > 0.8
        and len(set(found)) <= max(_SCORES, 0.5 * len(found))
        and all(0 <= number <= _HIGHEST for number in numbers)
    )


def may_name_customers(values: Sequence[str]) -> bool:
    """Tell whether the values may be customers: neither yes and no, nor few for many rows, nor moments, nor sums."""
    found = present(values)
    if not found or is_flag(values) or has_few_values(values):
        return False
    decimals = sum(bool(re.fullmatch(r"\D{0,3}-?\d+[.,]\d{1,2}\D{0,3}", value)) for value in found)
    dates = sum(bool(re.match(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b", value)) for value in found)
    return max(decimals, dates) <= len(found) / 2


def numbers_rows(values: Sequence[str], customers: Sequence[str] | None) -> bool:
    """Tell whether a column may number orders or complaints: what has one number belongs to one customer.

    customers: the customer of each row, where that is known.
    """
    found = present(values)
    texts = sum(value.count(" ") >= _WORDY for value in found)
    if not found or is_flag(values) or texts > len(found) / 2:
        return False
    if customers is None:
        return not has_few_values(values)
    owners = defaultdict[str, set[str]](set)
    rows = defaultdict[str, int](int)
    for value, customer in zip(values, customers, strict=True):
        if not is_missing(value) and not is_missing(customer):
            owners[value.strip()].add(customer.strip())
            rows[value.strip()] += 1
    repeated = [value for value, count in rows.items() if count > 1]
    shared = sum(len(owners[value]) > 1 for value in repeated)
    return not repeated or shared <= _SHARED * len(repeated) or (len(found) < _ENOUGH and len(owners) > 1)


def contradicts(column: Column, values: Sequence[str]) -> bool:
    """Tell whether the values of a column speak against its being what its header says."""
    if not present(values):
        return False
    if column.name in ("customer", "other_id"):
        return not may_name_customers(values)
    if column.kind in ("moment", "end", "length"):
        return is_flag(values)
    if column.name == "status":
        return len(set(present(values))) > _STATUSES
    if column.name == "score":
        return not (are_scores(values) or _are_grades(values))
    return False


def _are_grades(values: Sequence[str]) -> bool:
    """Tell whether the values are a few words that may be grades, though we do not know them."""
    found = present(values)
    return len(found) >= _ENOUGH and len(set(found)) <= _SCORES and not any(each[:1].isdigit() for each in found)


def are_constant(values: Sequence[str]) -> bool:
    """Tell whether every row has the same value, in more rows than by chance."""
    found = present(values)
    return len(found) >= _ENOUGH and len(set(found)) == 1
