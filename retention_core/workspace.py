"""What a workspace holds: its days, counts and segments, of the rows in force; counted once per version of the data."""

from datetime import date

import pandas as pd

from retention_core.engines.engine import Engine
from retention_core.observed import LATEST
from retention_core.tables import CUSTOMERS, TABLES, Table

SEGMENT_VALUES = 300
_DATED = ("orders", "complaints", "satisfaction")
_TOLD = " OR ".join(f"{column.name} IS NOT NULL" for column in CUSTOMERS.stored() if column.kind != "id")

# One row per canonical table: rows in force, those whose customer is known (of customers, who joined on a known day),
# first and last day. Every id of an order is a customer; those count of whom a file says more than that.
_HELD = (
    " UNION ALL ".join(
        f"SELECT '{table}' AS held, count(*) AS row_count, count(customer_key) AS linked_count, "
        f"min(day) AS first_day, CAST(max({LATEST.get(table, 'day')}) AS DATE) AS last_day FROM {table}"
        for table in _DATED
    )
    + " UNION ALL SELECT 'customers', count(*), count(joined_at), CAST(NULL AS DATE), CAST(NULL AS DATE) "
    f"FROM customers WHERE {_TOLD}"
)


def days(engine: Engine) -> tuple[date | None, date | None]:
    """Return the first and the last day of all rows in force; None where there are none."""
    held = _held(engine)
    first, last = held["first_day"].dropna(), held["last_day"].dropna()
    return (None, None) if first.empty else (pd.Timestamp(first.min()).date(), pd.Timestamp(last.max()).date())


def counts(engine: Engine) -> dict[str, int]:
    """Return how many rows each canonical table has in force; of customers, those of whom a file says something."""
    return {table: int(count) for table, count in _held(engine)["row_count"].items()}


def linked(engine: Engine) -> dict[str, int]:
    """Return how many rows in force know their customer; of customers, how many joined on a known day."""
    return {table: int(count) for table, count in _held(engine)["linked_count"].items()}


def segment_values(engine: Engine) -> dict[str, list[str]]:
    """Return the segments of the rows in force, each with its most frequent values; those with one value are none."""
    rows = engine.query(
        f"SELECT segment, value FROM {engine.keep(_SEGMENTS)} WHERE place <= $most ORDER BY segment, value",
        {"most": SEGMENT_VALUES},
    )
    found = {str(segment): list(values) for segment, values in rows.groupby("segment")["value"]}
    names = dict.fromkeys(column.name for table in _DATED for column in TABLES[table].segments())
    return {name: found[name] for name in names if len(found.get(name, ())) > 1}


def absent_segments(engine: Engine) -> dict[str, tuple[str, ...]]:
    """Return, for each table that has rows, the segments of which none of them knows anything."""
    known = engine.query(f"SELECT DISTINCT held, segment FROM {engine.keep(_KNOWN)} WHERE value IS NOT NULL")
    pairs = set(zip(known["held"], known["segment"], strict=True))
    return {
        table: tuple(column.name for column in TABLES[table].segments() if (table, column.name) not in pairs)
        for table, count in counts(engine).items()
        if count and table in _DATED
    }


def _held(engine: Engine) -> pd.DataFrame:
    return engine.query(f"SELECT * FROM {engine.keep(_HELD)}").set_index("held")


def _values_sql(table: Table) -> str:
    """Return the SQL of one row per segment of a table and value of it: held (the table), segment, value, row_count."""
    names = [column.name for column in table.segments()]
    which = " ".join(f"WHEN GROUPING({name}) = 0 THEN '{name}'" for name in names)
    sets = ", ".join(f"({name})" for name in names)
    return (
        f"SELECT '{table.name}' AS held, CASE {which} END AS segment, coalesce({', '.join(names)}) AS value, "
        f"count(*) AS row_count FROM {table.name} GROUP BY GROUPING SETS ({sets})"
    )


_KNOWN = " UNION ALL ".join(_values_sql(TABLES[table]) for table in _DATED)

# One row per segment and value: place is its rank, the most frequent first, whichever table it stands in.
_SEGMENTS = (
    "SELECT segment, value, row_number() OVER (PARTITION BY segment ORDER BY sum(row_count) DESC, value) AS place FROM ("
    + _KNOWN
    + ") AS found WHERE value IS NOT NULL GROUP BY segment, value"
)
