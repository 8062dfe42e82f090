"""What a file is by its first bytes, whatever its name ends with."""

import zipfile
from pathlib import Path

_HEAD_BYTES = 4096
_OLE, _ZIP, _GZIP, _PARQUET = b"\xd0\xcf\x11\xe0", b"PK\x03\x04", b"\x1f\x8b", b"PAR1"
_WORKBOOK_PARTS = ("xl/", "content.xml")


def content_kind(source: Path) -> str:
    """Return `workbook`, `zip`, `gzip`, `parquet`, `html`, `spreadsheet xml`, `xml`, `web archive` or `text`.

    A file of other bytes is `text` as well: the reader of text says that it is none.
    """
    with source.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if head.startswith(_OLE):
        return "workbook"
    if head.startswith(_ZIP):
        return _zip_kind(source)
    if head.startswith(_GZIP):
        return "gzip"
    if head.startswith(_PARQUET):
        return "parquet"
    return _markup_kind(head)


def workbook_ending(source: Path) -> str:
    """Return the ending under which a workbook is opened rightly, whatever its own is."""
    with source.open("rb") as file:
        if file.read(len(_OLE)) == _OLE:
            return ".xls"
    if not zipfile.is_zipfile(source):
        return ".xlsx"
    with zipfile.ZipFile(source) as archive:
        names = set(archive.namelist())
    if "xl/workbook.bin" in names:
        return ".xlsb"
    return ".ods" if "content.xml" in names and not any(name.startswith("xl/") for name in names) else ".xlsx"


def _zip_kind(source: Path) -> str:
    try:
        with zipfile.ZipFile(source) as archive:
            return "workbook" if any(n.startswith(_WORKBOOK_PARTS) for n in archive.namelist()) else "zip"
    except (zipfile.BadZipFile, OSError, ValueError):
        return "zip"


def _markup_kind(head: bytes) -> str:
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = head.decode("utf-16" if wide else "latin-1", errors="ignore").removeprefix("\xef\xbb\xbf").lstrip().lower()
    if text.startswith("mime-version:"):
        return "web archive"
    if not text.startswith("<"):
        return "text"
    if text.startswith("<?xml") and "urn:schemas-microsoft-com:office:spreadsheet" in text and "<html" not in text:
        return "spreadsheet xml"
    if any(tag in text for tag in ("<html", "<!doctype html", "<table", "<head", "<body", "<div", "<meta")):
        return "html"
    return "xml" if text.startswith("<?xml") else "text"
