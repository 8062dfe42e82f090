"""The part of a large cohort table that is drawn: never more than can be seen."""

from dataclasses import dataclass, replace

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
        cells, pooled = self._columns_of(retention.cells), self._columns_of(retention.pooled)
        cells = cells[cells["cohort"].between(self.cohorts[0], self.cohorts[-1])]
        return replace(retention, cells=cells.reset_index(drop=True), pooled=pooled.reset_index(drop=True))

    def row(self, cohort: int) -> int:
        """Return the row of a cohort; the first row is that of all cohorts."""
        return int(cohort) - self.cohorts[0] + 1

    def place(self, column: int) -> int:
        """Return the place of a column among those drawn."""
        return int(column) - self.columns[0]

    def _columns_of(self, cells: pd.DataFrame) -> pd.DataFrame:
        return cells[cells["period_number"].between(self.columns[0], self.columns[-1])]


def window_of(
    retention: CohortRetention, last_cohort: int | None = None, first_column: int = 0, most_columns: int = MOST
) -> Window:
    """Return the window that ends with a cohort, the youngest by default, and begins with a column.

    Where the youngest have not lived to see the first column it ends with those that have; it never is smaller than it
    need be.
    """
    numbers = retention.cells["period_number"]
    first_column = min(max(0, first_column), int(numbers.max()))
    cohorts = retention.cells.loc[numbers == first_column, "cohort"]
    earliest, youngest = int(cohorts.min()), int(cohorts.max())
    last = youngest if last_cohort is None else min(youngest, max(last_cohort, earliest + MOST - 1))
    drawn = range(max(earliest, last - MOST + 1), last + 1)
    reach = int(numbers[retention.cells["cohort"].between(drawn[0], drawn[-1])].max())
    return Window(
        drawn,
        range(first_column, min(reach, first_column + most_columns - 1) + 1),
        int(retention.cells["cohort"].nunique()),
        int(numbers.max()) + 1,
    )
