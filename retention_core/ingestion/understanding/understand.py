"""What we understood of a staged table: which canonical table it is, its columns, and how each is read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.errors import QuestionOpen
from retention_core.ingestion.known_exports.known_export import KnownExport, known_export
from retention_core.ingestion.reading.staged import StagedTable
from retention_core.ingestion.understanding.as_known import match_known
from retention_core.ingestion.understanding.choices import Choices as Choices
from retention_core.ingestion.understanding.closed import IS_CLOSED, closed_statuses
from retention_core.ingestion.understanding.evidence import Sample
from retention_core.ingestion.understanding.left_out import Rule, currency_rule, own_rule, rules
from retention_core.ingestion.understanding.looks_like import looks_like
from retention_core.ingestion.understanding.match_columns import TableMatch, column_missing, match_columns, with_choices
from retention_core.ingestion.understanding.money import WITHOUT_AMOUNTS, Ledger, Money, money
from retention_core.ingestion.understanding.read_columns import read_columns
from retention_core.ingestion.understanding.read_columns import sample_values as sample_values
from retention_core.ingestion.understanding.readings import Question, Reading
from retention_core.ingestion.understanding.scale import answer_scales
from retention_core.ingestion.understanding.shapes import (
    EventLog,
    event_log,
    filled_columns,
    has_repeats,
    records_sql,
    runs_on,
)
from retention_core.ingestion.understanding.which_column import column_questions, customer_question, end_question
from retention_core.ingestion.understanding.which_table import ASKED, which_table
from retention_core.tables import TABLES
from retention_core.words.lists import any_of, listed
from retention_core.words.say import say

ENCODING = "encoding"
_OF_MONEY = ("amount", "unit_price", "refunded_amount")


@dataclass(frozen=True)
class Understanding:
    """How a staged table will be loaded.

    readings: canonical column -> reading. questions: what only a person knows. open_questions: those of them that
    nobody has answered and whose answer must be waited for. known: whose export it is, if that is known. money: how
    amounts count. filled: columns whose blanks are taken from the first line of their order. runs_on: rows without
    number, customer and date are lines of the order above. events: how a log of events is read. rules: rows that may be
    left out. left_out: the rules that a person chose, left_out_text what is bound to their own. closed: the statuses that
    mean closed. scales: value of the column `scale`, or an empty text -> highest score of its scale. answered: what a
    person said about these two. has_repeats: several records have one number, which makes them one row.
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
    has_repeats: bool = False

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
            options = any_of([each.words for each in question.readings[:3]])
            raw, values = next(iter(question.examples.items()), ("", ()))
            shown = say("It may be {options}.", options=options)
            if raw:
                shown = say("“{raw}” is {values} ({options}).", raw=raw, values=any_of(values), options=options)
            raise QuestionOpen(
                question.words
                or say(
                    "The column “{header}” can be read in {n} ways.", header=question.header, n=len(question.readings)
                ),
                shown,
                say("Choose one of them; every row is then read the same way."),
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
    readings, questions, unread = read_columns(engine, staged, match, known, choices)
    match = replace(match, matches=tuple(each for each in match.matches if each.column not in unread))
    events, about_events = event_log(engine, staged, match, readings, choices.answers("resolved_at"), known)
    filled, further = filled_columns(engine, staged, match), runs_on(engine, staged, match, readings)
    closed, about_closed = closed_statuses(engine, staged, match, readings, choices.answers(IS_CLOSED), known, events)
    scales, about_scales = answer_scales(engine, staged, match, readings, choices.answer, known)
    records = records_sql(staged, match, filled, runs_on=further)
    repeats = has_repeats(engine, staged, match, readings, records)
    ledger = Ledger(engine, staged, match, readings, records, repeats)
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
        repeats,
    )


def letters_question(staged: StagedTable) -> Question | None:
    """Return the question in which letters a text is written, where several code pages give words."""
    if not staged.encoding_samples:
        return None
    readings = tuple(Reading(name, name, "NULL") for name in staged.encoding_samples)
    evidence = tuple(
        say("such as {examples}", examples=listed(cells[:3])) for cells in staged.encoding_samples.values()
    )
    asked = say("In which letters is “{file}” written? Several readings give words.", file=staged.file_name)
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
    """Return the rules that are in force: those a person chose, their own, and that of the chosen currency."""
    chosen = [each for each in offered if each.name in choices.left_out]
    own = own_rule(staged, match, choices.left_out_text)
    if counted.currency not in ("", WITHOUT_AMOUNTS):
        chosen.append(currency_rule(staged, match, counted.currency))
    return (*chosen, *((own,) if own else ()))
