"""The child process that reads one file: its memory and time are limited, its death harms nobody.

Run as `python -m retention_core.ingestion.reading.child SOURCE TARGET MEMORY_BYTES SECONDS [ENCODING]`; writes
TARGET.json.
"""

import json
import resource
import sys
from collections.abc import Callable
from importlib.abc import MetaPathFinder
from pathlib import Path, PurePath
from typing import Any

from retention_core.errors import FileUnreadable
from retention_core.ingestion.reading.content import content_kind
from retention_core.ingestion.reading.unpack import UNPACKED_BYTES, data_entries, unpack_entry, unpack_gzip
from retention_core.words.lists import in_turn, listed
from retention_core.words.say import say, sentence, stored

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
TEXTS = (".csv", ".tsv", ".txt", ".tab", ".psv", ".dat", ".log")
PAGES = (".html", ".htm", ".xml")
JSON = (".json", ".jsonl", ".ndjson")
READABLE = (*WORKBOOKS, *TEXTS, *PAGES, *JSON, ".parquet")
WITHOUT_PANDAS = (*WORKBOOKS, *TEXTS, *PAGES, *JSON)  # moments in the lists of a Parquet file need it

Tables = list[dict[str, Any]]


class WithoutPandas(MetaPathFinder):
    """Hides pandas from pyarrow, which loads it where it can: half of the time that the child needs to start."""

    def find_spec(self, fullname: str, path: object, target: object = None) -> None:
        """Raise ImportError for pandas; others may find the rest."""
        if fullname == "pandas":
            raise ImportError("files are read without pandas")


def main(source: Path, target: Path, memory_bytes: int, seconds: int, encoding: str = "") -> None:
    """Read `source` within the limits and write what was found, or why it could not be read."""
    if source.suffix.lower() in WITHOUT_PANDAS:
        sys.meta_path.insert(0, WithoutPandas())
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (UNPACKED_BYTES, UNPACKED_BYTES))
    try:
        answer: dict[str, Any] = {"tables": read(source, target, encoding)}
    except FileUnreadable as error:
        answer = {"error": [error.title, error.found, error.advice]}
    target.with_suffix(".json").write_text(json.dumps(_kept(answer)), encoding="utf-8")


def _kept(answer: Any) -> Any:
    """Return an answer with every sentence as it is kept, so that it can be said in the language of who reads it."""
    if isinstance(answer, dict):
        return {name: _kept(value) for name, value in answer.items()}
    if isinstance(answer, list | tuple):
        return [_kept(value) for value in answer]
    return stored(answer) if isinstance(answer, str) else answer


def read(source: Path, target: Path, encoding: str = "") -> Tables:
    """Return a description of each table in `source`, written to Parquet files beside `target`."""
    suffix = source.suffix.lower()
    if suffix == ".zip":
        return _read_zip(source, target, encoding)
    if suffix == ".gz":
        unpacked = target.with_name(f"{target.name}-unpacked{PurePath(source.stem).suffix.lower() or '.csv'}")
        return _read_unpacked(lambda: unpack_gzip(source, unpacked), unpacked, target, encoding)
    if suffix == ".parquet":
        from retention_core.ingestion.reading.read_columnar import read_parquet

        return read_parquet(source, target.with_suffix(".parquet"))
    if suffix in JSON:
        from retention_core.ingestion.reading.read_json import read_json

        return read_json(source, target)
    if suffix in (*WORKBOOKS, *TEXTS, *PAGES):
        return _read_by_content(source, target, encoding)
    raise FileUnreadable(
        say("Files of the kind {ending} are not read.", ending=suffix)
        if suffix
        else say("Files of the kind without an ending are not read."),
        say("We read spreadsheets, delimited text, tables of web pages, Parquet and JSON."),
        say("Save it as one of: {endings}, or a .zip or .gz of one of them.", endings=listed(READABLE)),
    )


def _read_by_content(source: Path, target: Path, encoding: str) -> Tables:
    """Read a file as what it is: programs give text and web pages the ending of a workbook, and people rename files."""
    kind, is_workbook = content_kind(source), source.suffix.lower() in WORKBOOKS
    if kind == "workbook" or (kind == "zip" and is_workbook):
        from retention_core.ingestion.reading.read_workbook import read_workbook

        return read_workbook(source, target)
    if kind in ("html", "spreadsheet xml"):
        from retention_core.ingestion.reading.read_markup import read_html, read_spreadsheet_xml

        return read_html(source, target, encoding) if kind == "html" else read_spreadsheet_xml(source, target)
    if kind in REFUSED:
        raise FileUnreadable(
            say("The file is {kind}, whatever its name ends with.", kind=say(REFUSED[kind])),
            say(
                "It begins as {kind} does, which is not read under the ending {ending}.",
                kind=say(REFUSED[kind]),
                ending=source.suffix,
            ),
            say("Open it in your spreadsheet program, save it as .xlsx or CSV, and upload that."),
        )
    from retention_core.ingestion.reading.read_text import read_text

    path = target.with_suffix(".parquet")
    table = {"sheet": "", "path": str(path), **read_text(source, path, encoding)}
    if is_workbook:
        remark = say("no workbook, though named {ending}", ending=source.suffix)
        table["reading"] = in_turn([table["reading"], remark])
    return [table]


REFUSED = {
    "zip": sentence("an archive"),
    "gzip": sentence("a packed file"),
    "parquet": sentence("a Parquet file"),
    "xml": sentence("XML of a kind of its own"),
    "web archive": sentence("a web archive"),
}


def _read_zip(source: Path, target: Path, encoding: str) -> Tables:
    """Read every file of data in an archive; where it holds several, the sheet of a table begins with its file."""
    entries, tables = data_entries(source, READABLE), Tables()
    for number, entry in enumerate(entries):
        name, place = PurePath(entry.filename), target.with_name(f"{target.name}-{number}")
        unpacked = target.with_name(f"{target.name}-{number}-unpacked{name.suffix.lower()}")
        try:
            found = _read_unpacked(
                lambda entry=entry, unpacked=unpacked: unpack_entry(source, entry, unpacked),  # type: ignore[misc]
                unpacked,
                place,
                encoding,
            )
        except FileUnreadable as error:
            raise FileUnreadable(
                error.title,
                say("{file} in the archive: {found}", file=entry.filename, found=error.found),
                error.advice,
            ) from error
        if len(entries) > 1:
            found = [each | {"sheet": " › ".join(filter(None, (entry.filename, each["sheet"])))} for each in found]
        tables += found
    return tables


def _read_unpacked(unpack: Callable[[], None], unpacked: Path, target: Path, encoding: str) -> Tables:
    try:
        unpack()
        return read(unpacked, target, encoding)
    finally:
        unpacked.unlink(missing_ok=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), *sys.argv[5:6])
