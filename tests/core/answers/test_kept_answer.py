"""An answer that is kept says, draws and lists the same as when it was made, and asks nothing for it."""

import gc
import time
import weakref

import pytest

from retention_core.analyses.customers.cohort_question import CohortQuestion
from retention_core.answers.ahead import ask_ahead
from retention_core.answers.customers.cohort_answer import cohort_answer
from retention_core.answers.overview import overview_answer
from retention_core.figures.palette import LIGHT
from retention_core.filters import Filters
from retention_core.words.language import PERSIAN, speaking
from retention_core.workspace import Workspace
from tests.tables import add_orders, orders_engine

ORDERS = [("ann", "2026-01-05", 1.0), ("bob", "2026-01-09", 1.0), ("ann", "2026-02-28", 1.0)]


def whole_of(workspace: Workspace) -> list[object]:
    """Return all that the first tab of the page of cohorts shows, the table under it, and who lies behind a cell."""
    answer = cohort_answer(workspace, CohortQuestion())
    heatmap, table = answer.part("heatmap").charts[0], answer.tables[0]
    assert table.behind_cell
    behind = table.behind_cell(0, "1")
    shown = table.shown(table.rows()) if table.shown else None
    return [
        answer.sentence,
        answer.notes,
        answer.cards,
        heatmap.alt,
        heatmap.sent(LIGHT).to_dict(),
        str(table.rows()),
        str(shown),
        [(each.title, str(each.rows()), each.downloads[0].title if each.downloads else "") for each in behind],
    ]


def test_the_second_time_all_is_the_same_and_nothing_is_asked(monkeypatch) -> None:
    with orders_engine(ORDERS) as engine:
        first = whole_of(Workspace("twice", engine))
        monkeypatch.setattr(engine, "query", None)  # whoever asked it now would fail
        assert whole_of(Workspace("twice", engine)) == first
    assert [len(rows) for rows in (first[2], first[7])] == [4, 2]
    assert "ann" in str(first[7][0])
    assert "bob" in str(first[7][1])


def test_a_figure_is_made_once_for_all_who_look_at_it() -> None:
    with orders_engine(ORDERS) as engine:
        one, other = (cohort_answer(Workspace("shared", engine), CohortQuestion()) for _ in range(2))
        assert one.part("heatmap").charts[0].sent(LIGHT) is other.part("heatmap").charts[0].sent(LIGHT)


def test_after_an_upload_it_tells_the_new_data_and_an_answer_in_hand_goes_on_to_tell_the_old() -> None:
    with orders_engine(ORDERS) as engine:
        workspace = Workspace("grows", engine)
        held = cohort_answer(workspace, CohortQuestion())
        add_orders(engine, [("cid", "2026-01-20", 1.0)])
        assert held.cards[3].value == "2"
        assert cohort_answer(workspace, CohortQuestion()).cards[3].value == "3"
        held.part("heatmap").charts[0].sent(LIGHT)
        new = cohort_answer(workspace, CohortQuestion()).part("heatmap").charts[0].sent(LIGHT)
        assert "3 customers first bought in Jan 2026." in str(new.to_dict())


def test_it_is_kept_in_the_language_in_which_it_is_told() -> None:
    with orders_engine(ORDERS) as engine:
        english = cohort_answer(Workspace("both", engine), CohortQuestion()).question
        with speaking(PERSIAN):
            assert cohort_answer(Workspace("both", engine), CohortQuestion()).question != english


def test_what_is_kept_does_not_keep_its_workspace() -> None:
    with orders_engine(ORDERS) as engine:
        whole_of(Workspace("gone", engine))
        assert all(part.answer() for part in cohort_answer(Workspace("gone", engine), CohortQuestion()).parts)
        left = weakref.ref(engine)
    del engine
    until = time.monotonic() + 10
    while left() and time.monotonic() < until:  # the thread that answered may still be about to end
        gc.collect()
        time.sleep(0.01)
    assert left() is None


def test_what_is_looked_at_first_is_asked_ahead(monkeypatch) -> None:
    with orders_engine(ORDERS) as engine:
        workspace = Workspace("ahead", engine)
        ask_ahead(workspace)
        monkeypatch.setattr(engine, "query", None)
        assert overview_answer(workspace, Filters()).part("orders").sentence
        assert cohort_answer(workspace, CohortQuestion()).part("heatmap").charts[0].sent(LIGHT)
        with pytest.raises(TypeError):
            cohort_answer(workspace, CohortQuestion(returned="by"))


def test_of_an_empty_workspace_nothing_is_asked_ahead() -> None:
    with orders_engine() as engine:
        ask_ahead(Workspace("empty", engine))
        assert overview_answer(Workspace("empty", engine), Filters()).is_empty
