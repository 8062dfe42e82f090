"""How often do headlines and verdicts claim a change in shops in which nothing changes, and miss one that is there?

Run as `python -m benchmarks.still_shops --shops 400`. One row per kind of shop: the share of shops (in per cent) in which a
change is claimed by the headline of the cohort page, by that of the overview, and by the verdict over all columns of the
table by month, week and by its end; for shops with a true fall also how often it is denied (“as often as”). The
simulation's own error at 400 shops and 5 % is 1.1 points.
"""

import argparse
from collections import Counter
from dataclasses import replace

import numpy as np
import pandas as pd

from benchmarks.shops import Shop, purchases
from retention_core.analyses.claims import LOOKS_A_YEAR
from retention_core.analyses.customers.cohort_question import CohortQuestion
from retention_core.analyses.customers.cohort_retention import cohort_retention
from retention_core.analyses.customers.comparisons import changes
from retention_core.analyses.customers.return_within import return_within
from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.filters import Filters
from retention_core.periods import Period

SHOPS = {
    "new shop": Shop(),
    "new shop, 12 months": Shop(months=12),
    "old shop": Shop(years_before=3),
    "old shop, slow": Shop(years_before=3, gap_days=120, stay_days=1000),
    "old shop, 36 months": Shop(years_before=3, months=36),
    "seasonal shop": Shop(years_before=3, season=0.6),
    "small shop": Shop(newcomers=25),
    "unequal customers": Shop(spread=0.3),
    "true fall of 9 points": Shop(fall=0.17, newcomers=83),
}
TABLES = {
    "month": CohortQuestion(),
    "week": CohortQuestion(Period("week")),
    "by its end": CohortQuestion(returned="by"),
}


def look(engine: DuckDBEngine) -> Counter[str]:
    """Return what is claimed of the shop in the engine, as counts of one."""
    found: Counter[str] = Counter()
    back = return_within(engine, Filters())
    for name, looks in (("headline", 1), ("overview", LOOKS_A_YEAR)):
        headline = back.headline(looks=looks)
        comparison = headline.comparison if headline else None
        if comparison and comparison.is_known:
            found[f"{name} compared"] += 1
            found[f"{name} claimed"] += comparison.is_claimed
            found[f"{name} denied"] += comparison.says == "as_often"
    for name, question in TABLES.items():
        changed = changes(cohort_retention(engine, question))
        found[f"{name} compared"] += bool(changed)
        found[f"{name} claimed"] += any(change.is_real for change in changed)
    before = back.headline("before")
    if before and before.comparison and before.comparison.is_known:
        found["neighbours compared"] += 1
        found["neighbours claimed"] += before.comparison.is_claimed
    return found


def fill(engine: DuckDBEngine, rows: pd.DataFrame) -> None:
    """Put these purchases into the emptied workspace."""
    names = rows["customer"].astype("category")
    rows = rows.assign(customer_key=names.cat.codes.astype("int32") + 1, row_number=range(len(rows)))
    with engine.transaction() as cursor:
        cursor.execute("DELETE FROM stored_orders")
        cursor.register("added", rows.drop(columns="customer"))
        cursor.execute(
            "INSERT INTO stored_orders BY NAME SELECT *, 0 AS upload_id, 1 AS line_count, false AS is_refund, 1 AS amount "
            "FROM (SELECT customer_key, row_number, day::DATE AS day, ordered_at::TIMESTAMP AS ordered_at FROM added)"
        )


def claims_in(shop: Shop, shops: int, seed: int = 1) -> Counter[str]:
    """Return how many of so many shops of a kind were compared, and how many were told of a change."""
    luck, found, engine = np.random.default_rng(seed), Counter[str](), DuckDBEngine()
    for _ in range(shops):
        fill(engine, purchases(shop, luck))
        found += look(engine)
    engine.close()
    return found


def main() -> None:
    """Simulate and print."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--shops", type=int, default=400)
    arguments.add_argument("--only", default="")
    given = arguments.parse_args()
    looks = ("headline", "neighbours", "overview", *TABLES)
    print(f"{'claimed of those compared, %':<26}" + "".join(f"{look:>20}" for look in looks))
    for name, shop in SHOPS.items():
        if given.only in name:
            found = claims_in(replace(shop), given.shops)
            print(f"{name:<26}" + "".join(_cell(found, look) for look in looks), flush=True)


def _cell(found: Counter[str], look: str) -> str:
    compared, claimed, denied = (found[f"{look} {what}"] for what in ("compared", "claimed", "denied"))
    if not compared:
        return f"{'none compared':>20}"
    told = f"{100 * claimed / compared:.1f} of {compared}" + (f", {denied} =" if denied else "")
    return f"{told:>20}"


if __name__ == "__main__":
    main()
