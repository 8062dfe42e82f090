"""What stands around every page: its setup, the menu, the bar of filters, and what the link asks for in vain."""

import streamlit as st

from pages import menu
from pages.shared import filters, links
from pages.shared.charts import IMAGES, wordmark
from pages.shared.messages import errors_shown, plain, require_workspace, say_private_is_gone, unavailable_shown

st.set_page_config(page_icon=str(IMAGES / "icon.svg"), layout="wide")
st.logo(wordmark(), size="large")

sections: dict[str, list] = {}
for each in menu.PAGES:
    is_first = each is menu.PAGES[0]
    page = st.Page(each.script, title=each.title, url_path=each.link or None, default=is_first)
    sections.setdefault(each.section, []).append(page)
page = st.navigation(sections, position="top")
st.set_page_config(page_title=f"{page.title} – Comeback")

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
        if page.url_path not in (menu.UPLOAD.link, menu.HISTORY.link):
            filters.require_order(st.session_state["_filters"])
        page.run()
    finally:
        links.say_what_is_missing(notes, f"{page.url_path} {workspace.name}", link, filters.labels())
