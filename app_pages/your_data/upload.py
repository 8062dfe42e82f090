"""From my file to right figures in a minute."""

import streamlit as st

from app_pages.shared import session
from app_pages.shared.messages import errors_shown, show_error
from app_pages.shared.uploading import (
    ask_questions,
    choose_matches,
    load_button,
    report_of,
    show_findings,
    show_preview,
    show_report,
    staged_tables,
    understood_as,
)
from retention_core.errors import RetentionError

st.caption("From my file to right figures in a minute")
st.header("Upload a spreadsheet", anchor=False)
workspace = session.current()
engine = session.open_workspace(session.PRIVATE).engine if workspace.is_sample else workspace.engine
where = (
    "a private workspace that only this tab sees"
    if workspace.is_sample or workspace.name == session.PRIVATE
    else workspace.name
)
st.write(
    f"Orders, complaints or satisfaction answers, as they come out of your shop, till, CRM or help desk. They go into {where} "
    "and never leave this machine."
)

files = st.file_uploader(
    "Choose files",
    accept_multiple_files=True,
    key="files",
    help="Excel (.xlsx, .xlsm, .xls, .ods), CSV and other delimited text, Parquet, JSON lines, also as .zip or .gz of one file.",
)
if not files:
    st.page_link(
        "app_pages/overview/overview.py",
        label="Or look at the sample shop first",
        icon=":material/storefront:",
        query_params={"workspace": session.SAMPLE},
    )

for file in files:
    with st.container(border=True), errors_shown():
        staged = staged_tables(engine, file)
        if len(staged) > 1:
            titles = {each.sheet: f"{each.sheet} ({each.rows_read:,} rows)" for each in staged}
            sheet = st.selectbox("Sheet", titles, format_func=titles.__getitem__, key=f"sheet_{file.file_id}")
            staged = [each for each in staged if each.sheet == sheet]
        table = staged[0]
        if report := report_of(engine, table):
            show_report(engine, table, report)
            continue
        try:
            choices = choose_matches(engine, table)
            understood = understood_as(engine, table, choices)
        except RetentionError as error:
            show_error(error)
            continue
        show_preview(engine, understood)
        ask_questions(understood)
        show_findings(engine, understood)
        load_button(engine, understood)
