"""What lies after the day of loading counts nowhere until somebody says that it is right."""

from datetime import date, datetime

import pytest

from retention_core.analyses.complaints.response_times import ResponseQuestion, response_times
from retention_core.analyses.customers.cohort_question import CohortQuestion
from retention_core.analyses.customers.cohort_retention import cohort_retention
from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.ingestion.checking.check_rows import findings
from retention_core.ingestion.checking.check_values import OfTheFuture
from retention_core.ingestion.loading.load import UploadReport, count_future, load, undo
from retention_core.ingestion.loading.rejects import upload_history
from retention_core.ingestion.loading.trace import rows_of_customer
from retention_core.ingestion.loading.upload import understand_file, upload
from retention_core.periods import Period
from tests.core.ingestion.files import csv_file
from tests.tables import add_orders

AT = datetime(2026, 3, 31, 9, 0)
ORDERS = "order no,customer,order date,amount\n1,A,2026-01-05,5\n2,B,2026-01-20,5\n3,A,2026-03-30,5\n4,B,2062-01-01,5\n"
COMPLAINTS = (
    "ticket id,customer,opened at,first response at,resolved at\n"
    "1,A,2026-01-01 10:00,2026-01-01 11:00,2026-01-02 10:00\n"
    "2,B,2026-01-01 10:00,2026-01-01 12:00,2062-01-01 10:00\n"
    "3,A,2026-03-31 10:00,2061-01-01 10:00,2062-01-01 10:00\n"
    "4,B,2061-01-01 10:00,2061-01-02 10:00,2061-01-03 10:00\n"
)
PEOPLE = "customer id,joined,left,segment\nA,2025-01-01,2062-01-01,gold\nB,2062-01-01,,silver\n"
ANSWERS = "answer id,customer,answered at,score\n" + "".join(
    f"{n},A,{day},{n % 5 + 1}\n" for n, day in enumerate(["2026-01-05", "2026-02-05", "2026-03-05", "2062-01-01"])
)


def loaded(engine, folder, text: str, name: str = "orders.csv") -> UploadReport:
    return upload(engine, csv_file(folder, text, name), AT)


def days(engine) -> list[str]:
    return list(engine.query("SELECT day::VARCHAR AS day FROM orders ORDER BY day")["day"])


def test_an_order_of_the_future_makes_no_cell_complete(engine, tmp_path) -> None:
    assert loaded(engine, tmp_path, ORDERS).future_rows == 1
    cells = cohort_retention(engine, CohortQuestion(Period("month"))).cells
    cells = cells[cells["cohort"] == cells["cohort"].min()]
    assert days(engine)[-1] == "2026-03-30"
    assert cells[["period_number", "customers", "state"]].values.tolist() == [
        [0, 2, "complete"],
        [1, 0, "complete"],
        [2, 1, "running"],
    ]


def test_the_day_of_loading_itself_counts_to_its_end(engine, tmp_path) -> None:
    text = "order no,customer,order date,amount\n1,A,2026-03-31 23:59,5\n2,B,2026-04-01 00:00,5\n"
    assert loaded(engine, tmp_path, text).future_rows == 1
    assert days(engine) == ["2026-03-31"]


def test_a_complaint_resolved_in_the_future_is_still_open_and_one_opened_then_does_not_exist(engine, tmp_path) -> None:
    assert loaded(engine, tmp_path, COMPLAINTS, "complaints.csv").future_rows == 3
    times = response_times(engine, ResponseQuestion())
    assert (times.as_of, times.overall["complaints"], times.overall["answered"]) == (date(2026, 3, 31), 3, 1)
    held = engine.query(
        "SELECT complaint_id AS id, count(first_response_at) AS answered, count(resolved_at) AS resolved, "
        "count(first_response_second) AS told, count(resolved_second) AS settled FROM complaints GROUP BY id ORDER BY id"
    )
    assert held.values.tolist() == [["1", 1, 1, 1, 1], ["2", 1, 0, 1, 0], ["3", 0, 0, 0, 0]]


def test_answers_of_the_future_do_not_count_and_moments_of_customers_are_unknown(engine, tmp_path) -> None:
    assert loaded(engine, tmp_path, ANSWERS, "answers.csv").future_rows == 1
    assert engine.query("SELECT max(day)::VARCHAR AS d FROM satisfaction")["d"].tolist() == ["2026-03-05"]
    assert loaded(engine, tmp_path, PEOPLE, "customers.csv").future_rows == 2
    people = engine.query("SELECT customer, joined_at::VARCHAR, left_at::VARCHAR, segment FROM customers ORDER BY 1")
    assert people.astype(object).where(people.notna(), None).values.tolist() == [
        ["A", "2025-01-01 00:00:00", None, "gold"],
        ["B", None, None, "silver"],
    ]


def test_a_length_that_ends_in_the_future_is_no_wait_yet(engine, tmp_path) -> None:
    text = (
        "ticket id,customer,created at,first reply time in minutes\n"
        "1,A,2026-03-30 10:00,30\n2,B,2026-03-30 11:00,90\n3,A,2026-03-31 10:00,20000\n"
    )
    loaded(engine, tmp_path, text, "complaints.csv")
    waits = engine.query("SELECT first_response_second - opened_second AS w FROM complaints ORDER BY complaint_id")["w"]
    assert waits.astype(object).where(waits.notna(), None).tolist() == [1800, 5400, None]


def test_somebody_may_say_that_they_are_right_when_loading_or_later_and_take_it_back(engine, tmp_path) -> None:
    understood = understand_file(engine, csv_file(tmp_path, ORDERS))
    report = load(engine, understood, AT, future_counts=True)
    assert (report.future_rows, report.future_counts, days(engine)[-1]) == (1, True, "2062-01-01")
    count_future(engine, report.upload_id, is_right=False)
    assert days(engine)[-1] == "2026-03-30"
    count_future(engine, report.upload_id, is_right=True)
    assert days(engine)[-1] == "2062-01-01"
    assert upload_history(engine)[["future_rows", "future_counts"]].values.tolist() == [[1, True]]


def test_what_is_said_of_one_upload_holds_for_no_other(engine, tmp_path) -> None:
    first = loaded(engine, tmp_path, ORDERS)
    second = ORDERS.replace("2062", "2063").replace("\n1,", "\n11,").replace("\n4,", "\n14,")
    loaded(engine, tmp_path, second, "more.csv")
    count_future(engine, first.upload_id, is_right=True)
    assert days(engine)[-1] == "2062-01-01"
    undo(engine, first.upload_id)
    assert days(engine)[-1] == "2026-03-30"


def test_rows_that_no_upload_brought_always_count(engine) -> None:
    add_orders(engine, [("A", "2062-01-01", 5.0)])
    assert days(engine) == ["2062-01-01"]


def test_a_row_of_the_future_is_found_by_its_customer_and_does_not_count(engine, tmp_path) -> None:
    loaded(engine, tmp_path, ORDERS)
    rows = rows_of_customer(engine, "B")
    assert list(zip(rows["row_number"], rows["is_in_force"], strict=True)) == [(3, True), (5, False)]


def test_a_workspace_of_an_older_version_leaves_them_out_when_it_is_opened(tmp_path) -> None:
    engine = DuckDBEngine(tmp_path / "North")
    loaded(engine, tmp_path, ORDERS)
    loaded(engine, tmp_path, COMPLAINTS, "complaints.csv")
    with engine.transaction() as cursor:
        for statement in (
            "ALTER TABLE uploads DROP COLUMN future_rows",
            "ALTER TABLE uploads DROP COLUMN future_counts",
            *(f"ALTER TABLE stored_{name} DROP COLUMN counts_until" for name in ("orders", "complaints", "customers")),
        ):
            cursor.execute(statement)
    engine.close()
    for _ in range(2):
        again = DuckDBEngine(tmp_path / "North")
        assert days(again) == ["2026-01-05", "2026-01-20", "2026-03-30"]
        assert again.query("SELECT count(resolved_at) AS n FROM complaints")["n"].tolist() == [1]
        assert upload_history(again)["future_rows"].tolist() == [3, 1]
        again.close()


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("orders", ORDERS, "1 of 4 rows lie in the future of 31 Mar 2026."),
        (
            "complaints",
            COMPLAINTS,
            "3 of 4 rows lie in the future of 31 Mar 2026, some by “first response at” and “resolved at”.",
        ),
        ("customers", PEOPLE, "2 of 2 rows lie in the future of 31 Mar 2026, some by “left”."),
    ],
)
def test_they_are_noticed_before_loading_in_every_column_with_what_becomes_of_them(
    engine, tmp_path, name, text, found
) -> None:
    understood = understand_file(engine, csv_file(tmp_path, text, f"{name}.csv"))
    said = [each for each in findings(engine, understood, AT.date()) if isinstance(each, OfTheFuture)]
    assert [each.found for each in said] == [found]
    assert "until somebody says that it is right" in said[0].effect
