"""Whose data is on the screen: the sample shop, a private workspace of this tab, or one saved on this machine."""

import os
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import streamlit as st

from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.errors import WorkspaceNameInvalid
from retention_core.sample import load_sample
from retention_core.workspaces import folder_of, saved_names

SAMPLE, PRIVATE = "Sample shop", "Private"
HOME = Path(os.environ.get("COMEBACK_WORKSPACES", "workspaces"))


@dataclass(frozen=True)
class Workspace:
    """The workspace on the screen. name: as in the menu and the link. counts: rows of each canonical table."""

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
    return [SAMPLE, PRIVATE, *saved_names(HOME)]


def open_workspace(name: str) -> Workspace:
    """Return the workspace of this name, opened once and kept open."""
    engine = _sample() if name == SAMPLE else _private() if name == PRIVATE else _saved(name)
    counts = engine.query(
        "SELECT (SELECT count(*) FROM stored_orders) AS orders, (SELECT count(*) FROM stored_complaints) AS complaints, "
        "(SELECT count(*) FROM stored_satisfaction) AS satisfaction, (SELECT count(*) FROM stored_customers) AS customers"
    ).iloc[0]
    return Workspace(name, engine, {table: int(count) for table, count in counts.items()})


def current() -> Workspace:
    """Return the workspace on the screen."""
    workspace: Workspace = st.session_state["_workspace"]
    return workspace


def switch_to(name: str) -> None:
    """Show another workspace from the next run on."""
    st.session_state["_next_workspace"] = name


def create_workspace(name: str, copied: Workspace | None = None) -> None:
    """Create a workspace of this name, empty or as a copy; an existing one is left as it is and refused."""
    folder = folder_of(HOME.resolve(), name)
    if name.strip() in names():
        raise WorkspaceNameInvalid(
            "There is a workspace of this name already.", name, "Choose another name, or open it."
        )
    if copied:
        copied.engine.copy_to(folder)
    else:
        DuckDBEngine(folder).close()


def now() -> datetime:
    """Return the moment, in the local time of this machine; the core never asks for it."""
    return datetime.now().astimezone().replace(tzinfo=None, microsecond=0)


def today() -> date:
    """Return today's day."""
    return now().date()


@st.cache_resource(show_spinner="Opening the sample shop …")
def _sample() -> DuckDBEngine:
    engine = DuckDBEngine()
    load_sample(engine)
    return engine


@st.cache_resource(scope="session", show_spinner=False, on_release=DuckDBEngine.close)
def _private() -> DuckDBEngine:
    return DuckDBEngine()


@st.cache_resource(show_spinner="Opening the workspace …", on_release=DuckDBEngine.close)
def _saved(name: str) -> DuckDBEngine:
    return DuckDBEngine(folder_of(HOME.resolve(), name))
