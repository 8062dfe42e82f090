"""Which file gave these figures? Every upload of the workspace, with its rejected rows and a way back."""

import streamlit as st

from pages import menu
from pages.shared import session, show
from pages.your_data.keep_workspace import choose_time, offer_workspaces
from pages.your_data.uploads_listed import correct_scales, list_uploads, show_uploads, trace_customer
from retention_core.answers.answer import Answer
from retention_core.ingestion.loading.rejects import upload_history
from retention_core.words.say import counted, say

workspace = session.current()
uploads = upload_history(workspace.engine)
st.title(say("Which file gave these figures?"), anchor=False)
held = counted("One upload in this workspace", "{n} uploads in this workspace", len(uploads))
st.header(held if len(uploads) else say("Nothing is uploaded here yet"), anchor=False)
if len(uploads):
    show_uploads(uploads)
    list_uploads(workspace, uploads)
else:
    st.page_link(menu.UPLOAD.script, label=say("Upload a spreadsheet"), icon=":material/upload:")
if not workspace.is_sample:
    correct_scales(workspace.engine)
if len(uploads):
    trace_customer(workspace.engine)
offer_workspaces(workspace)
if not workspace.is_sample:
    choose_time(workspace.engine)
terms = ("Workspace", "Row read, kept, rejected", "Rows of the future", "Row number", "Understood as")
show.how_counted(Answer(say("Which file gave these figures?"), held, terms=terms))
