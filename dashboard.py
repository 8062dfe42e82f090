"""Comeback: do customers come back? The entry of the dashboard: page setup, menu, shared filters, the page."""

import streamlit as st

from app_pages.shared import filters, links
from app_pages.shared.charts import wordmark
from app_pages.shared.messages import errors_shown, plain, require_workspace, say_private_is_gone, unavailable_shown

st.set_page_config(page_title="Comeback", page_icon="app_pages/shared/images/icon.svg", layout="wide")
st.logo(wordmark(), size="large")

your_data = [
    st.Page("app_pages/your_data/upload.py", title="Upload", url_path="upload"),
    st.Page("app_pages/your_data/history.py", title="History", url_path="history"),
]
page = st.navigation(
    {
        "": [st.Page("app_pages/overview/overview.py", title="Overview", default=True)],
        "Customers": [
            st.Page("app_pages/customers/cohort_retention.py", title="Cohort retention", url_path="cohort-retention")
        ],
        "Complaints": [
            st.Page("app_pages/complaints/response_times.py", title="Response times", url_path="response-times")
        ],
        "Satisfaction": [
            st.Page("app_pages/satisfaction/came_back.py", title="Did they come back?", url_path="came-back"),
        ],
        "Your data": your_data,
    },
    position="top",
)
with errors_shown():
    require_workspace()
    link, notes = links.asked(), st.container()
    with unavailable_shown():
        workspace, st.session_state["_filters"] = filters.bar()
    st.session_state["_workspace"] = workspace
    say_private_is_gone(workspace)
    for doubt in workspace.engine.doubts:
        st.warning(plain(doubt), icon=":material/visibility:")
    try:
        if page not in your_data:
            filters.require_order(st.session_state["_filters"])
        page.run()
    finally:
        links.say_what_is_missing(notes, f"{page.url_path} {workspace.name}", link, filters.labels())
