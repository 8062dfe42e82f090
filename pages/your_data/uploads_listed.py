"""The uploads of a workspace: what became of their rows, what can be corrected about them, and the way back from a figure."""

import pandas as pd
import streamlit as st

from pages.shared import show
from pages.shared.messages import errors_shown, plain
from pages.your_data.upload_report import future_words, rejects_download
from retention_core.answers.answer import Column, Table
from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.ingestion.loading import load
from retention_core.ingestion.loading.set_scale import scales_loaded, set_scale
from retention_core.ingestion.loading.trace import rows_of_customer
from retention_core.tables import SCALES, TABLES
from retention_core.words.numbers import whole
from retention_core.words.say import Number, counted, say
from retention_core.workspace import Workspace


def show_uploads(uploads: pd.DataFrame) -> None:
    """Show every upload, as a table."""
    columns = _upload_columns()
    if not uploads["future_rows"].any():
        columns = {name: column for name, column in columns.items() if not name.startswith("future_")}
    show.table(
        Table("uploads", lambda: uploads, columns, alt=say("Uploads of this workspace"), shown=_with_tables_in_words)
    )


def list_uploads(workspace: Workspace, uploads: pd.DataFrame) -> None:
    """Offer for each upload what can be done with it: get its rejected rows, undo it, count what lies in the future."""
    engine = workspace.in_files()
    for each in uploads.itertuples():
        if workspace.is_sample and not each.rows_rejected:
            continue
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"{whole(each.upload_id)} · {plain(each.file_name)} {plain(each.sheet)}")
            if each.rows_rejected:
                rejects_download(engine, each.upload_id)
            if not workspace.is_sample:
                _undo_button(engine, each.upload_id, each.rows_kept)
            if each.future_rows and not workspace.is_sample:
                _future_button(engine, each.upload_id, counts=each.future_counts)
        if words := future_words(each.table_name, each.future_rows, counts=each.future_counts):
            st.caption(plain(words))


def correct_scales(engine: DuckDBEngine) -> None:
    """Let a person say on which scale the answers of each upload are; nothing where there are none."""
    scales = scales_loaded(engine)
    if scales.empty:
        return
    st.subheader(say("On which scale are the answers?"), anchor=False)
    words = {top: say(scale) for top, scale in SCALES.items()}
    for each in scales.itertuples():
        marked = None if pd.isna(each.marked) else str(each.marked)
        key = f"scale_{each.upload_id}_{marked}"
        st.selectbox(
            plain(_answers_words(each.upload_id, marked, each.answers, each.lowest, each.highest)),
            list(SCALES),
            index=None if pd.isna(each.scale_top) else list(SCALES).index(int(each.scale_top)),
            format_func=words.__getitem__,
            key=key,
            on_change=_set_scale,
            args=(engine, each.upload_id, marked, key),
            width=320,
        )


def trace_customer(engine: DuckDBEngine) -> None:
    """Show from which file and row every row of one customer came."""
    st.subheader(say("Which file and row gave this figure?"), anchor=False)
    customer = st.text_input(say("Customer"), key="traced", width=320, placeholder=say("As the file writes the id"))
    if not customer:
        return
    rows = rows_of_customer(engine, customer)
    if rows.empty:
        st.caption(say("No upload of this workspace has a row of this customer."))
        return
    show.table(
        Table(
            "rows_of_customer",
            lambda: rows,
            _trace_columns(),
            alt=say("Rows of this customer"),
            shown=_with_tables_in_words,
        )
    )


def _upload_columns() -> dict[str, Column]:
    return {
        "upload_id": Column(say("Upload"), "count"),
        "loaded_at": Column(say("Loaded"), "moment"),
        "file_name": Column(say("File")),
        "sheet": Column(say("Sheet")),
        "table_name": Column(say("Loaded as")),
        "rows_read": Column(say("Rows read"), "count"),
        "rows_kept": Column(say("Kept"), "count"),
        "rows_rejected": Column(say("Rejected"), "count"),
        "rows_stored": Column(say("Rows made of them"), "count"),
        "future_rows": Column(say("Later than loaded"), "count"),
        "future_counts": Column(say("These count"), "truth"),
    }


def _trace_columns() -> dict[str, Column]:
    counts = say("Empty where a later upload replaced it, or where it lies in the future.")
    return {
        "table_name": Column(say("Loaded as")),
        "moment": Column(say("When"), "moment"),
        "figure": Column(say("Amount or score"), "number"),
        "file_name": Column(say("File")),
        "sheet": Column(say("Sheet")),
        "row_number": Column(say("First row"), "count"),
        "line_count": Column(say("Rows that went into it"), "count"),
        "is_in_force": Column(say("Counts"), "truth", help=counts),
    }


def _with_tables_in_words(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(table_name=[say(TABLES[name].within) if name in TABLES else name for name in rows["table_name"]])


def _undo_button(engine: DuckDBEngine, upload_id: int, rows: int) -> None:
    """Offer to undo an upload, asking once, since only the file itself brings its rows back."""
    with st.popover(say("Undo …"), icon=":material/undo:", type="tertiary", key=f"undoes_{upload_id}"):
        st.caption(say("Its rows are gone from this workspace until the file is uploaded again."))
        st.button(
            counted(
                "Undo upload {upload}: {n} row", "Undo upload {upload}: {n} rows", int(rows), upload=int(upload_id)
            ),
            key=f"undo_{upload_id}",
            on_click=_undo,
            args=(engine, upload_id),
        )


def _undo(engine: DuckDBEngine, upload_id: int) -> None:
    with errors_shown():
        load.undo(engine, upload_id)


def _future_button(engine: DuckDBEngine, upload_id: int, *, counts: bool) -> None:
    left_out = say("Leave out what lies in the future")
    st.button(
        left_out if counts else say("What lies in the future is right: count it"),
        icon=":material/event:",
        key=f"future_{upload_id}",
        type="tertiary",
        on_click=_count_future,
        args=(engine, upload_id),
        kwargs={"is_right": not counts},
    )


def _count_future(engine: DuckDBEngine, upload_id: int, *, is_right: bool) -> None:
    with errors_shown():
        load.count_future(engine, upload_id, is_right=is_right)


def _answers_words(upload_id: int, marked: str | None, answers: int, lowest: float, highest: float) -> str:
    """Say which answers are meant. marked: by which word in the column of the scale, if any."""
    low, high = Number(f"{lowest:g}"), Number(f"{highest:g}")
    if marked:
        return counted(
            "Upload {upload} {mark}: {n} score, {low} to {high}",
            "Upload {upload} {mark}: {n} scores, {low} to {high}",
            int(answers),
            upload=int(upload_id),
            mark=marked,
            low=low,
            high=high,
        )
    return counted(
        "Upload {upload}: {n} score, {low} to {high}",
        "Upload {upload}: {n} scores, {low} to {high}",
        int(answers),
        upload=int(upload_id),
        low=low,
        high=high,
    )


def _set_scale(engine: DuckDBEngine, upload_id: int, marked: str | None, key: str) -> None:
    with errors_shown():
        set_scale(engine, upload_id, st.session_state[key], marked)
