"""What columns are taken for, and how dates and numbers are read: once per column, from all its values."""

from datetime import datetime
from typing import Any

import pytest

from retention_core.errors import ColumnMissing, QuestionOpen
from retention_core.ingestion.reading.read_file import read_file
from retention_core.ingestion.understanding.header_names import normal
from retention_core.ingestion.understanding.read_dates import read_dates
from retention_core.ingestion.understanding.read_numbers import read_ids, read_numbers
from retention_core.ingestion.understanding.readings import Question, Reading, StagedColumn
from retention_core.ingestion.understanding.understand import Choices, understand
from retention_core.ingestion.understanding.which_table import which_table
from tests.core.ingestion.files import csv_file


def column(engine, tmp_path, values: list[str]) -> StagedColumn:
    path = csv_file(tmp_path, "x\ty\n" + "".join(f"{value}\t1\n" for value in values))
    return StagedColumn(engine, read_file(path, engine.staging)[0], "x")


def read(engine, column_: StagedColumn, reading: Reading) -> list[Any]:
    sql = f"SELECT {column_.read_as(reading)} AS value FROM read_parquet($path) ORDER BY row_number"
    return list(engine.query(sql, {"path": str(column_.staged.path)})["value"])


@pytest.mark.parametrize(
    ("values", "name", "first"),
    [
        (["2026-01-31", "2026-02-01"], "year_first", datetime(2026, 1, 31)),
        (["2026/1/31 9:05", "2026/02/01 10:00"], "year_first", datetime(2026, 1, 31, 9, 5)),
        (["20260131", "20260201"], "year_first", datetime(2026, 1, 31)),
        (["2026-01-31T09:05:06.123", "2026-02-01T10:00:00"], "year_first", datetime(2026, 1, 31, 9, 5, 6, 123000)),
        (["31/01/2026", "01/02/2026"], "day_first", datetime(2026, 1, 31)),
        (["31.01.2026 09:05", "1.2.2026 10:00"], "day_first", datetime(2026, 1, 31, 9, 5)),
        (["31-12-25", "01-02-26"], "day_first", datetime(2025, 12, 31)),
        (["12/31/2025", "01/02/2026"], "month_first", datetime(2025, 12, 31)),
        (["1/31/2026 9:05:00 PM", "2/1/2026 12:00:00 AM"], "month_first", datetime(2026, 1, 31, 21, 5)),
        (["31 Jan 2026", "1 February 2026"], "month_name", datetime(2026, 1, 31)),
        (["Jan 31, 2026", "Feb 1, 2026"], "month_name", datetime(2026, 1, 31)),
        (["2026-01-31T09:05:00Z", "2026-02-01T10:00:00+02:00"], "offset", datetime(2026, 1, 31, 9, 5)),
        (["2026-01-31 22:40 -0500", "2026-02-01 10:00 -0500"], "offset", datetime(2026, 1, 31, 22, 40)),
        (["Jan-31-25", "Feb-01-25"], "month_name", datetime(2025, 1, 31)),
        (["31-Jan-2025", "1-Feb-2025"], "month_name", datetime(2025, 1, 31)),
        (["2025-W05", "2025-W06"], "iso_week", datetime(2025, 1, 27)),
        (["2025年1月31日", "2025年2月1日"], "year_first", datetime(2025, 1, 31)),
        (["令和7年1月31日", "令和7年2月1日"], "japanese_era", datetime(2025, 1, 31)),
        (["2025-01-31", "28.02.2025", "2025-02-03"], "mixed", datetime(2025, 1, 31)),
        (["1404/11/11", "1404/11/12"], "jalali", datetime(2026, 1, 31)),
        (["۱۴۰۴/۱۱/۱۱", "۱۴۰۴/۱۱/۱۲"], "jalali", datetime(2026, 1, 31)),
        (["۱۴۰۴/۱۱/۱۱-۰۹:۰۵:۰۶", "۱۴۰۴/۱۱/۱۲-۱۷:۴۱:۰۷"], "jalali", datetime(2026, 1, 31, 9, 5, 6)),
        (["1403/12/30", "1404/01/01"], "jalali", datetime(2025, 3, 20)),
    ],
)
def test_dates_are_read_in_the_way_that_fits_all_of_them(engine, tmp_path, values, name, first) -> None:
    dates = column(engine, tmp_path, values)
    reading = read_dates(dates)
    assert isinstance(reading, Reading)
    assert reading.name == name
    assert read(engine, dates, reading)[0] == first
    assert reading.reads_all


def test_two_date_orders_that_fit_are_asked_about_with_both_readings(engine, tmp_path) -> None:
    question = read_dates(column(engine, tmp_path, ["01/02/2026", "03/04/2026", "05/05/2026"]))
    assert isinstance(question, Question)
    assert {reading.name for reading in question.readings} == {"day_first", "month_first"}
    assert sorted(question.examples["01/02/2026"]) == ["2026-01-02 00:00:00", "2026-02-01 00:00:00"]
    assert "05/05/2026" not in question.examples  # both readings agree


def test_one_value_that_only_one_order_can_read_settles_the_whole_column(engine, tmp_path) -> None:
    reading = read_dates(column(engine, tmp_path, ["01/02/2026"] * 50 + ["31/01/2026"]))
    assert isinstance(reading, Reading)
    assert reading.name == "day_first"


def test_dates_that_nobody_can_read_give_no_reading(engine, tmp_path) -> None:
    assert read_dates(column(engine, tmp_path, ["soon", "later"])) is None
    assert read_dates(column(engine, tmp_path, ["13/13/2026", "14/14/2026"])) is None


@pytest.mark.parametrize(
    ("values", "name", "numbers"),
    [
        (["1", "2.5", "-3"], "plain", [1, 2.5, -3]),
        (["1,234.50", "99"], "decimal_point", [1234.5, 99]),
        (["1.234,50", "99,9"], "decimal_comma", [1234.5, 99.9]),
        (["18500.00", "1.5"], "plain", [18500, 1.5]),
        (["$ 1,000.00", "($ 5.25)", "7.50-"], "decimal_point", [1000, -5.25, -7.5]),
        (["1 234,5 €", "2,5 €"], "decimal_comma", [1234.5, 2.5]),
        (["۱۲۳٬۴۵۶٫۵", "۱٫۲۵"], "decimal_point", [123456.5, 1.25]),
        (["1,234,567", "5"], "decimal_point", [1234567, 5]),
        (["1.234.567", "5"], "decimal_comma", [1234567, 5]),
    ],
)
def test_numbers_are_read_in_the_way_that_fits_all_of_them(engine, tmp_path, values, name, numbers) -> None:
    written = column(engine, tmp_path, values)
    reading = read_numbers(written)
    assert isinstance(reading, Reading)
    assert reading.name == name
    assert [float(each) for each in read(engine, written, reading)] == numbers


@pytest.mark.parametrize("values", [["1.234", "5.678"], ["1,234", "999"]])
def test_a_mark_that_may_be_decimal_or_thousands_is_asked_about(engine, tmp_path, values) -> None:
    question = read_numbers(column(engine, tmp_path, values))
    assert isinstance(question, Question)
    assert {float(each) for each in question.examples[values[0]]} == {1.234, 1234.0}


def test_ids_keep_leading_zeros_and_lose_only_a_decimal_zero_that_all_have(engine, tmp_path) -> None:
    zeros = column(engine, tmp_path, ["007", "008"])
    assert read(engine, zeros, read_ids(zeros)) == ["007", "008"]
    floats = column(engine, tmp_path, ["17850.0", "13047.0"])
    assert read(engine, floats, read_ids(floats)) == ["17850", "13047"]
    mixed = column(engine, tmp_path, ["17850.0", "A1"])
    assert read(engine, mixed, read_ids(mixed)) == ["17850.0", "A1"]


def test_a_shop_systems_order_name_is_an_order_number_and_a_persons_name_is_not() -> None:
    shop = {"Name": ["#1001", "#1002"], "Email": ["a@b", "c@d"], "Created at": ["2026-01-01"], "Total": ["5"]}
    assert which_table(shop)[0].headers["order_id"] == "Name"
    people = {"Name": ["Ann", "Bob"], "Customer ID": ["1", "2"], "Created at": ["2026-01-01"], "Total": ["5"]}
    assert "order_id" not in which_table(people)[0].headers


def test_capitals_in_e_mail_addresses_make_no_other_customer(engine, tmp_path) -> None:
    mails = column(engine, tmp_path, ["Ida@Example.com", "ida@example.com"])
    assert set(read(engine, mails, read_ids(mails))) == {"ida@example.com"}


def test_a_customer_and_a_date_alone_may_be_anything_and_are_asked_about() -> None:
    _, question = which_table({"Customer email": ["a@b.c"], "How did you like it": ["fine"], "When": ["2026-01-01"]})
    assert question
    assert {reading.name for reading in question.readings} == {"orders", "complaints"}


def test_headers_are_compared_without_case_accents_brackets_and_arabic_letters() -> None:
    assert normal("CustomerID") == normal("customer_id") == normal(" Customer  Id ") == "customer id"
    assert normal("مبلغ فاکتور (ریال)") == "مبلغ فاکتور"
    assert normal("كد مشتري") == normal("کد مشتری")


@pytest.mark.parametrize(
    ("sample", "table", "headers"),
    [
        (
            {
                "InvoiceNo": ["1"],
                "InvoiceDate": ["2026-01-01"],
                "CustomerID": ["7"],
                "UnitPrice": ["2.5"],
                "Quantity": ["3"],
            },
            "orders",
            {
                "order_id": "InvoiceNo",
                "ordered_at": "InvoiceDate",
                "customer": "CustomerID",
                "unit_price": "UnitPrice",
                "quantity": "Quantity",
            },
        ),
        (
            {
                "شماره فاکتور": ["1"],
                "تاریخ صدور": ["1404/01/01"],
                "کد مشتری": ["7"],
                "مبلغ فاکتور (ریال)": ["100"],
                "شعبه": ["ونک"],
            },
            "orders",
            {
                "order_id": "شماره فاکتور",
                "ordered_at": "تاریخ صدور",
                "customer": "کد مشتری",
                "amount": "مبلغ فاکتور (ریال)",
                "branch": "شعبه",
            },
        ),
        (
            {"Ticket ID": ["1"], "Requester": ["a"], "Created at": ["2026-01-01"], "Solved at": ["2026-01-02"]},
            "complaints",
            {
                "complaint_id": "Ticket ID",
                "customer": "Requester",
                "opened_at": "Created at",
                "resolved_at": "Solved at",
            },
        ),
        (
            {"Response date": ["2026-01-01"], "CSAT": ["5"], "Customer email": ["a@b"]},
            "satisfaction",
            {"answered_at": "Response date", "score": "CSAT", "customer": "Customer email"},
        ),
        (
            {"customer_unique_id": ["x", "x"], "customer_id": ["y", "z"]},
            "customers",
            {"customer": "customer_unique_id", "other_id": "customer_id"},
        ),
    ],
)
def test_tables_and_columns_are_known_by_their_headers(sample, table, headers) -> None:
    found, _ = which_table(sample)
    assert found.table.name == table
    assert {name: found.headers.get(name) for name in headers} == headers


@pytest.mark.parametrize(
    ("headers", "values"),
    [
        ("Kundennummer;Bestelldatum;Bestellnummer;Betrag", "7;31.01.2026;B1;5,50"),
        ("N° client;Date de commande;Numéro de commande;Montant TTC", "7;31/01/2026;B1;5,50"),
        ("Código de cliente;Fecha de pedido;Número de pedido;Importe", "7;31/01/2026;B1;5,50"),
        ("Código do cliente;Data do pedido;Número do pedido;Valor total", "7;31/01/2026;B1;5,50"),
        ("Müşteri No;Sipariş Tarihi;Sipariş No;Tutar", "7;31.01.2026;B1;5,50"),
        ("رقم العميل;تاريخ الطلب;رقم الطلب;المبلغ", "7;2026-01-31;B1;5.50"),
        ("کد مشتری;تاریخ صدور;شماره فاکتور;مبلغ فاکتور (ریال)", "7;1404/11/11;B1;5"),
    ],
)
def test_orders_are_known_in_the_big_languages_of_commerce(headers, values) -> None:
    customer, date, number, amount = headers.split(";")
    sample = {header: [value] for header, value in zip(headers.split(";"), values.split(";"), strict=True)}
    found, question = which_table(sample)
    assert question is None
    assert found.table.name == "orders"
    assert found.headers == {"customer": customer, "ordered_at": date, "order_id": number, "amount": amount}


def test_a_header_that_fits_does_not_count_when_its_values_do_not() -> None:
    sample = {"customer": ["a"], "order date": ["2026-01-01"], "date": ["tea"], "amount": ["lots"]}
    assert "amount" not in which_table(sample)[0].headers


def test_a_missing_column_is_named_with_what_was_found_instead() -> None:
    with pytest.raises(ColumnMissing, match=r"No column for the order date.*Your file has: customer, Ordrdate, colour"):
        which_table({"customer": ["a"], "Ordrdate": ["soon"], "colour": ["red"]})


def test_a_required_column_nobody_can_read_is_an_error_with_examples(engine, tmp_path) -> None:
    path = csv_file(tmp_path, "customer,order date\na,31/31/2026\nb,45/12/2026\n")
    with pytest.raises(ColumnMissing, match=r"order date.*31/31/2026"):
        understand(engine, read_file(path, engine.staging)[0], Choices("orders", {"ordered_at": "order date"}))


def test_a_person_can_correct_a_match_and_answer_a_question(engine, tmp_path) -> None:
    path = csv_file(tmp_path, "who,when,customer\na,01/02/2026,x\nb,03/04/2026,x\n")
    staged = read_file(path, engine.staging)[0]
    columns = {"customer": "who", "ordered_at": "when"}
    with pytest.raises(QuestionOpen, match=r"2 ways.*01/02/2026"):
        understand(engine, staged, Choices("orders", columns)).require_settled()
    answered = understand(engine, staged, Choices("orders", columns, {"ordered_at": "day_first"}))
    assert answered.open_questions == ()
    assert [each.column for each in answered.questions] == ["ordered_at"]
    assert answered.match.headers["customer"] == "who"
