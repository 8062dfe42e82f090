"""Why a workspace cannot be opened, read or written, in words instead of those of the database."""

import logging
import re
from dataclasses import dataclass
from pathlib import Path

from retention_core.errors import WorkspaceUnavailable
from retention_core.words.say import say, sentence

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Reason:
    """What keeps a workspace from being used.

    told_by: what the database or the operating system says of it. title, found, advice: as of an error. found_of: what
    was found where the number of the process is known that has the workspace open.
    """

    told_by: str
    title: str
    found: str
    advice: str
    found_of: str = ""


_REASONS = (
    _Reason(
        r"set lock on file|Conflicting lock",
        sentence("“{name}” is open in another program."),
        sentence("Another process on this machine has it open, and only one may: most likely a second Comeback."),
        sentence("Close that one and try again, or choose another workspace."),
        sentence(
            "Another process (number {process}) on this machine has it open, and only one may: most likely a second "
            "Comeback."
        ),
    ),
    _Reason(
        r"different configuration|configuration has been locked|already (attached|exists)",
        sentence("“{name}” is open in this program already."),
        sentence("It was opened a second time before it was closed."),
        sentence("Try again in a moment, or choose another workspace."),
    ),
    _Reason(
        r"already closed",
        sentence("“{name}” is closed."),
        sentence("It was closed while something was asked of it, as a private workspace is with its tab."),
        sentence("Open the page again."),
    ),
    _Reason(
        r"newer version of DuckDB|version number",
        sentence("“{name}” was written by a newer version."),
        sentence("This version of Comeback cannot read it; the workspace itself is whole."),
        sentence("Open it with the version that wrote it, or choose another workspace."),
    ),
    _Reason(
        r"No space left|Disk quota",
        sentence("The disk is full."),
        sentence(
            "“{name}” needs room on the disk with the folder {folder}. Nothing was changed: what was loaded before is there."
        ),
        sentence("Make room on that disk and try again."),
    ),
    _Reason(
        r"Read-only file system|Permission denied|Operation not permitted|read-only mode",
        sentence("“{name}” cannot be written."),
        sentence("This program may not write to {folder}, or the disk is read-only."),
        sentence("Give it the right to write there and try again, or choose another workspace."),
    ),
    _Reason(
        r"No such file or directory",
        sentence("“{name}” is no longer there."),
        sentence("Its folder {folder} cannot be found: it was deleted, renamed or moved."),
        sentence("Put it back and try again, or choose another workspace."),
    ),
    _Reason(
        r"Corrupt|not a valid DuckDB|read enough bytes|Could not read|Input/output error|has been invalidated|checksum",
        sentence("“{name}” is damaged."),
        sentence("Its file workspace.duckdb in {folder} is not whole, or not a workspace."),
        sentence(
            "Stop Comeback and put back a copy of that folder, or choose another workspace. The damaged file was left as it is."
        ),
    ),
)
_ANY = _Reason(
    "",
    sentence("“{name}” cannot be opened."),
    sentence("Its file workspace.duckdb in {folder} could not be read as a workspace. The log says more."),
    sentence("Put back a copy of that folder, or choose another workspace."),
)
_WHILE_OPEN = (
    "No space",
    "Read-only file",
    "Corrupt",
    "read enough bytes",
    "Input/output",
    "has been invalidated",
    "already closed",
)


def why_unavailable(folder: Path, error: Exception) -> WorkspaceUnavailable:
    """Return in words why the workspace in `folder` cannot be used; the log keeps the error itself."""
    told = str(error)
    _LOG.warning("The workspace in %s is unavailable: %s", folder, told)
    reason = next((each for each in _REASONS if re.search(each.told_by, told, re.IGNORECASE)), _ANY)
    holder = re.search(r"PID (\d+)", told)
    name = re.sub(r"^\.(.*)\.writing-.*", r"\1", folder.name)  # not the name under which it is being written
    places = {"name": name, "folder": str(folder.with_name(name)), "process": holder[1] if holder else ""}
    found = reason.found_of if holder and reason.found_of else reason.found
    return WorkspaceUnavailable(*(say(text, **places) for text in (reason.title, found, reason.advice)))


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
