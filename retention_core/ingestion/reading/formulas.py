"""Count the formulas of a workbook that were never worked out, so that their cells hold nothing."""

import re
import zipfile
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree

READ_BYTES = 256 << 20  # of sheets, unpacked; beyond it nothing is counted
_CHUNK_BYTES = 1 << 22
_CELL_BYTES = 1 << 16  # no formula is longer
_EMPTY = re.compile(rb"(?:</f>|<f\b[^>]*/>)\s*(?:<v>\s*</v>|<v\s*/>)?\s*</c>")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def formulas_without_value(source: Path) -> dict[str, int]:
    """Return for each sheet of an .xlsx how many formulas have no stored value; sheets without any are left out.

    Programs that write workbooks without a spreadsheet at hand leave the values out; the cells then read as empty.
    """
    if not zipfile.is_zipfile(source):
        return {}
    with zipfile.ZipFile(source) as archive:
        parts = _parts(archive)
        sizes = [archive.getinfo(part).file_size for part in parts.values()]
        if sum(sizes) > READ_BYTES:
            return {}
        counts = {name: _count(archive, part) for name, part in parts.items()}
    return {name: count for name, count in counts.items() if count}


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the part of the archive that holds each sheet; none where the workbook is of another kind or damaged."""
    try:
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314  (no document type: looked into)
        relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
        targets = {each.get("Id", ""): each.get("Target", "") for each in relations}
        names = {each.get("name", ""): targets.get(each.get(_RELATION, ""), "") for each in book.iter(f"{_MAIN}sheet")}
    except (KeyError, ElementTree.ParseError, zipfile.BadZipFile, RuntimeError):
        return {}
    found = {name: str(PurePosixPath("xl") / target).lstrip("/") for name, target in names.items() if target}
    return {name: part for name, part in found.items() if part in archive.namelist()}


def _count(archive: zipfile.ZipFile, part: str) -> int:
    """Count in pieces; a piece begins where the last match of the one before ended, or a cell's length before its end."""
    count, kept = 0, b""
    with archive.open(part) as sheet:
        while chunk := sheet.read(_CHUNK_BYTES):
            piece = kept + chunk
            ends = [found.end() for found in _EMPTY.finditer(piece)] if b"<f" in piece or b"</f>" in piece else []
            count += len(ends)
            kept = piece[max(ends[-1] if ends else 0, len(piece) - _CELL_BYTES) :]
    return count
