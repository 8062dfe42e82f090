"""Rial or toman: the unit of Persian amounts, told by the header, or asked, never assumed."""

import re
from dataclasses import replace

from retention_core.ingestion.understanding.readings import Question, Reading, StagedColumn
from retention_core.words.say import say, sentence

SETTING = "money_unit"
IN_RIALS = {"rial": 1, "toman": 10}
_NAMES = {
    "rial": re.compile(r"ریال|ريال|\brials?\b|\birr\b", re.IGNORECASE),
    "toman": re.compile(r"تومان|تومن|\btomans?\b|\birt\b", re.IGNORECASE),
}
# unit in which amounts are written, unit in which they are kept -> how they are read
_IN_UNIT = {
    ("rial", "rial"): sentence("{reading}, in rials"),
    ("toman", "toman"): sentence("{reading}, in tomans"),
    ("rial", "toman"): sentence("{reading}, in rials, kept in tomans"),
    ("toman", "rial"): sentence("{reading}, in tomans, kept in rials"),
}
_PERSIAN = re.compile(r"[پچژگیک]|مبلغ|جمع|مرجوع|قیمت")


def with_unit(column: StagedColumn, found: Reading | Question | None) -> Reading | Question | None:
    """Return the reading of an amount in the unit of the workspace.

    Amounts of a workspace are all in one unit: that of the first upload whose unit is known. Where the header names
    none, both are offered; until somebody answers, amounts stay as they are written.
    """
    if not isinstance(found, Reading):
        return found
    unit = next((name for name, pattern in _NAMES.items() if pattern.search(column.header)), None)
    if unit:
        return _in(unit, column, found)
    if not _PERSIAN.search(column.header):
        return found
    readings = tuple(_in(each, column, found) for each in IN_RIALS)
    examples = {
        raw: (say("{amount} rial", amount=raw), say("{amount} toman", amount=raw)) for raw in column.sample()[:3]
    }
    asked = say("Are the amounts in “{header}” rials or tomans?", header=column.header)
    evidence = ("", say("ten times as much"))
    return Question("", column.header, readings, examples, evidence, asked, default=found)


def _in(unit: str, column: StagedColumn, reading: Reading) -> Reading:
    """Return the reading turned into the unit of the workspace."""
    kept = column.engine.setting(SETTING) or unit
    factor = IN_RIALS[unit] / IN_RIALS[kept]
    sql = reading.sql if factor == 1 else f"try_cast(({reading.sql})::DOUBLE * {factor} AS DECIMAL(18,4))"
    words = say(_IN_UNIT[unit, kept], reading=reading.words)
    return replace(reading, name=f"{reading.name}_{unit}", words=words, sql=sql, unit=kept)
