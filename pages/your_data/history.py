"""Which file gave these figures? Every upload of the workspace, with its rejected rows and a way back."""

import streamlit as st

from pages import menu
from pages.shared import session, show
from pages.your_data.in_cluster import show_cluster
from pages.your_data.keep_workspace import choose_time, offer_workspaces
from pages.your_data.uploads_listed import correct_scales, list_uploads, show_uploads, trace_customer
from retention_core.answers.answer import Answer
from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.ingestion.loading.rejects import upload_history
from retention_core.words.say import counted, say


def show_uploads_of(engine: DuckDBEngine, *, is_sample: bool) -> str:
    """Show what was uploaded, and offer to mend it; return in words how much there is."""
    uploads = upload_history(engine)
    held = counted("One upload in this workspace", "{n} uploads in this workspace", len(uploads))
    st.header(held if len(uploads) else say("Nothing is uploaded here yet"), anchor=False)
    if len(uploads):
        show_uploads(uploads)
        list_uploads(workspace, uploads)
    else:
        st.page_link(menu.UPLOAD.script, label=say("Upload a spreadsheet"), icon=":material/upload:")
    if not is_sample:
        correct_scales(engine)
    if len(uploads):
        trace_customer(engine)
    return held


workspace = session.current()
st.title(say("Which file gave these figures?"), anchor=False)
if workspace.cluster:
    held = show_cluster(workspace.cluster)
else:
    held = show_uploads_of(workspace.in_files(), is_sample=workspace.is_sample)
offer_workspaces(workspace)
if not workspace.is_sample and not workspace.cluster:
    choose_time(workspace.in_files())
terms = ("Workspace", "Row read, kept, rejected", "Rows of the future", "Row number", "Understood as")
show.how_counted(Answer(say("Which file gave these figures?"), held, terms=terms))
