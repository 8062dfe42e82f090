"""Why a workspace cannot be opened, read or written, in words instead of those of the database."""

import logging
import re
from dataclasses import dataclass
from pathlib import Path

from retention_core.errors import WorkspaceUnavailable

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Reason:
    """told_by: what the database or the operating system says of it. Then title, what was found, and advice."""

    told_by: str
    title: str
    found: str
    advice: str


_OTHERS = "or choose another workspace"
_REASONS = (
    _Reason(
        r"set lock on file|Conflicting lock",
        "“{name}” is open in another program.",
        "Another process{process} on this machine has it open, and only one may: most likely a second Comeback.",
        f"Close that one and try again, {_OTHERS}.",
    ),
    _Reason(
        r"different configuration|configuration has been locked|already (attached|exists)",
        "“{name}” is open in this program already.",
        "It was opened a second time before it was closed.",
        f"Try again in a moment, {_OTHERS}.",
    ),
    _Reason(
        r"newer version of DuckDB|version number",
        "“{name}” was written by a newer version.",
        "This version of Comeback cannot read it; the workspace itself is whole.",
        f"Open it with the version that wrote it, {_OTHERS}.",
    ),
    _Reason(
        r"No space left|Disk quota",
        "The disk is full.",
        "“{name}” needs room on the disk with the folder {folder}. Nothing was changed: what was loaded before is there.",
        "Make room on that disk and try again.",
    ),
    _Reason(
        r"Read-only file system|Permission denied|Operation not permitted|read-only mode",
        "“{name}” cannot be written.",
        "This program may not write to {folder}, or the disk is read-only.",
        f"Give it the right to write there and try again, {_OTHERS}.",
    ),
    _Reason(
        r"No such file or directory",
        "“{name}” is no longer there.",
        "Its folder {folder} cannot be found: it was deleted, renamed or moved.",
        f"Put it back and try again, {_OTHERS}.",
    ),
    _Reason(
        r"Corrupt|not a valid DuckDB|read enough bytes|Could not read|Input/output error|has been invalidated|checksum",
        "“{name}” is damaged.",
        "Its file workspace.duckdb in {folder} is not whole, or not a workspace.",
        f"Stop Comeback and put back a copy of that folder, {_OTHERS}. The damaged file was left as it is.",
    ),
)
_ANY = _Reason(
    "",
    "“{name}” cannot be opened.",
    "Its file workspace.duckdb in {folder} could not be read as a workspace. The log says more.",
    f"Put back a copy of that folder, {_OTHERS}.",
)
_WHILE_OPEN = ("No space", "Read-only file", "Corrupt", "read enough bytes", "Input/output", "has been invalidated")


def why_unavailable(folder: Path, error: Exception) -> WorkspaceUnavailable:
    """Return in words why the workspace in `folder` cannot be used; the log keeps the error itself."""
    told = str(error)
    _LOG.warning("The workspace in %s is unavailable: %s", folder, told)
    reason = next((each for each in _REASONS if re.search(each.told_by, told, re.IGNORECASE)), _ANY)
    holder = re.search(r"PID (\d+)", told)
    name = re.sub(r"^\.(.*)\.writing-.*", r"\1", folder.name)  # not the name under which it is being written
    places = {
        "name": name,
        "folder": str(folder.with_name(name)),
        "process": f" (number {holder[1]})" if holder else "",
    }
    return WorkspaceUnavailable(*(text.format(**places) for text in (reason.title, reason.found, reason.advice)))


def is_about_the_file(error: Exception) -> bool:
    """Tell whether an error of an open workspace comes from its file or disk, and not from the question."""
    return any(each in str(error) for each in _WHILE_OPEN)


def identity(file: Path) -> tuple[int, int]:
    """Return what tells a file from another that came to its place, zeros where there is none."""
    try:
        found = file.stat()
    except OSError:
        return (0, 0)
    return (found.st_dev, found.st_ino)
