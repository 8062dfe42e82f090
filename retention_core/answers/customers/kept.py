"""The two tables that all of the page of cohorts is made of, kept as long as the data is the same."""

from retention_core.analyses.customers.cohort_question import CohortQuestion
from retention_core.analyses.customers.cohort_retention import CohortRetention, cohort_retention
from retention_core.analyses.customers.return_within import ReturnWithin, return_within
from retention_core.answers.kept import kept
from retention_core.filters import Filters
from retention_core.periods import Period
from retention_core.workspace import Workspace


def kept_retention(workspace: Workspace, question: CohortQuestion) -> CohortRetention:
    """Return the table of a question, counted once for each version of the data."""
    return kept(workspace, question, lambda: cohort_retention(workspace.engine, question))


def kept_back_within(workspace: Workspace, filters: Filters, period: Period, days: int = 90) -> ReturnWithin:
    """Return how many came back within some days, counted once for each version of the data."""
    asked = "back_within", filters, period, days
    return kept(workspace, asked, lambda: return_within(workspace.engine, filters, days, period))
