"""The customers behind a figure about satisfaction: of a score, and of a room."""

from retention_core.analyses.satisfaction.customers_by_score import LIMIT, customers_in_room
from retention_core.analyses.satisfaction.satisfaction_return import SatisfactionReturn
from retention_core.answers.answer import Column, Table
from retention_core.words.numbers import whole
from retention_core.words.say import say
from retention_core.workspace import Workspace


def customers_of(
    workspace: Workspace,
    told: SatisfactionReturn,
    outcome: str,
    *,
    name: str,
    title: str,
    count: int,
    score: float | None = None,
    is_satisfied: bool | None = None,
) -> Table:
    """Return the list of those with an outcome. title: in words. count: how many they are.

    score: only of that score, NaN for those without an answer. is_satisfied: only the satisfied, or the less satisfied.
    """
    return Table(
        name,
        lambda: customers_in_room(workspace.engine, told, outcome, score, is_satisfied),
        _columns(),
        alt=title,
        title=title,
        caption=say("The first {n} are listed.", n=whole(LIMIT)) if count > LIMIT else "",
    )


def _columns() -> dict[str, Column]:
    return {
        "customer": Column(say("Customer"), is_pinned=True),
        "score": Column(say("Score"), "number"),
        "answered_on": Column(say("Answered"), "day"),
        "next_purchase_on": Column(say("Next purchase"), "day"),
        "customer_value": Column(say("Spent"), "money"),
    }
