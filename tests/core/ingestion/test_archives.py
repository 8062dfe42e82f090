"""Archives are unpacked within limits, each file of theirs is read, and nothing is left behind."""

import gzip
import zipfile

import pytest

from retention_core.errors import FileUnreadable
from retention_core.ingestion.reading.read_file import ReadingLimits, read_file
from tests.core.ingestion.files import csv_file, workbook

pytestmark = pytest.mark.cold_child
BOMB_MEGABYTES = 400


@pytest.fixture
def staging(tmp_path):
    folder = tmp_path / "staging"
    folder.mkdir()
    return folder


def gzip_bomb(path):
    with gzip.open(path, "wb", compresslevel=9) as file:
        for _ in range(BOMB_MEGABYTES):
            file.write(b"a,b\n" * (1 << 18))
    return path


def test_archives_packed_to_harm_are_given_up_while_unpacking(tmp_path, staging) -> None:
    packed = gzip_bomb(tmp_path / "bomb.csv.gz")
    with pytest.raises(FileUnreadable, match="unpacks to more"):
        read_file(packed, staging)
    archive = tmp_path / "bomb.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file, file.open("bomb.csv", "w") as part:
        for _ in range(BOMB_MEGABYTES):
            part.write(b"a,b\n" * (1 << 18))
    with pytest.raises(FileUnreadable, match="unpacks to more"):
        read_file(archive, staging)
    assert list(staging.iterdir()) == []


def test_an_ordinary_file_packed_tightly_is_read(tmp_path, staging) -> None:
    path = tmp_path / "zeros.csv.gz"
    path.write_bytes(gzip.compress(b"customer,amount\n" + b"A,0\n" * 2_000_000))
    assert read_file(path, staging)[0].row_count == 2_000_000


@pytest.mark.parametrize("limits", [ReadingLimits(seconds=0), ReadingLimits(memory_bytes=200 << 20), ReadingLimits()])
def test_whatever_goes_wrong_nothing_is_left_in_the_folder(tmp_path, staging, limits) -> None:
    path = csv_file(tmp_path, "a,b\n" + "1,2\n" * 10 if limits == ReadingLimits() else "a,b\n" + '1,"2\n' * 3_000_000)
    if limits == ReadingLimits():
        path = csv_file(tmp_path, "a;b\n", "none.csv")
    with pytest.raises(FileUnreadable):
        read_file(path, staging, limits=limits)
    assert list(staging.iterdir()) == []


def test_a_person_who_leaves_leaves_nothing_in_the_folder(tmp_path, staging) -> None:
    path = csv_file(tmp_path, "a,b\n" + "1,2\n" * 6_000_000)

    def leave(_: int) -> None:
        raise KeyError("left")

    with pytest.raises(KeyError):
        read_file(path, staging, watch=leave)
    assert list(staging.iterdir()) == []


def test_only_the_tables_stay_in_the_folder(tmp_path, staging) -> None:
    path = tmp_path / "packed.csv.gz"
    path.write_bytes(gzip.compress(b'customer,note\nA,13" screen\nB,x\n'))
    (table,) = read_file(path, staging)
    assert table.row_count == 2
    assert list(staging.iterdir()) == [table.path]


def test_every_file_of_an_archive_is_read(tmp_path, staging) -> None:
    book = workbook(tmp_path, {"May": [["a", "b"], ["x", "y"]]})
    archive = tmp_path / "year.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("2026/january.csv", "a,b\n1,2\n")
        file.writestr("2026/february.csv", "a,b\n3,4\n5,6\n")
        file.writestr("readme.pdf", "x")
        file.write(book, "book.xlsx")
    tables = read_file(archive, staging)
    assert [(table.sheet, table.row_count) for table in tables] == [
        ("2026/january.csv", 1),
        ("2026/february.csv", 2),
        ("book.xlsx › May", 1),
    ]


def test_a_file_of_an_archive_that_cannot_be_read_is_named(tmp_path, staging) -> None:
    archive = tmp_path / "year.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("january.csv", "a,b\n1,2\n")
        file.writestr("february.csv", "%PDF-1.7")
    with pytest.raises(FileUnreadable, match=r"february\.csv"):
        read_file(archive, staging)
    assert list(staging.iterdir()) == []


def test_an_archive_of_too_many_files_is_refused(tmp_path, staging) -> None:
    archive = tmp_path / "many.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for number in range(60):
            file.writestr(f"{number}.csv", "a,b\n1,2\n")
    with pytest.raises(FileUnreadable, match="60"):
        read_file(archive, staging)
