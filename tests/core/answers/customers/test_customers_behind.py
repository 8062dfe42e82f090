"""Who stands behind a cell of the cohort table: those who came back, and those who did not."""

from collections.abc import Iterator

import pytest

from retention_core.analyses.customers import cohort_customers
from retention_core.analyses.customers.cohort_question import CohortQuestion
from retention_core.answers.answer import Answer
from retention_core.answers.customers import customers_behind
from retention_core.answers.customers.cohort_answer import cohort_answer
from retention_core.answers.customers.cohort_view import CohortView
from retention_core.figures.cohort_heatmap import OF_ALL
from retention_core.figures.palette import LIGHT
from retention_core.workspace import Workspace
from tests.tables import add_orders, orders_engine

# of those who first bought in January, ann is back in February and bob in March; cid is new in March
SMALL = [
    ("ann", "2026-01-05", 10.0),
    ("bob", "2026-01-20", 30.0),
    ("ann", "2026-02-03", 20.0),
    ("bob", "2026-03-31", 8.0),
    ("cid", "2026-03-15", 9.0),
]


@pytest.fixture
def small() -> Iterator[Workspace]:
    with orders_engine(SMALL) as engine:
        yield Workspace("small", engine)


def listed(tables) -> list[list[str]]:
    return [sorted(each.rows()["customer"]) for each in tables]


def cell_of(answer: Answer, said: str) -> tuple[int, int]:
    """Return the cohort and column that a click on the cell with these words gives."""
    figure = answer.part("heatmap").charts[0].draw(LIGHT)
    return next(tuple(each[:2]) for trace in figure.data for each in trace.customdata if said in each[2])


def test_a_cell_of_the_table_lists_who_came_back_and_who_did_not(small) -> None:
    lists = cohort_answer(small, CohortQuestion()).tables[0].behind_cell(0, "1")  # January, month 1
    assert listed(lists) == [["ann"], ["bob"]]
    assert [str(each.title) for each in lists] == [
        "Jan 2026, month 1: 1 customer came back",
        "Jan 2026, month 1: 1 customer did not come back",
    ]


def test_their_purchases_can_be_taken_away(small) -> None:
    back, _ = cohort_answer(small, CohortQuestion()).tables[0].behind_cell(0, "1")
    assert [list(each.rows()["amount"]) for each in back.downloads] == [[10.0, 20.0]]


def test_a_click_on_the_heatmap_lists_the_same(small) -> None:
    answer = cohort_answer(small, CohortQuestion())
    heatmap = answer.part("heatmap").charts[0]
    assert listed(heatmap.behind(cell_of(answer, "bought again in Feb 2026"))) == [["ann"], ["bob"]]
    assert listed(heatmap.behind(cell_of(answer, "2 customers first bought in Jan 2026."))) == [["ann", "bob"]]


def test_the_row_of_all_cohorts_lists_nobody(small) -> None:
    heatmap = cohort_answer(small, CohortQuestion()).part("heatmap").charts[0]
    assert heatmap.behind((OF_ALL, 1)) == ()


def test_by_its_end_counts_everybody_who_was_back_until_then(small) -> None:
    answer = cohort_answer(small, CohortQuestion(returned="by"))
    assert listed(answer.tables[0].behind_cell(0, "2")) == [["ann", "bob"], []]


def test_two_lists_of_a_page_have_names_of_their_own(small) -> None:
    answer = cohort_answer(small, CohortQuestion())
    below = answer.tables[0].behind_cell(0, "1")
    above = answer.part("heatmap").charts[0].behind(cell_of(answer, "bought again in Feb 2026"))
    names = [each.name for each in (*below, *above)]
    assert len(set(names)) == 4


def test_a_list_that_is_cut_says_how_many_there_are(monkeypatch) -> None:
    monkeypatch.setattr(cohort_customers, "LIMIT", 2)
    monkeypatch.setattr(customers_behind, "LIMIT", 2)
    with orders_engine() as engine:
        add_orders(engine, [(f"c{n}", "2026-01-05", float(n)) for n in range(3)] + [("late", "2026-02-28", 1.0)])
        _, away = cohort_answer(Workspace("cut", engine), CohortQuestion()).tables[0].behind_cell(0, "1")
        assert sorted(away.rows()["customer"]) == ["c1", "c2"]
    assert str(away.caption).startswith("Listed are the 2 of 3 who spent most.")


def test_those_who_stand_together_as_all_others_cannot_be_listed() -> None:
    with orders_engine() as engine:
        add_orders(engine, SMALL, channel=["Web", "Shop", "Web", "Shop", "Fax"])
        question = CohortQuestion(segment="channel", top=1)
        answer = cohort_answer(Workspace("several", engine), question, CohortView(segment="all others"))
        assert answer.part("heatmap").charts[0].behind is None
        assert answer.tables[0].behind_cell is None
