"""The first step of an upload: the tables of a file, and which of its sheets is meant."""

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Any, TypeVar

import streamlit as st

from pages.shared import session
from pages.shared.messages import plain
from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.errors import RetentionError
from retention_core.ingestion.loading.upload import likeliest
from retention_core.ingestion.reading.read_file import read_file
from retention_core.ingestion.reading.staged import StagedTable
from retention_core.ingestion.understanding.joined_dates import with_joined_date
from retention_core.ingestion.understanding.readings import Question
from retention_core.ingestion.understanding.sheets import kind_of, parts_of, repeated_rows, stack
from retention_core.ingestion.understanding.understand import letters_question
from retention_core.words.numbers import whole
from retention_core.words.say import counted, say

T = TypeVar("T")


def once(kind: str, key: object, work: Callable[[], T]) -> T:
    """Return what `work` gives for a key, worked out once per tab."""
    known: dict[object, T] = st.session_state.setdefault(kind, {})
    if key not in known:
        known[key] = work()
    return known[key]


def options(question: Question) -> dict[str, str]:
    """Return the answers of a question as they are shown, each with what speaks for it: name -> words."""
    return {
        reading.name: plain(
            say("{answer}: {evidence}", answer=reading.words, evidence=evidence)
            if reading.words and evidence
            else reading.words or evidence
        )
        for reading, evidence in zip(question.readings, question.evidence, strict=True)
    }


def one_of(
    words: dict[str, str], key: str, on_change: Callable[..., None] | None = None, args: tuple[Any, ...] = ()
) -> str:
    """Let a person choose one of several answers, none of which is chosen before: name -> words; empty until then."""
    chosen = st.radio(
        say("It is"),
        list(words),
        index=None,
        format_func=words.__getitem__,
        key=key,
        on_change=on_change,
        args=args,
        label_visibility="collapsed",
    )
    return chosen or ""


def staged_tables(engine: DuckDBEngine, file, *, asks: bool = True) -> list[StagedTable]:  # type: ignore[no-untyped-def]
    """Return the tables of an uploaded file, read once per tab; one that cannot be read raises every time.

    asks: where several code pages give words, let a person say which is right.
    """
    letters = str(st.session_state.get(f"letters_{file.file_id}") or "")
    known = once("_staged", (file.file_id, letters, str(engine.staging)), lambda: _read(engine, file, letters))
    if isinstance(known, RetentionError):
        raise known
    if asks and (question := letters_question(known[0])):
        with st.container(border=True):
            st.markdown(f"**{plain(question.words)}**")
            one_of(options(question), f"letters_{file.file_id}")
    return [replace(each, encoding_samples={}) for each in known] if letters else known


def _read(engine: DuckDBEngine, file, letters: str) -> list[StagedTable] | RetentionError:  # type: ignore[no-untyped-def]
    """Read a file while its progress is shown; a click on Cancel ends it, as every other click does."""
    place = st.empty()
    with place.container(horizontal=True, vertical_alignment="center"), tempfile.TemporaryDirectory() as folder:
        shown = st.progress(0.0, plain(say("Reading {file} …", file=file.name)))
        st.button(
            say("Cancel"),
            key=f"cancel_{file.file_id}",
            on_click=st.session_state.__setitem__,
            args=("_cancelled", file.file_id),
        )
        if st.session_state.get("_cancelled") == file.file_id:
            st.session_state.pop("_cancelled")
            return RetentionError(
                say("Reading was cancelled."),
                say("{file} was not read.", file=file.name),
                say("Choose it again to read it."),
            )
        path = Path(folder) / f"upload{PurePath(file.name).suffix}"
        with path.open("wb") as out:
            while chunk := file.read(1 << 20):
                out.write(chunk)
        size = max(1, path.stat().st_size)

        def watch(written: int) -> None:  # a file packed tightly is read to more bytes than it has
            told = say("Reading {file}: {megabytes} MB so far", file=file.name, megabytes=whole(written / 1e6))
            shown.progress(written / (written + size), plain(told))

        try:
            file.seek(0)
            tables = read_file(path, session.staging_of_tab(engine), file.name, watch=watch, encoding=letters)
            return [with_joined_date(each) for each in tables]
        except RetentionError as error:
            return error
        finally:
            place.empty()


def choose_sheet(engine: DuckDBEngine, tables: list[StagedTable], file_id: str) -> StagedTable:
    """Return the sheet that a person means; sheets with the same columns may be put one under the other."""
    if len(tables) == 1:
        return tables[0]
    kinds = once(
        "_kinds", (file_id, str(engine.staging)), lambda: {each.sheet: kind_of(each, tables) for each in tables}
    )
    best = once("_best", (file_id, str(engine.staging)), lambda: _best(engine, tables, kinds))
    titles = {each.sheet: _title(each, kinds[each.sheet]) for each in tables}
    name = st.selectbox(
        say("Sheet"), titles, index=list(titles).index(best), format_func=titles.__getitem__, key=f"sheet_{file_id}"
    )
    table = next(each for each in tables if each.sheet == name)
    parts = [each for each in parts_of(table, tables) if kinds[each.sheet] == "data"]
    if len(parts) < 2 or table not in parts:
        return table
    together = st.toggle(
        say(
            "Load the {sheets} sheets with these columns as one table ({rows} rows)",
            sheets=len(parts),
            rows=sum(each.rows_read for each in parts),
        ),
        value=True,
        key=f"stack_{file_id}",
    )
    if not together:
        return table
    names = tuple(each.sheet for each in parts)
    again = once("_again", (file_id, names, str(engine.staging)), lambda: repeated_rows(parts))
    is_once = bool(again) and st.toggle(
        counted(
            "Count {n} row that stands on two of the sheets once",
            "Count {n} rows that stand on two of the sheets once",
            again,
        ),
        value=True,
        key=f"once_{file_id}",
    )
    return once("_stacked", (file_id, names, is_once, str(engine.staging)), lambda: stack(parts, once=is_once))


def _best(engine: DuckDBEngine, tables: list[StagedTable], kinds: dict[str, str]) -> str:
    return likeliest(engine, [each for each in tables if kinds[each.sheet] == "data"] or tables).sheet


def _title(table: StagedTable, kind: str) -> str:
    rows, sheet = table.rows_read, table.sheet
    if kind == "pivot":
        return counted(
            "{sheet} ({n} row): a pivot, not data", "{sheet} ({n} rows): a pivot, not data", rows, sheet=sheet
        )
    if kind == "dictionary":
        return counted(
            "{sheet} ({n} row): a dictionary, not data", "{sheet} ({n} rows): a dictionary, not data", rows, sheet=sheet
        )
    return counted("{sheet} ({n} row)", "{sheet} ({n} rows)", rows, sheet=sheet)
