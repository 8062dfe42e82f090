"""What a file seems to be that is no table of ours, said in the words of who made it."""

import re

from retention_core.ingestion.understanding.content import fits, present
from retention_core.ingestion.understanding.evidence import Sample, are_unique
from retention_core.ingestion.understanding.header_names import header_words, normal, says
from retention_core.words.say import say

_MONTHS = re.compile(
    r"(jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)\w*[ -]?\d{0,4}|(19|20|13|14)\d\d[-/.]?(0?[1-9]|1[0-2])|"
    r"q[1-4][ -]?\d{0,4}|فروردین|اردیبهشت|خرداد|تیر|مرداد|شهریور|مهر|آبان|آذر|دی|بهمن|اسفند"
)
_CUSTOMER = ("customer", "client", "kunde", "member", "user", "مشتری", "клиент", "客户", "顧客")
_TOTALS = re.compile(r"grand total|sum of|count of|average of|row labels|total general|gesamtergebnis", re.IGNORECASE)


def looks_like(sample: Sample) -> str:
    """Return what a file looks like: a summary, a bank statement, a report, a list without dates; empty if nothing."""
    cells = {header: present(values) for header, values in sample.items()}
    if any(_TOTALS.search(header) for header in sample) or any(
        _TOTALS.search(cell) for each in cells.values() for cell in each[-3:]
    ):
        return say("a report with totals; the rows behind it are needed")
    if len({word for header in sample for word in normal(header).split()} & header_words()["bank"]) >= 2:
        return say("a bank statement; it does not say which customer bought")
    first = next(iter(cells.values()), [])
    months = [header for header in sample if _MONTHS.fullmatch(header.strip().lower())]
    if any(says(header, "period") and are_unique(sample[header]) for header in sample):
        return say("a summary by month or another period; one row for each order is needed")
    if len(months) >= 3 or (first and all(_MONTHS.fullmatch(cell.lower()) for cell in first)):
        return say("a summary by month; one row for each order is needed")
    has_dates = any(fits("moment", each) > 0.8 for each in cells.values() if each and not all(map(str.isdigit, each)))
    one_each = any(name in normal(header) and are_unique(sample[header]) for header in sample for name in _CUSTOMER)
    if one_each and not has_dates:
        return say("one row per customer, without dates; a row for each order is needed to see who comes back")
    return say("a table without dates") if cells and not has_dates else ""
