"""Answers that are kept, so that a click, another tab or a switch that is turned back does not ask for them again."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from retention_core.analyses.customers.cohort_question import CohortQuestion
from retention_core.analyses.customers.cohort_retention import CohortRetention, cohort_retention
from retention_core.analyses.customers.return_within import ReturnWithin, return_within
from retention_core.filters import Filters
from retention_core.periods import Period
from retention_core.words.language import spoken
from retention_core.workspace import Workspace

_MOST_KEPT, _MOST_ROWS = 48, 400_000  # of one workspace; the table of single days of two years has 280,000 rows
T = TypeVar("T")


def kept_retention(workspace: Workspace, question: CohortQuestion) -> CohortRetention:
    """Return the table of a question, counted once for each version of the data; the last few are kept."""
    return kept(
        workspace, question, lambda: cohort_retention(workspace.engine, question), lambda table: len(table.cells)
    )


def kept_back_within(workspace: Workspace, filters: Filters, period: Period, days: int = 90) -> ReturnWithin:
    """Return how many came back within some days, counted once for each version of the data; the last few are kept."""

    def ask() -> ReturnWithin:
        return return_within(workspace.engine, filters, days, period)

    return kept(workspace, (filters, period, days), ask, lambda back: len(back.cohorts))


def kept(
    workspace: Workspace, question: object, ask: Callable[[], T], size: Callable[[T], int] = lambda answer: 1
) -> T:
    """Return the answer to a question, asked once for each version of the data and language; the last few are kept.

    question: all on which the answer depends; its text tells it from others. size: how many rows an answer has.
    """
    key = f"{workspace.version}{spoken()}{question}"
    with _LOCK:
        known = _KEPT.setdefault(workspace.engine, OrderedDict())
        if key in known:
            known.move_to_end(key)
            found: T = known[key][0]
            return found
    answer = ask()
    with _LOCK:
        known[key] = answer, size(answer)
        while len(known) > 1 and (len(known) > _MOST_KEPT or sum(rows for _, rows in known.values()) > _MOST_ROWS):
            known.popitem(last=False)
    return answer


_LOCK = Lock()
# engine -> version, language and question -> answer and its number of rows, the one asked for last at the end
_KEPT: WeakKeyDictionary[object, OrderedDict[str, tuple[Any, int]]] = WeakKeyDictionary()
