"""What we understood of a staged table: which canonical table it is, its columns, and how each is read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.errors import ColumnMissing, QuestionOpen
from retention_core.ingestion.known_exports.known_export import KnownExport, known_export
from retention_core.ingestion.reading.staged import StagedTable
from retention_core.ingestion.understanding.as_known import match_known, reading_known
from retention_core.ingestion.understanding.closed import IS_CLOSED, closed_statuses
from retention_core.ingestion.understanding.content import Values
from retention_core.ingestion.understanding.evidence import Sample
from retention_core.ingestion.understanding.left_out import Rule, currency_rule, own_rule, rules
from retention_core.ingestion.understanding.looks_like import looks_like
from retention_core.ingestion.understanding.match_columns import TableMatch, column_missing, match_columns, with_choices
from retention_core.ingestion.understanding.money import WITHOUT_AMOUNTS, Ledger, Money, money
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
from retention_core.ingestion.understanding.scale import answer_scales
from retention_core.ingestion.understanding.shapes import EventLog, event_log, filled_columns, records_sql, runs_on
from retention_core.ingestion.understanding.which_column import column_questions, customer_question, end_question
from retention_core.ingestion.understanding.which_table import ASKED, which_table
from retention_core.tables import TABLES, Kind

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
ENCODING = "encoding"
_OF_MONEY = ("amount", "unit_price", "refunded_amount")


@dataclass(frozen=True)
class Choices:
    """What a person has corrected.

    table: canonical table, empty for ours. columns: canonical column -> header or None. readings: what a question is
    about -> name of the reading, or several where several may be right. left_out: names of the rules whose rows are
    left out. left_out_text: customers whose id holds it are left out.
    """

    table: str = ""
    columns: Mapping[str, str | None] = field(default_factory=dict)
    readings: Mapping[str, str | Sequence[str]] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    left_out_text: str = ""

    def answer(self, column: str) -> str:
        """Return the one reading chosen for a question, empty where nobody has answered."""
        answer = self.readings.get(column, "")
        return answer if isinstance(answer, str) else next(iter(answer), "")

    def answers(self, column: str) -> tuple[str, ...]:
        """Return all readings chosen for a question."""
        answer = self.readings.get(column, ())
        return ((answer,) if answer else ()) if isinstance(answer, str) else tuple(answer)


@dataclass(frozen=True)
class Understanding:
    """How a staged table will be loaded.

    readings: canonical column -> reading. questions: what only a person knows. open_questions: those of them that
    nobody has answered and whose answer must be waited for. known: whose export it is, if that is known. money: how
    amounts count. filled: columns whose blanks are taken from the first line of their order. runs_on: rows without
    number, customer and date are lines of the order above. events: how a log of events is read. rules: rows that may be
    left out. left_out: the rules that a person chose, left_out_text what is bound to his own. closed: the statuses that
    mean closed. scales: value of the column `scale`, or an empty text -> highest score of its scale. answered: what a
    person said about these two.
    """

    staged: StagedTable
    match: TableMatch
    readings: Mapping[str, Reading]
    questions: tuple[Question, ...]
    open_questions: tuple[Question, ...] = ()
    known: KnownExport | None = None
    money: Money = Money()
    filled: tuple[str, ...] = ()
    runs_on: bool = False
    events: EventLog | None = None
    rules: tuple[Rule, ...] = ()
    left_out: tuple[Rule, ...] = ()
    left_out_text: str = ""
    closed: tuple[str, ...] = ()
    scales: Mapping[str, int] = field(default_factory=dict)
    answered: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def records(self) -> str:
        """The SQL of the records, as they count: blanks of follow-up lines filled in."""
        return records_sql(self.staged, self.match, self.filled, runs_on=self.runs_on)

    @property
    def values(self) -> dict[str, object]:
        """What statements over the records bind: the staged file, and what the rules look for."""
        bound: dict[str, object] = {"path": str(self.staged.path)}
        for rule in self.left_out:
            bound |= rule.values
        return bound

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


def understand(engine: DuckDBEngine, staged: StagedTable, choices: Choices | None = None) -> Understanding:
    """Match the columns of a staged table and decide how each is read.

    Raises ColumnMissing where a required column is not found and no column comes into question, or where it holds
    nothing that can be read as what it must be.
    """
    choices = choices or Choices()
    sample = sample_values(engine, staged)
    match, known, asked = match_of(sample, choices)
    match = with_choices(match, choices.columns)
    columns_open = column_questions(sample, match, choices.columns) if known is None or match.missing else []
    columns_open += customer_question(sample, match, choices.columns)
    columns_open += end_question(sample, match, choices.columns) if known is None else []
    if {column.name for column in match.missing} - {each.column for each in columns_open}:
        raise column_missing(match, sample, looks_like(sample))
    readings, questions, unread = _readings(engine, staged, match, known, choices)
    match = replace(match, matches=tuple(each for each in match.matches if each.column not in unread))
    events, about_events = event_log(engine, staged, match, readings, choices.answers("resolved_at"), known)
    filled, further = filled_columns(engine, staged, match), runs_on(engine, staged, match, readings)
    closed, about_closed = closed_statuses(engine, staged, match, readings, choices.answers(IS_CLOSED), known, events)
    scales, about_scales = answer_scales(engine, staged, match, readings, choices.answer, known)
    ledger = Ledger(engine, staged, match, readings, records_sql(staged, match, filled, runs_on=further))
    counted, about_money = money(ledger, {each: choices.answer(each) for each in choices.readings}, _told(known))
    if counted.price_of == "line":
        match, readings = _price_as_amount(match, readings)
    if counted.currency == WITHOUT_AMOUNTS:
        readings = {name: reading for name, reading in readings.items() if name not in _OF_MONEY}
    told = [each for each in (about_closed, *about_scales) if each is not None]
    found = [letters_question(staged), asked, *columns_open, *questions, about_events, *told, *about_money]
    questions = [each for each in found if each is not None]
    offered = rules(engine, staged, match, known)
    return Understanding(
        staged,
        match,
        readings,
        tuple(questions),
        tuple(each for each in questions if not _is_settled(each, choices)),
        known,
        counted,
        filled,
        further,
        events,
        offered,
        _chosen_rules(staged, match, offered, counted, choices),
        choices.left_out_text.strip(),
        closed,
        scales,
        {each.column: said for each in told if (said := choices.answers(each.column))},
    )


def letters_question(staged: StagedTable) -> Question | None:
    """Return the question in which letters a text is written, where several code pages give words."""
    if not staged.encoding_samples:
        return None
    readings = tuple(Reading(name, name, "NULL") for name in staged.encoding_samples)
    evidence = tuple(f"such as {', '.join(cells[:3])}" for cells in staged.encoding_samples.values())
    asked = f"In which letters is “{staged.file_name}” written? Several readings give words."
    return Question(ENCODING, staged.file_name, readings, {}, evidence, asked)


def _price_as_amount(match: TableMatch, readings: Mapping[str, Reading]) -> tuple[TableMatch, dict[str, Reading]]:
    """Return the match and the readings with the price of a whole line as its amount."""
    matches = tuple(replace(each, column="amount") if each.column == "unit_price" else each for each in match.matches)
    named = {"amount" if name == "unit_price" else name: reading for name, reading in readings.items()}
    return replace(match, matches=matches), named


def match_of(sample: Sample, choices: Choices) -> tuple[TableMatch, KnownExport | None, Question | None]:
    """Return what a file is taken for before anybody corrects it, whose export it is, and whether it must be asked.

    Raises ColumnMissing where no table is likely.
    """
    known = known_export(tuple(sample))
    if known and choices.table in ("", known.table):
        return match_known(sample, known), known, None
    if choices.table:
        return match_columns(sample, TABLES[choices.table]), None, None
    match, question = which_table(sample)
    return match, None, question


def sample_values(engine: DuckDBEngine, staged: StagedTable, rows: int = 400) -> dict[str, Values]:
    """Return some values of every column, row by row: those of the first rows, and of others spread over the file."""
    step = max(1, staged.row_count // rows)
    frame = engine.query(
        f"SELECT * EXCLUDE (row_number) FROM read_parquet($path) WHERE row_number <= {rows} OR row_number % {step} = 0 "
        f"ORDER BY row_number LIMIT {rows * 2}",
        {"path": str(staged.path)},
    )
    return {header: Values(value or "" for value in frame[staged.column(header)]) for header in staged.header}


def _readings(
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
            f"The column “{header}” cannot be read as the {column.label.lower()}.",
            f"It holds, for example: {', '.join(examples) or 'nothing'}.",
            "Choose another column, or write the values in one usual way, such as 2026-01-31.",
        )
    return reading


def _is_settled(question: Question, choices: Choices) -> bool:
    """Tell whether a question need not be waited for: somebody has answered it, or it does no harm until then."""
    if question.default is not None:
        return True
    if question.column == ASKED:
        return bool(choices.table)
    if question.is_of_column:
        return question.column in choices.columns
    return any(each.name in choices.answers(question.column) for each in question.readings)


def _told(known: KnownExport | None) -> dict[str, str]:
    """Return what a known export says of its money."""
    if known is None:
        return {}
    return {"amount_of": known.amount_of, "unit_price": "unit" if "unit_price" in known.columns else ""}


def _chosen_rules(
    staged: StagedTable, match: TableMatch, offered: Sequence[Rule], counted: Money, choices: Choices
) -> tuple[Rule, ...]:
    """Return the rules that are in force: those a person chose, his own, and that of the chosen currency."""
    chosen = [each for each in offered if each.name in choices.left_out]
    own = own_rule(staged, match, choices.left_out_text)
    if counted.currency not in ("", WITHOUT_AMOUNTS):
        chosen.append(currency_rule(staged, match, counted.currency))
    return (*chosen, *((own,) if own else ()))
