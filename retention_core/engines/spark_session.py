"""A session at a cluster by Spark Connect, and what went wrong in it, in words instead of those of the wire."""

import logging
import re
import socket
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from retention_core.engines.cluster import Cluster
from retention_core.errors import QuestionTooLarge, RetentionError, WorkspaceUnavailable
from retention_core.words.say import say

_LOG = logging.getLogger(__name__)
_CONNECT_SECONDS = 5
_TRIES = 3
_SESSION_IS_GONE = re.compile(
    r"INVALID_HANDLE|SESSION_(CLOSED|NOT_FOUND|CHANGED)|session .*(closed|not found)", re.IGNORECASE
)
_AWAY = re.compile(r"UNAVAILABLE|failed to connect|Connection refused|Socket closed|RETRIES_EXCEEDED", re.IGNORECASE)
_STOPPED = re.compile(r"OPERATION_CANCELED|CANCELLED|INTERRUPTED|canceled|cancelled", re.IGNORECASE)


class SessionGone(Exception):
    """The cluster has forgotten the session: it was idle for long, or the cluster was started anew."""


def connect(cluster: Cluster) -> Any:
    """Return a new session. Raises WorkspaceUnavailable where the client is not installed or nobody answers."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore", FutureWarning
            )  # that pandas 3 is new to it: no frame of pandas is made by it
            from pyspark.sql.connect.client.retries import DefaultPolicy
            from pyspark.sql.connect.session import SparkSession
    except ImportError as error:
        raise WorkspaceUnavailable(
            say("“{name}” lies in a cluster, and what reaches clusters is not installed.", name=cluster.name),
            say("Comeback needs the package pyspark-client for it."),
            say("Run: pip install -r requirements-spark.txt, and start Comeback again."),
        ) from error
    _require_answer(cluster)
    with in_words(cluster), warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        session = SparkSession(connection=cluster.url)
        session.client.set_retry_policies([DefaultPolicy(max_retries=_TRIES, max_backoff=2000)])
        session.conf.set("spark.sql.session.timeZone", cluster.time_zone)
        session.conf.set("spark.sql.ansi.enabled", "true")
    return session


@contextmanager
def in_words(cluster: Cluster) -> Iterator[None]:
    """Raise what goes wrong at the cluster as a RetentionError; SessionGone where only the session is lost."""
    try:
        yield
    except RetentionError:
        raise
    except Exception as error:
        if not _is_of_the_cluster(error):
            raise
        told = str(error)
        _LOG.warning("The cluster of %s answered: %s", cluster.name, told)
        if _SESSION_IS_GONE.search(told):
            raise SessionGone from error
        raise unanswered(cluster, told) from error


def unanswered(cluster: Cluster, told: str) -> RetentionError:
    """Return why a cluster did not answer, in words. told: what it said."""
    if _AWAY.search(told):
        return away(cluster)
    if _STOPPED.search(told):
        return QuestionTooLarge(
            say("The cluster of “{name}” did not finish this question.", name=cluster.name),
            say("It was stopped there, or took longer than {seconds} seconds.", seconds=int(cluster.question_seconds)),
            say("Choose fewer dates or a longer period, or allow more seconds in cluster.toml."),
        )
    return WorkspaceUnavailable(
        say("The cluster of “{name}” cannot answer this.", name=cluster.name),
        say("It says: {told}", told=_first_words(told)),
        say("Look whether the views of this workspace still fit the tables of the cluster. The log says more."),
    )


def _require_answer(cluster: Cluster) -> None:
    """Raise WorkspaceUnavailable within a few seconds where nobody listens; the client itself would try for minutes."""
    host, _, port = cluster.address.rpartition(":")
    with suppress(ValueError):
        try:
            socket.create_connection((host.strip("[]") or cluster.address, int(port)), _CONNECT_SECONDS).close()
        except OSError as error:
            raise away(cluster) from error


def away(cluster: Cluster) -> WorkspaceUnavailable:
    """Return that nobody answers where the cluster should be."""
    return WorkspaceUnavailable(
        say("The cluster of “{name}” cannot be reached.", name=cluster.name),
        say("Nobody answers at {address}.", address=cluster.address),
        say("Look whether its Spark Connect server runs and this machine may reach it, and try again."),
    )


def _is_of_the_cluster(error: Exception) -> bool:
    return type(error).__module__.split(".")[0] in ("pyspark", "grpc")


def _first_words(told: str) -> str:
    """Return the first sentence of what a cluster says, without the trace behind it."""
    line = next((each.strip() for each in told.splitlines() if each.strip()), "")
    return line[:300]
