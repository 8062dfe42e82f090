"""A header line that is cut wrongly swallows no record and shifts no name."""

import pyarrow.parquet as pq
import pytest

from retention_core.ingestion.reading.find_header import find_header
from retention_core.ingestion.reading.read_file import read_file
from tests.acceptance.adapters import read_table
from tests.core.ingestion.files import csv_file, workbook

NAMES = ["customer", "date", "amount"]
ROWS = [["C001", "2026-01-05", "12.50"], ["C002", "2026-01-06", "13.50"], ["C003", "2026-01-07", "14.50"]]
BODY = "".join(",".join(row) + "\n" for row in ROWS)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ('"customer,date,amount', ['"customer', "date", "amount"]),
        ('customer,"date,amount', ["customer", '"date', "amount"]),
        ('customer,date,amount"', ["customer", "date", 'amount"']),
        ('Report\n"customer,date,amount', ['"customer', "date", "amount"]),
        ("customer;date;amount", NAMES),
        ("customer\tdate\tamount", NAMES),
        ("customer;date,amount", NAMES),
        ('customer"date",amount', NAMES),
        (",customer,date,amount", NAMES),
        ("Sales of May\n\ncustomer,date,amount", NAMES),
        ("customerdate,amount", ["customerdate", "column 2", "amount"]),
        ("Sales of May", ["column 1", "column 2", "column 3"]),
    ],
)
def test_the_records_below_a_broken_header_are_all_read(tmp_path, line, names) -> None:
    path = csv_file(tmp_path, f"{line}\n{BODY}")
    header, *rows = read_table(path)
    assert rows == ROWS
    assert header == names


def test_a_header_that_swallows_nothing_is_told_to_have_been_broken(tmp_path) -> None:
    (table,) = read_file(csv_file(tmp_path, f"customer;date;amount\n{BODY}"), tmp_path)
    assert "header line was broken" in table.reading
    (table,) = read_file(csv_file(tmp_path, f"customer,date,amount\n{BODY}"), tmp_path)
    assert "broken" not in table.reading


def test_a_header_that_cannot_be_told_apart_is_listed_and_the_columns_numbered(tmp_path) -> None:
    rows = "".join(f"a,b,c,{n},2026-01-0{n}\n" for n in range(1, 5))
    (table,) = read_file(csv_file(tmp_path, f'one,"two"x"three,four\n{rows}'), tmp_path)
    assert table.header == tuple(f"column {n}" for n in range(1, 6))
    assert table.row_count == 4
    assert [(row.row_number, row.text) for row in table.malformed] == [(1, 'one,"two"x"three,four')]


def test_a_missing_separator_is_placed_where_the_names_fit_their_cells(tmp_path) -> None:
    rows = "".join(f"2026-01-0{n},1{n}:00,{n},SKU-{n},5.0{n},boots,{n}@x.io\n" for n in range(1, 6))
    path = csv_file(tmp_path, f"Date,Time,Qty,SKU,PriceKind,E-mail\n{rows}")
    assert read_table(path)[0] == ["Date", "Time", "Qty", "SKU", "PriceKind", "column 6", "E-mail"]


def test_columns_at_the_end_that_hold_nothing_need_no_name(tmp_path) -> None:
    path = csv_file(tmp_path, "customer,date\nA,2026-01-05,\nB,2026-01-06,\nC,2026-01-07,\n")
    assert read_table(path)[0] == ["customer", "date", "column 3"]
    assert "broken" not in read_file(path, tmp_path)[0].reading


def test_running_numbers_without_a_name_shift_no_name(tmp_path) -> None:
    path = csv_file(tmp_path, '"who","when"\n"1","A","2026-01-05"\n"2","B","2026-01-06"\n"3","C","2026-01-07"\n')
    assert read_table(path)[0] == ["column 1", "who", "when"]


@pytest.mark.parametrize(
    "between", ["customer,date,amount\n", "\ncustomer,date,amount\n", ",,\n", "\n", "\ufeffcustomer,date,amount\n"]
)
def test_tables_of_the_same_columns_under_each_other_are_all_read(tmp_path, between) -> None:
    path = csv_file(tmp_path, f"customer,date,amount\n{BODY}{between}{BODY}")
    assert read_table(path)[1:] == ROWS + ROWS
    (table,) = read_file(path, tmp_path)
    assert [row.reason for row in table.malformed] == (["the header again"] if "customer" in between else [])
    assert pq.read_table(table.path)["row_number"].to_pylist()[:3] == [2, 3, 4]


def test_a_header_repeated_on_every_page_of_a_sheet_is_listed(tmp_path) -> None:
    (table,) = read_file(workbook(tmp_path, {"A": [NAMES, *ROWS, NAMES, *ROWS]}), tmp_path)
    assert table.row_count == 6
    assert [(row.row_number, row.reason) for row in table.malformed] == [(5, "the header again")]


def test_a_first_row_that_looks_like_the_others_is_no_header() -> None:
    assert find_header(ROWS).last == -1
    assert find_header([["customer", "2024", "2025"], ["a", "1234", "5678"], ["b", "2345", "6789"]]).last == 0
    assert find_header([NAMES, *ROWS]).last == 0


@pytest.mark.parametrize(
    ("text", "table"),
    [
        ("sep=;\ncustomer;amount\nA;1,5\nB;2,5\n", [["customer", "amount"], ["A", "1,5"], ["B", "2,5"]]),
        ('"sep=,"\r\na;x,b;y\r\n1;2,3;4\r\n', [["a;x", "b;y"], ["1;2", "3;4"]]),
        ("sep=:\ncustomer:amount\nA:1,5\nB:2,5\n", [["customer", "amount"], ["A", "1,5"], ["B", "2,5"]]),
    ],
)
def test_a_first_line_that_names_the_separator_is_obeyed(tmp_path, text, table) -> None:
    path = csv_file(tmp_path, text)
    assert read_table(path) == table
    assert pq.read_table(read_file(path, tmp_path)[0].path)["row_number"][0].as_py() == 3
