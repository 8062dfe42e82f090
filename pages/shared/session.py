"""Whose data is on the screen: the sample shop, a private workspace of this tab, or one saved on this machine."""

import os
import uuid
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import streamlit as st

from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.engines.last_change import accept_as_it_stands
from retention_core.engines.owned_folders import OwnedFolder
from retention_core.errors import WorkspaceNameInvalid, WorkspaceUnavailable
from retention_core.sample import load_sample
from retention_core.workspace import counts
from retention_core.workspaces import create, delete_leftovers, folder_of, saved_names

SAMPLE, PRIVATE = "Sample shop", "Private"
HOME = Path(os.environ.get("COMEBACK_WORKSPACES", "workspaces"))


@dataclass(frozen=True)
class Workspace:
    """The workspace on the screen. name: as in the menu and the link. counts: rows in force of each canonical table."""

    name: str
    engine: DuckDBEngine
    counts: dict[str, int]

    @property
    def is_sample(self) -> bool:
        """Whether this is the sample shop, which nobody can change."""
        return self.name == SAMPLE

    def has(self, table: str) -> bool:
        """Tell whether a canonical table holds any row."""
        return self.counts[table] > 0


def names() -> list[str]:
    """Return the workspaces that can be chosen."""
    _delete_leftovers(HOME)
    return [SAMPLE, PRIVATE, *saved_names(HOME)]


def open_workspace(name: str) -> Workspace:
    """Return the workspace of this name, opened once and kept open.

    Raises WorkspaceUnavailable where it cannot be opened, or can be used no longer; it is opened anew the next time.
    """
    try:
        return _open(name)
    except WorkspaceUnavailable:
        if name not in (SAMPLE, PRIVATE):
            _saved.clear(name)
        raise


def _open(name: str) -> Workspace:
    engine = _sample() if name == SAMPLE else _private() if name == PRIVATE else _saved(name)
    engine.require_files()
    return Workspace(name, engine, counts(engine))


def current() -> Workspace:
    """Return the workspace on the screen."""
    workspace: Workspace = st.session_state["_workspace"]
    return workspace


def missing() -> str:
    """Return the name of the workspace that is wanted and not there, or no longer; empty where it is."""
    chosen = st.session_state.get("_next_workspace")
    wanted = [chosen] if chosen else [st.query_params.get("workspace"), st.session_state.get("workspace")]
    return next((str(name) for name in wanted if name and name not in names()), "")


def switch_to(name: str) -> None:
    """Show another workspace from the next run on."""
    st.session_state["_next_workspace"] = name


def create_workspace(name: str, copied: Workspace | None = None) -> str:
    """Create a workspace, empty or as a copy, and return its name as it is listed; a name that is taken is refused."""
    if name.strip().casefold() in (SAMPLE.casefold(), PRIVATE.casefold()):
        raise WorkspaceNameInvalid(
            "This name stands for another workspace.", f"We were given “{name}”.", "Choose another name."
        )
    return create(HOME.resolve(), name, copied.engine if copied else None)


def open_as_it_stands(name: str) -> None:
    """Show a workspace from the next run on without the changes that are missing from it."""
    accept_as_it_stands(folder_of(HOME.resolve(), name))
    switch_to(name)


def staging_of_tab(engine: DuckDBEngine) -> Path:
    """Return the folder in which this tab stages files for a workspace; it is deleted with the tab."""
    return _staged_here(engine.staging).path


def now() -> datetime:
    """Return the moment, in the local time of this machine; the core never asks for it."""
    return datetime.now().astimezone().replace(tzinfo=None, microsecond=0)


def today() -> date:
    """Return today's day."""
    return now().date()


@st.cache_resource(show_spinner=False)
def _delete_leftovers(home: Path) -> None:
    """Once in the life of the program, delete what those before it left behind when they were killed."""
    delete_leftovers(home)


@st.cache_resource(show_spinner="Opening the sample shop …")
def _sample() -> DuckDBEngine:
    engine = DuckDBEngine()
    load_sample(engine)
    return engine


@st.cache_resource(scope="session", show_spinner=False, on_release=DuckDBEngine.close)
def _private() -> DuckDBEngine:
    return DuckDBEngine()


@st.cache_resource(scope="session", show_spinner=False, on_release=OwnedFolder.delete)
def _staged_here(staging: Path) -> OwnedFolder:
    return OwnedFolder(staging / uuid.uuid4().hex)


@st.cache_resource(show_spinner="Opening the workspace …", on_release=DuckDBEngine.close)
def _saved(name: str) -> DuckDBEngine:
    return DuckDBEngine(folder_of(HOME.resolve(), name))
