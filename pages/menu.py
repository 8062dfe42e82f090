"""The one list of pages: what the menu shows, and what links between pages and tests go by."""

from dataclasses import dataclass


@dataclass(frozen=True)
class MenuPage:
    """One page. script: its file in this folder. title: in menu and tab. section: of the menu. link: its address."""

    script: str
    title: str
    section: str
    link: str


OVERVIEW = MenuPage("overview/overview.py", "Overview", "", "")
COHORTS = MenuPage("customers/cohort_retention.py", "Cohort retention", "Customers", "cohort-retention")
WAITS = MenuPage("complaints/response_times.py", "Response times", "Complaints", "response-times")
SCORES = MenuPage("satisfaction/came_back.py", "Did they come back?", "Satisfaction", "came-back")
UPLOAD = MenuPage("your_data/upload.py", "Upload", "Your data", "upload")
HISTORY = MenuPage("your_data/history.py", "History", "Your data", "history")

PAGES = (OVERVIEW, COHORTS, WAITS, SCORES, UPLOAD, HISTORY)
"""All pages, in the order of the menu; the first opens where the link names none."""
