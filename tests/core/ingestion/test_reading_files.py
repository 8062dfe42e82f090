"""Reading files: what is a table comes out cell by cell, what is not is refused with a clear word."""

import gzip
import zipfile

import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retention_core.errors import FileUnreadable
from retention_core.ingestion.reading.find_header import find_header, unique_names
from retention_core.ingestion.reading.read_file import ReadingLimits, read_file
from retention_core.ingestion.reading.read_text import read_text
from tests.core.ingestion.files import csv_file, workbook, workbook_with_entities, workbook_with_far_cell, zip_bomb


def cells(path, staging) -> list[list[str]]:
    """The header and the rows of the first table of a file."""
    table = read_file(path, staging)[0]
    rows = pq.read_table(table.path).to_pylist()
    return [list(table.header), *([row[f"c{n}"] for n in range(len(table.header))] for row in rows)]


@pytest.fixture
def staging(tmp_path):
    folder = tmp_path / "staging"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_any_separator_and_encoding_gives_the_same_cells(tmp_path, staging, separator, encoding) -> None:
    rows = [["Kunde", "Straße", "Größe"], ["Ärger", "ß", "1"], ["Öl", "é", "2"]]
    text = "\n".join(separator.join(row) for row in rows) + "\n"
    assert cells(csv_file(tmp_path, text, encoding=encoding), staging) == rows


def test_persian_text_in_windows_1256_is_told_from_western_text(tmp_path, staging) -> None:
    rows = [["نام", "شهر"], ["مريم", "تهران"], ["حسن", "اصفهان"]]
    text = "\n".join(",".join(row) for row in rows) + "\n"
    assert cells(csv_file(tmp_path, text, encoding="windows-1256"), staging) == rows


def test_a_letter_that_is_not_utf8_far_behind_the_sample_is_still_read(tmp_path, staging) -> None:
    body = "a,b\n" + "1,2\n" * 400_000 + "3,£\n"
    assert cells(csv_file(tmp_path, body, encoding="latin-1"), staging)[-1] == ["3", "£"]


def test_quoted_cells_keep_separators_quotes_and_line_breaks(tmp_path, staging) -> None:
    text = 'customer,note\n1,"a, ""b""\nc"\n2,plain\n'
    assert cells(csv_file(tmp_path, text), staging) == [["customer", "note"], ["1", 'a, "b"\nc'], ["2", "plain"]]


def test_cells_separated_by_runs_of_spaces_are_told_apart(tmp_path, staging) -> None:
    text = " customer  date     amount\n 0001   19970101   5.00\n 0002   19970102  15.00\n"
    assert cells(csv_file(tmp_path, text, "till.txt"), staging)[1:] == [
        ["0001", "19970101", "5.00"],
        ["0002", "19970102", "15.00"],
    ]


def test_every_record_is_kept_or_listed_with_its_place_and_reason(tmp_path, staging) -> None:
    text = "a,b\n1,2\n\n3\n4,5,6\n7,8\n"
    table = read_file(csv_file(tmp_path, text), staging)[0]
    assert pq.read_table(table.path).column("row_number").to_pylist() == [2, 6]  # the header is row 1, row 3 is blank
    assert [(row.row_number, row.text) for row in table.malformed] == [(4, "3"), (5, "4,5,6")]
    assert table.malformed[0].reason == "the row has 1 cells, the header has 2"
    assert table.rows_read == 4


@given(
    st.lists(
        st.lists(st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=8), min_size=3, max_size=3),
        min_size=2,
        max_size=30,
    ),
    st.sampled_from([",", ";", "\t", "|"]),
)
@settings(max_examples=60, deadline=None)
def test_what_is_written_as_csv_is_read_back_or_refused(tmp_path_factory, rows, separator) -> None:
    import csv

    folder = tmp_path_factory.mktemp("csv")
    path = folder / "any.csv"
    header = ["customer", "order date", "amount"]
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=separator, quoting=csv.QUOTE_ALL).writerows([header, *rows])
    found = read_text(path, folder / "any.parquet")
    table = pq.read_table(folder / "any.parquet").to_pylist()
    assert [[row["c0"], row["c1"], row["c2"]] for row in table] == [row for row in rows if any(row)]
    assert list(found["header"]) == header


def test_parquet_and_json_lines_are_read_as_text(tmp_path, staging) -> None:
    frame = pd.DataFrame(
        {"customer": ["007", None], "at": pd.to_datetime(["2026-01-02 03:04:05", None]), "n": [1.5, 2.0]}
    )
    frame.to_parquet(tmp_path / "orders.parquet")
    found = cells(tmp_path / "orders.parquet", staging)
    assert found[0] == ["customer", "at", "n"]
    assert found[1][0] == "007"
    assert found[1][1].startswith("2026-01-02 03:04:05")
    assert found[2][:2] == ["", ""]
    lines = csv_file(
        tmp_path, '{"customer": "a", "tags": ["x", "y"]}\n{"customer": "b", "amount": 2.5}\n', "orders.jsonl"
    )
    assert cells(lines, staging) == [["customer", "tags", "amount"], ["a", '["x", "y"]', ""], ["b", "", "2.5"]]


def test_zipped_and_gzipped_files_are_unpacked(tmp_path, staging) -> None:
    plain = csv_file(tmp_path, "a,b\n1,2\n")
    packed = tmp_path / "orders.csv.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert cells(packed, staging) == [["a", "b"], ["1", "2"]]
    archive = tmp_path / "orders.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.write(plain, "folder/orders.csv")
        file.writestr("__MACOSX/._orders.csv", "x")
        file.writestr("readme.pdf", "x")
    assert cells(archive, staging) == [["a", "b"], ["1", "2"]]


def test_an_archive_without_data_names_what_it_holds(tmp_path, staging) -> None:
    archive = tmp_path / "two.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("a.pdf", "a")
        file.writestr("b.doc", "b")
    with pytest.raises(FileUnreadable, match=r"a\.pdf, b\.doc"):
        read_file(archive, staging)


def test_all_sheets_of_a_workbook_are_read_with_their_row_numbers(tmp_path, staging) -> None:
    book = workbook(
        tmp_path,
        {
            "Orders": [
                [],
                ["Sales of May"],
                [],
                ["customer", "amount", "note"],
                ["0017", 2.5, None],
                [],
                ["A", 3, "x"],
            ],
            "Empty": [],
            "Notes": [["a", "b"], ["1", "2"]],
        },
    )
    tables = read_file(book, staging)
    assert [(table.sheet, table.header, table.row_count) for table in tables] == [
        ("Orders", ("customer", "amount", "note"), 2),
        ("Notes", ("a", "b"), 1),
    ]
    rows = pq.read_table(tables[0].path).to_pylist()
    assert rows == [
        {"row_number": 5, "c0": "0017", "c1": "2.5", "c2": ""},
        {"row_number": 7, "c0": "A", "c1": "3", "c2": "x"},
    ]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("empty.csv", b"", "empty"),
        ("blank.csv", b"  \n \n", "empty"),
        ("paper.csv", b"%PDF-1.7\n%\xe2\xe3\n1 0 obj", "not a text file"),
        ("photo.csv", b"\x89PNG\r\n\x1a\n\0\0\0", "not a text file"),
        ("header.csv", b"customer,date\n", "no rows"),
        ("broken.parquet", b"PAR1 and nothing", "cannot be read"),
        ("broken.jsonl", b'{"a": 1}\n{"a": ', "one JSON object a line"),
        ("letter.docx", b"PK\x03\x04", "not read"),
        ("cut.xlsx", b"PK\x03\x04 and then nothing", "incomplete"),
        ("cut.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and then nothing", "cannot be opened"),
        ("cut.csv.gz", b"\x1f\x8b\x08\0\0", "cannot be opened"),
        ("cut.zip", b"PK\x03\x04 and then nothing", "cannot be opened"),
    ],
)
def test_what_is_no_table_is_refused_with_a_clear_word(tmp_path, staging, name, content, told) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(FileUnreadable, match=told) as refused:
        read_file(tmp_path / name, staging)
    assert refused.value.advice


def test_a_workbook_with_a_far_cell_kills_only_the_child(tmp_path, staging) -> None:
    with pytest.raises(FileUnreadable, match="memory allowed"):
        read_file(workbook_with_far_cell(tmp_path), staging, limits=ReadingLimits(memory_bytes=2 << 30))


def test_a_workbook_packed_to_harm_is_not_even_opened(tmp_path, staging) -> None:
    with pytest.raises(FileUnreadable, match="no ordinary workbook"):
        read_file(zip_bomb(tmp_path), staging)
    with pytest.raises(FileUnreadable, match="document type"):
        read_file(workbook_with_entities(tmp_path), staging)


def test_a_file_that_takes_too_long_is_given_up(tmp_path, staging) -> None:
    path = csv_file(tmp_path, "a,b\n" + "1,2\n" * 2_000_000)
    with pytest.raises(FileUnreadable, match="too long"):
        read_file(path, staging, limits=ReadingLimits(seconds=0))


def test_the_header_is_the_first_row_as_full_as_the_table() -> None:
    assert find_header([["Report"], [], ["a", "b", "c"], ["1", "2", "3"], ["4", "", "6"]]).last == 2
    assert find_header([["a", "b"], ["1", "2"]]).last == 0
    assert find_header([["a"], ["1"], ["2"]]).last == 0


def test_a_table_without_a_header_loses_no_row(tmp_path, staging) -> None:
    assert cells(csv_file(tmp_path, "0001,2026-01-01,5.00\n0002,2026-01-02,6.00\n"), staging) == [
        ["column 1", "column 2", "column 3"],
        ["0001", "2026-01-01", "5.00"],
        ["0002", "2026-01-02", "6.00"],
    ]
    book = workbook(tmp_path, {"Sales": [[1, 5.5], [2, 6.5]]})
    assert pq.read_table(read_file(book, staging)[0].path).column("row_number").to_pylist() == [1, 2]


def test_columns_without_a_name_or_with_the_same_get_one_of_their_own() -> None:
    assert unique_names(["a", "", "a", " a  b "]) == ("a", "column 2", "a (2)", "a b")
