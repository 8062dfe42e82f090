"""What everybody looks at first, asked while nobody waits: when a workspace is opened, and after its data changed."""

from contextlib import suppress

from retention_core.analyses.customers.cohort_question import CohortQuestion
from retention_core.answers.answer import Answer
from retention_core.answers.customers.cohort_answer import cohort_answer
from retention_core.answers.overview import overview_answer
from retention_core.errors import RetentionError
from retention_core.figures.palette import LIGHT
from retention_core.filters import Filters
from retention_core.periods import Period
from retention_core.words.language import spoken
from retention_core.workspace import Workspace


def ask_ahead(workspace: Workspace) -> None:
    """Ask what the overview and the page of cohorts show before anything is chosen, in the language spoken now.

    For a thread beside those of pages. Whoever opens a page meanwhile waits for the same computation. What cannot be
    answered is left to whoever opens the page, and is told.
    """
    with suppress(RetentionError):
        for part in overview_answer(workspace, Filters()).parts:
            with suppress(RetentionError):
                _draw(part.answer())
        if workspace.has("orders"):
            period = Period("month", spoken().calendar, workspace.week_start)
            for part in cohort_answer(workspace, CohortQuestion(period)).parts[:1]:  # the tab that is open
                _draw(part.answer())


def _draw(answer: Answer) -> None:
    for chart in answer.charts:
        chart.sent(LIGHT)
