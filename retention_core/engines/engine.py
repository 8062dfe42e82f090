"""What an analysis may ask of the place where the data lies."""

from collections.abc import Mapping
from typing import Protocol

import pandas as pd


class Engine(Protocol):
    """A database with the canonical views `orders`, `complaints`, `satisfaction`, `customers` and `calendar`.

    week_start: first day of the week of this workspace, 0 for Monday to 6 for Sunday. time_zone: whose clock its moments are
    read by.

    Whatever it asks belongs to `current_asking()` where there is one: that can be stopped, and then what it asks raises
    QuestionStopped, and what it was to keep is not there by halves.
    """

    week_start: int

    @property
    def time_zone(self) -> str:
        """The business time zone of this workspace."""
        ...

    def query(self, sql: str, parameters: Mapping[str, object] | None = None) -> pd.DataFrame:
        """Return the rows of a neutral SQL query; `$name` in it is bound to the parameter of that name.

        Raises QuestionTooLarge where it needs more memory or time than it may.
        """
        ...

    def keep(self, sql: str, parameters: Mapping[str, object] | None = None) -> str:
        """Compute a query once, keep its rows until the data changes, and return the name of the table.

        Who asks for the same meanwhile waits for that, who asks for something else does not. The table is there at least
        until the asking of this thread ends, whatever changes meanwhile.
        """
        ...
