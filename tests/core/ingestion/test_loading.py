"""Loading: every record is kept or listed, all or nothing, and everything can be taken back."""

from datetime import datetime

import duckdb
import pytest

from retention_core.analyses.customers.cohort_question import CohortQuestion
from retention_core.analyses.customers.cohort_retention import cohort_retention
from retention_core.errors import AlreadyLoaded, NothingToLoad, RetentionError
from retention_core.ingestion.loading import load as loading
from retention_core.ingestion.loading.load import load, undo
from retention_core.ingestion.loading.rejects import rejected_rows, upload_history
from retention_core.ingestion.loading.upload import understand_file, upload
from retention_core.ingestion.reading.read_file import read_file
from retention_core.ingestion.understanding.understand import understand
from retention_core.reports.safe_csv import safe_csv
from tests.core.ingestion.files import csv_file, workbook

AT = datetime(2026, 5, 1, 12)

LINES = """invoice,date,customer,quantity,unit price,country
R1,2026-01-05,ann,2,1.50,NL
R1,2026-01-05,ann,1,4.00,NL
R2,2026-01-06,,1,9.99,NL
R3,2026-02-01,bob,1,5,BE
R3-C,2026-02-03,bob,-1,5,BE
R4,someday,cid,1,5,BE
R5,2026-02-05,ann,one,5,NL
R6,2026-02-05,ann,1
"""


def test_lines_of_an_invoice_become_one_order_and_the_rest_is_listed(engine, tmp_path) -> None:
    report = upload(engine, csv_file(tmp_path, LINES), AT)
    assert (report.rows_read, report.rows_kept, report.rows_rejected, report.rows_stored) == (8, 4, 4, 3)
    assert report.derived == "amount = quantity × unit price"
    orders = engine.query(
        "SELECT order_id, amount, quantity, is_refund, line_count, row_number FROM orders ORDER BY order_id"
    )
    assert orders.values.tolist() == [
        ["R1", 7.0, 3.0, False, 2, 2],
        ["R3", 5.0, 1.0, False, 1, 5],
        ["R3-C", -5.0, -1.0, True, 1, 6],
    ]
    told = rejected_rows(engine, report.upload_id)
    assert told[["row in file", "column", "value", "reason"]].fillna("").values.tolist() == [
        [4, "customer", "", "no customer"],
        [7, "date", "someday", "is not a date that we can read"],
        [8, "quantity", "one", "is not a number"],
        [9, "", "R6,2026-02-05,ann,1", "the row has 4 cells, the header has 6"],
    ]
    assert told["invoice"].tolist()[:3] == ["R2", "R4", "R5"]


def test_lines_of_one_order_are_added_up_though_another_order_has_no_number(engine, tmp_path) -> None:
    csv = "order id,date,customer,amount\nR1,2026-01-05,ann,3\nR1,2026-01-05,ann,4\n,2026-01-06,bob,5\n"
    upload(engine, csv_file(tmp_path, csv), AT)
    orders = engine.query("SELECT coalesce(order_id, '') AS id, amount, line_count FROM orders ORDER BY id")
    assert orders.values.tolist() == [["", 5.0, 1], ["R1", 7.0, 2]]


def test_the_rejected_rows_can_be_mended_and_loaded(engine, tmp_path) -> None:
    report = upload(engine, csv_file(tmp_path, LINES), AT)
    mended = rejected_rows(engine, report.upload_id).iloc[:1].assign(customer="dan")
    again = tmp_path / "mended.csv"
    again.write_bytes(safe_csv(mended))
    assert upload(engine, again, AT).rows_kept == 1
    assert set(engine.query("SELECT customer FROM customers")["customer"]) == {"ann", "bob", "dan"}


def test_the_same_file_is_not_loaded_twice(engine, tmp_path) -> None:
    upload(engine, csv_file(tmp_path, LINES), AT)
    with pytest.raises(AlreadyLoaded, match="on 1 May 2026 at 12:00"):
        upload(engine, csv_file(tmp_path, LINES, "renamed.csv"), AT)


def test_undo_takes_back_everything_and_the_file_can_come_again(engine, tmp_path) -> None:
    first = upload(engine, csv_file(tmp_path, LINES), AT)
    second = upload(engine, csv_file(tmp_path, "customer,date,amount\neve,2026-03-01,5\n", "more.csv"), AT)
    undo(engine, first.upload_id)
    assert engine.query("SELECT customer FROM customers")["customer"].tolist() == ["eve"]
    assert cohort_retention(engine, CohortQuestion()).counts() == [[1]]
    assert upload_history(engine)["upload_id"].tolist() == [second.upload_id]
    assert len(engine.query("SELECT * FROM rejected_rows")) == 0
    assert upload(engine, csv_file(tmp_path, LINES), AT).rows_kept == 4


def test_an_upload_that_fails_half_way_leaves_nothing(engine, tmp_path, monkeypatch) -> None:
    upload(engine, csv_file(tmp_path, "customer,date,amount\neve,2026-03-01,5\n", "more.csv"), AT)
    monkeypatch.setattr(loading, "_log", lambda *_: (_ for _ in ()).throw(duckdb.Error("the power went")))
    with pytest.raises(duckdb.Error):
        upload(engine, csv_file(tmp_path, LINES), AT)
    for table, rows in (("stored_orders", 1), ("customer_ids", 1), ("rejected_rows", 0), ("uploads", 1)):
        assert len(engine.query(f"SELECT * FROM {table}")) == rows


def test_rows_that_do_not_add_up_stop_the_upload(engine, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(loading, "_reject", lambda *_: None)
    with pytest.raises(RetentionError, match="do not add up"):
        upload(engine, csv_file(tmp_path, LINES), AT)
    assert len(engine.query("SELECT * FROM stored_orders")) == 0


def test_a_file_of_which_nothing_can_be_kept_says_why(engine, tmp_path) -> None:
    with pytest.raises(NothingToLoad, match="no customer"):
        upload(engine, csv_file(tmp_path, "customer,date,amount\nann,,1\n,2026-01-02,2\n,2026-01-03,3\n"), AT)
    assert len(engine.query("SELECT * FROM uploads")) == 0


def test_of_several_updates_of_a_complaint_the_last_counts(engine, tmp_path) -> None:
    text = """number,caller_id,opened_at,resolved_at,sys_mod_count,priority
7,ann,29/1/2016 10:00,30/1/2016 10:00,2,high
7,ann,29/1/2016 10:00,?,0,low
7,ann,29/1/2016 10:00,?,1,low
8,bob,29/1/2016 11:00,?,0,low
"""
    report = upload(engine, csv_file(tmp_path, text), AT)
    assert (report.table, report.rows_kept, report.rows_stored) == ("complaints", 4, 2)
    rows = engine.query(
        "SELECT complaint_id, resolved_at IS NOT NULL AS done, severity, line_count FROM complaints ORDER BY 1"
    )
    assert rows.values.tolist() == [["7", True, "high", 3], ["8", False, "low", 1]]


def test_date_and_time_in_two_columns_become_one_moment(engine, tmp_path) -> None:
    upload(
        engine,
        csv_file(tmp_path, "کد مشتری,تاریخ فاکتور,ساعت,شماره فاکتور\n7,1404/11/11,09:05,1\n8,1404/11/12,,2\n"),
        AT,
    )
    assert engine.query("SELECT ordered_at FROM orders ORDER BY 1")["ordered_at"].tolist() == [
        datetime(2026, 1, 31, 9, 5),
        datetime(2026, 2, 1),
    ]


def test_ids_linked_by_a_customers_file_are_one_customer_in_any_order_of_uploads(engine, tmp_path) -> None:
    orders = csv_file(tmp_path, "order_id,customer_id,order_date\n1,a1,2026-01-01\n2,a2,2026-02-01\n3,b1,2026-01-01\n")
    people = csv_file(tmp_path, "customer_unique_id,customer_id\nann,a1\nann,a2\nbob,b1\n", "people.csv")
    answers = csv_file(
        tmp_path, "review_id,order_id,review_score,review_answer_timestamp\nx,2,5,2026-02-03\n", "reviews.csv"
    )
    upload(engine, orders, AT)
    assert cohort_retention(engine, CohortQuestion()).counts() == [[2, 0], [1]]
    linked = upload(engine, people, AT)
    assert cohort_retention(engine, CohortQuestion()).counts() == [[2, 1], [0]]
    upload(engine, answers, AT)
    names = engine.query("SELECT customer FROM satisfaction JOIN customers USING (customer_key)")
    assert names["customer"].tolist() == ["ann"]
    undo(engine, linked.upload_id)
    assert cohort_retention(engine, CohortQuestion()).counts() == [[2, 0], [1]]


def test_of_several_sheets_the_longest_that_can_be_loaded_is_taken(engine, tmp_path) -> None:
    notes = [["Variable", "Meaning"], *[["x", "y"]] * 50]
    book = workbook(
        tmp_path, {"Notes": notes, "Sales": [["customer", "date", "amount"], ["a", datetime(2026, 1, 2, 3, 4), 5]]}
    )
    assert understand_file(engine, book).staged.sheet == "Sales"
    upload(engine, book, AT)
    assert engine.query("SELECT ordered_at FROM orders")["ordered_at"].tolist() == [datetime(2026, 1, 2, 3, 4)]


def test_text_from_a_file_stays_text(engine, tmp_path) -> None:
    nasty = "'; DROP TABLE uploads; --"
    report = upload(
        engine, csv_file(tmp_path, f'customer,date,channel,amount\n"{nasty}",2026-01-01,"=HYPERLINK(1)",5\n'), AT
    )
    assert engine.query("SELECT customer FROM customers")["customer"].tolist() == [nasty]
    assert len(upload_history(engine)) == 1
    assert b"'=HYPERLINK(1)" in safe_csv(engine.query("SELECT channel FROM orders"))
    assert report.rows_kept == 1


def test_a_download_keeps_numbers_numbers(engine) -> None:
    frame = engine.query("SELECT -5.25 AS amount, '+31 6' AS phone, NULL AS nothing, '@x' AS handle")
    assert safe_csv(frame).decode("utf-8-sig") == "amount,phone,nothing,handle\r\n-5.25,'+31 6,,'@x\r\n"


def test_settled_files_are_loaded_the_same_whether_plain_or_not(engine, tmp_path) -> None:
    plain = csv_file(tmp_path, "customer,date,amount\n1001,2026-01-01,5.50\n1002,2026-01-02,6.50\n", "plain.csv")
    spaced = csv_file(tmp_path, "customer,date,amount\n 1001,2026-01-01 ,۵.۵۰\n1002 , 2026-01-02,6.50\n", "spaced.csv")
    for path in (plain, spaced):
        staged = read_file(path, engine.staging)[0]
        load(engine, understand(engine, staged), AT)
    rows = engine.query(
        "SELECT customer, ordered_at, amount, upload_id FROM orders JOIN customers USING (customer_key) ORDER BY 4, 1"
    )
    assert rows.iloc[:2, :3].values.tolist() == rows.iloc[2:, :3].values.tolist()
    assert staged.plain == (False, False, False)
