"""The cohort table behind the charts: what is drawn of it on the screen, all of it to take away."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from retention_core.analyses.customers.cohort_retention import CohortRetention
from retention_core.answers.answer import Cell, Column, Kind, Table
from retention_core.figures.cell_sentences import measured, shows_shares
from retention_core.figures.column_names import column_name, column_number
from retention_core.figures.window import Window
from retention_core.words.say import say


@dataclass(frozen=True)
class _Wide:
    """One row per cohort drawn, one column per period number."""

    retention: CohortRetention
    window: Window
    show_counts: bool

    @property
    def kind(self) -> Kind:
        """How its cells are shown."""
        if self.show_counts:
            return "count"
        return "share" if shows_shares(self.retention.question) else "money"

    @cached_property
    def rows(self) -> pd.DataFrame:
        """Columns: cohort (number), cohort_label, cohort_size, and the period numbers as text."""
        cells = self.window.part(self.retention).cells
        value = "customers" if self.show_counts else measured(self.retention)
        wide = cells.pivot(index=["cohort", "cohort_label", "cohort_size"], columns="period_number", values=value)
        wide.columns = [str(number) for number in wide.columns]
        return wide.reset_index()

    def columns(self) -> Mapping[str, Column]:
        """How its columns are shown."""
        question, kind = self.retention.question, self.kind
        named = {
            "cohort_label": Column(say("Cohort"), is_pinned=True),
            "cohort_size": Column(say("Customers"), "count", is_pinned=True),
        }
        return named | {
            str(number): Column(column_number(question, number), kind, help=column_name(question, number))
            for number in self.window.columns
        }

    def cell(self, row: int, name: str) -> Cell | None:
        """Return the cohort and period number of a cell; None for a row that is no longer drawn."""
        if row >= len(self.rows):
            return None
        return int(self.rows["cohort"].iloc[row]), int(name) if name.isdigit() else 0


def whole_table(
    retention: CohortRetention,
    window: Window,
    behind: Callable[[Cell], tuple[Table, ...]] | None,
    *,
    show_counts: bool,
) -> Table:
    """Return the table. behind: lists who stands behind a cell. show_counts: customers in place of what was asked."""
    wide = _Wide(retention, window, show_counts)

    def behind_cell(row: int, name: str) -> tuple[Table, ...]:
        cell = wide.cell(row, str(name))
        return behind(cell) if behind and cell else ()

    return Table(
        "cohort_retention",
        lambda: retention.cells.drop(columns="cohort"),
        wide.columns(),
        alt=say("Customers of each cohort who came back, by period number"),
        title=say("The cohort table"),
        caption=say("Periods that end after {day} are still running.", day=retention.as_of),
        behind_cell=behind_cell if behind else None,
        shown=lambda _: wide.rows.drop(columns="cohort"),
    )
