"""One person may have many ids: links join them all, whichever way they are written."""

from datetime import datetime

import pytest

from retention_core.analyses.customers.cohort_customers import cohort_customers
from retention_core.analyses.customers.cohort_question import CohortQuestion
from retention_core.analyses.customers.cohort_retention import cohort_retention
from retention_core.analyses.satisfaction.satisfaction_return import ReturnQuestion, satisfaction_return
from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.ingestion.loading.load import Mode, UploadReport, load, undo
from retention_core.ingestion.loading.trace import rows_of_customer
from retention_core.ingestion.loading.upload import understand_file
from retention_core.ingestion.understanding.understand import Choices, understand
from retention_core.periods import Period
from tests.core.ingestion.files import csv_file
from tests.tables import add_answers, add_complaints, add_orders

AT = datetime(2026, 6, 30)
QUESTION = CohortQuestion(Period("month"))
# Dora buys as A in January, as B in February and as C in March; Z is somebody else.
ORDERS = [("A", "2026-01-05", 1.0), ("B", "2026-02-05", 2.0), ("C", "2026-03-05", 4.0), ("Z", "2026-01-06", 8.0)]
CHAIN = [("A", "B"), ("B", "C")]


def link(engine, folder, links: list[tuple[str, str]], mode: Mode = "add", name: str = "links.csv") -> UploadReport:
    text = "customer id,other id,joined\n" + "".join(f"{one},{other},2025-01-01\n" for one, other in links)
    staged = understand_file(engine, csv_file(folder, text, name)).staged
    choices = Choices("customers", columns={"customer": "customer id", "other_id": "other id", "joined_at": "joined"})
    return load(engine, understand(engine, staged, choices), AT, mode)


def counts(engine) -> list[list[int]]:
    return cohort_retention(engine, QUESTION).counts()


def names(engine) -> list[str]:
    return sorted(engine.query("SELECT customer FROM customers")["customer"])


def test_ids_join_from_one_to_the_next(engine, tmp_path) -> None:
    add_orders(engine, ORDERS)
    assert counts(engine) == [[2, 0, 0], [1, 0], [1]]
    link(engine, tmp_path, CHAIN)
    assert counts(engine)[0] == [2, 1, 1]
    assert names(engine) == ["A", "Z"]


def test_the_list_behind_a_cell_names_the_person_with_all_his_purchases(engine, tmp_path) -> None:
    add_orders(engine, ORDERS)
    link(engine, tmp_path, CHAIN)
    retention = cohort_retention(engine, QUESTION)
    behind = cohort_customers(engine, retention.question, int(retention.cells["cohort"].iloc[0]), 2)
    assert behind["customer"].tolist() == ["A"]
    assert (behind["orders"].iloc[0], float(behind["customer_value"].iloc[0])) == (3, 7.0)


def test_links_both_ways_keep_the_name(engine, tmp_path) -> None:
    add_orders(engine, ORDERS)
    link(engine, tmp_path, [("A", "B"), ("B", "A"), ("C", "C")])
    assert len(names(engine)) == 3
    assert set(names(engine)) - {"A", "B"} == {"C", "Z"}
    assert counts(engine)[0] == [2, 1, 0]


@pytest.mark.parametrize(
    ("links", "shown"),
    [
        ([("B", "A"), ("B", "C")], "B"),  # a star: the middle is never another's other id
        ([("C", "B"), ("B", "A")], "C"),  # a chain from its end
    ],
)
def test_a_person_is_shown_under_the_id_that_is_never_an_other_one(engine, tmp_path, links, shown) -> None:
    add_orders(engine, ORDERS)
    link(engine, tmp_path, links)
    assert names(engine) == sorted([shown, "Z"])


def test_of_two_ids_that_are_never_other_ones_the_one_known_first_is_shown(engine, tmp_path) -> None:
    add_orders(engine, [("A", "2026-01-05", 1.0)])
    add_orders(engine, [("C", "2026-02-05", 1.0)])
    link(engine, tmp_path, [("C", "B"), ("A", "B")])
    assert names(engine) == ["A"]


def test_complaints_and_answers_belong_to_the_same_person(engine, tmp_path) -> None:
    add_orders(engine, [("A", "2025-01-05", 1.0), ("C", "2025-03-05", 1.0), ("Z", "2026-06-30", 1.0)])
    add_answers(engine, [("B", "2025-02-05", 5.0)])
    add_complaints(engine, [("C", "2025-02-06", None, None)])
    link(engine, tmp_path, CHAIN)
    scores = satisfaction_return(engine, ReturnQuestion(days=90)).scores.set_index("score")
    assert scores.loc[5, ["came_back", "did_not", "not_yet_known"]].tolist() == [1, 0, 0]
    keys = "SELECT DISTINCT customer_key FROM orders WHERE day < DATE '2026-01-01'"
    for table in ("complaints", "satisfaction"):
        assert engine.query(f"SELECT count(*) AS n FROM {table} WHERE customer_key IN ({keys})")["n"].tolist() == [1]


def test_when_links_are_undone_or_replaced_the_ids_part_again(engine, tmp_path) -> None:
    add_orders(engine, ORDERS)
    chain = link(engine, tmp_path, CHAIN)
    other = link(engine, tmp_path, [("A", "Z")], "replace", "other.csv")
    assert (names(engine), counts(engine)[0]) == (["A", "B", "C"], [1, 0, 0])
    undo(engine, other.upload_id)
    assert names(engine) == ["A", "Z"]
    undo(engine, chain.upload_id)
    assert (names(engine), counts(engine)) == (["A", "B", "C", "Z"], [[2, 0, 0], [1, 0], [1]])


def test_a_person_has_what_is_known_of_all_his_ids(engine, tmp_path) -> None:
    text = (
        "customer id,other id,joined,left,club member,segment\n"
        "A,B,2025-03-01,2025-09-01,no,\nB,C,2024-01-01,2026-01-01,yes,\nC,,2025-01-01,,no,gold\nZ,,2025-05-01,,no,tin\n"
    )
    staged = understand_file(engine, csv_file(tmp_path, text)).staged
    header = {"customer": "customer id", "other_id": "other id", "joined_at": "joined", "left_at": "left"}
    header |= {"is_club_member": "club member", "segment": "segment"}
    load(engine, understand(engine, staged, Choices("customers", columns=header)), AT)
    people = engine.query(
        "SELECT customer, joined_at::DATE::VARCHAR AS joined, left_at::DATE::VARCHAR AS gone, is_club_member, segment "
        "FROM customers ORDER BY customer"
    )
    people = people.astype(object).where(people.notna(), None)
    assert people.values.tolist() == [
        ["A", "2024-01-01", "2026-01-01", True, "gold"],
        ["Z", "2025-05-01", None, False, "tin"],
    ]


@pytest.mark.parametrize("asked", ["A", "B", "C"])
def test_the_rows_of_a_person_are_found_under_each_of_his_ids(engine, tmp_path, asked) -> None:
    text = (
        "order no,customer,order date,amount\n1,A,2026-01-05,1\n2,B,2026-02-05,2\n3,C,2026-03-05,4\n4,Z,2026-01-06,8\n"
    )
    load(engine, understand_file(engine, csv_file(tmp_path, text)), AT)
    link(engine, tmp_path, CHAIN)
    assert [float(each) for each in rows_of_customer(engine, asked)["figure"]] == [1.0, 2.0, 4.0]


def test_an_older_workspace_whose_ids_were_joined_by_a_view_joins_them_when_opened(tmp_path) -> None:
    engine = DuckDBEngine(tmp_path / "North")
    add_orders(engine, ORDERS)
    link(engine, tmp_path, CHAIN)
    with engine.transaction() as cursor:
        cursor.execute("DROP TABLE same_customer")
        cursor.execute(
            "CREATE VIEW same_customer AS SELECT other_key, min(customer_key) AS customer_key FROM stored_customers "
            "WHERE other_key IS NOT NULL GROUP BY other_key"
        )
    engine.close()
    for _ in range(2):
        again = DuckDBEngine(tmp_path / "North")
        assert (names(again), counts(again)[0]) == (["A", "Z"], [2, 1, 1])
        again.close()
