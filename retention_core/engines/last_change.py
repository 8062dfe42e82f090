"""A note beside the database of the last change that was committed, so that none can go missing in silence.

DuckDB keeps the newest changes in a second file, the write-ahead log. Where that is lost or unreadable, the database
opens as it was before them, without a word; the note then names a later change than the database holds.
"""

import json
import os
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from retention_core.errors import WorkspaceBehind
from retention_core.words.say import say

Execute = Callable[..., Any]
_FILE = "last_change.json"


@dataclass(frozen=True)
class LastChange:
    """The last change of a workspace. number: of changes until then. upload: the last upload in words, may be empty."""

    number: int = 0
    upload: str = ""

    def write(self, folder: Path) -> None:
        """Keep the note in the folder of the workspace, on the disk when this returns."""
        unseen = folder / f"{_FILE}.new"
        with unseen.open("w", encoding="utf-8") as file:
            json.dump(asdict(self), file)
            file.flush()
            os.fsync(file.fileno())
        unseen.replace(folder / _FILE)
        flush_folder(folder)


def held_change(execute: Execute) -> LastChange:
    """Return the last change that the database holds; change 0 where it is new or of an older version."""
    if _one(execute, "SELECT count(*) FROM duckdb_tables() WHERE table_name IN ('settings', 'uploads')") != 2:
        return LastChange()
    return LastChange(*_number_and_upload(execute))


def count_change(execute: Execute) -> LastChange:
    """Number the change that is about to be committed, in the same transaction, and return it."""
    number, upload = _number_and_upload(execute)
    execute("DELETE FROM settings WHERE name = 'changes'")
    execute("INSERT INTO settings VALUES ('changes', $number)", {"number": str(number + 1)})
    return LastChange(number + 1, upload)


def _number_and_upload(execute: Execute) -> tuple[int, str]:
    number = _one(execute, "SELECT max(TRY_CAST(value AS BIGINT)) FROM settings WHERE name = 'changes'")
    upload = _one(execute, "SELECT max_by('upload ' || upload_id || ' (' || file_name || ')', upload_id) FROM uploads")
    return number or 0, upload or ""


def _one(execute: Execute, sql: str) -> Any:
    row = execute(sql).fetchone()
    return row[0] if row else None


def noted_change(folder: Path) -> LastChange:
    """Return the change that the note tells of; change 0 where there is none, as in workspaces of older versions."""
    try:
        return LastChange(**json.loads((folder / _FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return LastChange()


def accept_as_it_stands(folder: Path) -> None:
    """Open the workspace from now on without the changes that are missing from it."""
    (folder / _FILE).unlink(missing_ok=True)


def require_last_change(folder: Path, held: LastChange) -> None:
    """Raise WorkspaceBehind where a later change was noted than the database holds."""
    noted = noted_change(folder)
    if noted.number <= held.number:
        return
    raise WorkspaceBehind(
        say("The newest changes of “{name}” are missing.", name=folder.name),
        _what_is_missing(folder, noted, held),
        say(
            "If you have both files elsewhere, put them back. Or open the workspace without these changes and load "
            "what is missing again."
        ),
    )


def _what_is_missing(folder: Path, noted: LastChange, held: LastChange) -> str:
    places: dict[str, Any] = {"missing": noted.number - held.number, "noted": noted.number, "folder": str(folder)}
    places["last"] = _named(held.upload)
    if noted.upload == held.upload:
        return say(
            "{missing} of its {noted} changes cannot be found, since then; what is there ends with {last}. The file "
            "workspace.duckdb.wal in {folder} was lost or damaged, or workspace.duckdb is an older copy.",
            **places,
        )
    return say(
        "{missing} of its {noted} changes cannot be found, up to {newest}; what is there ends with {last}. The file "
        "workspace.duckdb.wal in {folder} was lost or damaged, or workspace.duckdb is an older copy.",
        newest=_named(noted.upload),
        **places,
    )


def _named(upload: str) -> str:
    """Return an upload, as a note has it, in the language spoken."""
    found = re.fullmatch(r"upload (\d+) \((.*)\)", upload, re.DOTALL)
    return say("upload {number} ({file})", number=int(found[1]), file=found[2]) if found else say("no upload at all")


def flush_folder(folder: Path) -> None:
    """Have the names in a folder written to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
