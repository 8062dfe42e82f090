"""Which customers stand behind a part of the answer about satisfaction?"""

from datetime import date, timedelta

import pandas as pd

from retention_core.analyses.satisfaction.satisfaction_return import SatisfactionReturn
from retention_core.analyses.steps import Filling, statement
from retention_core.engines.engine import Engine

LIMIT = 5000


def customers_in_room(
    engine: Engine,
    answer: SatisfactionReturn,
    outcome: str,
    score: float | None = None,
    is_satisfied: bool | None = None,
) -> pd.DataFrame:
    """Return the customers behind a part of the answer, at most 5,000, the most valuable first.

    score: only that score, NaN for those without an answer. is_satisfied: only the satisfied, or the less satisfied.
    Columns: customer, score, answered_on (none without an answer), next_purchase_on, customer_value (what they had spent
    by the last day of the data).
    """
    holes = {"landmarks": answer.kept, "group": _group(answer, score, is_satisfied)}
    values = {"outcome": outcome, "as_of": answer.as_of, "most": LIMIT}
    rows = engine.query(*statement("customers_by_score", holes, values, {"chosen": "customers_of_outcome"}))
    answered = rows.pop("landmark").where(rows["score"].notna())
    rows.insert(2, "answered_on", answered.map(_day))
    rows.insert(3, "next_purchase_on", rows.pop("next_day").map(_day))
    return rows


def _group(answer: SatisfactionReturn, score: float | None, is_satisfied: bool | None) -> Filling:
    """Return the condition for the customers asked for, with the values that it binds."""
    if score is not None:
        return "score IS NULL" if pd.isna(score) else ("score = $score", {"score": score})
    if is_satisfied is None:
        return "1 = 1"
    return ("score >= $threshold" if is_satisfied else "score < $threshold"), {"threshold": answer.scale.satisfied_from}


def _day(number: float) -> date | None:
    return None if pd.isna(number) else date.min + timedelta(days=int(number) - 1)
