"""The one list of pages: what the menu shows, and what links between pages and tests go by."""

from dataclasses import dataclass

import streamlit as st
from streamlit.navigation.page import Page

from pages.shared import link
from retention_core.words.language import language_of, speaking
from retention_core.words.say import say, sentence


@dataclass(frozen=True)
class MenuPage:
    """One page. script: its file in this folder. title: in menu and tab. section: of the menu. link: its address.

    needs: the table without which it shows nothing; empty where it needs none.
    """

    script: str
    title: str
    section: str
    link: str
    needs: str = ""


OVERVIEW = MenuPage("overview/overview.py", sentence("Overview"), "", "")
COHORTS = MenuPage(
    "customers/cohort_retention.py", sentence("Cohort retention"), sentence("Customers"), "cohort-retention", "orders"
)
TODAY = MenuPage("complaints/today.py", sentence("Today"), sentence("Complaints"), "complaints-today", "complaints")
WAITS = MenuPage(
    "complaints/response_times.py", sentence("Response times"), sentence("Complaints"), "response-times", "complaints"
)
DEPTH = MenuPage(
    "complaints/in_depth.py", sentence("In depth"), sentence("Complaints"), "complaints-in-depth", "complaints"
)
SCORES = MenuPage(
    "satisfaction/came_back.py", sentence("Did they come back?"), sentence("Satisfaction"), "came-back", "satisfaction"
)
UPLOAD = MenuPage("your_data/upload.py", sentence("Upload"), sentence("Your data"), "upload")
HISTORY = MenuPage("your_data/history.py", sentence("History"), sentence("Your data"), "history")

PAGES = (OVERVIEW, COHORTS, TODAY, WAITS, DEPTH, SCORES, UPLOAD, HISTORY)
"""All pages, in the order of the menu; the first opens where the link names none."""


def chosen_page() -> Page:
    """Draw the menu in the language that is wanted, and return the page that is chosen."""
    with speaking(language_of(link.language_wanted())):
        sections: dict[str, list[Page]] = {}
        for each in PAGES:
            page = st.Page(each.script, title=say(each.title), url_path=each.link or None, default=each is PAGES[0])
            sections.setdefault(say(each.section) if each.section else "", []).append(page)
        page = st.navigation(sections, position="top")
        st.set_page_config(page_title=say("{page} – Comeback", page=page.title))
        return page


def is_of_data(page: Page) -> bool:
    """Tell whether a page shows what the filters choose; the others show what was uploaded."""
    return page.url_path not in (UPLOAD.link, HISTORY.link)
