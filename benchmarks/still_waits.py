"""How often does the page of waits claim that it got faster or slower in shops in which nothing changes?

Run as `python -m benchmarks.still_waits --shops 400`. One row per kind of shop: the share of shops (in per cent) that are told
of a change, against the weeks before and against last year, and of those in which something did change also the share that is
told the wrong way. The simulation's own error at 400 shops and 5 % is 1.1 points.
"""

import argparse
from collections import Counter
from dataclasses import dataclass
from typing import get_args

import numpy as np
import pandas as pd

from retention_core.analyses.complaints.response_times import DAY, ResponseQuestion, response_times
from retention_core.analyses.complaints.weeks_compared import WEEKS, weeks_compared
from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.filters import CompareWith, Filters

FIRST = pd.Timestamp("2025-01-06")  # a Monday


@dataclass(frozen=True)
class Desk:
    """A help desk. a_week: complaints. median_days: of the wait, which is lognormal. scatter: by how many times the waits of
    one week are longer or shorter than those of another, as a deviation of the logarithm. slower: how many times as long
    those of the last four weeks wait.
    """

    a_week: int = 60
    median_days: float = 2.0
    weeks: int = 70
    scatter: float = 0.0
    slower: float = 1.0


DESKS = {
    "desk": Desk(),
    "busy desk": Desk(a_week=400),
    "small desk": Desk(a_week=10),
    "quick desk": Desk(median_days=0.4),
    "weeks that scatter": Desk(scatter=0.4),
    "busy, weeks that scatter": Desk(a_week=400, scatter=0.4),
    "last weeks 1.5 times as slow": Desk(slower=1.5),
}


def complaints(desk: Desk, luck: np.random.Generator) -> pd.DataFrame:
    """Return complaints of so many weeks: opened_at, resolved_at (missing where it lies after the last day)."""
    count = luck.poisson(desk.a_week, desk.weeks)
    week = np.repeat(np.arange(desk.weeks), count)
    opened = FIRST + pd.to_timedelta(np.sort((week + luck.random(len(week))) * 7 * DAY).round(), unit="s")
    typical = np.log(desk.median_days) + luck.normal(0, desk.scatter, desk.weeks)
    typical[-WEEKS - 1 : -1] += np.log(desk.slower)  # the very last week is not all known
    waits = np.exp(typical[week] + luck.normal(0, 1.1, len(week)))
    resolved = pd.Series(opened + pd.to_timedelta((waits * DAY).round(), unit="s"))
    return pd.DataFrame(
        {"opened_at": opened, "resolved_at": resolved.where(resolved < FIRST + pd.Timedelta(weeks=desk.weeks))}
    )


def fill(engine: DuckDBEngine, rows: pd.DataFrame) -> None:
    """Put these complaints into the emptied workspace."""
    rows = rows.assign(day=rows["opened_at"].dt.date, upload_id=0, row_number=range(len(rows)), line_count=1)
    with engine.transaction() as cursor:
        cursor.execute("DELETE FROM stored_complaints")
        cursor.register("added", rows)
        cursor.execute("INSERT INTO stored_complaints BY NAME SELECT * FROM added")


def claims_in(desk: Desk, shops: int, seed: int = 1) -> Counter[str]:
    """Return how many of so many shops of a kind were compared, and how many were told of a change."""
    luck, found, engine = np.random.default_rng(seed), Counter[str](), DuckDBEngine()
    for _ in range(shops):
        fill(engine, complaints(desk, luck))
        for compare_with in get_args(CompareWith):
            weeks = weeks_compared(response_times(engine, ResponseQuestion(filters=Filters(compare_with=compare_with))))
            if weeks and weeks.is_known:
                found[f"{compare_with} compared"] += 1
                found[f"{compare_with} by luck"] += weeks.comparison.is_claimed
                found[f"{compare_with} claimed"] += weeks.comparison.is_claimed and not weeks.is_usual
                found[f"{compare_with} faster"] += weeks.comparison.says == "more" and not weeks.is_usual
    engine.close()
    return found


def main() -> None:
    """Simulate and print."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--shops", type=int, default=400)
    given = arguments.parse_args()
    for name, desk in DESKS.items():
        found = claims_in(desk, given.shops)
        told = [
            f"{against}: {100 * found[f'{against} claimed'] / max(1, found[f'{against} compared']):5.1f} "
            f"(by chance alone {100 * found[f'{against} by luck'] / max(1, found[f'{against} compared']):5.1f}, "
            f"faster {100 * found[f'{against} faster'] / max(1, found[f'{against} compared']):5.1f}) "
            f"of {found[f'{against} compared']}"
            for against in get_args(CompareWith)
        ]
        print(f"{name:<30}" + "   ".join(told), flush=True)


if __name__ == "__main__":
    main()
