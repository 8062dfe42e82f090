"""What we understood of a staged table: which canonical table it is, its columns, and how each is read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.errors import ColumnMissing, QuestionOpen
from retention_core.ingestion.match_columns import (
    TableMatch,
    column_missing,
    match_columns,
    match_table,
    with_choices,
)
from retention_core.ingestion.read_dates import read_dates
from retention_core.ingestion.read_numbers import read_ids, read_numbers, read_texts, read_times, read_truths
from retention_core.ingestion.readings import Question, Reading, StagedColumn
from retention_core.ingestion.staged import StagedTable
from retention_core.tables import TABLES, Kind

_READERS: dict[Kind, Callable[[StagedColumn], Reading | Question | None]] = {
    "id": read_ids,
    "text": read_texts,
    "moment": read_dates,
    "time": read_times,
    "money": read_numbers,
    "number": read_numbers,
    "score": read_numbers,
    "truth": read_truths,
}


@dataclass(frozen=True)
class Choices:
    """What a person has corrected. table: canonical table, empty for ours. columns: canonical column -> header or
    None. readings: canonical column -> name of the reading."""

    table: str = ""
    columns: Mapping[str, str | None] | None = None
    readings: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Understanding:
    """How a staged table will be loaded.

    readings: canonical column -> reading. questions: what only a person knows, answered (a reading is there) or not.
    """

    staged: StagedTable
    match: TableMatch
    readings: Mapping[str, Reading]
    questions: tuple[Question, ...]

    @property
    def open_questions(self) -> tuple[Question, ...]:
        """The questions that nobody has answered yet."""
        return tuple(each for each in self.questions if each.column not in self.readings)

    def require_settled(self) -> None:
        """Raise QuestionOpen where something is left to ask."""
        for question in self.open_questions:
            raw, (one, two) = next(iter(question.examples.items()))
            raise QuestionOpen(
                f"The column “{question.header}” can be read in two ways.",
                f"“{raw}” is {one} ({question.readings[0].words}) or {two} ({question.readings[1].words}).",
                "Choose one of them; every row is then read the same way.",
            )


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
    readings, questions = dict[str, Reading](), list[Question]()
    for column, reading in found.items():
        wanted = (choices.readings or {}).get(column)
        if isinstance(reading, Question):
            questions.append(replace(reading, column=column))
            reading = next((each for each in reading.readings if each.name == wanted), None)
        if reading is not None:
            readings[column] = reading
    unreadable = {column for column, reading in found.items() if reading is None}  # left out; questions are not
    kept = tuple(each for each in match.matches if each.column not in unreadable)
    return Understanding(staged, replace(match, matches=kept), readings, tuple(questions))


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
