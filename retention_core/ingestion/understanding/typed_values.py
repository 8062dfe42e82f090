"""The SQL of one value of a record: a cell as it is read, and what ends and lengths of time make of it.

It is read over staged records and binds `Understanding.values`.
"""

from retention_core.ingestion.understanding.understand import Understanding

_CENTURY_SECONDS = 100 * 366 * 86400


def ends(understood: Understanding) -> list[str]:
    """Return the canonical columns read that hold a moment after that of their row."""
    return [name for name in understood.readings if understood.match.table.column(name).kind == "end"]


def value_sql(understood: Understanding, name: str) -> str:
    """Return the SQL of one canonical column.

    A length of time is added to the moment of the row; an end with an offset is told by the clock of the row's moment
    where that stays as it is written; where an end is missing, a length beside it says when it was.
    """
    sql, after = _own_value(understood, name), _length_of(name)
    if name not in ends(understood) or after not in understood.readings:
        return sql
    return f"coalesce({sql}, {_moment_sql(understood)} + {_passed(understood, after)})"


def told_seconds(understood: Understanding, name: str) -> str:
    """Return the SQL of the seconds until an end: its length, or the difference of two moments of which UTC is known.

    It is NULL where the file gives two local times, of which the clock may have been changed in between.
    """
    after, told = _length_of(name), "NULL::BIGINT"
    if understood.readings[name].is_length:
        told = f"epoch({_passed(understood, name)})::BIGINT"
    elif instants := _instants(understood, name):
        told = f"epoch({instants[1]} - {instants[0]})::BIGINT"
    if after not in understood.readings:
        return told
    length = f"epoch({_passed(understood, after)})::BIGINT"
    return f"CASE WHEN ({_own_value(understood, name)}) IS NULL THEN {length} ELSE {told} END"


def _length_of(end: str) -> str:
    return f"{end.removesuffix('_at')}_after"


def _own_value(understood: Understanding, name: str) -> str:
    reading, staged, headers = understood.readings[name], understood.staged, understood.match.headers
    column = understood.match.table.column(name)
    if column.kind == "length":
        return f"({reading.expression(staged, headers[name])})::DOUBLE"
    if column.kind == "end" and reading.is_length:
        return f"({_moment_sql(understood)} + {_passed(understood, name)})"
    begins = understood.readings.get(understood.match.table.moment)
    is_as_written = begins is not None and "offset" in (begins.name, reading.name)
    if column.kind == "end" and is_as_written and (instants := _instants(understood, name)):
        return f"({_moment_sql(understood)} + ({instants[1]} - {instants[0]}))"
    return reading.expression(staged, headers[name])


def _instants(understood: Understanding, name: str) -> tuple[str, str] | None:
    """Return the SQL of the moments in UTC of a row's beginning and of an end, where the file tells both."""
    begins = understood.match.table.moment
    both = [(each, understood.readings.get(each)) for each in (begins, name)]
    told = [
        f"({reading.instant_expression(understood.staged, understood.match.headers[each])})::TIMESTAMP"
        for each, reading in both
        if reading is not None and reading.instant
    ]
    return (told[0], told[1]) if len(told) == 2 else None


def _moment_sql(understood: Understanding) -> str:
    name = understood.match.table.moment
    return f"({understood.readings[name].expression(understood.staged, understood.match.headers[name])})"


def _passed(understood: Understanding, name: str) -> str:
    """Return the SQL of a length as an interval; none that would leave the calendar."""
    length = f"({understood.readings[name].expression(understood.staged, understood.match.headers[name])})::DOUBLE"
    return f"CASE WHEN abs({length}) < {_CENTURY_SECONDS} THEN to_seconds({length}) END"
