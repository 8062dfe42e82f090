"""The part of a large cohort table that is drawn: never more than can be seen."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from retention_core.analyses.customers.cohort_retention import CohortRetention

MOST = 60
MOST_POINTS = 120  # of a line or of bars, which need less room than the cells of a table


@dataclass(frozen=True)
class Window:
    """Which cohorts (by number) and which columns are drawn, and how many there are in all."""

    cohorts: range
    columns: range
    all_cohorts: int
    all_columns: int

    @property
    def is_whole(self) -> bool:
        """Whether everything is drawn."""
        return len(self.cohorts) == self.all_cohorts and len(self.columns) == self.all_columns

    def part(self, retention: CohortRetention) -> CohortRetention:
        """Return the cells drawn, and the pooled row over all cohorts for the same columns."""
        if self.is_whole:
            return retention
        cells, pooled = retention.cells, retention.pooled
        is_drawn = self._has_column(cells) & _lies_in(cells["cohort"], self.cohorts)
        return replace(retention, cells=_rows(cells, is_drawn), pooled=_rows(pooled, self._has_column(pooled)))

    def row(self, cohort: int) -> int:
        """Return the row of a cohort; the first row is that of all cohorts."""
        return int(cohort) - self.cohorts[0] + 1

    def place(self, column: int) -> int:
        """Return the place of a column among those drawn."""
        return int(column) - self.columns[0]

    def _has_column(self, cells: pd.DataFrame) -> np.ndarray:
        return _lies_in(cells["period_number"], self.columns)


def _lies_in(numbers: pd.Series, within: range) -> np.ndarray:
    values: np.ndarray = numbers.to_numpy()
    return (values >= within[0]) & (values <= within[-1])


def _rows(cells: pd.DataFrame, is_wanted: np.ndarray) -> pd.DataFrame:
    return cells[is_wanted].reset_index(drop=True)


def window_of(
    retention: CohortRetention, last_cohort: int | None = None, first_column: int = 0, most_columns: int = MOST
) -> Window:
    """Return the window that ends with a cohort, the youngest by default, and begins with a column.

    Where the youngest have not lived to see the first column it ends with those that have; it never is smaller than it
    need be.
    """
    numbers, cohorts = (retention.cells[name].to_numpy() for name in ("period_number", "cohort"))
    first_column = min(max(0, first_column), int(numbers.max()))
    reaching = cohorts[numbers == first_column]
    earliest, youngest = int(reaching.min()), int(reaching.max())
    last = youngest if last_cohort is None else min(youngest, max(last_cohort, earliest + MOST - 1))
    drawn = range(max(earliest, last - MOST + 1), last + 1)
    reach = int(numbers[(cohorts >= drawn[0]) & (cohorts <= drawn[-1])].max())
    return Window(
        drawn,
        range(first_column, min(reach, first_column + most_columns - 1) + 1),
        len(np.unique(cohorts)),
        int(numbers.max()) + 1,
    )
