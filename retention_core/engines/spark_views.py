"""The views of a workspace, named in a session at its cluster, and what is wrong with those that it was given."""

from typing import Any

from retention_core.engines.cluster import Cluster
from retention_core.engines.spark_tables import (
    canonical_views,
    day_ends_view,
    is_a_view,
    keys_are_ids,
    missing_columns,
    statements,
    stored_view,
    unknown_columns,
)
from retention_core.errors import WorkspaceUnavailable
from retention_core.tables import TABLES
from retention_core.words.lists import listed
from retention_core.words.say import say


def create_views(session: Any, cluster: Cluster) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Name the given views and the canonical ones; return the tables that were given, and doubts about them in words.

    Raises WorkspaceUnavailable where a statement does something else than to name a view, or a column is missing.
    """
    for statement in statements(cluster.views):
        _require_a_view(cluster, statement)
        session.sql(statement)
    given = {table: columns for table in TABLES if (columns := _columns_of(session, table))}
    for table, columns in given.items():
        _require_columns(cluster, table, missing_columns(table, columns))
    is_id = keys_are_ids(given)
    for table in TABLES:
        session.sql(stored_view(table, given.get(table, {}), cluster.time_zone, is_id=is_id))
    for view in [day_ends_view(cluster.time_zone), *canonical_views()]:
        session.sql(view)
    doubts = [_doubt(table, names) for table, columns in given.items() if (names := unknown_columns(table, columns))]
    return tuple(given), tuple(doubts)


def _columns_of(session: Any, table: str) -> dict[str, str]:
    """Return the columns of a given view and their types in the cluster; none where there is no such view."""
    if f"cluster_{table}" not in {each.name for each in session.catalog.listTables() if each.isTemporary}:
        return {}
    return {field.name.lower(): field.dataType.simpleString() for field in session.table(f"cluster_{table}").schema}


def _require_a_view(cluster: Cluster, statement: str) -> None:
    if not is_a_view(statement):
        raise WorkspaceUnavailable(
            say("The views of “{name}” do something else than to name views.", name=cluster.name),
            say("One of its statements begins: {statement}", statement=statement[:80]),
            say("Leave only CREATE OR REPLACE TEMPORARY VIEW there, so that Comeback never writes into the cluster."),
        )


def _require_columns(cluster: Cluster, table: str, missing: list[str]) -> None:
    if missing:
        raise WorkspaceUnavailable(
            say("The views of “{name}” lack what every row needs.", name=cluster.name),
            say("cluster_{table} has no column: {columns}.", table=table, columns=listed(missing)),
            say("Give it in the file of views, and open the workspace again."),
        )


def _doubt(table: str, names: list[str]) -> str:
    return say("cluster_{table} has columns that nothing reads: {columns}.", table=table, columns=listed(names))
