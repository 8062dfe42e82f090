"""Which of several sums is what the customer paid: told by the arithmetic of the file, not by a word."""

import re
from collections.abc import Mapping, Sequence
from itertools import combinations, permutations

import numpy as np

from retention_core.ingestion.understanding.content import fits, is_missing, latin_digits
from retention_core.ingestion.understanding.evidence import Sample
from retention_core.ingestion.understanding.words import meanings

_CENT, _MOSTLY, _ROWS = 0.011, 0.9, 5
_PAID, _BEFORE = 1.15, 0.7
_SURCHARGES = 4  # columns that are tried together, at most


def paid_weights(sample: Sample, names: Sequence[str]) -> dict[str, float]:
    """Return header -> how much more or less surely it is what the customer paid, of several columns of amounts.

    That is a sum which is another one less discounts, plus taxes and shipping. A sum after the fees of a payment
    service is what the shop got. Columns that the figures do not tell apart are not named.
    """
    if len(names) < 2:
        return {}
    figures = {header: _figures(sample[header]) for header in sample if fits("money", sample[header]) > 0.9}
    said = {header: _says(header) for header in figures if header not in names}
    signs = {header: -1 if what == "takes" else 1 for header, what in said.items() if what in ("takes", "adds")}
    fees = [header for header, what in said.items() if what == "fee"]
    weights: dict[str, float] = {}
    for one, other in permutations([name for name in names if name in figures], 2):
        if _is_paid(figures, one, other, signs):
            weights |= {one: _PAID, other: _BEFORE}
        if any(_equal(figures[one], figures[other] - np.abs(figures[fee])) for fee in fees):
            weights |= {other: _PAID, one: _BEFORE}
    return weights


def _is_paid(figures: Mapping[str, np.ndarray], one: str, other: str, signs: Mapping[str, int]) -> bool:
    """Tell whether one sum is another with some of the surcharges added and discounts taken off."""
    return any(
        _equal(figures[one], figures[other] + sum(signs[part] * np.abs(figures[part]) for part in parts))
        for count in range(1, min(_SURCHARGES, len(signs)) + 1)
        for parts in combinations(signs, count)
    )


def _equal(one: np.ndarray, other: np.ndarray) -> bool:
    """Tell whether two columns are equal on nearly every row on which both are known."""
    both = ~np.isnan(one) & ~np.isnan(other)
    return both.sum() >= _ROWS and bool(np.mean(np.abs(one[both] - other[both]) <= _CENT) > _MOSTLY)


def _says(header: str) -> str:
    """Return what a column of money does to a sum: `takes`, `adds`, `fee`, or nothing."""
    said = re.findall(r"[^\W\d_]+", header.casefold().replace("ي", "ی").replace("ك", "ک"))
    return next((meaning for word in said if (meaning := meanings("surcharges").get(word))), "")


def _figures(values: Sequence[str]) -> np.ndarray:
    return np.array([_figure(value) for value in values], dtype=float)


def _figure(value: str) -> float:
    """Return a sum as a number, whichever mark it has before its decimals; nothing is nought among surcharges."""
    if is_missing(value):
        return 0.0
    text = re.sub(r"[^\d.,-]", "", latin_digits(value))
    decimals = re.search(r"[.,](\d{1,2})$", text)
    whole = re.sub(r"[.,]", "", text[: decimals.start()] if decimals else text)
    try:
        return float(f"{whole}.{decimals[1]}" if decimals else whole)
    except ValueError:
        return float("nan")
