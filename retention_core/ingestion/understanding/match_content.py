"""Which column is what in a table without a header: judged from the values alone, and never surely."""

import re
from collections.abc import Mapping, Sequence

from retention_core.ingestion.understanding.content import fits

CONFIDENCE = 0.4
_NAMELESS = re.compile(r"column \d+")
_DATE = re.compile(r"\D*(\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|(19|20|13|14)\d{2}(0[1-9]|1[0-2])[0-3]\d)(\D.*)?")


def is_nameless(headers: Sequence[str]) -> bool:
    """Tell whether the table has no header: every name is one of ours."""
    return all(_NAMELESS.fullmatch(header) for header in headers)


def orders_by_content(sample: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return canonical column -> header for purchases without a header; empty where they do not look like any.

    The date is the first column of dates; the customer the first other column whose values repeat and are no amounts;
    the amount the last column of numbers with decimals, the quantity one of small whole numbers between the two.
    """
    values = {header: [cell.strip() for cell in cells if cell.strip()] for header, cells in sample.items()}
    values = {header: cells for header, cells in values.items() if cells}
    dates = [header for header, cells in values.items() if _share(_DATE, cells) > 0.9]
    if not dates:
        return {}
    rest = {header: cells for header, cells in values.items() if header != dates[0]}
    amounts = [header for header, cells in rest.items() if fits("money", cells) > 0.9 and _has_decimals(cells)]
    customers = [header for header, cells in rest.items() if header not in amounts and len(set(cells)) < len(cells)]
    if not customers:
        return {}
    found = {"customer": customers[0], "ordered_at": dates[0]}
    small = [
        header for header in customers[1:] if fits("number", rest[header]) > 0.9 and _most_below(rest[header], 100)
    ]
    return found | ({"amount": amounts[-1]} if amounts else {}) | ({"quantity": small[-1]} if small else {})


def _share(pattern: re.Pattern[str], cells: Sequence[str]) -> float:
    return sum(bool(pattern.fullmatch(cell)) for cell in cells) / len(cells)


def _has_decimals(cells: Sequence[str]) -> bool:
    return sum(bool(re.search(r"\d[.,]\d{1,2}\D*$", cell)) for cell in cells) > 0.5 * len(cells)


def _most_below(cells: Sequence[str], limit: int) -> bool:
    return sum(cell.isdigit() and int(cell) < limit for cell in cells) > 0.9 * len(cells)
