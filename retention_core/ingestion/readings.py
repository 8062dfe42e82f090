"""A reading: one way to turn the text of a column into values. A question: two readings that both fit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.ingestion.staged import StagedTable

SAMPLE_VALUES = 5000


@dataclass(frozen=True)
class Reading:
    """One way to read a column.

    name: how it is remembered (`day_first`). words: how it is shown. sql: an expression over `{text}`, the cell in
    Latin digits, or `{cell}`, the cell as it stands; both NULL where it is missing. The expression is NULL where the
    text cannot be read this way. reads_all: known to read every value of the column it was decided for.
    """

    name: str
    words: str
    sql: str
    reads_all: bool = False

    def expression(self, staged: StagedTable, header: str) -> str:
        """Return the SQL that reads the column of a staged table under `header`."""
        return self.sql.replace("{text}", staged.text(header)).replace("{cell}", staged.cell(header))


@dataclass(frozen=True)
class Question:
    """A column that can be read in more than one way; only a person can say which is right.

    readings: the ways that fit. examples: raw value -> what each reading makes of it. evidence: one sentence a reading.
    """

    column: str
    header: str
    readings: tuple[Reading, ...]
    examples: Mapping[str, tuple[str, ...]]
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class StagedColumn:
    """One column of a staged table, with the engine that can look into it."""

    engine: DuckDBEngine
    staged: StagedTable
    header: str

    def read_as(self, reading: Reading) -> str:
        """Return the SQL that reads this column in one way."""
        return reading.expression(self.staged, self.header)

    def sample(self) -> list[str]:
        """Return up to 5,000 values, evenly spread over the file, as text in Latin digits."""
        step = max(1, self.staged.row_count // SAMPLE_VALUES)
        rows = self.engine.query(
            f"SELECT DISTINCT {self.staged.text(self.header)} AS value FROM read_parquet($path) "
            f"WHERE row_number % {step} = 0 AND value IS NOT NULL ORDER BY value LIMIT {SAMPLE_VALUES}",
            {"path": str(self.staged.path)},
        )
        return list(rows["value"])

    def count(self, expressions: Sequence[str]) -> list[int]:
        """Return, over all rows, how many values are present, then how many each SQL expression can read."""
        counts = ", ".join(f"count({each})" for each in (self.staged.cell(self.header), *expressions))
        rows = self.engine.query(f"SELECT {counts} FROM read_parquet($path)", {"path": str(self.staged.path)})
        return [int(value) for value in rows.iloc[0]]

    def compare(self, first: Reading, second: Reading) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
        """Return up to five values that two readings take differently, and from where to where each one goes."""
        one, two = self.read_as(first), self.read_as(second)
        rows = self.engine.query(
            f"SELECT DISTINCT {self.staged.cell(self.header)} AS raw, ({one})::VARCHAR AS one, ({two})::VARCHAR AS two "
            f"FROM read_parquet($path) WHERE ({one}) IS DISTINCT FROM ({two}) ORDER BY raw LIMIT 5",
            {"path": str(self.staged.path)},
        )
        spans = self.engine.query(
            f"SELECT min({one})::VARCHAR, max({one})::VARCHAR, min({two})::VARCHAR, max({two})::VARCHAR "
            "FROM read_parquet($path)",
            {"path": str(self.staged.path)},
        ).iloc[0]
        examples: dict[str, tuple[str, ...]] = {str(row.raw): (str(row.one), str(row.two)) for row in rows.itertuples()}
        return examples, (f"from {spans.iloc[0]} to {spans.iloc[1]}", f"from {spans.iloc[2]} to {spans.iloc[3]}")
