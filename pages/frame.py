"""What stands around every page: its setup, the menu, the bar, and what the link asks for in vain."""

import streamlit as st

from pages import menu
from pages.shared import bar, link, session
from pages.shared.charts import IMAGES, wordmark
from pages.shared.look import look
from pages.shared.messages import (
    errors_shown,
    plain,
    say_private_is_gone,
    say_what_is_missing,
    unavailable_shown,
    workspace_is_missing,
)
from pages.shared.waiting import leaving_when_unwanted

st.set_page_config(page_icon=str(IMAGES / "icon.svg"), layout="wide")
st.logo(wordmark(), size="large")
page = menu.chosen_page()
link.begin(page.url_path)
bar.speak_as_asked()


def frame() -> None:
    """Draw the bar and the page, and write into the address what they ask for; where that fails it stays as it was."""
    name = link.wanted("workspace", session.SAMPLE)
    if workspace_is_missing(name):
        return
    notes = st.container()
    with unavailable_shown(name), leaving_when_unwanted():
        workspace, filters = bar.bar(name, has_filters=menu.is_of_data(page))
        session.show_from_now(workspace, filters)
        say_private_is_gone(workspace)
        for doubt in workspace.engine.doubts:
            st.warning(plain(doubt), icon=":material/visibility:")
        if menu.is_of_data(page):
            bar.require_order(filters)
        page.run()
        say_what_is_missing(notes, link.missing())
        link.write()


with errors_shown():
    look()
    frame()
