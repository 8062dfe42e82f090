"""A broken record is mended where one way suits the others, and listed where none or several do."""

import pytest

from retention_core.ingestion.reading.find_header import find_header
from retention_core.ingestion.reading.read_file import read_file
from tests.acceptance.adapters import read_table

HEADER = "date,customer,note,amount"
ROWS = [f"2025-01-{day:02},C{day:03},a word or two,{day}.50" for day in range(1, 21)]


def read(tmp_path, *broken: str) -> tuple[list[list[str]], list[str], str]:
    """Read twenty right rows and the broken ones: the rows after the twenty, the listed texts, the words."""
    path = tmp_path / "broken.csv"
    path.write_text("\n".join([HEADER, *ROWS, *broken]) + "\n", encoding="utf-8")
    table = read_file(path, tmp_path)[0]
    return read_table(path)[21:], [each.text for each in table.malformed], table.reading


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ('2025-02-01,C021,"a word, quoted,7.50', None),
        ('2025-02-01,C021,"one,7.50', ["2025-02-01", "C021", '"one', "7.50"]),
        ('2025-02-01,"C021,"one, two",7.50', ["2025-02-01", '"C021', "one, two", "7.50"]),
        ('2025-02-01,C021,""one",7.50', ["2025-02-01", "C021", '"one', "7.50"]),
        ('2025-02-01,C021,13" screen,7.50', ["2025-02-01", "C021", '13" screen', "7.50"]),
        ('2025-02-01,C021"one, two",7.50', ["2025-02-01", "C021", "one, two", "7.50"]),
        ("2025-02-01C021,one,7.50", ["2025-02-01", "C021", "one", "7.50"]),
        ("2025-02-01,C021,,one,7.50", ["2025-02-01", "C021", "one", "7.50"]),
        (",2025-02-01,C021,one,7.50", ["2025-02-01", "C021", "one", "7.50"]),
        ("2025-02-01,C021,one, two,7.50", ["2025-02-01", "C021", "one, two", "7.50"]),
        ("2025-02-01;C021;one;7.50", ["2025-02-01", "C021", "one", "7.50"]),
        ("2025-02-01,C021,7.50", None),
        ("Total,,,210.00", ["Total", "", "", "210.00"]),
    ],
)
def test_a_broken_line_is_mended_in_its_only_way_or_listed(tmp_path, line, cells) -> None:
    rows, listed, words = read(tmp_path, line)
    assert rows == ([cells] if cells else [])
    assert listed == ([] if cells else [line])
    assert ("mended" in words) == (cells is not None and not line.startswith("Total") and "13" not in line)


def test_rows_after_a_quote_that_never_closes_are_not_swallowed(tmp_path) -> None:
    rows, listed, _ = read(tmp_path, '2025-02-01,C021,one,7.50"', '2025-02-02,C022,"two, three",8.50')
    assert rows == [["2025-02-01", "C021", "one", '7.50"'], ["2025-02-02", "C022", "two, three", "8.50"]]
    assert listed == []


def test_a_cell_over_several_lines_stays_whole(tmp_path) -> None:
    rows, listed, _ = read(tmp_path, '2025-02-01,C021,"one\ntwo, ""three""\nfour",7.50', "2025-02-02,C022,five,8.50")
    assert rows[0] == ["2025-02-01", "C021", 'one\ntwo, "three"\nfour', "7.50"]
    assert rows[1][1] == "C022"
    assert listed == []


def test_a_second_table_below_the_first_is_listed_not_squeezed_in(tmp_path) -> None:
    _, listed, _ = read(tmp_path, *[f"2025-03-{day:02},C{day:03},a word" for day in range(1, 11)])
    assert len(listed) == 10


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("a, b, c\n1, 2, 3\n4, 5, 6\n", ["1", "2", "3"]),
        ("a;'b';c\n1;'2;3';4\n5;'6;7';8\n", ["1", "2;3", "4"]),
        ('a^b\n1^"x^y"\n3^4\n', ["1", "x^y"]),
        ('a,b\n1,"say \\"hi\\", don\\\'t"\n2,"x"\n', ["1", 'say "hi", don\\\'t']),
        ("a b   c\n1 2 3\n4  5 6\n", ["1", "2", "3"]),
    ],
)
def test_unusual_dialects_are_found(tmp_path, text, second) -> None:
    path = tmp_path / "unusual.txt"
    path.write_text(text, encoding="utf-8")
    assert read_table(path)[1] == second


def test_a_header_of_two_rows_names_each_column_by_both() -> None:
    found = find_header([["", "Sales", "", "Returns", ""], ["Day", "Number", "Sum", "Number", "Sum"], *[["1"] * 5] * 4])
    assert found.cells == ("Day", "Sales Number", "Sales Sum", "Returns Number", "Returns Sum")
    assert (found.first, found.last) == (0, 1)


def test_words_in_the_first_row_of_data_do_not_make_it_a_header() -> None:
    found = find_header([["customer", "amount", "note"], ["Ann", "1", "x"], ["Ben", "2", "y"]])
    assert found.last == 0
