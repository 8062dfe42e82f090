"""How the dates of a column are written, decided once from all its values."""

from dataclasses import replace

from retention_core.ingestion.understanding.date_forms import date_forms
from retention_core.ingestion.understanding.readings import Question, Reading, StagedColumn

_LEAST_SHARE = 0.5


def read_dates(column: StagedColumn) -> Reading | Question | None:
    """Return how the dates of a column are read, a question where other readings fit as well, None where none does.

    A reading must fit at least half of all values; the one that fits most wins, and what it cannot read is rejected
    row by row later. Readings that fit equally many values and differ somewhere are asked about.
    """
    sample, zone = column.sample(), column.engine.time_zone
    candidates = date_forms(sample, zone) or date_forms(sample, zone, rare=True)
    if not candidates:
        return None
    present, *counts = column.count([column.read_as(each) for each in candidates])
    ranked = sorted(zip(counts, candidates, strict=True), key=lambda each: -each[0])
    best_count, best = ranked[0]
    if best_count < _LEAST_SHARE * present:
        return None
    best = replace(best, reads_all=best_count == present)
    rivals = [replace(reading, reads_all=best.reads_all) for count, reading in ranked[1:] if count == best_count]
    rivals = [each for each in rivals if column.differ(best, each)]
    if not rivals:
        return best
    readings = (best, *rivals)
    return Question("", column.header, readings, column.examples(readings), tuple(map(_evidence(column), readings)))


def _evidence(column: StagedColumn):  # type: ignore[no-untyped-def]
    """Return what tells one reading of dates from another: its span, its weekends, and its longest gap."""

    def words(reading: Reading) -> str:
        row = column.engine.query(
            f"""WITH days AS (SELECT DISTINCT ({column.read_as(reading)})::DATE AS day FROM read_parquet($path)),
            gaps AS (SELECT day, day - lag(day) OVER (ORDER BY day) AS gap FROM days WHERE day IS NOT NULL)
            SELECT min(day)::VARCHAR, max(day)::VARCHAR, count(*), count(*) FILTER (isodow(day) > 5),
                   coalesce(max(gap), 0) FROM gaps""",
            {"path": str(column.staged.path)},
        ).iloc[0]
        first, last, days, weekend, gap = row
        return (
            f"from {first} to {last}; {weekend:,} of {days:,} days are Saturdays or Sundays; "
            f"the longest gap has {gap:,} days"
        )

    return words
