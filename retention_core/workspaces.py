"""Workspaces saved on this machine under a name."""

import re
from pathlib import Path

from retention_core.errors import WorkspaceNameInvalid

_NAME = re.compile(r"[^\W_][\w -]{0,39}")


def saved_names(home: Path) -> list[str]:
    """Return the names of the workspaces saved in the folder `home`, in order."""
    return sorted(each.name for each in home.glob("*") if (each / "workspace.duckdb").exists()) if home.exists() else []


def folder_of(home: Path, name: str) -> Path:
    """Return the folder of the workspace `name`; raise WorkspaceNameInvalid where no file should be called so."""
    if not _NAME.fullmatch(name.strip()):
        raise WorkspaceNameInvalid(
            "A workspace cannot be saved under this name.",
            f"We were given “{name}”.",
            "Use up to 40 letters, digits, spaces and hyphens, beginning with a letter or digit.",
        )
    return home / name.strip()
