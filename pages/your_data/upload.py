"""From my file to right figures in a minute."""

from functools import partial

import streamlit as st

from pages import menu
from pages.shared import session
from pages.shared.messages import errors_shown, plain, show_error
from pages.your_data.in_cluster import say_rows_lie_in_cluster
from pages.your_data.upload_asking import ask_questions, choose_customer
from pages.your_data.upload_loading import load_button, show_findings, show_preview
from pages.your_data.upload_matching import choose_left_out, choose_matches, understood_as
from pages.your_data.upload_reading import choose_sheet, staged_tables
from pages.your_data.upload_report import report_of, show_report
from pages.your_data.upload_together import show_plan, tables_of
from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.errors import RetentionError
from retention_core.ingestion.loading.templates import LANGUAGES, template
from retention_core.tables import TABLES
from retention_core.words.lists import sentences
from retention_core.words.say import say
from retention_core.workspace import Workspace


def upload(workspace: Workspace, engine: DuckDBEngine) -> None:
    """Take files, ask what is unclear, and load them into a workspace; those for the sample go to the private one."""
    if workspace.is_sample or workspace.name == session.PRIVATE:
        where = say("They go into a private workspace that only this tab sees and never leave this machine.")
    else:
        where = say("They go into {workspace} and never leave this machine.", workspace=workspace.name)
    what = say("Orders, complaints or satisfaction answers, as they come out of your shop, till, CRM or help desk.")
    st.write(plain(sentences([what, where])))

    files = st.file_uploader(
        say("Choose files"),
        accept_multiple_files=True,
        key="files",
        help=say(
            "Excel (.xlsx, .xlsm, .xls, .ods), CSV and other delimited text, Parquet, JSON lines, also as .zip or .gz of one "
            "file."
        ),
    )
    if not files:
        st.page_link(
            menu.OVERVIEW.script,
            label=say("Or look at the sample shop first"),
            icon=":material/storefront:",
            query_params={"workspace": session.SAMPLE},
        )
        with st.popover(say("Or fill in a template"), icon=":material/grid_on:", type="tertiary", key="templates"):
            st.caption(say("A workbook with three example rows to type over, and a sheet that explains each column."))
            for name, each in TABLES.items():
                with st.container(horizontal=True, vertical_alignment="center"):
                    for language, label in LANGUAGES.items():
                        st.download_button(
                            say("{table} · {language}", table=say(each.title), language=label),
                            partial(template, name, language),
                            f"comeback_{name}_{language}.xlsx",
                            on_click="ignore",
                            type="tertiary",
                            icon=":material/download:",
                            key=f"template_{name}_{language}",
                        )

    is_one_plan = show_plan(engine, tables_of(engine, files))
    if is_one_plan:
        apart = st.toggle(say("Look at each file, and load them one by one"), key="one_by_one")

    for file in [] if is_one_plan and not apart else files:
        with st.container(border=True), errors_shown():
            table = choose_sheet(engine, staged_tables(engine, file), file.file_id)
            if report := report_of(engine, table):
                show_report(engine, table, report)
                continue
            try:
                choices = choose_matches(engine, table)
                understood = understood_as(engine, table, choices)
            except RetentionError as error:
                show_error(error)
                st.caption(
                    say(
                        "If the file holds something else, choose it above; else open the columns and choose them there."
                    )
                )
                continue
            choose_customer(engine, understood)
            show_preview(engine, understood)
            ask_questions(understood)
            choose_left_out(understood)
            show_findings(engine, understood)
            load_button(engine, understood)


st.title(say("From my file to right figures in a minute"), anchor=False)
st.header(say("Upload a spreadsheet"), anchor=False)
workspace = session.current()
if workspace.cluster:
    say_rows_lie_in_cluster(workspace.cluster)
else:
    mine = session.open_workspace(session.PRIVATE) if workspace.is_sample else workspace
    upload(workspace, mine.in_files())
