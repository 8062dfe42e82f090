"""The child process that reads one file: its memory and time are limited, its death harms nobody.

Run as `python -m retention_core.ingestion.reading.child SOURCE TARGET MEMORY_BYTES SECONDS`; writes TARGET.json.
"""

import gzip
import json
import resource
import shutil
import sys
import zipfile
from pathlib import Path, PurePath
from typing import IO, Any

from retention_core.errors import FileUnreadable

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
TEXTS = (".csv", ".tsv", ".txt", ".tab", ".psv", ".dat", ".log")
COLUMNAR = {".parquet": "read_parquet", ".jsonl": "read_json_lines", ".ndjson": "read_json_lines"}
READABLE = (*WORKBOOKS, *TEXTS, *COLUMNAR)
UNPACKED_BYTES = 20 << 30


def main(source: Path, target: Path, memory_bytes: int, seconds: int) -> None:
    """Read `source` within the limits and write what was found, or why it could not be read."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        answer: dict[str, Any] = {"tables": read(source, target)}
    except FileUnreadable as error:
        answer = {"error": [error.title, error.found, error.advice]}
    target.with_suffix(".json").write_text(json.dumps(answer), encoding="utf-8")


def read(source: Path, target: Path) -> list[dict[str, Any]]:
    """Return a description of each table in `source`, written to Parquet files beside `target`."""
    suffix = source.suffix.lower()
    if suffix == ".zip":
        return read(_unpack_zip(source, target), target)
    if suffix == ".gz":
        return read(_unpack_gzip(source, target), target)
    if suffix in WORKBOOKS:
        from retention_core.ingestion.reading.read_workbook import read_workbook

        return read_workbook(source, target)
    if suffix in TEXTS:
        from retention_core.ingestion.reading.read_text import read_text

        path = target.with_suffix(".parquet")
        return [{"sheet": "", "path": str(path), **read_text(source, path)}]
    if suffix in COLUMNAR:
        from retention_core.ingestion.reading import read_columnar

        path, read_it = target.with_suffix(".parquet"), getattr(read_columnar, COLUMNAR[suffix])
        return [{"sheet": "", "path": str(path), **read_it(source, path)}]
    raise FileUnreadable(
        f"Files of the kind {suffix or 'without an ending'} are not read.",
        "We read spreadsheets, delimited text, Parquet and JSON lines.",
        f"Save it as one of: {', '.join(READABLE)}, or a .zip or .gz of one of them.",
    )


def _unpack_zip(source: Path, target: Path) -> Path:
    try:
        with zipfile.ZipFile(source) as archive:
            entries = [each for each in archive.infolist() if _is_data(each)]
            if len(entries) != 1:
                names = ", ".join(each.filename for each in entries[:5]) or "nothing that we read"
                raise FileUnreadable(
                    "The archive should hold one file.",
                    f"It holds {len(entries)}: {names}.",
                    "Unpack it and upload the files themselves.",
                )
            with archive.open(entries[0]) as packed:
                return _unpack(packed, target, PurePath(entries[0].filename).suffix)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise FileUnreadable(
            "The archive cannot be opened.", f"{error}", "Pack it again without a password."
        ) from error


def _is_data(entry: zipfile.ZipInfo) -> bool:
    name = PurePath(entry.filename)
    return not entry.is_dir() and "__MACOSX" not in name.parts and name.suffix.lower() in READABLE


def _unpack_gzip(source: Path, target: Path) -> Path:
    try:
        with gzip.open(source) as packed:
            return _unpack(packed, target, PurePath(source.stem).suffix or ".csv")
    except (gzip.BadGzipFile, EOFError) as error:
        raise FileUnreadable("The archive cannot be opened.", f"{error}", "Pack the file again.") from error


def _unpack(packed: IO[bytes] | gzip.GzipFile, target: Path, suffix: str) -> Path:
    unpacked = target.with_suffix(suffix.lower())
    resource.setrlimit(resource.RLIMIT_FSIZE, (UNPACKED_BYTES, UNPACKED_BYTES))
    with unpacked.open("wb") as file:
        shutil.copyfileobj(packed, file, 1 << 20)
    return unpacked


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
