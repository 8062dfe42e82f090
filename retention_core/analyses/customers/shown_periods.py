"""The periods of a chart over time: every one from the first to the last that is looked at, none missing."""

from datetime import date

import pandas as pd

from retention_core.observed import Observed
from retention_core.periods import Period


def shown_periods(counted: pd.DataFrame, period: Period, seen: Observed) -> pd.DataFrame:
    """Return one row for every period looked at, with zeros where nothing happened.

    counted: period (number) and what was counted in it, for all periods with data; those outside the days looked at are
    left out. Adds label, state (complete, or running beyond the last day of the data) and known_until (its last day, or
    that of the data).
    """
    if counted.empty:
        return counted.assign(label=[], state=[], known_until=[])
    first, last = int(counted["period"].min()), period.number(seen.last_day)
    if seen.first_day > date.min:
        first = max(first, period.number(seen.first_day))
    rows = counted.set_index("period").reindex(range(first, last + 1)).rename_axis("period").fillna(0).reset_index()
    ends = [period.ends_on(number) for number in rows["period"]]
    return rows.assign(
        label=[period.label(number) for number in rows["period"]],
        state=["complete" if day <= seen.as_of else "running" for day in ends],
        known_until=[min(day, seen.as_of) for day in ends],
    )
