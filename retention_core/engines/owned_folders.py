"""Folders that belong to a running process, so that those of a process that was killed can be told apart."""

import fcntl
import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_OWNER = ".owner"


class OwnedFolder:
    """A folder that belongs to this process until it is deleted or let go, at the latest until the process ends.

    The owner holds a lock on a file in it, which the operating system opens when the process dies in whatever way.
    """

    def __init__(self, path: Path) -> None:
        path.mkdir(parents=True, exist_ok=True)
        self.path = path
        unseen = path / f"{_OWNER}.new"
        self._lock: int | None = os.open(unseen, os.O_RDWR | os.O_CREAT, 0o600)
        with suppress(OSError):  # a file system without locks: nobody can take it, and nobody deletes the folder
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        unseen.rename(path / _OWNER)  # whoever sees the file finds it locked

    def delete(self) -> None:
        """Delete the folder and all in it, unless it was let go."""
        if self._lock is not None:
            shutil.rmtree(self.path, ignore_errors=True)
            self.let_go()

    def let_go(self) -> None:
        """Own it no longer, and leave no trace of it in the folder where that is still there."""
        if self._lock is not None:
            (self.path / _OWNER).unlink(missing_ok=True)
            os.close(self._lock)
            self._lock = None


def delete_all(folders: Iterable[OwnedFolder]) -> None:
    """Delete several folders that this process owns."""
    for folder in folders:
        folder.delete()


def delete_abandoned(parent: Path, pattern: str) -> None:
    """Delete the folders in `parent` with names like `pattern` that had an owner who no longer lives."""
    for folder in parent.glob(pattern) if parent.is_dir() else ():
        with suppress(OSError):  # not one of ours, or somebody else's, or its owner lives
            _delete_if_abandoned(folder)


def _delete_if_abandoned(folder: Path) -> None:
    lock = os.open(folder / _OWNER, os.O_RDWR | os.O_NOFOLLOW)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if not folder.is_symlink():
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(lock)
