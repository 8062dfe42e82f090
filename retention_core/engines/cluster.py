"""Where the tables of a cluster are found: the file `cluster.toml` in the folder of a workspace, and the views beside it."""

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from retention_core.engines.settings import week_start_of
from retention_core.errors import WorkspaceUnavailable
from retention_core.words.say import say

FILE = "cluster.toml"
_EXAMPLE = "sc://spark.example.com:15002"
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True)
class Cluster:
    """A Spark cluster, and how its tables are read.

    name: of the workspace. url: as Spark Connect writes it, `sc://host:port`, perhaps with a token. views: statements of
    SQL that give the cluster's tables the canonical names. time_zone: by whose clock moments are read. week_start: 0 for
    Monday to 6 for Sunday. money_unit: may be empty. look_again_seconds: how long what was computed holds.
    question_seconds: how long one statement may take.
    """

    name: str
    url: str
    views: str
    time_zone: str = "UTC"
    week_start: int = 0
    money_unit: str = ""
    look_again_seconds: float = 3600
    question_seconds: float = 300

    @property
    def address(self) -> str:
        """Host and port, without what nobody else should see."""
        return self.url.removeprefix("sc://").split("/")[0]


def cluster_of(folder: Path) -> Cluster:
    """Return the cluster that a folder describes. Raises WorkspaceUnavailable where it says nothing that can be used."""
    try:
        told = tomllib.loads((folder / FILE).read_text(encoding="utf-8"))
        views = (folder / str(told.get("views", "views.sql"))).read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise _unusable(folder, str(error)) from error
    url = os.path.expandvars(str(told.get("url", "")))
    if not url.startswith("sc://"):
        raise _unusable(folder, say("Its `url` should be written as in {example}.", example=_EXAMPLE))
    return Cluster(
        folder.name,
        url,
        views,
        time_zone=_time_zone(folder, str(told.get("time_zone", "UTC"))),
        week_start=_week_start(folder, told.get("week_start", "Monday")),
        money_unit=str(told.get("money_unit", "")),
        look_again_seconds=60 * _number(folder, told, "look_again_minutes", 60),
        question_seconds=_number(folder, told, "question_seconds", 300),
    )


def _time_zone(folder: Path, name: str) -> str:
    if name not in available_timezones():
        raise _unusable(folder, say("There is no time zone “{name}”.", name=name))
    return name


def _week_start(folder: Path, told: object) -> int:
    word = str(told).lower()
    number = _DAYS.index(word) if word in _DAYS else week_start_of(word, -1)
    if number < 0:
        raise _unusable(folder, say("Weeks cannot begin on “{day}”.", day=str(told)))
    return number


def _number(folder: Path, told: dict[str, Any], name: str, otherwise: float) -> float:
    number = told.get(name, otherwise)
    if not isinstance(number, int | float) or number <= 0:
        raise _unusable(folder, say("`{name}` should be a number above 0.", name=name))
    return number


def _unusable(folder: Path, found: str) -> WorkspaceUnavailable:
    return WorkspaceUnavailable(
        say("“{name}” does not say how its cluster is reached.", name=folder.name),
        found,
        say("Mend cluster.toml in its folder {folder}, and open it again.", folder=str(folder)),
    )
