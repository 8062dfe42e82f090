"""Who buys in each period: new customers, returning ones, those who had paused, and who has gone quiet?"""

import pandas as pd

from retention_core.analyses.customers.active_periods import active_periods
from retention_core.analyses.customers.bought_bitmaps import Bitmaps, bitmaps
from retention_core.analyses.customers.cohort_question import CohortQuestion
from retention_core.analyses.customers.shown_periods import shown_periods
from retention_core.analyses.intervals import Share
from retention_core.analyses.steps import kept_rows, statement
from retention_core.engines.engine import Engine
from retention_core.filters import Filters
from retention_core.observed import Observed, observed
from retention_core.periods import Period

COUNTED = ["new_customers", "returning_customers", "resurrected_customers"]


def lifecycle(engine: Engine, filters: Filters, period: Period) -> pd.DataFrame:
    """Return one row for every period from the first to the last that the filters' days lie in.

    Columns: period (number), label, state (complete or running), known_until (day), new_customers (first purchase in the
    whole history), returning_customers (bought in the period before too), resurrected_customers (bought before, but not
    in the period before), dormant_customers (bought in the period before and not in this one; NaN while it is running,
    since they may still come), customers (who bought), customers_before (who bought in the period before).
    """
    seen = observed(engine, filters)
    if seen is None:
        return pd.DataFrame()
    question = CohortQuestion(period, filters=filters)
    bits = bitmaps(engine, question)
    counted = _by_bits(engine, bits) if bits else _by_rows(engine, question, seen)
    rows = shown_periods(_all_known(counted), period, seen)
    whole = [*COUNTED, "customers", "customers_before"]
    rows[whole] = rows[whole].astype("int64")
    rows["dormant_customers"] = rows["dormant_customers"].where(rows["state"] == "complete")
    return rows


def stayed(row: pd.Series) -> Share:
    """Return the share of the customers of the period before who bought in this one too. row: of `lifecycle`."""
    return Share(int(row["returning_customers"]), int(row["customers_before"]))


def _by_rows(engine: Engine, question: CohortQuestion, seen: Observed) -> pd.DataFrame:
    return kept_rows(engine, *statement("lifecycle", {"active": active_periods(engine, question, seen.as_of)}))


def _by_bits(engine: Engine, kept: Bitmaps) -> pd.DataFrame:
    """Return what the step `lifecycle` returns, from one row of sums."""
    numbers = range(kept.first, kept.last + 1)
    sums = [
        f"sum({kept.bit(number)}) AS bought_{number}, count(CASE WHEN first_period = {number} THEN 1 END) AS new_{number}, "
        f"sum({kept.bit(number)} * {kept.bit(number - 1)}) AS returning_{number}"
        for number in numbers
    ]
    holes = {"bitmaps": kept.table, "each_period": ",\n       ".join(sums)}
    row = kept_rows(engine, *statement("lifecycle_by_bits", holes)).iloc[0].fillna(0)
    bought, new, returning = (
        pd.Series([float(row[f"{what}_{number}"]) for number in numbers]) for what in ("bought", "new", "returning")
    )
    rows = pd.DataFrame(
        {
            "period": list(numbers),
            "new_customers": new,
            "returning_customers": returning,
            "resurrected_customers": bought - new - returning,
            "quiet_after": bought - returning.shift(-1, fill_value=0),
        }
    )
    is_used = bought > 0
    return rows[(is_used.cumsum() > 0) & (is_used[::-1].cumsum()[::-1] > 0)].reset_index(drop=True)


def _all_known(counted: pd.DataFrame) -> pd.DataFrame:
    """Return the counts of every period and of the one after the last, whose dormant customers are known already."""
    rows = counted.astype("float64").sort_values("period", ignore_index=True)
    if rows.empty:
        return rows.assign(customers=[], customers_before=[], dormant_customers=[])
    numbers = range(int(rows["period"].min()), int(rows["period"].max()) + 2)
    rows = rows.set_index("period").reindex(numbers, fill_value=0).rename_axis("period").reset_index()
    bought = rows[COUNTED].sum(axis="columns")
    return rows.assign(
        customers=bought,
        customers_before=bought.shift(1, fill_value=0),
        dormant_customers=rows["quiet_after"].shift(1, fill_value=0),
    ).drop(columns="quiet_after")
