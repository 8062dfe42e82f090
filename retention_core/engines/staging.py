"""The files that are being loaded into a workspace: each opening has a folder of its own, deleted when it ends."""

import uuid
from pathlib import Path

from retention_core.engines.owned_folders import OwnedFolder, delete_abandoned


def own_staging(workspace: Path) -> OwnedFolder:
    """Return a new folder in the workspace's `staging`, after deleting what processes that have ended left there.

    Nothing is deleted that a living process stages, be it this one. The workspace must be open here, and so is open
    nowhere else.
    """
    parent = workspace / "staging"
    delete_abandoned(parent, "*")
    for left in parent.glob("*"):
        if left.is_file():  # of versions that staged without a folder of their own
            left.unlink(missing_ok=True)
    return OwnedFolder(parent / uuid.uuid4().hex)


def discard_staged(staging: Path, path: Path, *, whole_file: bool = False) -> None:
    """Delete a staged table, and what reading its file left beside it; other sheets of the file only if `whole_file`.

    What was read from one file shares the beginning of its names up to a hyphen. A path elsewhere is left alone.
    """
    if not path.resolve().is_relative_to(staging.resolve()):
        return
    path.unlink(missing_ok=True)
    for sibling in path.parent.glob(f"{path.stem.split('-')[0]}[-.]*"):
        if whole_file or sibling.suffix != ".parquet":
            sibling.unlink(missing_ok=True)
