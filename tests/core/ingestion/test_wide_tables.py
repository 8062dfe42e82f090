"""A table wider than any of orders is refused with its width, unless its columns are empty."""

import pytest

from retention_core.errors import FileUnreadable
from retention_core.ingestion.reading.read_file import read_file
from tests.acceptance.adapters import read_table
from tests.core.ingestion.files import csv_file, workbook

WIDE = 20_000


def test_a_text_of_twenty_thousand_columns_is_refused_with_their_number(tmp_path) -> None:
    line = ",".join(f"n{n}" for n in range(WIDE))
    with pytest.raises(FileUnreadable, match=r"20,000 columns.*2,000"):
        read_file(csv_file(tmp_path, f"{line}\n{line}x\n{line}y\n"), tmp_path)


def test_empty_columns_without_a_name_are_dropped_from_a_wide_text(tmp_path) -> None:
    path = csv_file(tmp_path, "".join(f"{row}{',' * WIDE}\n" for row in ("customer,amount", "A,1", "B,2")))
    assert read_table(path) == [["customer", "amount"], ["A", "1"], ["B", "2"]]


def test_a_value_far_to_the_right_and_far_below_is_not_dropped_in_silence(tmp_path) -> None:
    path = csv_file(tmp_path, f"a,b{',' * 3000}\n" + f"1,2{',' * 3000}\n" * 2500 + f"1,2{',' * 3000}x\n")
    with pytest.raises(FileUnreadable, match="too many columns"):
        read_file(path, tmp_path)


def test_wide_sheets_are_treated_alike(tmp_path) -> None:
    full = [[f"n{n}" for n in range(3000)], ["x"] * 3000]
    with pytest.raises(FileUnreadable, match="3,000 columns"):
        read_file(workbook(tmp_path, {"A": full}), tmp_path)
    far: list[list[object]] = [["customer", "amount"], ["A", 1], ["B", 2], [*[""] * 2999, " "]]
    assert read_table(workbook(tmp_path, {"A": far}, "far.xlsx"))[0][:2] == ["customer", "amount"]
