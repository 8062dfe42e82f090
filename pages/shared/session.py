"""Whose data is on the screen: the sample shop, a private workspace of this tab, or one saved on this machine."""

import os
import uuid
from datetime import date, datetime
from pathlib import Path

import streamlit as st

from pages.shared import link
from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.engines.last_change import accept_as_it_stands
from retention_core.engines.owned_folders import OwnedFolder
from retention_core.engines.spark_engine import SparkEngine
from retention_core.errors import WorkspaceNameInvalid, WorkspaceUnavailable
from retention_core.filters import Filters
from retention_core.sample import load_sample
from retention_core.words.say import say, sentence
from retention_core.workspace import Workspace as Workspace
from retention_core.workspaces import create, delete_leftovers, folder_of, open_saved, saved_names

# No saved workspace can be called so: a name begins with a letter or a digit.
SAMPLE, PRIVATE = "_sample", "_private"
_TITLES = {SAMPLE: sentence("Sample shop"), PRIVATE: sentence("Private")}
HOME = Path(os.environ.get("COMEBACK_WORKSPACES", "workspaces"))


def names() -> list[str]:
    """Return the workspaces that can be chosen."""
    _delete_leftovers(HOME)
    return [SAMPLE, PRIVATE, *saved_names(HOME)]


def title_of(name: str) -> str:
    """Return the name of a workspace as people read it."""
    return say(_TITLES[name]) if name in _TITLES else name


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
    engine: DuckDBEngine | SparkEngine = (
        _sample_waited_for() if name == SAMPLE else _private() if name == PRIVATE else _saved(name)
    )
    if isinstance(engine, DuckDBEngine):
        engine.require_files()
    return Workspace(name, engine, is_sample=name == SAMPLE)


def sample() -> Workspace:
    """Return the sample shop, opened once and kept open, without telling anybody to wait: for threads without a page."""
    return Workspace(SAMPLE, _sample(), is_sample=True)


def current() -> Workspace:
    """Return the workspace on the screen."""
    workspace: Workspace = st.session_state["_workspace"]
    return workspace


def filters() -> Filters:
    """Return the filters in force."""
    chosen: Filters = st.session_state["_filters"]
    return chosen


def show_from_now(workspace: Workspace, filters: Filters) -> None:
    """Let pages find what is on the screen in this run."""
    st.session_state["_workspace"], st.session_state["_filters"] = workspace, filters


def switch_to(name: str) -> None:
    """Show another workspace from the next run on."""
    link.choose("workspace", name)


def create_workspace(name: str, copied: Workspace | None = None) -> str:
    """Create a workspace, empty or as a copy, and return its name as it is listed; a name that is taken is refused."""
    taken = {title.casefold() for title in _TITLES.values()} | {title_of(each).casefold() for each in _TITLES}
    if name.strip().casefold() in taken:
        raise WorkspaceNameInvalid(
            say("This name stands for another workspace."),
            say("We were given “{name}”.", name=name),
            say("Choose another name."),
        )
    return create(HOME.resolve(), name, copied.in_files() if copied else None)


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


@st.cache_resource(show_spinner=False)
def _sample() -> DuckDBEngine:
    engine = DuckDBEngine()
    load_sample(engine)
    return engine


@st.cache_resource(show_spinner="Opening the sample shop …")
def _sample_waited_for() -> DuckDBEngine:
    return _sample()


@st.cache_resource(scope="session", show_spinner=False, on_release=DuckDBEngine.close)
def _private() -> DuckDBEngine:
    return DuckDBEngine()


@st.cache_resource(scope="session", show_spinner=False, on_release=OwnedFolder.delete)
def _staged_here(staging: Path) -> OwnedFolder:
    return OwnedFolder(staging / uuid.uuid4().hex)


def _close(engine: DuckDBEngine | SparkEngine) -> None:
    engine.close()


@st.cache_resource(show_spinner="Opening the workspace …", on_release=_close)
def _saved(name: str) -> DuckDBEngine | SparkEngine:
    return open_saved(HOME.resolve(), name)
