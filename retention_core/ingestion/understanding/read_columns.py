"""How each column that was matched is read, by the kind of what it holds."""

from collections.abc import Callable
from dataclasses import replace

from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.errors import ColumnMissing
from retention_core.ingestion.known_exports.known_export import KnownExport
from retention_core.ingestion.reading.staged import StagedTable
from retention_core.ingestion.understanding.as_known import reading_known
from retention_core.ingestion.understanding.choices import Choices
from retention_core.ingestion.understanding.content import Values
from retention_core.ingestion.understanding.match_columns import TableMatch
from retention_core.ingestion.understanding.money_unit import with_unit
from retention_core.ingestion.understanding.read_dates import read_dates
from retention_core.ingestion.understanding.read_lengths import read_ends, read_lengths
from retention_core.ingestion.understanding.read_numbers import (
    read_ids,
    read_numbers,
    read_scores,
    read_texts,
    read_times,
    read_truths,
)
from retention_core.ingestion.understanding.readings import Question, Reading, StagedColumn
from retention_core.tables import Kind
from retention_core.words.lists import listed
from retention_core.words.say import say

_READERS: dict[Kind, Callable[[StagedColumn], Reading | Question | None]] = {
    "id": read_ids,
    "text": read_texts,
    "moment": read_dates,
    "end": read_ends,
    "length": read_lengths,
    "time": read_times,
    "money": lambda column: with_unit(column, read_numbers(column)),
    "number": read_numbers,
    "score": read_scores,
    "truth": read_truths,
}


def sample_values(engine: DuckDBEngine, staged: StagedTable, rows: int = 400) -> dict[str, Values]:
    """Return some values of every column, row by row: those of the first rows, and of others spread over the file."""
    step = max(1, staged.row_count // rows)
    frame = engine.query(
        f"SELECT * EXCLUDE (row_number) FROM read_parquet($path) WHERE row_number <= {rows} OR row_number % {step} = 0 "
        f"ORDER BY row_number LIMIT {rows * 2}",
        {"path": str(staged.path)},
    )
    return {header: Values(value or "" for value in frame[staged.column(header)]) for header in staged.header}


def read_columns(
    engine: DuckDBEngine, staged: StagedTable, match: TableMatch, known: KnownExport | None, choices: Choices
) -> tuple[dict[str, Reading], list[Question], set[str]]:
    """Return how each column is read, what must be asked about it, and the columns that cannot be read."""
    readings, questions, unread = dict[str, Reading](), list[Question](), set[str]()
    for each in match.matches:
        found = _read(engine, staged, match, each.column, each.header, known)
        if isinstance(found, Question):
            questions.append(replace(found, column=each.column))
            answer = choices.answer(each.column)
            found = next((reading for reading in found.readings if reading.name == answer), None) or found.default
        elif found is None:
            unread.add(each.column)
        if found is not None:
            readings[each.column] = found
    return readings, questions, unread


def _read(
    engine: DuckDBEngine,
    staged: StagedTable,
    match: TableMatch,
    name: str,
    header: str,
    known: KnownExport | None,
) -> Reading | Question | None:
    """Return the reading of one column; a required column that cannot be read is an error."""
    column = match.table.column(name)
    staged_column = StagedColumn(engine, staged, header)
    reading = _READERS[column.kind](staged_column)
    if known is not None:
        reading = reading_known(staged_column, name, reading, known)
    if reading is None and column.is_required:
        examples = [value for value in sample_values(engine, staged)[header] if value.strip()][:3]
        raise ColumnMissing(
            say("The column “{header}” cannot be read as the {column}.", header=header, column=say(column.within)),
            say("It holds, for example: {examples}.", examples=listed(examples) or say("nothing")),
            say("Choose another column, or write the values in one usual way, such as 2026-01-31."),
        )
    return reading
