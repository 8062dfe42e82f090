"""What looks odd in a file is said before it is loaded, with what it would do."""

from datetime import date, datetime

import pytest

from retention_core.ingestion.checking.check_rows import findings
from retention_core.ingestion.loading.load import load
from retention_core.ingestion.loading.upload import upload
from retention_core.ingestion.reading.read_file import read_file
from retention_core.ingestion.understanding.understand import Choices, understand
from tests.core.ingestion.files import csv_file
from tests.tables import add_orders

TODAY = date(2026, 6, 1)


def said(engine, tmp_path, text: str, table: str = "") -> list[str]:
    staged = read_file(csv_file(tmp_path, text), engine.staging)[0]
    return [each.found for each in findings(engine, understand(engine, staged, Choices(table)), TODAY)]


def orders(customers: list[str], rest: str = "2026-01-{day:02d} 10:{minute:02d},5.00") -> str:
    lines = [f"R{n},{who}," + rest.format(day=1 + n % 28, minute=n % 60) for n, who in enumerate(customers)]
    return "order id,customer,order date,amount\n" + "\n".join(lines) + "\n"


def test_an_ordinary_file_is_loaded_without_a_word(engine, tmp_path) -> None:
    assert said(engine, tmp_path, orders([f"c{n % 20}" for n in range(60)])) == []


def test_an_orders_id_taken_for_the_customer_is_noticed(engine, tmp_path) -> None:
    found = said(engine, tmp_path, orders([f"c{n}" for n in range(60)]))
    assert found == ["Each of the 60 orders has a customer of its own in “customer”."]


def test_lines_of_orders_without_their_number_are_noticed(engine, tmp_path) -> None:
    lines = [f"c{n % 20},2026-01-05 10:{n % 20:02d},5.00" for n in range(60)]  # three lines a customer and minute
    found = said(engine, tmp_path, "customer,order date,amount\n" + "\n".join(lines) + "\n")
    assert found == ["40 of 60 rows share customer and minute with another, and no order number is chosen."]


@pytest.mark.parametrize("rows", [4, 80])
def test_a_total_repeated_on_each_line_of_its_order_counts_once(engine, tmp_path, rows) -> None:
    lines = [f"R{n // 2},c{n // 2 % 9},2026-01-05,{n // 2}.50" for n in range(rows)]
    path = csv_file(tmp_path, "order id,customer,order date,total\n" + "\n".join(lines) + "\n")
    understood = understand(engine, read_file(path, engine.staging)[0])
    assert understood.money.amount_of == "order"
    assert [question.column for question in understood.questions] == ["amount_of"]
    assert not understood.open_questions
    load(engine, understood, datetime(2026, 2, 1))
    assert engine.query("SELECT sum(amount) AS revenue FROM orders")["revenue"].iloc[0] == sum(
        n + 0.5 for n in range(rows // 2)
    )


def test_the_reasons_why_rows_are_rejected_add_up(engine, tmp_path) -> None:
    head = "order id,customer,order date,amount,quantity\n"
    lines = [f"R{n},c{n},2026-01-05,5,1" for n in range(20)]
    lines += ["R20,c,soon,5,1", "R21,c,later,5,1", "R22,,2026-01-05,5,1", "R23,c,2026-01-05,five,1", "R24,c,,5,1"]
    (found,) = said(engine, tmp_path, head + "\n".join([*lines, "R25,c,2026-01-05,5,two"]) + "\n", "orders")
    assert found.startswith("6 of 26 rows will not be loaded: 2 is not a date that we can read (“order date”); 1 ")
    assert found.endswith("; and 2 for other reasons.")


def test_days_without_a_time_are_not_taken_for_lines_of_an_order(engine, tmp_path) -> None:
    lines = [f"c{n % 20},2026-01-05,5.00" for n in range(60)]
    assert said(engine, tmp_path, "customer,order date,amount\n" + "\n".join(lines) + "\n") == []


def test_dates_in_the_future_are_noticed(engine, tmp_path) -> None:
    text = orders([f"c{n % 20}" for n in range(60)]) + "R99,c1,2027-01-01 10:00,5.00\n"
    assert said(engine, tmp_path, text) == ["1 of 61 rows lie in the future of 1 Jun 2026."]


def test_an_amount_that_dwarfs_the_others_is_noticed(engine, tmp_path) -> None:
    text = orders([f"c{n % 20}" for n in range(60)]) + "R99,c1,2026-01-01 10:00,50000.00\n"
    assert said(engine, tmp_path, text) == ["1 amount is more than 1,000 times the usual 5.00."]


def test_orders_that_another_file_has_brought_are_noticed(engine, tmp_path) -> None:
    first = orders([f"c{n % 20}" for n in range(60)])
    upload(engine, csv_file(tmp_path, first, "first.csv"), datetime(2026, 5, 1))
    again = first.splitlines(keepends=True)
    assert said(engine, tmp_path, "".join(again[:11]) + "R99,c1,2026-02-01 10:00,5.00\n") == [
        "10 of the 11 purchases in this file are loaded already, by their number."
    ]


def test_customers_that_no_order_has_are_noticed(engine, tmp_path) -> None:
    add_orders(engine, [(f"K{n}", "2026-01-01", 1.0) for n in range(50)])
    text = "ticket id,customer,opened at\n" + "".join(f"T{n},user{n}@example.com,2026-01-02\n" for n in range(50))
    assert said(engine, tmp_path, text) == [
        "Only 0 of the 50 customers of this file are among those of the orders loaded."
    ]
    shared = "ticket id,customer,opened at\n" + "".join(f"T{n},K{n},2026-01-02\n" for n in range(50))
    assert said(engine, tmp_path, shared) == []
