"""Who stands behind a cell of the cohort table: those who came back, and those who did not."""

from collections.abc import Callable
from functools import partial

from retention_core.analyses.complaints.complaints_behind import LIMIT
from retention_core.analyses.customers.cohort_customers import cohort_customers, cohort_orders
from retention_core.analyses.customers.cohort_question import OTHER
from retention_core.analyses.customers.cohort_retention import CohortRetention
from retention_core.answers.answer import Cell, Column, Table
from retention_core.figures.column_names import column_within
from retention_core.words.numbers import whole
from retention_core.words.say import counted, say
from retention_core.workspace import Workspace


def behind_cells(
    workspace: Workspace, retention: CohortRetention, segment: str, name: str
) -> Callable[[Cell], tuple[Table, ...]] | None:
    """Return what lists the customers behind a cell (cohort, period number); nothing where they cannot be listed.

    segment: whose table it is, empty for all customers. name: with which the names of the lists begin, so that a chart
    and a table of one page can list at the same time.
    """
    return None if segment == OTHER else partial(_behind, workspace, retention, segment, name)


def _behind(workspace: Workspace, retention: CohortRetention, segment: str, name: str, cell: Cell) -> tuple[Table, ...]:
    cohort, number = int(cell[0]), int(cell[1])
    cells = retention.cells
    found = cells[(cells["cohort"] == cohort) & (cells["period_number"] == number)]
    if found.empty:  # the row of all cohorts, or a cell of a table that was drawn before
        return ()
    back, size = int(found["customers"].iloc[0]), int(found["cohort_size"].iloc[0])
    listed = partial(_table, workspace, retention, name, (cohort, number, segment))
    if not number:
        return (listed(size, is_back=True),)
    return listed(back, is_back=True), listed(size - back, is_back=False)


def _table(
    workspace: Workspace,
    retention: CohortRetention,
    name: str,
    cell: tuple[int, int, str],
    customers: int,
    *,
    is_back: bool,
) -> Table:
    question, (cohort, number, _) = retention.question, cell
    names = {"cohort": question.period.label(cohort), "column": column_within(question, number)}
    title = _title(customers, names, question.unit, is_member=not number, is_back=is_back)
    orders = Table(
        f"{name}_orders",
        lambda: cohort_orders(workspace.engine, question, *cell),
        {},
        alt="",
        title=say("Their purchases as CSV"),
    )
    return Table(
        f"{name}_customers" if is_back else f"{name}_customers_not_back",
        lambda: cohort_customers(workspace.engine, question, *cell, is_back=is_back),
        _columns(question.unit),
        alt=title,
        title=title,
        caption=_caption(customers),
        downloads=(orders,) if is_back else (),
    )


def _title(customers: int, names: dict[str, str], unit: str, *, is_member: bool, is_back: bool) -> str:
    who = counted("{n} customer", "{n} customers", customers)
    if unit == "account":
        who = counted("{n} account", "{n} accounts", customers)
    if is_member:
        return say("{cohort}: {customers}", customers=who, **names)
    if is_back:
        return say("{cohort}, {column}: {customers} came back", customers=who, **names)
    return say("{cohort}, {column}: {customers} did not come back", customers=who, **names)


def _caption(customers: int) -> str:
    said = say("Purchases and what was spent are each customer's whole history, as far as the filters let through.")
    if customers <= LIMIT:
        return said
    cut = say("Listed are the {listed} of {all} who spent most.", listed=whole(LIMIT), all=whole(customers))
    return f"{cut} {said}"


def _columns(unit: str) -> dict[str, Column]:
    return {
        "customer": Column(say("Account") if unit == "account" else say("Customer")),
        "first_purchase_on": Column(say("First purchase"), "day"),
        "last_purchase_on": Column(say("Last purchase"), "day"),
        "orders": Column(say("Purchases"), "count"),
        "customer_value": Column(say("Spent"), "money"),
    }
