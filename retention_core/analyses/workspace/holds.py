"""What does a workspace hold, of the rows in force? Counted once per version of the data."""

from datetime import date

import pandas as pd

from retention_core.analyses.steps import Filling, kept_rows, statement
from retention_core.engines.engine import Engine
from retention_core.tables import TABLES

SEGMENT_VALUES = 300
_DATED = ("orders", "complaints", "satisfaction")


def days(engine: Engine) -> tuple[date | None, date | None]:
    """Return the first and the last day of all rows in force; None where there are none."""
    rows = _held(engine)
    first, last = rows["first_day"].dropna(), rows["last_day"].dropna()
    return (None, None) if first.empty else (pd.Timestamp(first.min()).date(), pd.Timestamp(last.max()).date())


def counts(engine: Engine) -> dict[str, int]:
    """Return how many rows each canonical table has in force; of customers, those of whom a file says something."""
    return {table: int(count) for table, count in _held(engine)["row_count"].items()}


def linked(engine: Engine) -> dict[str, int]:
    """Return how many rows in force know their customer; of customers, how many joined on a known day."""
    return {table: int(count) for table, count in _held(engine)["linked_count"].items()}


def segment_values(engine: Engine) -> dict[str, list[str]]:
    """Return the segments of the rows in force, each with its most frequent values; those with one value are none."""
    ranked = engine.keep(*statement("ranked_values", {"segments": _segments(engine)}))
    rows = engine.query(*statement("segment_values", {"ranked": ranked}, {"most": SEGMENT_VALUES}))
    found = {str(segment): list(values) for segment, values in rows.groupby("segment")["value"]}
    names = dict.fromkeys(column.name for table in _DATED for column in TABLES[table].segments())
    return {name: found[name] for name in names if len(found.get(name, ())) > 1}


def absent_segments(engine: Engine) -> dict[str, tuple[str, ...]]:
    """Return, for each table that has rows, the segments of which none of them knows anything."""
    known = engine.query(*statement("known_segments", {"segments": _segments(engine)}))
    pairs = set(zip(known["held"], known["segment"], strict=True))
    return {
        table: tuple(column.name for column in TABLES[table].segments() if (table, column.name) not in pairs)
        for table, count in counts(engine).items()
        if count and table in _DATED
    }


def has_refunds(engine: Engine) -> bool:
    """Tell whether any order in force is a refund."""
    return bool(kept_rows(engine, *statement("refunds"))["refunds"].iloc[0])


def rows_there(engine: Engine, table: str) -> int:
    """Return how many rows of a table no later upload replaced, those of the future included, which count nowhere yet."""
    counted = engine.query(*statement("rows_there", {"stored": f"stored_{TABLES[table].name}"}))
    return int(counted["row_count"].iloc[0])


def order_days(engine: Engine) -> tuple[date, date] | None:
    """Return the first and the last day with an order; None where there is none."""
    first, last = (_day(_held(engine).loc["orders", name]) for name in ("first_day", "last_day"))
    return (first, last) if first and last else None


def last_day(engine: Engine, table: str) -> date | None:
    """Return the last day on which anything of the table, orders or complaints, happened; None where it is empty."""
    return _day(_held(engine).loc[table, "last_day"])


def _held(engine: Engine) -> pd.DataFrame:
    """Return one row per canonical table; the columns stand in the step's head."""
    return kept_rows(engine, *statement("held")).set_index("held")


def _day(value: object) -> date | None:
    return None if pd.isna(value) else pd.Timestamp(value).date()


def _segments(engine: Engine) -> str:
    """Return the name of the kept table with one row per table, segment and value; its columns stand in the step's head."""
    holes = dict[str, Filling]()
    for table in _DATED:
        known = _known_columns(engine, table)
        cases = " ".join(f"WHEN GROUPING({name}) = 0 THEN '{name}'" for name in known)
        holes[f"{table}_segment"] = f"CASE {cases} END"
        holes[f"{table}_value"] = f"coalesce({', '.join([*known, 'NULL'])})"
        holes[f"{table}_sets"] = ", ".join(f"({name})" for name in known)
    return engine.keep(*statement("segments", holes))


def _known_columns(engine: Engine, table: str) -> list[str]:
    """Return the segments of a table of which any of its rows knows something, and one at least; no other is counted."""
    names = [column.name for column in TABLES[table].segments()]
    counted = ", ".join(f"count({name}) AS {name}" for name in names)
    row = kept_rows(engine, *statement("known_columns", {"view": table, "counts": counted})).iloc[0]
    return [name for name in names if row[name] > 0] or names[:1]
