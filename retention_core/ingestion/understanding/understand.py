"""What we understood of a staged table: which canonical table it is, its columns, and how each is read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.errors import ColumnMissing, QuestionOpen
from retention_core.ingestion.reading.staged import StagedTable
from retention_core.ingestion.understanding.left_out import Rule, own_rule, rules
from retention_core.ingestion.understanding.match_columns import (
    TableMatch,
    column_missing,
    match_columns,
    match_table,
    with_choices,
)
from retention_core.ingestion.understanding.money_unit import with_unit
from retention_core.ingestion.understanding.read_dates import read_dates
from retention_core.ingestion.understanding.read_lengths import read_ends
from retention_core.ingestion.understanding.read_numbers import (
    read_ids,
    read_numbers,
    read_scores,
    read_texts,
    read_times,
    read_truths,
)
from retention_core.ingestion.understanding.readings import Question, Reading, StagedColumn
from retention_core.ingestion.understanding.shapes import EventLog, event_log, filled_columns, records_sql, runs_on
from retention_core.tables import TABLES, Kind

_READERS: dict[Kind, Callable[[StagedColumn], Reading | Question | None]] = {
    "id": read_ids,
    "text": read_texts,
    "moment": read_dates,
    "end": read_ends,
    "time": read_times,
    "money": lambda column: with_unit(column, read_numbers(column)),
    "number": read_numbers,
    "score": read_scores,
    "truth": read_truths,
}


@dataclass(frozen=True)
class Choices:
    """What a person has corrected.

    table: canonical table, empty for ours. columns: canonical column -> header or None. readings: canonical column ->
    name of the reading. left_out: names of the rules whose rows are left out. left_out_text: customers whose id holds
    it are left out.
    """

    table: str = ""
    columns: Mapping[str, str | None] | None = None
    readings: Mapping[str, str] | None = None
    left_out: tuple[str, ...] = ()
    left_out_text: str = ""


@dataclass(frozen=True)
class Understanding:
    """How a staged table will be loaded.

    readings: canonical column -> reading. questions: what only a person knows, answered (a reading is there) or not.
    filled: columns whose blanks are taken from the first line of their order. runs_on: rows without number, customer
    and date are lines of the order above. events: how a log of events is read.
    rules: rows that may be left out. left_out: the rules that a person chose, left_out_text what is bound to his own.
    """

    staged: StagedTable
    match: TableMatch
    readings: Mapping[str, Reading]
    questions: tuple[Question, ...]
    filled: tuple[str, ...] = ()
    runs_on: bool = False
    events: EventLog | None = None
    rules: tuple[Rule, ...] = ()
    left_out: tuple[Rule, ...] = ()
    left_out_text: str = ""

    @property
    def open_questions(self) -> tuple[Question, ...]:
        """The questions that nobody has answered yet and whose answer must be waited for."""
        return tuple(each for each in self.questions if not self._is_answered(each))

    @property
    def records(self) -> str:
        """The SQL of the records, as they count: blanks of follow-up lines filled in."""
        return records_sql(self.staged, self.match, self.filled, runs_on=self.runs_on)

    def require_settled(self) -> None:
        """Raise QuestionOpen where something is left to ask."""
        for question in self.open_questions:
            options = " or ".join(each.words for each in question.readings[:3])
            raw, values = next(iter(question.examples.items()), ("", ()))
            shown = f"“{raw}” is {' or '.join(values)} ({options})." if raw else f"It may be {options}."
            raise QuestionOpen(
                question.words or f"The column “{question.header}” can be read in {len(question.readings)} ways.",
                shown,
                "Choose one of them; every row is then read the same way.",
            )

    def _is_answered(self, question: Question) -> bool:
        return question.column in self.readings or (question.column == "resolved_at" and self.events is not None)


def understand(engine: DuckDBEngine, staged: StagedTable, choices: Choices | None = None) -> Understanding:
    """Match the columns of a staged table and decide how each is read.

    Raises ColumnMissing where a required column is not found, or holds nothing that can be read as what it must be.
    """
    choices = choices or Choices()
    sample = sample_values(engine, staged)
    match = match_columns(sample, TABLES[choices.table]) if choices.table else match_table(sample)
    match = with_choices(match, choices.columns or {})
    if match.missing:
        raise column_missing(match, staged.header)
    found = {each.column: _read(engine, staged, match, each.column, each.header) for each in match.matches}
    answers = choices.readings or {}
    readings, questions = dict[str, Reading](), list[Question]()
    for column, reading in found.items():
        if isinstance(reading, Question):
            questions.append(replace(reading, column=column))
            answered = next((each for each in reading.readings if each.name == answers.get(column)), None)
            reading = answered or reading.default
        if reading is not None:
            readings[column] = reading
    unreadable = {column for column, reading in found.items() if reading is None}  # left out; questions are not
    match = replace(match, matches=tuple(each for each in match.matches if each.column not in unreadable))
    events = event_log(engine, staged, match, readings, answers.get("resolved_at"))
    if isinstance(events, Question):
        questions.append(events)
    known_rules = rules(engine, staged, match)
    own = own_rule(staged, match, choices.left_out_text)
    return Understanding(
        staged,
        match,
        readings,
        tuple(questions),
        filled_columns(engine, staged, match),
        runs_on(engine, staged, match, readings),
        events if isinstance(events, EventLog) else None,
        known_rules,
        tuple(each for each in known_rules if each.name in choices.left_out) + ((own,) if own else ()),
        choices.left_out_text.strip(),
    )


def sample_values(engine: DuckDBEngine, staged: StagedTable, rows: int = 400) -> dict[str, list[str]]:
    """Return some values of every column, evenly spread over the file: header -> values."""
    step = max(1, staged.row_count // rows)
    frame = engine.query(
        f"SELECT * EXCLUDE (row_number) FROM read_parquet($path) WHERE row_number % {step} = 0 LIMIT {rows * 2}",
        {"path": str(staged.path)},
    )
    return {header: [value or "" for value in frame[staged.column(header)]] for header in staged.header}


def _read(
    engine: DuckDBEngine, staged: StagedTable, match: TableMatch, name: str, header: str
) -> Reading | Question | None:
    """Return the reading of one column; a required column that cannot be read is an error."""
    column = match.table.column(name)
    reading = _READERS[column.kind](StagedColumn(engine, staged, header))
    if reading is None and column.is_required:
        examples = [value for value in sample_values(engine, staged)[header] if value.strip()][:3]
        raise ColumnMissing(
            f"The column “{header}” cannot be read as the {column.label.lower()}.",
            f"It holds, for example: {', '.join(examples) or 'nothing'}.",
            "Choose another column, or write the values in one usual way, such as 2026-01-31.",
        )
    return reading
