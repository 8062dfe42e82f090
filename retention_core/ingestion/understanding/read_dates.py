"""How the dates of a column are written, decided once from all its values, or for each form of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from retention_core.ingestion.understanding.date_forms import date_forms, in_zone, offset_local
from retention_core.ingestion.understanding.readings import Question, Reading, StagedColumn
from retention_core.words.days import when
from retention_core.words.lists import any_of
from retention_core.words.say import say

_LEAST_SHARE = 0.5
_NEARLY_ALL = 0.9  # of the values of one form, so that what is left are slips, to be listed
_LOOKS = 12
_LOOK = "regexp_replace(regexp_replace({text}, '[0-9]+', '9', 'g'), '[\\pL\\pM]+', 'a', 'g')"


@dataclass(frozen=True)
class _Look:
    """The values of a column that look alike: what separates their parts. counts: how many each reading can read."""

    name: str
    rows: int
    counts: tuple[int, ...]


def read_dates(column: StagedColumn) -> Reading | Question | None:
    """Return how the dates of a column are read, a question where other readings fit as well, None where none does.

    The reading that reads every value wins. Where none does, the values of each form are read in the way that fits
    them, and what cannot be read is rejected row by row later. Readings that fit equally well and differ somewhere are
    asked about.
    """
    sample, zone = column.sample(), column.engine.time_zone
    candidates = date_forms(sample, zone) or date_forms(sample, zone, rare=True)
    if not candidates:
        return None
    present, *counts = column.count([column.read_as(each) for each in candidates])
    ranked = sorted(zip(counts, candidates, strict=True), key=lambda each: -each[0])
    if ranked[0][0] < present and len(ranked) > 1 and (mixed := _of_each_look(column, [each for _, each in ranked])):
        return mixed
    return _of_all(column, present, ranked)


def _of_all(column: StagedColumn, present: int, ranked: Sequence[tuple[int, Reading]]) -> Reading | Question | None:
    """Return the reading that fits most values, or the question between those that fit as many."""
    best_count, best = ranked[0]
    if best_count < _LEAST_SHARE * present:
        return None
    best = replace(best, reads_all=best_count == present)
    rivals = [replace(reading, reads_all=best.reads_all) for count, reading in ranked[1:] if count == best_count]
    rivals = [each for each in rivals if column.differ(best, each)]
    if not rivals:
        return _in_shops_time(column, best)
    return _question(column, (best, *rivals))


def _of_each_look(column: StagedColumn, readings: Sequence[Reading]) -> Reading | Question | None:
    """Return the reading of a column whose dates are written in several forms, each form in the way that fits it.

    Within one form the same two figures may stand for day and month and for month and day: where some values only
    suit the one and some only the other, those that suit both can only be asked about. None where one form explains
    the column as well.
    """
    looks = _looks(column, readings)
    ways = [(look, [index for index, count in enumerate(look.counts) if count]) for look in looks]
    ways = [(look, sorted(indexes, key=lambda index: -look.counts[index])) for look, indexes in ways if indexes]
    chosen: list[tuple[str, list[Reading]]] = []
    is_mixed = False
    for look, indexes in ways:
        best = look.counts[indexes[0]]
        if best >= _NEARLY_ALL * look.rows:
            indexes = [index for index in indexes if look.counts[index] == best]
        else:
            is_mixed |= {"day_first", "month_first"} <= {readings[index].name for index in indexes}
        chosen.append((look.name, [readings[index] for index in indexes]))
    is_mixed |= len({tuple(each.name for each in found) for _, found in chosen}) > 1
    return _settled(column, chosen) if is_mixed else None


def _settled(column: StagedColumn, chosen: Sequence[tuple[str, list[Reading]]]) -> Reading | Question:
    """Return the mixed reading: one where the order of the ways makes no difference, else a question about it."""
    said = any_of(list(dict.fromkeys(each.words for _, ways in chosen for each in ways)))
    in_words = say("each as it is written: {forms}", forms=said)
    forward = Reading("mixed", in_words, _by_look(chosen, lambda ways: ways))
    first = next((ways[0].name for _, ways in chosen if len(ways) > 1), "")
    backward = Reading("mixed_other", "", _by_look(chosen, lambda ways: ways[::-1]))
    if not first or not column.differ(forward, backward):
        present, read = column.count([column.read_as(forward)])
        return replace(forward, reads_all=read == present)
    ways = next(ways for _, ways in chosen if len(ways) > 1)
    words = [say("where both are possible, {form}", form=each.words) for each in (ways[0], ways[-1])]
    readings = (replace(forward, words=words[0]), replace(backward, words=words[1]))
    asked = say(
        "“{header}” mixes {one} and {other}. How are those written that suit both?",
        header=column.header,
        one=ways[0].words,
        other=ways[-1].words,
    )
    return _question(column, readings, asked)


def _by_look(chosen: Sequence[tuple[str, list[Reading]]], ordered: Callable[[list[Reading]], list[Reading]]) -> str:
    """Return the SQL that reads the values of each form in its ways, the first that fits."""
    cases = " ".join(
        f"WHEN '{look.replace(chr(39), chr(39) * 2)}' THEN coalesce({', '.join(f'({each.sql})' for each in ordered(ways))})"
        for look, ways in chosen
    )
    return f"CASE {_LOOK} {cases} END"


def _looks(column: StagedColumn, readings: Sequence[Reading]) -> list[_Look]:
    """Return the forms of the values, the most frequent first, with how many each reading can read."""
    text = column.staged.text(column.header)
    counts = ", ".join(f"count({column.read_as(each)})" for each in readings)
    rows = column.engine.query(
        f"SELECT {_LOOK.replace('{text}', text)} AS look, count(*) AS n, {counts} FROM read_parquet($path) "
        f"WHERE {text} IS NOT NULL GROUP BY look ORDER BY n DESC LIMIT {_LOOKS}",
        {"path": str(column.staged.path)},
    )
    return [_Look(str(look), int(n), tuple(map(int, counted))) for look, n, *counted in rows.itertuples(index=False)]


def _in_shops_time(column: StagedColumn, reading: Reading) -> Reading | Question:
    """Return the reading of moments with an offset, in the shop's own time where that is known.

    The day and hour stay as they are written, which is the time of the shop that wrote them, unless the workspace has
    a time zone; where the two put a row on another day, both are offered.
    """
    zone = column.engine.setting("time_zone")
    if reading.name != "offset" or not zone:
        return reading
    local = replace(offset_local(column.sample(), zone), reads_all=reading.reads_all)
    days = replace(reading, sql=f"({reading.sql})::DATE"), replace(local, sql=f"({local.sql})::DATE")
    if not column.differ(*days):
        return local
    asked = say("“{header}” has an offset from UTC. Which day is meant?", header=column.header)
    return replace(_question(column, (local, reading), asked), default=local)


def from_utc(column: StagedColumn, reading: Reading) -> Reading:
    """Return the reading of moments that an export is known to write in UTC, in the time of the workspace."""
    zone = column.engine.time_zone
    if reading.name not in ("year_first", "month_first", "day_first", "month_name"):
        return reading
    if zone == "UTC":
        return replace(reading, instant=reading.sql)
    words = say("{reading}, from UTC to the time of {zone}", reading=reading.words, zone=zone)
    return replace(reading, words=words, sql=in_zone(reading.sql, zone), instant=reading.sql)


def _question(column: StagedColumn, readings: tuple[Reading, ...], words: str = "") -> Question:
    evidence = tuple(map(_evidence(column), readings))
    return Question("", column.header, readings, column.examples(readings), evidence, words)


def _day(text: object) -> date | None:
    return date.fromisoformat(text) if isinstance(text, str) else None


def _evidence(column: StagedColumn) -> Callable[[Reading], str]:
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
        return say(
            "from {first} to {last}; {weekend} of {days} days are Saturdays or Sundays; the longest gap has {gap} days",
            first=when(_day(first)),
            last=when(_day(last)),
            weekend=int(weekend),
            days=int(days),
            gap=int(gap),
        )

    return words
