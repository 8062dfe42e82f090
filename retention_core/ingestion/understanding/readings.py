"""A reading: one way to turn the text of a column into values. A question: several readings that fit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.ingestion.reading.staged import StagedTable
from retention_core.words.say import Number, say

SAMPLE_VALUES = 5000


@dataclass(frozen=True)
class Reading:
    """One way to read a column.

    name: how it is remembered (`day_first`). words: how it is shown, said where it was found. sql: an expression over
    `{text}`, the cell in Latin digits, or `{cell}`, the cell as it stands; both NULL where it is missing. The expression
    is NULL where the text cannot be read this way. reads_all: known to read every value of the column it was decided
    for. is_length: the SQL gives the seconds that passed since the moment of the row. unit: rial or toman, where that is
    known. instant: SQL of the same moment in UTC, where the text tells it.
    """

    name: str
    words: str
    sql: str
    reads_all: bool = False
    is_length: bool = False
    unit: str = ""
    instant: str = ""

    def expression(self, staged: StagedTable, header: str) -> str:
        """Return the SQL that reads the column of a staged table under `header`."""
        return _over(self.sql, staged, header)

    def instant_expression(self, staged: StagedTable, header: str) -> str:
        """Return the SQL of the moment in UTC; only where `instant` is known."""
        return _over(self.instant, staged, header)


@dataclass(frozen=True)
class Question:
    """Something that can be understood in more than one way; only a person can say which is right.

    column: what is asked about: a canonical column, `table`, or a fact of money. readings: the ways that fit. examples:
    raw value -> what each reading makes of it. evidence: one sentence a reading. words: what is asked, empty for how
    the column is written. default: the reading taken while nobody has answered, where that does no harm; None where the
    answer must be waited for. is_of_column: asked is which header is the column, not how it is written. is_many:
    several readings may be right together.
    """

    column: str
    header: str
    readings: tuple[Reading, ...]
    examples: Mapping[str, tuple[str, ...]]
    evidence: tuple[str, ...]
    words: str = ""
    default: Reading | None = None
    is_of_column: bool = False
    is_many: bool = False


def _over(sql: str, staged: StagedTable, header: str) -> str:
    return sql.replace("{text}", staged.text(header)).replace("{cell}", staged.cell(header))


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

    def differ(self, one: Reading, other: Reading) -> bool:
        """Tell whether two readings take any value differently."""
        rows = self.engine.query(
            f"SELECT count(*) AS n FROM (SELECT 1 FROM read_parquet($path) "
            f"WHERE ({self.read_as(one)}) IS DISTINCT FROM ({self.read_as(other)}) LIMIT 1)",
            {"path": str(self.staged.path)},
        )
        return bool(rows["n"].iloc[0])

    def examples(self, readings: Sequence[Reading]) -> dict[str, tuple[str, ...]]:
        """Return up to five values that the readings take differently: raw value -> what each makes of it."""
        ways = [
            f"to_seconds(({self.read_as(each)})::DOUBLE)::VARCHAR"
            if each.is_length
            else f"({self.read_as(each)})::VARCHAR"
            for each in readings
        ]
        listed = ", ".join(f"{way} AS w{index}" for index, way in enumerate(ways))
        rows = self.engine.query(
            f"SELECT * FROM (SELECT DISTINCT {self.staged.cell(self.header)} AS raw, {listed} FROM read_parquet($path)) "
            f"WHERE w0 IS DISTINCT FROM w1 ORDER BY raw LIMIT 5",
            {"path": str(self.staged.path)},
        )
        return {str(raw): tuple(map(str, values)) for raw, *values in rows.itertuples(index=False)}

    def spans(self, readings: Sequence[Reading]) -> tuple[str, ...]:
        """Return from where to where the values go, in words, by each reading."""
        ends = ", ".join(f"min({sql})::VARCHAR, max({sql})::VARCHAR" for sql in map(self.read_as, readings))
        row = list(
            self.engine.query(f"SELECT {ends} FROM read_parquet($path)", {"path": str(self.staged.path)}).iloc[0]
        )
        return tuple(
            say("from {low} to {high}", low=Number(str(low)), high=Number(str(high)))
            for low, high in zip(row[::2], row[1::2], strict=True)
        )
