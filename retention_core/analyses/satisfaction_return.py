"""Do those who say they are happy return? Came back by score, over the same horizon for everyone."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pandas as pd

from retention_core.analyses.cohort_retention import last_day
from retention_core.analyses.intervals import Share, wilson
from retention_core.analyses.statement import statement
from retention_core.engines.engine import Engine
from retention_core.errors import SettingInvalid
from retention_core.filters import Filters

HORIZONS = (30, 90, 180)
# Lowest score that counts as satisfied, by scale: highest score of the scale -> threshold.
SATISFIED_FROM = {5: 4, 7: 6, 10: 9, 100: 80}
SCALE_NAMES = {5: "1 to 5", 7: "1 to 7", 10: "0 to 10", 100: "0 to 100"}
OUTCOMES = ("came_back", "did_not", "not_yet_known")


@dataclass(frozen=True)
class ReturnQuestion:
    """What is asked. days: the horizon after the answer. scale: only answers on this scale; None for all."""

    days: int = 90
    scale: str | None = None
    filters: Filters = Filters()

    def __post_init__(self) -> None:
        if self.days not in HORIZONS:
            raise SettingInvalid("This horizon does not exist.", f"{self.days} days", f"It is one of {HORIZONS}.")


@dataclass(frozen=True)
class SatisfactionReturn:
    """The answer.

    scores: one row per score, lowest first, and a last one with score NaN for customers who bought but never
    answered: score, label, is_satisfied (None without a score), customers, came_back, did_not, not_yet_known,
    known, return_rate, low, high (0 to 1, over the known).
    rooms: one row for each of satisfied/dissatisfied x came back/did not: is_satisfied, outcome, customers, revenue.
    highest: the top of the scale. as_of: the last day of the orders.
    """

    question: ReturnQuestion
    scores: pd.DataFrame
    rooms: pd.DataFrame
    highest: int
    as_of: date | None
    kept: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether no answer can be joined to a customer."""
        return self.scores.empty or self.scores["score"].notna().sum() == 0

    def share(self, is_satisfied: bool | None) -> Share:
        """Return the share back among the satisfied, the dissatisfied, or (None) those who did not answer."""
        rows = self.scores[self.scores["is_satisfied"].map(lambda value: value is is_satisfied)]
        return Share(int(rows["came_back"].sum()), int(rows["known"].sum()))


def satisfaction_return(engine: Engine, question: ReturnQuestion) -> SatisfactionReturn:
    """Return, for each score, how many customers bought again within the horizon after their first answer.

    A customer counts once, by his first answer. Came back: bought on a later day, at most `days` days after it.
    Not yet known: the horizon has not passed by `as_of`, whether or not he has bought since, so that quick returns do
    not flatter the young answers. A customer who never answered is followed from his first purchase plus the days
    that people typically let pass between a purchase and their answer (the median).
    """
    as_of = question.filters.as_of or last_day(engine)
    if as_of is None:
        return SatisfactionReturn(question, pd.DataFrame(), pd.DataFrame(), 5, None)
    kept = _landmarks(engine, replace(question, filters=replace(question.filters, as_of=as_of)), as_of)
    counted = engine.query(
        f"SELECT score, outcome, count(*) AS customers FROM {kept} GROUP BY score, outcome ORDER BY score"
    )
    highest = scale_top(counted["score"].max())
    scores = _scores(counted, highest)
    return SatisfactionReturn(question, scores, _rooms(engine, kept, highest), highest, as_of, kept)


def scale_top(highest_score: float) -> int:
    """Return the top of the scale on which a highest score stands: 5, 7, 10 or 100."""
    return 5 if pd.isna(highest_score) else next((top for top in SATISFIED_FROM if highest_score <= top), 100)


def scales(engine: Engine) -> list[str]:
    """Return the scales that answers are marked with, most frequent first; empty where none is."""
    rows = engine.query(
        "SELECT scale FROM satisfaction WHERE scale IS NOT NULL GROUP BY scale ORDER BY count(*) DESC, scale LIMIT 20"
    )
    return list(rows["scale"])


def _landmarks(engine: Engine, question: ReturnQuestion, as_of: date) -> str:
    """Return the name of the kept table with one row per customer: score, landmark, next_day, outcome."""
    filters = question.filters
    orders_looked_at, order_values = filters.conditions("orders")
    answers_looked_at, answer_values = filters.conditions("satisfaction")
    places = {
        "orders_looked_at": orders_looked_at,
        "answers_looked_at": answers_looked_at,
        "on_scale": "satisfaction.scale = $scale" if question.scale else "1 = 1",
    }
    first, last = filters.first_day or date.min, min(filters.last_day or as_of, as_of)
    values = order_values | answer_values | {"scale": question.scale, "days": question.days}
    values |= {"first_day": first, "last_day": last, "as_of_number": as_of.toordinal()}
    values |= {"first_number": first.toordinal(), "last_number": last.toordinal()}
    gap = engine.keep(statement("typical_gap", **places), values)
    values["typical_gap"] = int(engine.query(f"SELECT typical_gap FROM {gap}").iloc[0, 0])
    return engine.keep(statement("satisfaction_return", **places), values)


def _scores(counted: pd.DataFrame, highest: int) -> pd.DataFrame:
    counted = counted.assign(score=counted["score"].astype(float).fillna(-1))
    table = counted.pivot_table(index="score", columns="outcome", values="customers", fill_value=0, aggfunc="sum")
    table = table.reindex(columns=list(OUTCOMES), fill_value=0).astype("int64").reset_index()
    table = pd.concat([table[table["score"] >= 0], table[table["score"] < 0]], ignore_index=True)
    table["score"] = table["score"].where(table["score"] >= 0)
    table.insert(1, "label", ["no answer" if pd.isna(each) else f"{each:g}" for each in table["score"]])
    threshold = SATISFIED_FROM[highest]
    table["is_satisfied"] = pd.Series(
        [None if pd.isna(each) else bool(each >= threshold) for each in table["score"]], dtype=object
    )
    table["customers"] = table[list(OUTCOMES)].sum(axis=1)
    table["known"] = table["came_back"] + table["did_not"]
    table["return_rate"] = table["came_back"] / table["known"].where(table["known"] > 0)
    table["low"], table["high"] = wilson(table["came_back"], table["known"])
    return table


def _rooms(engine: Engine, kept: str, highest: int) -> pd.DataFrame:
    rooms = engine.keep(
        f"""WITH worth AS (
            SELECT customer_key, sum(amount) AS revenue FROM orders
            WHERE customer_key IN (SELECT customer_key FROM {kept}) GROUP BY customer_key)
        SELECT score >= $threshold AS is_satisfied, outcome, count(*) AS customers, sum(revenue) AS revenue
        FROM {kept} AS landmarks LEFT JOIN worth ON worth.customer_key = landmarks.customer_key
        WHERE score IS NOT NULL AND outcome <> 'not_yet_known'
        GROUP BY is_satisfied, outcome""",
        {"threshold": SATISFIED_FROM[highest]},
    )
    return engine.query(f"SELECT * FROM {rooms} ORDER BY is_satisfied DESC, outcome")


def customers_in_room(
    engine: Engine,
    answer: SatisfactionReturn,
    outcome: str,
    score: float | None = None,
    is_satisfied: bool | None = None,
) -> pd.DataFrame:
    """Return the customers behind a part of the answer, at most 5,000, the most valuable first.

    Columns: customer, score, answered_on (or would have), next_purchase_on, customer_value.
    """
    conditions, values = ["outcome = $outcome"], dict[str, object](outcome=outcome)
    if score is not None:
        conditions.append("score IS NULL" if pd.isna(score) else "score = $score")
        values["score"] = score
    if is_satisfied is not None:
        conditions.append("score >= $threshold" if is_satisfied else "score < $threshold")
        values["threshold"] = SATISFIED_FROM[answer.highest]
    rows = engine.query(
        f"""WITH worth AS (
            SELECT customer_key, sum(amount) AS customer_value FROM orders
            WHERE customer_key IN (SELECT customer_key FROM {answer.kept}) GROUP BY customer_key)
        SELECT customers.customer, landmarks.score, landmarks.landmark, landmarks.next_day, worth.customer_value
        FROM {answer.kept} AS landmarks
        JOIN customers ON customers.customer_key = landmarks.customer_key
        LEFT JOIN worth ON worth.customer_key = landmarks.customer_key
        WHERE {" AND ".join(conditions)}
        ORDER BY worth.customer_value DESC NULLS LAST, customers.customer LIMIT 5000""",
        values,
    )
    rows.insert(2, "answered_on", rows.pop("landmark").map(_day))
    rows.insert(3, "next_purchase_on", rows.pop("next_day").map(_day))
    return rows


def _day(number: float) -> date | None:
    return None if pd.isna(number) else date.min + timedelta(days=int(number) - 1)
