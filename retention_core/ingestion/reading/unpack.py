"""Unpack archives within limits of bytes and of how tightly they may be packed."""

import gzip
import shutil
import zipfile
import zlib
from pathlib import Path, PurePath
from typing import IO

from retention_core.errors import FileUnreadable
from retention_core.ingestion.reading.complaint import complaint
from retention_core.words.lists import listed
from retention_core.words.say import say

UNPACKED_BYTES = 20 << 30
RATIO = 300
UNSUSPICIOUS_BYTES = 64 << 20  # up to here a file may be packed as tightly as it likes
FILE_LIMIT = 50
_SPARE_BYTES = 1 << 30  # left free on the disk
_CHUNK_BYTES = 1 << 20


def data_entries(source: Path, endings: tuple[str, ...]) -> list[zipfile.ZipInfo]:
    """Return the entries of a .zip that may hold data; raise FileUnreadable where it holds none, or too much."""
    try:
        with zipfile.ZipFile(source) as archive:
            entries = [each for each in archive.infolist() if _is_data(each, endings)]
            others = [each.filename for each in archive.infolist() if not each.is_dir()]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise _damaged(error, say("Pack it again without a password.")) from error
    if not entries or len(entries) > FILE_LIMIT:
        names = [each.filename for each in entries[:5]] or others[:5]
        raise FileUnreadable(
            say("The archive should hold one to {limit} files of data.", limit=FILE_LIMIT),
            say(
                "It holds {files} that we read: {names}.",
                files=len(entries),
                names=listed(names) or say("nothing"),
            ),
            say("Unpack it and upload the files themselves."),
        )
    for entry in entries:
        _look(entry.file_size, entry.compress_size)
    _look(sum(entry.file_size for entry in entries), source.stat().st_size)
    return entries


def unpack_entry(source: Path, entry: zipfile.ZipInfo, target: Path) -> None:
    """Write one entry of a .zip to `target`; raise FileUnreadable, leaving nothing, where it exceeds the limits."""
    try:
        with zipfile.ZipFile(source) as archive, archive.open(entry) as packed:
            _copy(packed, target, max(1, entry.compress_size))
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, zlib.error) as error:
        target.unlink(missing_ok=True)
        raise _damaged(error, say("Pack it again without a password.")) from error


def unpack_gzip(source: Path, target: Path) -> None:
    """Write the content of a .gz to `target`; raise FileUnreadable, leaving nothing, where it exceeds the limits."""
    try:
        with gzip.open(source) as packed:
            _copy(packed, target, source.stat().st_size)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        target.unlink(missing_ok=True)
        raise _damaged(error, say("Pack the file again.")) from error


def _is_data(entry: zipfile.ZipInfo, endings: tuple[str, ...]) -> bool:
    name = PurePath(entry.filename)
    is_hidden = "__MACOSX" in name.parts or name.name.startswith(".")
    return not entry.is_dir() and not is_hidden and name.suffix.lower() in endings


def _copy(packed: IO[bytes] | gzip.GzipFile, target: Path, packed_bytes: int) -> None:
    """Copy until the end; what an archive declares may be untrue, so it is measured on the way as well."""
    written = 0
    try:
        with target.open("wb") as out:
            while chunk := packed.read(_CHUNK_BYTES):
                written += len(chunk)
                _look(written, packed_bytes, free=shutil.disk_usage(target.parent).free)
                out.write(chunk)
    except FileUnreadable:
        target.unlink(missing_ok=True)
        raise


def _look(unpacked: int, packed: int, free: int | None = None) -> None:
    is_tight = unpacked > UNSUSPICIOUS_BYTES and unpacked > RATIO * max(1, packed)
    if is_tight or unpacked > UNPACKED_BYTES or (free is not None and free < _SPARE_BYTES):
        raise FileUnreadable(
            say("The archive unpacks to more than is read."),
            say(
                "Its {packed} bytes unpack to {unpacked} bytes or more; up to {ratio} times as many and {limit} GiB are "
                "read, as far as the disk has room.",
                packed=packed,
                unpacked=unpacked,
                ratio=RATIO,
                limit=UNPACKED_BYTES >> 30,
            ),
            say("Unpack it and upload the file itself, or only the part with the data."),
        )


def _damaged(error: Exception, advice: str) -> FileUnreadable:
    return FileUnreadable(say("The archive cannot be opened."), complaint(error), advice)
