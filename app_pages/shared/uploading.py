"""The four steps of an upload: choose a file, see what we understood, answer what we ask, read the result."""

import tempfile
from collections.abc import Callable
from pathlib import Path, PurePath
from typing import TypeVar

import pandas as pd
import streamlit as st

from app_pages.shared import cards, session
from app_pages.shared.messages import plain, show_error
from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.errors import RetentionError
from retention_core.ingestion.check_rows import findings
from retention_core.ingestion.load import UploadReport, load, undo
from retention_core.ingestion.match_columns import match_columns, match_table, with_choices
from retention_core.ingestion.preview import preview
from retention_core.ingestion.read_file import read_file
from retention_core.ingestion.rejects import rejected_rows, upload_history
from retention_core.ingestion.remembered import remembered
from retention_core.ingestion.staged import StagedTable
from retention_core.ingestion.understand import Choices, Understanding, sample_values, understand
from retention_core.tables import TABLES
from retention_core.wording import counted, whole

T = TypeVar("T")
NONE = "–"
CHARTS = {
    "orders": ("app_pages/customers/cohort_retention.py", "See whether they come back"),
    "complaints": ("app_pages/complaints/response_times.py", "See how long they wait"),
    "satisfaction": ("app_pages/satisfaction/came_back.py", "See whether the satisfied return"),
    "customers": ("app_pages/customers/cohort_retention.py", "See whether they come back"),
}


def staged_tables(engine: DuckDBEngine, file) -> list[StagedTable]:  # type: ignore[no-untyped-def]
    """Return the tables of an uploaded file, read once per tab; one that cannot be read raises every time."""
    known = st.session_state.setdefault("_staged", {})
    key = (file.file_id, str(engine.folder))
    if key not in known:
        with st.spinner(f"Reading {plain(file.name)} …", show_time=True):
            known[key] = _read(engine, file)
    if isinstance(known[key], RetentionError):
        raise known[key]
    return known[key]


def _read(engine: DuckDBEngine, file) -> list[StagedTable] | RetentionError:  # type: ignore[no-untyped-def]
    with tempfile.TemporaryDirectory(prefix="comeback-upload-") as folder:
        path = Path(folder) / f"upload{PurePath(file.name).suffix}"
        with path.open("wb") as out:
            while chunk := file.read(1 << 20):
                out.write(chunk)
        try:
            return read_file(path, engine.staging, file.name)
        except RetentionError as error:
            return error


def choose_matches(engine: DuckDBEngine, staged: StagedTable) -> Choices:
    """Show which table and columns we took the file for, and return what the person has changed."""
    place = staged.path.stem
    sample = _sample(engine, staged)
    last_time = _once("_remembered", staged, lambda: remembered(engine, staged))
    guess = last_time.table if last_time else _guess(engine, staged)
    st.markdown(f"**{plain(staged.title)}** – {counted(staged.rows_read, 'row')}, read as {plain(staged.reading)}")
    names = list(TABLES)
    table = st.segmented_control(
        "It holds", names, format_func=str.capitalize, default=guess, key=f"table_{place}", required=True
    )
    found = match_columns(sample, TABLES[table])
    if last_time and last_time.table == table:
        found = with_choices(found, last_time.columns or {})
        st.caption("Matched and read as the last file with these columns was.")
    columns: dict[str, str | None] = {}
    keys = {column.name: f"match_{place}_{table}_{column.name}" for column in found.table.columns}
    used = [st.session_state.get(key, found.headers.get(name, NONE)) for name, key in keys.items()]
    with st.expander(
        _matched_words([header for header in used if header != NONE], staged),
        icon=":material/table_edit:",
        expanded=bool(found.missing),
    ):
        st.caption("What each column is taken for. Change what is wrong; nothing is loaded until you say so.")
        boxes = st.columns(3)
        for index, column in enumerate(found.table.columns):
            header = found.headers.get(column.name)
            options = [NONE, *staged.header]
            confidence = next((each.confidence for each in found.matches if each.column == column.name), None)
            label = plain(column.label) + (" *(required)*" if column.is_required else "")
            chosen = boxes[index % 3].selectbox(
                label,
                options,
                index=options.index(header) if header else 0,
                key=keys[column.name],
                help=f"Confidence {confidence:.0%}" if confidence else "No column of the file looks like this.",
            )
            columns[column.name] = None if chosen == NONE else chosen
    answers = dict(last_time.readings or {}) if last_time and last_time.table == table else {}
    answers |= {
        str(key).removeprefix(f"answer_{place}_"): value
        for key, value in st.session_state.items()
        if str(key).startswith(f"answer_{place}_") and value
    }
    return Choices(table, columns, answers)


def show_preview(engine: DuckDBEngine, understood: Understanding) -> None:
    """Show the first rows, each value as it stands in the file beside what we take it for."""
    frame = preview(engine, understood)
    config = {"row_number": st.column_config.NumberColumn("Row", pinned=True)}
    st.dataframe(
        frame,
        hide_index=True,
        height=246,
        alt="The first rows as they stand and as understood",
        column_config=config,
        key=f"preview_{understood.staged.path.stem}",
    )


def ask_questions(understood: Understanding) -> None:
    """Ask what only a person can know, with both readings of real values side by side."""
    for question in understood.questions:
        with st.container(border=True):
            st.markdown(f"**How is “{plain(question.header)}” written?** Both readings fit every value.")
            one, two = question.readings
            rows = pd.DataFrame(
                [(raw, *readings) for raw, readings in question.examples.items()],
                columns=["In the file", one.words, two.words],
            )
            st.dataframe(
                rows,
                hide_index=True,
                alt="The same values in both readings",
                width="content",
                key=f"readings_{understood.staged.path.stem}_{question.column}",
            )
            words = {
                reading.name: f"{reading.words}: {evidence}"
                for reading, evidence in zip(question.readings, question.evidence, strict=True)
            }
            st.radio(
                "It is",
                list(words),
                format_func=words.__getitem__,
                index=None,
                label_visibility="collapsed",
                key=f"answer_{understood.staged.path.stem}_{question.column}",
            )


def show_findings(engine: DuckDBEngine, understood: Understanding) -> None:
    """Say what looks odd, and what it would do to the charts."""
    known = st.session_state.setdefault("_findings", {})
    key = (understood.staged.path, repr((understood.match.headers, sorted(understood.readings))))
    if key not in known:
        known[key] = findings(engine, understood, session.today())
    for each in known[key]:
        st.warning(f"**{plain(each.found)}** {plain(each.effect)} {plain(each.advice)}", icon=":material/visibility:")


def load_button(engine: DuckDBEngine, understood: Understanding) -> None:
    """Offer to load; on a click load everything or nothing, and remember the report."""
    rows = counted(understood.staged.rows_read, "row")
    pressed = st.button(
        f"Load {rows} into {understood.match.table.name}",
        type="primary",
        icon=":material/check:",
        disabled=bool(understood.open_questions),
        key=f"load_{understood.staged.path.stem}",
    )
    if understood.open_questions:
        st.caption("Answer the question above first.")
    if not pressed:
        return
    try:
        with st.spinner(f"Loading {rows} …", show_time=True):
            report = load(engine, understood, session.now())
    except RetentionError as error:
        show_error(error)
        return
    st.session_state[f"_report_{understood.staged.path}"] = report
    if session.current().is_sample:
        session.switch_to(session.PRIVATE)
    st.rerun()


def report_of(engine: DuckDBEngine, staged: StagedTable) -> UploadReport | None:
    """Return the report of a table that was loaded from this tab and has not been undone since, here or elsewhere."""
    report: UploadReport | None = st.session_state.get(f"_report_{staged.path}")
    is_there = report is not None and report.upload_id in set(upload_history(engine)["upload_id"])
    return report if is_there else None


def show_report(engine: DuckDBEngine, staged: StagedTable, report: UploadReport) -> None:
    """Show what became of every row, and the ways on: the charts, the rejected rows, undo."""
    table = TABLES[report.table]
    st.markdown(
        f"**{plain(staged.title)}** is loaded: {counted(report.rows_stored, table.row)} from {counted(report.rows_kept, 'row')}."
    )
    read, kept, rejected = st.columns(3)
    cards.figure(read, "Rows read", whole(report.rows_read), term="Row read, kept, rejected")
    cards.figure(kept, "Kept", whole(report.rows_kept), term="Row read, kept, rejected", note=report.derived)
    cards.figure(
        rejected,
        "Rejected",
        whole(report.rows_rejected),
        term="Row read, kept, rejected",
        note=", ".join(f"{whole(count)} {reason}" for reason, count in list(report.reasons.items())[:3]),
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        page, label = CHARTS[report.table]
        st.page_link(page, label=label, icon=":material/arrow_forward:")
        if report.rows_rejected:
            rejects_download(engine, report.upload_id)
        st.button(
            "Undo this upload",
            icon=":material/undo:",
            key=f"undo_{report.upload_id}",
            type="tertiary",
            on_click=_undo,
            args=(engine, staged, report.upload_id),
        )


def rejects_download(engine: DuckDBEngine, upload_id: int) -> None:
    """Offer the rejected rows of an upload: their cells as they stood, with row number, column, value and reason."""
    st.download_button(
        "Download the rejected rows",
        lambda: cards.safe_csv(rejected_rows(engine, upload_id)),
        f"rejected_rows_{upload_id}.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
        key=f"rejects_{upload_id}",
        type="tertiary",
    )


def _undo(engine: DuckDBEngine, staged: StagedTable, upload_id: int) -> None:
    undo(engine, upload_id)
    st.session_state.pop(f"_report_{staged.path}", None)


def _matched_words(headers: list[str], staged: StagedTable) -> str:
    return f"{len(set(headers))} of {len(staged.header)} columns are used: {plain(', '.join(headers)) or NONE}"


def _once(kind: str, staged: StagedTable, work: Callable[[], T]) -> T:
    """Return what `work` gives for a staged table, worked out once per tab."""
    known: dict[Path, T] = st.session_state.setdefault(kind, {})
    if staged.path not in known:
        known[staged.path] = work()
    return known[staged.path]


def _sample(engine: DuckDBEngine, staged: StagedTable) -> dict[str, list[str]]:
    return _once("_samples", staged, lambda: sample_values(engine, staged))


def _guess(engine: DuckDBEngine, staged: StagedTable) -> str:
    def table_name() -> str:
        try:
            return match_table(_sample(engine, staged)).table.name
        except RetentionError:
            return "orders"

    return _once("_guesses", staged, table_name)


def understood_as(engine: DuckDBEngine, staged: StagedTable, choices: Choices) -> Understanding:
    """Return what is understood of a table under these choices, worked out once."""
    known = st.session_state.setdefault("_understood", {})
    key = (staged.path, repr(choices))
    if key not in known:
        with st.spinner("Looking at the columns …"):
            known[key] = understand(engine, staged, choices)
    return known[key]
