"""Several files, or sheets of one, that belong together: one plan, one button, one report."""

from typing import Any

import streamlit as st

from pages.shared import session
from pages.shared.messages import plain, show_error
from pages.your_data.upload_loading import load_into, show_findings
from pages.your_data.upload_reading import once, staged_tables
from pages.your_data.upload_report import report_of, show_report
from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.errors import RetentionError
from retention_core.ingestion.reading.staged import StagedTable
from retention_core.ingestion.understanding.together import Plan, plan
from retention_core.words.say import say


def tables_of(engine: DuckDBEngine, files: list[Any]) -> list[StagedTable]:
    """Return the tables of all files that can be read; each is read once per tab."""
    found = list[StagedTable]()
    for file in files:
        try:
            found += staged_tables(engine, file, asks=False)
        except RetentionError:
            continue  # said in the file's own box
    return found


def show_plan(engine: DuckDBEngine, tables: list[StagedTable]) -> bool:
    """Show how several tables load together, and load them on one click; tell whether there is such a plan."""
    if len(tables) < 2:
        return False
    key = (tuple(str(table.path) for table in tables), str(engine.staging))
    with st.spinner(say("Looking how the files belong together …")):
        found = once("_plans", key, lambda: plan(engine, tables))
    if found is None:
        return False
    with st.container(border=True):
        st.markdown(say("**These {n} tables belong together:** {plan}", n=len(tables), plan=plain(found.words)))
        _load_all(engine, found)
    return True


def _load_all(engine: DuckDBEngine, found: Plan) -> None:
    reports = [(each, report_of(engine, each.staged)) for each in found.loads]
    for each, report in reports:
        if report is not None:
            show_report(engine, each.staged, report, is_last=each is found.loads[-1])
    waiting = [each for each, report in reports if report is None]
    for each in waiting:
        show_findings(engine, each, is_alone=False)
    if not waiting or not st.button(
        say("Load them together"), type="primary", icon=":material/check:", key="load_together"
    ):
        return
    for each in waiting:
        try:
            st.session_state[f"_report_{each.staged.path}"] = load_into(engine, each)
        except RetentionError as error:
            show_error(error)
            return
    if session.current().is_sample:
        session.switch_to(session.PRIVATE)
    st.rerun()
