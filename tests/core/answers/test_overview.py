"""The overview: the sentences of three answers, and what it says where there is no data."""

from retention_core.answers.overview import first_sentence, overview_answer
from retention_core.filters import Filters
from retention_core.workspace import Workspace
from tests.tables import add_complaints, add_orders


def test_a_workspace_without_any_data_says_what_to_upload(engine) -> None:
    answer = overview_answer(Workspace("New", engine), Filters())
    assert answer.is_empty
    assert answer.notes[0].startswith("Upload orders, complaints or satisfaction answers:")


def test_each_question_is_answered_by_what_is_loaded_and_the_others_say_what_is_missing(engine) -> None:
    add_complaints(engine, [(f"c{n}", "2026-01-05", None, "2026-01-06") for n in range(11)])
    answer = overview_answer(Workspace("Small", engine), Filters())
    told = {part.name: part.answer() for part in answer.parts}
    assert told["orders"].sentence == "No orders to answer this."
    assert told["satisfaction"].is_empty
    assert not told["complaints"].is_empty
    assert len(told["complaints"].charts) == 1


def test_the_first_sentence_of_a_table_is_that_of_its_page(engine) -> None:
    workspace = Workspace("Small", engine)
    assert [first_sentence(workspace, table) for table in ("orders", "complaints", "satisfaction", "customers")] == [
        ""
    ] * 4
    add_complaints(engine, [("c", "2026-01-05", None, "2026-01-06"), ("d", "2026-01-20", None, None)])
    add_orders(engine, [("ann", "2026-01-01", 1.0), ("bob", "2026-06-30", 1.0)])
    assert first_sentence(workspace, "orders").startswith("Only 1 customer can be followed for 90 days yet")
    assert first_sentence(workspace, "complaints") == (
        "Only 1 complaint at least 5 days old: too few to speak of a percentage. Still open: 1."
    )
