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
# unit in which amounts are written, unit in which they are kept -> how they are read, as far as units go
_IN_UNIT = {
    ("rial", "rial"): sentence("in rials"),
    ("toman", "toman"): sentence("in tomans"),
    ("rial", "toman"): sentence("in rials, kept in tomans"),
    ("toman", "rial"): sentence("in tomans, kept in rials"),
}
# unit in which a workspace keeps its amounts, None before one is known -> how those of an unknown unit count in it
_AS_WRITTEN = {
    None: sentence("the amounts count as they are written, be they rials or tomans"),
    "rial": sentence("the amounts count as they are written, as rials like those of this workspace"),
    "toman": sentence("the amounts count as they are written, as tomans like those of this workspace"),
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
    meanwhile = replace(found, words=say(_AS_WRITTEN[column.engine.setting(SETTING) or None]))
    return Question("", column.header, readings, examples, evidence, asked, default=meanwhile)


def _in(unit: str, column: StagedColumn, reading: Reading) -> Reading:
    """Return the reading turned into the unit of the workspace."""
    kept = column.engine.setting(SETTING) or unit
    factor = IN_RIALS[unit] / IN_RIALS[kept]
    sql = reading.sql if factor == 1 else f"try_cast(({reading.sql})::DOUBLE * {factor} AS DECIMAL(18,4))"
    return replace(reading, name=f"{reading.name}_{unit}", words=say(_IN_UNIT[unit, kept]), sql=sql, unit=kept)
