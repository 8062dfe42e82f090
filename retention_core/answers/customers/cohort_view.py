"""What of a cohort table is looked at: which part of it, whose, and what each tab shows."""

from dataclasses import dataclass

from retention_core.analyses.customers.cohort_retention import CohortRetention
from retention_core.figures.window import Window, window_of


@dataclass(frozen=True)
class CohortView:
    """What is chosen beside the question.

    show_counts: customers in place of shares. segment: whose table it is, where the question has segments. last_cohort:
    number of the youngest cohort drawn, first_column: of the first column, where not all can be drawn. column,
    segments_column: of the tabs that show one. step: from which purchase to the next. days_in: number of the period
    whose days are shown, the last complete one by default. show_articles: what articles say of products.
    """

    show_counts: bool = False
    segment: str = ""
    last_cohort: int | None = None
    first_column: int = 0
    column: int = 1
    segments_column: int = 1
    step: int = 1
    days_in: int | None = None
    show_articles: bool = False

    def of(self, table: CohortRetention) -> CohortRetention:
        """Return the table of the segment looked at; of a table without segments, all of it."""
        return table.of_segment(self.segment) if self.segment else table

    def window(self, table: CohortRetention) -> Window:
        """Return the part of the table that is drawn."""
        return window_of(self.of(table), self.last_cohort, self.first_column)
