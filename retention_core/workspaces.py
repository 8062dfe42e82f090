"""Workspaces saved on this machine under a name."""

import re
import tempfile
import unicodedata
from pathlib import Path

from retention_core.engines.cluster import FILE as CLUSTER
from retention_core.engines.cluster import cluster_of
from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.engines.owned_folders import delete_abandoned
from retention_core.engines.spark_engine import SparkEngine
from retention_core.engines.written_aside import UNFINISHED, written_aside
from retention_core.errors import WorkspaceNameInvalid
from retention_core.words.say import say

_NAME = re.compile(r"[^\W_][\w -]{0,39}")
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)  # Windows opens these for every program


def saved_names(home: Path) -> list[str]:
    """Return the names of the workspaces saved in the folder `home`, in order; those half written are none."""
    folders = [each for each in home.glob("*") if _is_name(each.name)] if home.is_dir() else []
    return sorted(each.name for each in folders if (each / "workspace.duckdb").exists() or (each / CLUSTER).exists())


def open_saved(home: Path, name: str) -> DuckDBEngine | SparkEngine:
    """Open the workspace `name`: over the tables of a cluster where its folder describes one, else its own files.

    Raises WorkspaceNameInvalid where no file should be called so, WorkspaceUnavailable where it cannot be opened.
    """
    folder = folder_of(home, name)
    if (folder / CLUSTER).exists():
        return SparkEngine(cluster_of(folder))
    return DuckDBEngine(folder)


def folder_of(home: Path, name: str) -> Path:
    """Return the folder of the workspace `name`; raise WorkspaceNameInvalid where no file should be called so."""
    wanted = unicodedata.normalize("NFC", name).strip()
    if not _is_name(wanted):
        raise WorkspaceNameInvalid(
            say("A workspace cannot be saved under this name."),
            say("We were given “{name}”.", name=name),
            say(
                "Use up to {most} letters, digits, spaces and hyphens, beginning with a letter or digit; names that "
                "Windows keeps for itself, such as CON or LPT1, are none.",
                most=40,
            ),
        )
    return home / wanted


def create(home: Path, name: str, copied: DuckDBEngine | None = None) -> str:
    """Save a workspace under this name, empty or as a copy, and return the name; it appears when whole on the disk.

    Raises WorkspaceNameInvalid where the name is taken, also where only capital letters differ, or where no file
    should be called so; WorkspaceUnavailable where it cannot be written.
    """
    folder = folder_of(home, name)
    if copied:
        copied.copy_to(folder)
    else:
        with written_aside(folder) as aside:
            DuckDBEngine(aside).close()
    return folder.name


def delete_leftovers(home: Path, temporary: Path | None = None) -> None:
    """Delete what processes that were killed left: half-written workspaces in `home`, private ones in `temporary`."""
    delete_abandoned(home, UNFINISHED)
    delete_abandoned(temporary or Path(tempfile.gettempdir()), "comeback-*")


def _is_name(name: str) -> bool:
    return bool(_NAME.fullmatch(name)) and not _DEVICES.fullmatch(name)
