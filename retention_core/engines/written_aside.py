"""A workspace appears under its name when it is whole on the disk, and never before."""

import fcntl
import os
import unicodedata
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from retention_core.engines.last_change import flush_folder
from retention_core.engines.owned_folders import OwnedFolder
from retention_core.engines.unavailable import why_unavailable
from retention_core.errors import WorkspaceNameInvalid
from retention_core.words.say import say

UNFINISHED = ".*.writing-*"  # what a process that was killed leaves behind


@contextmanager
def written_aside(folder: Path) -> Iterator[Path]:
    """Yield a hidden folder to write to; when that is done and on the disk, it is renamed to `folder`.

    Raises WorkspaceNameInvalid where the name is taken, then or meanwhile, WorkspaceUnavailable where it cannot be
    written. Then nothing of it stays.
    """
    aside: OwnedFolder | None = None
    try:
        require_free(folder)
        aside = OwnedFolder(folder.with_name(f".{folder.name}.writing-{os.getpid()}-{uuid.uuid4().hex[:8]}"))
        yield aside.path
        _finish(aside, folder)
    except OSError as error:
        raise why_unavailable(folder, error) from error
    finally:
        if aside:
            aside.delete()


def require_free(folder: Path) -> None:
    """Raise WorkspaceNameInvalid where something beside it is called so, or so but for capital letters."""
    taken = [each.name for each in folder.parent.glob("*")] if folder.parent.is_dir() else []
    for name in taken:
        if _folded(name) == _folded(folder.name):
            raise WorkspaceNameInvalid(
                say("There is a workspace of this name already."),
                say("It is called “{name}”; capital letters make no other name.", name=name),
                say("Choose another name, or open that one."),
            )


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _finish(aside: OwnedFolder, folder: Path) -> None:
    """Flush what was written, and give it its name unless somebody else has taken that meanwhile."""
    for path in aside.path.rglob("*"):
        if path.is_file():
            with path.open("rb+") as file:
                os.fsync(file.fileno())
    flush_folder(aside.path)
    with _alone_in(folder.parent):
        require_free(folder)
        aside.path.rename(folder)
        aside.path = folder
        aside.let_go()
    flush_folder(folder.parent)


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Let one at a time give a name in this folder, of all threads and processes."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # a file system without locks: the renaming itself refuses an existing name
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
