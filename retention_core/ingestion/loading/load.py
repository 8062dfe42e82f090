"""Load an understood table: every record is kept or listed with its reason, all in one transaction."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

import duckdb

from retention_core.engines.duckdb_engine import DuckDBEngine, used
from retention_core.engines.rows_of_the_future import judge_future
from retention_core.engines.same_customer import join_ids
from retention_core.errors import AlreadyLoaded, NothingToLoad, RetentionError
from retention_core.ingestion.understanding.derived import derived_words
from retention_core.ingestion.understanding.money_unit import SETTING
from retention_core.ingestion.understanding.typed_rows import (
    problems,
    rejected_sql,
    stored_rows_sql,
    typed_sql,
)
from retention_core.ingestion.understanding.understand import Understanding
from retention_core.tables import TABLES
from retention_core.words.say import Number, counted, retold, say, stored


@dataclass(frozen=True)
class UploadReport:
    """What became of one upload.

    rows_read = rows_kept + rows_rejected, in records of the file. rows_stored: rows of the canonical table made of
    the kept records (lines of an invoice are added up). reasons: why records were rejected -> how many were. derived:
    what was computed rather than read. Both are said; whoever shows them says them `again`.
    future_rows: rows stored with a moment after the day of loading, which counts nowhere unless future_counts.
    """

    upload_id: int
    table: str
    rows_read: int
    rows_kept: int
    rows_rejected: int
    rows_stored: int
    reasons: dict[str, int]
    derived: str
    future_rows: int = 0
    future_counts: bool = False


Mode = Literal["add", "update", "replace"]


def load(
    engine: DuckDBEngine,
    understood: Understanding,
    loaded_at: datetime,
    mode: Mode = "add",
    *,
    future_counts: bool = False,
) -> UploadReport:
    """Load the table and return what became of its records.

    mode: `add` to what is there; `update`, where a row with the same number (or customer) counts instead of the one
    that was there; `replace`, where the rows of this file count instead of all others of the table. Rows that no
    longer count are kept, and count again when the upload is undone. future_counts: somebody has said that moments
    after the day of `loaded_at` are right; else they count nowhere.
    Raises QuestionOpen while a question is open, AlreadyLoaded where the same file and sheet is in the workspace,
    NothingToLoad where no record could be kept; then nothing has changed.
    """
    understood.require_settled()
    with engine.transaction() as cursor:
        if mode == "add":
            _refuse_twice(cursor, understood)
        upload_id = int(_one(cursor, "SELECT nextval('upload_ids')"))
        _reject(cursor, understood, upload_id)
        _number_customers(cursor, understood, upload_id)
        bound = {**understood.values, "upload_id": upload_id}
        bound |= {"closing": list(understood.events.closing)} if understood.events else {}
        bound |= {"closed": list(understood.closed), "marks": list(understood.scales)}
        bound |= {"scale_tops": list(understood.scales.values())}
        _execute(cursor, stored_rows_sql(understood), bound)
        _take_out_of_force(cursor, understood, upload_id, mode)
        report = _report(cursor, understood, upload_id)
        _keep_unit(cursor, understood)
        _log(cursor, understood, report, loaded_at)
        future_rows = judge_future(cursor.execute, upload_id, is_right=future_counts)
        if understood.match.table.name == "customers":
            join_ids(cursor)
    return replace(report, future_rows=future_rows, future_counts=future_counts)


def undo(engine: DuckDBEngine, upload_id: int) -> None:
    """Take everything that an upload brought out of the workspace again."""
    with engine.transaction() as cursor:
        for name in TABLES:
            cursor.execute(
                f"UPDATE stored_{name} SET replaced_by = NULL WHERE replaced_by = $upload_id", {"upload_id": upload_id}
            )
        for table in (*(f"stored_{name}" for name in TABLES), "rejected_rows", "uploads"):
            cursor.execute(f"DELETE FROM {table} WHERE upload_id = $upload_id", {"upload_id": upload_id})
        used = " UNION ".join(f"SELECT customer_key FROM stored_{name}" for name in TABLES)
        cursor.execute(
            "DELETE FROM customer_ids WHERE customer_key NOT IN "
            f"(SELECT customer_key FROM ({used} UNION SELECT other_key FROM stored_customers) "
            "WHERE customer_key IS NOT NULL)"
        )
        join_ids(cursor)


def count_future(engine: DuckDBEngine, upload_id: int, *, is_right: bool) -> None:
    """Count the rows of the future of an upload from now on, since somebody says they are right, or no longer."""
    with engine.transaction() as cursor:
        judge_future(cursor.execute, upload_id, is_right=is_right)


def _take_out_of_force(
    cursor: duckdb.DuckDBPyConnection, understood: Understanding, upload_id: int, mode: Mode
) -> None:
    """Mark the rows that count no longer since those of this upload do instead."""
    table = understood.match.table
    if mode == "add":
        return
    others = "replaced_by IS NULL AND upload_id <> $upload_id"
    if mode == "update":
        key = "customer_key" if table.key == "customer" else table.key
        others += f" AND {key} IN (SELECT {key} FROM stored_{table.name} WHERE upload_id = $upload_id)"
    cursor.execute(f"UPDATE stored_{table.name} SET replaced_by = $upload_id WHERE {others}", {"upload_id": upload_id})


def _refuse_twice(cursor: duckdb.DuckDBPyConnection, understood: Understanding) -> None:
    staged = understood.staged
    found = cursor.execute(
        "SELECT file_name, loaded_at FROM uploads WHERE sha256 = $sha256 AND sheet = $sheet AND upload_id IN "
        f"(SELECT upload_id FROM stored_{understood.match.table.name} WHERE replaced_by IS NULL)",
        {"sha256": staged.sha256, "sheet": staged.sheet},
    ).fetchone()
    if found:
        raise AlreadyLoaded(
            say("This file is loaded already."),
            say(
                "{file}, with the same content, was loaded on {day} at {time}.",
                file=found[0],
                day=found[1].date(),
                time=Number(f"{found[1]:%H:%M}"),
            ),
            say("Undo that upload first if you want to load it in another way."),
        )


def _reject(cursor: duckdb.DuckDBPyConnection, understood: Understanding, upload_id: int) -> None:
    """List the records of another width, and those with a value that is missing or cannot be read."""
    staged = understood.staged
    rows = [(upload_id, row.row_number, row.text, stored(row.reason)) for row in staged.malformed]
    if rows:
        cursor.executemany("INSERT INTO rejected_rows VALUES (?, ?, NULL, ?, ?, NULL)", rows)
    if not problems(understood):
        return
    sql, values = rejected_sql(understood)
    _execute(cursor, f"INSERT INTO rejected_rows {sql}", understood.values | values | {"upload_id": upload_id})


def _number_customers(cursor: duckdb.DuckDBPyConnection, understood: Understanding, upload_id: int) -> None:
    """Give every id of a customer that is new an integer key."""
    for column in ("customer", "other_id"):
        if column in understood.readings:
            _execute(
                cursor,
                f"""INSERT INTO customer_ids
                SELECT (SELECT coalesce(max(customer_key), 0) FROM customer_ids) + row_number() OVER (), id
                FROM (SELECT DISTINCT {column} AS id FROM ({typed_sql(understood, only=(column,))})
                      WHERE {column} IS NOT NULL AND row_number NOT IN
                      (SELECT row_number FROM rejected_rows WHERE upload_id = $upload_id)) AS ids
                WHERE NOT EXISTS (SELECT 1 FROM customer_ids WHERE customer = ids.id)""",
                {**understood.values, "upload_id": upload_id},
            )


def _report(cursor: duckdb.DuckDBPyConnection, understood: Understanding, upload_id: int) -> UploadReport:
    """Count what was stored and rejected, and refuse to go on unless it adds up to what was read."""
    table, values = understood.match.table, {"upload_id": upload_id}
    stored, kept = _row(
        cursor,
        f"SELECT count(*), coalesce(sum(line_count), 0) FROM stored_{table.name} WHERE upload_id = $upload_id",
        values,
    )
    counts = cursor.execute(
        "SELECT reason, count(*) FROM rejected_rows WHERE upload_id = $upload_id GROUP BY reason ORDER BY count(*) DESC",
        values,
    ).fetchall()
    reasons = {retold(reason): count for reason, count in counts}
    rejected, read = sum(reasons.values()), understood.staged.rows_read
    if not kept:
        raise NothingToLoad(
            say("No row of the file could be loaded."),
            counted(
                "{file} has {n} row; the most frequent reason: {reason}.",
                "{file} has {n} rows; the most frequent reason: {reason}.",
                read,
                file=understood.staged.title,
                reason=next(iter(reasons), None) or say("none"),
            ),
            say("Check which column is what, and how its dates and numbers are written."),
        )
    if kept + rejected != read:
        raise RetentionError(
            say("The upload was stopped because its rows do not add up."),
            say(
                "{read} rows were read, {kept} would be kept and {rejected} rejected.",
                read=read,
                kept=int(kept),
                rejected=rejected,
            ),
            say("Nothing was changed. This is a fault of Comeback: please report it with the file's layout."),
        )
    return UploadReport(
        upload_id, table.name, read, int(kept), rejected, int(stored), reasons, derived_words(understood)
    )


def _keep_unit(cursor: duckdb.DuckDBPyConnection, understood: Understanding) -> None:
    """Keep the unit of money with the workspace from the first upload on whose unit is known."""
    for unit in {reading.unit for reading in understood.readings.values() if reading.unit}:
        cursor.execute(
            "INSERT INTO settings SELECT $name, $unit WHERE NOT EXISTS (SELECT 1 FROM settings WHERE name = $name)",
            {"name": SETTING, "unit": unit},
        )


def _log(
    cursor: duckdb.DuckDBPyConnection, understood: Understanding, report: UploadReport, loaded_at: datetime
) -> None:
    staged = understood.staged
    events = {"resolved_at": list(understood.events.closing)} if understood.events else {}
    answered = {name: list(said) for name, said in understood.answered.items()}
    money: dict[str, str] = {"amount_of": understood.money.amount_of, "price_of": understood.money.price_of}
    money |= {"currency": understood.money.currency} if understood.money.currency else {}
    cursor.execute(
        "INSERT INTO uploads (upload_id, table_name, file_name, sheet, sha256, loaded_at, rows_read, rows_kept, "
        "rows_rejected, rows_stored, header, columns, readings, left_out) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            report.upload_id,
            report.table,
            staged.file_name,
            staged.sheet,
            staged.sha256,
            loaded_at,
            report.rows_read,
            report.rows_kept,
            report.rows_rejected,
            report.rows_stored,
            list(staged.header),
            json.dumps(understood.match.headers, ensure_ascii=False),
            json.dumps(
                {column: reading.name for column, reading in understood.readings.items()} | events | money | answered
            ),
            json.dumps({"rules": [rule.name for rule in understood.left_out], "text": understood.left_out_text}),
        ],
    )


def _execute(cursor: duckdb.DuckDBPyConnection, sql: str, values: Mapping[str, object]) -> duckdb.DuckDBPyConnection:
    return cursor.execute(sql, used(sql, values))


def _row(cursor: duckdb.DuckDBPyConnection, sql: str, values: Mapping[str, object] | None = None) -> tuple[Any, ...]:
    row: tuple[Any, ...] | None = _execute(cursor, sql, values or {}).fetchone()
    if row is None:
        raise LookupError(sql)
    return row


def _one(cursor: duckdb.DuckDBPyConnection, sql: str, values: Mapping[str, object] | None = None) -> Any:
    return _row(cursor, sql, values)[0]
