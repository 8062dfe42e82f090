"""No file harms the dashboard: a clear word, and the child within its limits."""

import random
import zipfile
from pathlib import Path

import pytest

from retention_core.errors import FileUnreadable
from retention_core.ingestion.reading.read_file import ReadingLimits, read_file
from tests.core.ingestion.files import workbook

pytestmark = pytest.mark.cold_child
LINE_BYTES = 1 << 30


def test_a_gigabyte_of_one_line_is_refused_with_a_word(tmp_path) -> None:
    path = tmp_path / "line.csv"
    with path.open("wb") as file:
        file.write(b'customer,"')
        file.seek(LINE_BYTES)
        file.write(b'"')
    with pytest.raises(FileUnreadable):
        read_file(path, tmp_path)
    with path.open("r+b") as file:
        for _ in range(LINE_BYTES >> 24):
            file.write(b"a,b;" * (1 << 22))
    with pytest.raises(FileUnreadable) as refused:
        read_file(path, tmp_path, limits=ReadingLimits(memory_bytes=3 << 30, seconds=120))
    assert refused.value.advice


@pytest.mark.parametrize("seed", range(8))
def test_a_spoilt_workbook_is_read_or_refused_but_never_breaks_the_dashboard(tmp_path, seed) -> None:
    path = workbook(tmp_path, {"Sheet1": [["customer", "date"], *[[f"C{n}", "2026-01-05"] for n in range(40)]]})
    luck = random.Random(seed)
    with zipfile.ZipFile(path) as archive:
        parts = {name: bytearray(archive.read(name)) for name in archive.namelist()}
    spoilt = parts[luck.choice([name for name in parts if name.startswith("xl/")])]
    for _ in range(6):
        spoilt[luck.randrange(len(spoilt))] = luck.randrange(256)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, bytes(content))
    assert _survives(path, tmp_path)


def test_a_dimension_that_runs_backwards_breaks_the_child_only(tmp_path) -> None:
    path = workbook(tmp_path, {"Sheet1": [["customer", "date"], ["C1", "2026-01-05"]]})
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b'ref="A1:B2"', b'ref="XFD1048576:A1"').replace(
        b'r="A1"', b'r="A0"'
    )
    assert parts["xl/worksheets/sheet1.xml"] != sheet
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert _survives(path, tmp_path)


def _survives(path: Path, folder: Path) -> bool:
    """Tell whether the file is read, or refused with advice."""
    try:
        return all(table.header for table in read_file(path, folder))
    except FileUnreadable as refused:
        return bool(refused.title and refused.advice)
