"""On which scale answers are given: told by words and by the values, and asked about where these leave it open."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.ingestion.known_exports.known_export import KnownExport
from retention_core.ingestion.reading.staged import StagedTable
from retention_core.ingestion.understanding.content import latin_digits
from retention_core.ingestion.understanding.header_names import normal, says
from retention_core.ingestion.understanding.match_columns import TableMatch
from retention_core.ingestion.understanding.readings import Question, Reading, StagedColumn
from retention_core.ingestion.understanding.words import words
from retention_core.tables import SCALES
from retention_core.words.say import Number, say

SCALE_TOP = "scale_top"
MANY_MARKS = 12  # values of a column that names the scale of each answer; more are something else
_NEARLY_ALL = 0.98
_ENOUGH = 20  # answers of which none is high, before that speaks against the words
_TOP = "(" + "|".join(map(str, SCALES)) + r")(?!\d)"
_ANY = {name: "|".join(map(re.escape, each)) for name, each in words()["scale_words"].items()}
_NUMBERS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\d)[01]\s*(?:[-–—−~〜～]|{_ANY['to']})\s*{_TOP}",
        rf"(?<!\d)[01]\s*[=:].*?(?<!\d){_TOP}\s*[=:]",
        rf"(?<!\d){_TOP}\s*[=:].*?(?<!\d)[01]\s*[=:]",
        rf"(?:(?<!\d{{4}})/|(?<![^\W\d_])(?:{_ANY['of']}))\s*{_TOP}",
        rf"(?<!\d){_TOP}[\s-]*(?:{_ANY['points']})",
    )
]
_BRACKETS = str.maketrans(dict.fromkeys("()[]（）【】", " "))


@dataclass(frozen=True)
class Told:
    """What words say of a scale. top: its highest score, 0 where they say nothing. is_number: they give the number."""

    top: int = 0
    is_number: bool = False


@dataclass(frozen=True)
class Scored:
    """The answers with one mark in the column `scale`. within: highest score of a scale -> how many lie within it."""

    mark: str
    answers: int
    lowest: float
    highest: float
    within: Mapping[int, int]

    @property
    def smallest(self) -> int:
        """The smallest scale on which all scores fit."""
        return next((top for top in SCALES if self.highest <= top), max(SCALES))

    @property
    def usual(self) -> int:
        """The smallest scale on which nearly all scores fit."""
        return next(top for top in SCALES if top == self.smallest or self.within[top] >= _NEARLY_ALL * self.answers)


def answer_scales(
    engine: DuckDBEngine,
    staged: StagedTable,
    match: TableMatch,
    readings: Mapping[str, Reading],
    answer: Callable[[str], str],
    known: KnownExport | None = None,
) -> tuple[dict[str, int], list[Question]]:
    """Return the scales of a file, and what is asked or said about them.

    answer: what a person said to a question, empty where nothing. The scales: value of the
    column `scale` -> highest score of its scale; under an empty one those of answers without such a value, or of all.
    """
    if "score" not in readings:
        return {}, []
    column = StagedColumn(engine, staged, match.headers["score"])
    scales, questions, in_cells = dict[str, int](), list[Question](), _told_by_cells(column, readings["score"])
    by_export = Told(known.scale if known else 0, is_number=True)
    for scored in _scored(column, match, readings):
        told = next(
            (each for each in (in_cells, told_by(scored.mark), by_export, told_by(column.header)) if each.top), Told()
        )
        tops, is_settled = candidates(told, scored)
        scales[scored.mark] = tops[0]
        if len(tops) > 1:
            asked = _question(column.header, scored, told, tops, is_settled=is_settled)
            said = answer(asked.column)
            questions.append(asked)
            scales[scored.mark] = int(said) if said in map(str, tops) else tops[0]
    return scales, questions


def told_by(text: str) -> Told:
    """Return what the words of a header, of a mark or of a cell say of the scale."""
    text = latin_digits(text).translate(_BRACKETS)
    for pattern in _NUMBERS:
        if found := pattern.search(text):
            return Told(int(found[1]), is_number=True)
    if re.search("[%٪％]", text) or says(text, "scale_100"):
        return Told(100, is_number=True)
    if normal(text) in words()["scale_words"]["alone_7"]:
        return Told(7)
    return Told(next((top for top in SCALES if says(text, f"scale_{top}")), 0))


def candidates(told: Told, scored: Scored) -> tuple[tuple[int, ...], bool]:
    """Return the scales that answers may be on, the likeliest first, and whether the first is taken until it is denied.

    One alone where nothing speaks against it.
    """
    if told.top:
        return _with_words(told, scored)
    if scored.usual < scored.smallest:
        return (scored.usual, scored.smallest), False  # a few odd scores, or a few high ones
    if scored.smallest == 7 or (scored.smallest == 5 and scored.lowest <= 0):
        return (scored.smallest, 10), False
    return tuple(top for top in SCALES if top >= scored.smallest), True


def _with_words(told: Told, scored: Scored) -> tuple[tuple[int, ...], bool]:
    """Return the scales that answers may be on where words name one."""
    if scored.smallest > told.top:
        return (told.top, scored.smallest), scored.usual <= told.top
    is_low = scored.answers >= _ENOUGH and scored.smallest <= (5 if told.top <= 10 else 10)
    if is_low and scored.smallest < told.top and not (told.top == 10 and scored.lowest <= 0):
        return (told.top, scored.smallest), told.is_number
    return (told.top,), True


def _told_by_cells(column: StagedColumn, reading: Reading) -> Told:
    """Return the scale that most cells name, as `4/5`, `80 %` and words of satisfaction do."""
    if reading.name in ("stars", "words"):
        return Told(5, is_number=True)
    values = column.sample()
    wordy = [value for value in values if not value.replace(".", "").isdecimal()]
    if len(wordy) <= len(values) / 2:
        return Told()
    found = Counter(told_by(value) for value in wordy).most_common(1)[0]
    return found[0] if found[1] > len(values) / 2 else Told()


def _scored(column: StagedColumn, match: TableMatch, readings: Mapping[str, Reading]) -> list[Scored]:
    """Return the answers by their mark, the most frequent first; all together where there is no such column."""
    scale = readings.get("scale")
    mark = f"coalesce({scale.expression(column.staged, match.headers['scale'])}, '')" if scale else "''"
    for each in dict.fromkeys((mark, "''")):
        within = ", ".join(f"count(*) FILTER (score <= {top})" for top in SCALES)
        rows = column.engine.query(
            f"SELECT mark, count(*) AS n, min(score)::DOUBLE AS low, max(score)::DOUBLE AS high, {within} FROM "
            f"(SELECT {each} AS mark, {column.read_as(readings['score'])} AS score FROM read_parquet($path)) "
            "WHERE score IS NOT NULL GROUP BY mark ORDER BY n DESC, mark",
            {"path": str(column.staged.path)},
        )
        if len(rows) <= MANY_MARKS:
            break
    return [
        Scored(mark, int(n), low, high, {top: int(count) for top, count in zip(SCALES, counts, strict=True)})
        for mark, n, low, high, *counts in rows.itertuples(index=False)
    ]


def _question(header: str, scored: Scored, told: Told, tops: tuple[int, ...], *, is_settled: bool) -> Question:
    """Ask on which of several scales answers are."""
    low, high = (Number(f"{each:g}") for each in (scored.lowest, scored.highest))
    seen = say("scores from {low} to {high}", low=low, high=high)
    evidence = [
        say("by its name; {seen}", seen=seen) if top == told.top else seen if top == scored.smallest else ""
        for top in tops
    ]
    options = tuple(Reading(str(top), _in_words(top, scored), "NULL") for top in tops)
    asked = say("On which scale are the answers in “{header}”?", header=header)
    if scored.mark:
        asked = say("On which scale are the answers marked “{mark}”?", mark=scored.mark)
    return Question(
        f"{SCALE_TOP} {scored.mark}".strip(),
        header,
        options,
        {},
        tuple(evidence),
        asked,
        options[0] if is_settled else None,
    )


def _in_words(top: int, scored: Scored) -> str:
    return say(SCALES[top]) if scored.lowest > 0 else say("{low} to {high}", low=0, high=top)
