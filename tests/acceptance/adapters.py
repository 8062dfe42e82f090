"""Doors for checks from outside: plain facts in, plain numbers out. Kept stable."""

import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import pandas as pd
import pyarrow.parquet as pq

from retention_core.analyses.claims import LOOKS_A_YEAR, Comparison
from retention_core.analyses.complaints.clock import DAY, Clock, OpeningHours
from retention_core.analyses.customers.cohort_question import OTHER, CohortQuestion
from retention_core.analyses.customers.cohort_retention import CohortRetention, averages, cohort_retention
from retention_core.analyses.customers.comparisons import changes
from retention_core.analyses.customers.return_within import return_within
from retention_core.analyses.intervals import Share
from retention_core.analyses.satisfaction.satisfaction_return import ReturnQuestion, satisfaction_return
from retention_core.answers.customers.back_within import back_within_sentence
from retention_core.answers.customers.cohort_verdict import verdict
from retention_core.answers.satisfaction.satisfaction_sentence import satisfaction_sentence
from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.errors import QuestionOpen, RetentionError
from retention_core.filters import Filters
from retention_core.ingestion.checking.check_rows import findings
from retention_core.ingestion.loading.load import load
from retention_core.ingestion.loading.upload import one_table, understand_file
from retention_core.ingestion.reading.read_file import read_file
from retention_core.ingestion.reading.staged import StagedTable
from retention_core.ingestion.understanding.customer_columns import customer_columns
from retention_core.ingestion.understanding.derived import derived_words
from retention_core.ingestion.understanding.understand import sample_values, understand
from retention_core.periods import Period
from retention_core.words.days import WEEKDAYS
from tests.tables import add_orders, orders_engine

T = TypeVar("T")
LOADED_AT = datetime(2027, 1, 1)  # later than the data; rows after it would count nowhere


def retention_table(case: dict[str, Any]) -> dict[str, Any]:
    """Return what this version says of a case of retention_cases.json, under the keys of its `expected`."""
    settings, expected = case["settings"], case.get("expected", {})
    answer: dict[str, Any] = {}
    if settings.get("breakdown"):
        answer |= _by_value(case)
    elif "return_rule" not in settings and not settings.get("time_window"):
        for rule in ("on", "on_or_after"):
            answer[f"counts_{rule}"] = _retention(case, return_rule=rule).counts()
        answer["cohort_starts"] = _starts(_retention(case))
    else:
        retention = _retention(case)
        answer |= {"counts": retention.counts(), "cohort_starts": _starts(retention)}
        if settings.get("custom_brackets"):
            question = retention.question
            answer["column_labels"] = [question.column_label(number) for number in range(len(question.brackets) + 1)]
    if settings.get("value"):
        answer |= _sums(case)
    for key, changes_of in (("rows_24h", _WINDOWS), ("rows_calendar_recurring", _CALENDAR)):
        if key in expected:
            rows = _retention(case, **changes_of).counts()
            answer[key] = {number: rows[int(number)][: len(row)] for number, row in expected[key].items()}
    if "counts_if_week_start_monday" in expected:
        dates: dict[str, Any] = {"first_cohort": "2020-06-08", "last_period": "2020-06-21", "week_start": "monday"}
        answer["counts_if_week_start_monday"] = _retention(case, **dates).counts()
    return {key: _as_asserted(key, value, settings, expected) for key, value in answer.items()}


_WINDOWS: dict[str, Any] = {"time_window": "24h_since_first_event", "cohort_type": "first_time"}
_CALENDAR: dict[str, Any] = {"time_window": "", "cohort_type": "recurring"}


def averages_of(case: dict[str, Any]) -> dict[str, float]:
    """Return the averages of a case of `average_cases`, under the keys of its `expected`."""
    cells = pd.DataFrame(case["cohorts"]).rename(columns={"size": "cohort_size", "returned": "customers"})
    cells = cells.assign(
        state=["complete" if known else "running" for known in cells["complete"]], base=cells["cohort_size"]
    )
    found = averages(cells)
    return {**found, "mixpanel_double_weighted": found.get("double_weighted", float("nan"))}


def wilson_of(case: dict[str, Any]) -> list[float]:
    """Return the interval of a case of `wilson_95`."""
    return list(Share(case["returned"], case["size"]).interval)


def is_complete(starts_on: str, unit: str, column: int, as_of: str, window_days: int = 0) -> bool:
    """Tell whether a cell is complete on a day, by calendar periods or by windows of so many days (1, 7 or 30)."""
    day, known = date.fromisoformat(starts_on), date.fromisoformat(as_of)
    period = Period({0: unit, 1: "day", 7: "week", 30: "month"}[window_days])
    with orders_engine(
        [("x", datetime.combine(day, datetime.min.time()), None), ("y", f"{as_of}T23:00", None)]
    ) as engine:
        question = CohortQuestion(period, own_windows=bool(window_days))
        cells = cohort_retention(engine, question).cells
    own = cells[(cells["cohort"] == period.number(day)) & (cells["period_number"] == column)]
    return bool(len(own)) and own["state"].iloc[0] == "complete" and known is not None


def _as_asserted(key: str, value: Any, settings: dict[str, Any], expected: dict[str, Any]) -> Any:
    """Return as many rows and columns of a table as the case asserts."""
    columns = settings.get("columns")
    if key.startswith(("counts", "value")) and isinstance(value, list):
        rows = [row[:columns] for row in value]
        return [rows[index] for index in expected.get("rows_asserted", range(len(rows)))]
    if key == "counts_by_value":
        return {name: [row[:columns] for row in rows] for name, rows in value.items()}
    if "first_row_by_value" in key and key in expected:
        return {name: row[: len(expected[key].get(name, row))] for name, row in value.items()}
    return value


def _by_value(case: dict[str, Any]) -> dict[str, Any]:
    retention = _retention(case, segment=True)
    called = {OTHER: "Other"}
    tables = {called.get(name, name): retention.of_segment(name).counts() for name in retention.segments}
    answer: dict[str, Any] = {"counts_by_value": tables}
    if case["settings"].get("time_window"):
        by_day = _retention(case, segment=True, time_window="")
        answer["first_row_by_value"] = {name: rows[0] for name, rows in tables.items()}
        answer["calendar_day_first_row_by_value"] = {
            name: by_day.of_segment(name).counts()[0] for name in by_day.segments
        }
    return answer


def _sums(case: dict[str, Any]) -> dict[str, Any]:
    retention = _retention(case, measure="revenue")
    sums, counts = retention.counts("revenue"), retention.counts()
    per_active = [
        [total / active if active else 0 for total, active in zip(*rows, strict=True)]
        for rows in zip(sums, counts, strict=True)
    ]
    columns = case["settings"].get("columns")
    size = counts[0][0] or 1
    return {
        "value_sum": sums,
        "value_avg_per_active_customer": per_active,
        "derived_avg_row0": {
            "per_active_customer": per_active[0][:3],
            "per_cohort_customer": [total / size for total in sums[0][:columns]][:3],
        },
    }


def _starts(retention: CohortRetention) -> list[str]:
    return [f"{day}" for day in retention.cells.drop_duplicates("cohort")["cohort_starts_on"]]


def _retention(
    case: dict[str, Any], *, segment: bool = False, measure: str = "customers", **changes: Any
) -> CohortRetention:
    """Ask the core: a case becomes orders and a question. Attributes of events go into columns of orders."""
    settings = case["settings"] | changes
    week_start = [day.lower() for day in WEEKDAYS].index(settings.get("week_start", "monday"))
    first, last = date.fromisoformat(settings["first_cohort"]), date.fromisoformat(settings["last_period"])
    zone = ZoneInfo(settings.get("timezone", "UTC"))
    events = [event for event in case["events"] if event["kind"] == "purchase"]
    moments = [datetime.fromisoformat(event["ts"]).astimezone(zone).replace(tzinfo=None) for event in events]
    starts, columns = _matching(events, settings.get("start_filter", {}), ("channel", "product"))
    returns, more = _matching(events, settings.get("return_filter", {}), ("branch", "employee"))
    columns |= more
    columns["segment"] = [_attribute(event, settings.get("breakdown", "")) for event in events]
    columns["account"] = [_attribute(event, "account") for event in events]
    cohort_by = {
        "recurring": "every_purchase",
        "first_time": "first_matching_purchase",
        "first_ever": "first_purchase",
    }[settings.get("cohort_type", "first_time")]
    question = CohortQuestion(
        period=Period(settings["period"], settings.get("calendar", "gregorian"), week_start),
        cohort_by=cohort_by,
        returned={"on": "in", "on_or_after": "in_or_after", "by": "by", "every": "every_up_to"}[
            settings.get("return_rule", "on")
        ],
        filters=Filters(first_day=first, last_day=last, as_of=last),
        least_purchases=settings.get("minimum_occurrences", 1),
        measure=measure,
        brackets=tuple(settings.get("custom_brackets", ())),
        own_windows=bool(settings.get("time_window")),
        starts=starts,
        returns=returns,
        unit="account" if settings.get("entity") == "account" else "customer",
        segment="segment" if segment else "",
        top=settings.get("breakdown_limit", 1000),
    )
    with orders_engine(week_start=week_start) as engine:
        amounts = [event.get("value", event.get("amount")) for event in events]
        rows = [(event["customer"], at, amount) for event, at, amount in zip(events, moments, amounts, strict=True)]
        add_orders(engine, rows, **columns)
        return cohort_retention(engine, question)


def _matching(
    events: list[dict[str, Any]], wanted: dict[str, Any], places: tuple[str, ...]
) -> tuple[dict[str, tuple[str, ...]], dict[str, list[str | None]]]:
    """Return a filter on attributes as one on columns of orders, and these columns."""
    names = dict(zip(places, wanted, strict=False))
    values = {column: wanted[name] for column, name in names.items()}
    texts = {column: value if isinstance(value, list) else [value] for column, value in values.items()}
    matching = {column: tuple(str(each) for each in value) for column, value in texts.items()}
    return matching, {column: [_attribute(event, name) for event in events] for column, name in names.items()}


def _attribute(event: dict[str, Any], name: str) -> str | None:
    value = event.get(name)
    return None if value is None else str(value)


def waiting_time(case: dict[str, Any]) -> dict[str, Any]:
    """Return what this version says of a case of response_time_cases.json with a start and opening hours.

    calendar_seconds: by a clock on the wall. business_seconds, business_minutes: within the hours, without pauses.
    margin_minutes: what is left of the first target, which is that of the first response. due_at: when each target is used.
    """
    if "calendar" not in case:
        return {}
    zone = case["calendar"]["tz"]
    since, until = (_in_zone(case[each], zone) if case[each] else None for each in ("start", "end"))
    assert since
    clock = Clock(_hours(case["calendar"]), since.date() - timedelta(days=7), since.date() + timedelta(days=400))
    pauses = [(_in_zone(begin, zone), _in_zone(end, zone)) for begin, end in case["pauses"]]
    targets = case["sla_minutes"] or []
    answer: dict[str, Any] = {"due_at": {str(each): _due(clock, since, each, pauses) for each in targets}}
    if until:
        used = clock.used(since, until, pauses)
        answer |= {"business_seconds": used, "business_minutes": int(used // 60)}
        answer["calendar_seconds"] = max((_moment(case["end"]) - _moment(case["start"])).total_seconds(), 0.0)
        answer["margin_minutes"] = {str(each): each - int(used // 60) for each in targets[:1]}
    return answer


def _hours(calendar: dict[str, Any]) -> OpeningHours:
    """Return the opening hours of a case; 00:00 as an end is the end of the day."""
    days = [calendar["hours"].get(day, ()) for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")]
    weekdays = tuple(tuple((_second(begin), _second(end) or DAY) for begin, end in day) for day in days)
    closed = frozenset(date.fromisoformat(day) for day in calendar.get("holidays", ()))
    return OpeningHours(weekdays, closed, calendar["tz"])


def _second(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 3600 + int(minutes) * 60


def _in_zone(text: str, zone: str) -> datetime:
    return _moment(text).astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def _due(clock: Clock, since: datetime, minutes: int, pauses: list[tuple[datetime, datetime]]) -> str | None:
    due = clock.due(since, minutes * 60, pauses)
    return (
        due.replace(tzinfo=ZoneInfo(clock.hours.zone)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if due else None
    )


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def cohort_counts(
    path: str | Path, *, period: str = "month", calendar: str = "gregorian", refunds: str = "exclude"
) -> list[list[int]]:
    """Load a file with nothing but the automatic matching and return customers in period 0, 1, 2, … per cohort.

    The running last period is included.
    """

    def ask(engine: DuckDBEngine) -> list[list[int]]:
        load(engine, understand_file(engine, Path(path)), LOADED_AT)
        filters = Filters(count_refunds=refunds != "exclude")
        return cohort_retention(engine, CohortQuestion(Period(period, calendar), filters=filters)).counts()

    return _with_engine(ask)


def upload(path: str | Path) -> dict[str, Any]:
    """Load any file automatically; say which table it is, what became of its rows, and what we would ask."""

    def ask(engine: DuckDBEngine) -> dict[str, Any]:
        understood = understand_file(engine, Path(path))
        answer: dict[str, Any] = {
            "table": understood.match.table.name,
            "rows_read": understood.staged.rows_read,
            "columns": understood.match.headers,
            "questions": [
                f"{each.header}: {' or '.join(reading.words for reading in each.readings)}?"
                for each in understood.open_questions
            ],
        }
        try:
            report = load(engine, understood, LOADED_AT)
        except QuestionOpen:
            return answer | {"rows_kept": 0, "rows_rejected": 0}
        return answer | {"rows_kept": report.rows_kept, "rows_rejected": report.rows_rejected}

    return _with_engine(ask)


def first_look(path: str | Path) -> dict[str, Any]:
    """Return what the upload page shows of a file when nobody clicks anything but Load.

    table, columns {canonical: header}, questions {what is asked about: words}, open [what must still be answered],
    customer_choice [headers], warnings [words], rules [words of the switches that would leave rows out], derived (what
    is computed, not read), known_export (name or empty), refused (words, where it is), rows_read, kept, rejected, and
    facts once it is loaded (empty while a question is open).
    """
    empty: dict[str, Any] = {
        "table": "",
        "columns": {},
        "questions": {},
        "open": [],
        "customer_choice": [],
        "warnings": [],
        "rules": [],
    }
    empty |= {"derived": "", "known_export": "", "refused": "", "rows_read": 0, "kept": 0, "rejected": 0, "facts": {}}

    def ask(engine: DuckDBEngine) -> dict[str, Any]:
        try:
            return empty | _looked_at(engine, one_table(engine, read_file(Path(path), engine.staging)))
        except RetentionError as error:
            return empty | {"refused": str(error)}

    return _with_engine(ask)


def _looked_at(engine: DuckDBEngine, staged: StagedTable) -> dict[str, Any]:
    understood = understand(engine, staged)
    sample = sample_values(engine, staged)
    answer: dict[str, Any] = {
        "table": understood.match.table.name,
        "columns": understood.match.headers,
        "questions": {each.column: each.words or f"How is “{each.header}” written?" for each in understood.questions},
        "open": [each.column for each in understood.open_questions],
        "customer_choice": [each.header for each in customer_columns(engine, understood, sample)],
        "warnings": [f"{each.found} {each.effect}" for each in findings(engine, understood, LOADED_AT.date())],
        "rules": [rule.words for rule in understood.rules],
        "derived": derived_words(understood),
        "known_export": understood.known.name if understood.known else "",
        "rows_read": staged.rows_read,
    }
    if understood.open_questions:
        return answer
    try:
        report = load(engine, understood, LOADED_AT)
    except RetentionError as error:
        return answer | {"refused": str(error)}
    facts = _facts(engine, report.table)
    return answer | {"kept": report.rows_kept, "rejected": report.rows_rejected, "facts": facts}


_FACTS = {
    "orders": "count(*) AS orders, count(DISTINCT customer_key) AS customers, sum(amount)::DOUBLE AS revenue, "
    "min(day)::VARCHAR AS first_day, max(day)::VARCHAR AS last_day FROM orders",
    "complaints": "count(*) AS complaints, count(DISTINCT customer_key) AS customers, min(day)::VARCHAR AS first_day, "
    "max(day)::VARCHAR AS last_day, count(first_response_at) AS answered, count(resolved_at) AS resolved, "
    "sum(epoch(first_response_at) - epoch(opened_at)) FILTER (first_response_at >= opened_at) AS wait_first, "
    "sum(epoch(resolved_at) - epoch(opened_at)) FILTER (resolved_at >= opened_at) AS wait_resolved FROM complaints",
    "satisfaction": "count(*) AS answers, count(DISTINCT customer_key) AS customers, min(day)::VARCHAR AS first_day, "
    "max(day)::VARCHAR AS last_day, sum(score)::DOUBLE AS score_sum FROM satisfaction",
    "customers": "count(DISTINCT customer_key) AS customers FROM stored_customers",
}


def _facts(engine: DuckDBEngine, table: str) -> dict[str, Any]:
    row = engine.query(f"SELECT {_FACTS[table]}").iloc[0]
    return {
        name: None if pd.isna(value) else getattr(value, "item", lambda value=value: value)()
        for name, value in row.items()
    }


def read_table(path: str | Path) -> list[list[str]]:
    """Return the first table of a file as found: the header first, all text, before matching and typing.

    A file that holds nothing at all is an empty list; any other that cannot be read raises the project's own error.
    """
    if not Path(path).stat().st_size:
        return []
    with tempfile.TemporaryDirectory() as folder:
        table = read_file(Path(path), Path(folder), keep_empty=True)[0]
        rows = pq.read_table(table.path).sort_by("row_number").to_pylist()
    return [list(table.header), *([row[f"c{index}"] for index in range(len(table.header))] for row in rows)]


def claims(paths: list[str | Path]) -> list[dict[str, Any]]:
    """Load files by the automatic matching and return what the pages say with their default switches.

    One dict for each sentence that may state a comparison: page, sentence, claimed (whether a difference is claimed),
    direction (“more”, “fewer”, empty where none is claimed), n (customers compared; 0 where nothing is compared with).
    """

    def ask(engine: DuckDBEngine) -> list[dict[str, Any]]:
        for path in paths:
            load(engine, understand_file(engine, Path(path)), datetime.now(UTC).replace(tzinfo=None))
        return [*_claims_of_orders(engine), *_claims_of_answers(engine)]

    return _with_engine(ask)


def _claims_of_orders(engine: DuckDBEngine) -> list[dict[str, Any]]:
    back = return_within(engine, Filters())
    found = []
    for page, looks in (("overview", LOOKS_A_YEAR), ("cohort-retention", 1)):
        headline = back.headline(looks=looks)
        comparison = headline.comparison if headline else None
        compared = comparison if comparison and comparison.is_known else None
        if len(back.cohorts):
            found.append(_claim(page, back_within_sentence(back, headline), compared))
    table, headline = cohort_retention(engine, CohortQuestion()), back.headline()
    if not table.is_empty:
        used = headline.compare_with if headline and headline.compare_with else "last_year"
        question = CohortQuestion(filters=Filters(compare_with=used))
        changed = changes(replace(table, question=question))
        real = [change for change in changed if change.is_real]
        most = min(real or changed, key=lambda change: change.p_value, default=None)
        found.append(
            _claim(
                "cohort-retention", verdict(table, headline), most.comparison if most else None, is_claimed=bool(real)
            )
        )
    return found


def _claims_of_answers(engine: DuckDBEngine) -> list[dict[str, Any]]:
    answer = satisfaction_return(engine, ReturnQuestion())
    if answer.is_empty:
        return []
    alike = answer.alike
    is_claimed = alike.is_claimed and not alike.history_is_thin
    direction = ("more" if alike.low > 0 else "fewer") if is_claimed else ""
    stated = {
        "sentence": satisfaction_sentence(answer),
        "claimed": is_claimed,
        "direction": direction,
        "n": alike.compared,
    }
    return [{"page": page, **stated} for page in ("overview", "came-back")]


def _claim(
    page: str, sentence: str, comparison: Comparison | None, *, is_claimed: bool | None = None
) -> dict[str, Any]:
    claimed = bool(comparison and comparison.is_claimed) if is_claimed is None else is_claimed
    direction = ""
    if claimed and comparison:
        direction = "more" if comparison.first.rate > comparison.second.rate else "fewer"
    n = comparison.first.total + comparison.second.total if comparison else 0
    return {"page": page, "sentence": sentence, "claimed": claimed, "direction": direction, "n": n}


def _with_engine(ask: Callable[[DuckDBEngine], T]) -> T:
    engine = DuckDBEngine()
    try:
        return ask(engine)
    finally:
        engine.close()
