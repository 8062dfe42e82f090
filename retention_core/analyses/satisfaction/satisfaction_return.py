"""Do those who say they are happy return? Came back by score, over the same horizon for everyone."""

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import pandas as pd

from retention_core.analyses.intervals import Share, wilson
from retention_core.analyses.satisfaction.alike import NOBODY, Alike, alike
from retention_core.analyses.satisfaction.answer_scales import Scale, scales
from retention_core.analyses.steps import Filling, kept_rows, statement
from retention_core.engines.engine import Engine
from retention_core.errors import SettingInvalid
from retention_core.filters import Filters
from retention_core.observed import Observed, observed

HORIZONS = (30, 90, 180)
OUTCOMES = ("came_back", "did_not", "not_yet_known")


@dataclass(frozen=True)
class ReturnQuestion:
    """What is asked. days: the horizon after the answer. scale: only answers on it; None for the most frequent one."""

    days: int = 90
    scale: Scale | None = None
    filters: Filters = Filters()

    def __post_init__(self) -> None:
        if self.days not in HORIZONS:
            raise SettingInvalid("This horizon does not exist.", f"{self.days} days", f"It is one of {HORIZONS}.")


@dataclass(frozen=True)
class SatisfactionReturn:
    """The answer.

    scale: that of all its answers. as_of: the last day of the orders.
    scores: one row per score, lowest first, and a last one with score NaN for customers without an answer: score,
    label, is_satisfied (None without a score), customers, came_back, did_not, not_yet_known, known, return_rate, low,
    high (0 to 1, over the known). Who answered late stands in two rows.
    rooms: one row for each of satisfied/dissatisfied x came back/did not: is_satisfied, outcome, customers, revenue
    (up to as_of).
    customers: people in all rows. not_yet_known: those of them who are not yet known in a row.
    """

    question: ReturnQuestion
    scale: Scale = Scale()
    as_of: date | None = None
    scores: pd.DataFrame = field(default_factory=pd.DataFrame)
    rooms: pd.DataFrame = field(default_factory=pd.DataFrame)
    customers: int = 0
    not_yet_known: int = 0
    kept: str = ""
    engine: Engine | None = field(default=None, repr=False, compare=False)

    @property
    def is_empty(self) -> bool:
        """Whether no answer can be joined to a customer."""
        return bool(self.scores.empty or self.scores["score"].notna().sum() == 0)

    def share(self, is_satisfied: bool | None) -> Share:
        """Return the share back among the satisfied, the less satisfied, or (None) those without an answer."""
        rows = self.scores[self.scores["is_satisfied"].map(lambda value: value is is_satisfied)]
        return Share(int(rows["came_back"].sum()), int(rows["known"].sum()))

    def room(self, is_satisfied: bool, outcome: str) -> tuple[int, float]:
        """Return how many customers are in one of the four rooms, and what they had spent by `as_of`."""
        rows = self.rooms[(self.rooms["is_satisfied"] == is_satisfied) & (self.rooms["outcome"] == outcome)]
        return int(rows["customers"].sum()), float(rows["revenue"].sum())

    @cached_property
    def alike(self) -> Alike:
        """The satisfied (first) against the less satisfied (second), among customers alike before their answer."""
        if self.engine is None:
            return NOBODY
        values = {"threshold": self.scale.satisfied_from}
        return alike(self.engine.query(*statement("alike", {"landmarks": self.kept}, values)))


def satisfaction_return(engine: Engine, question: ReturnQuestion) -> SatisfactionReturn:
    """Return, for each score, how many customers bought again within the horizon after their first answer.

    A customer counts once among the scores, by their first answer. Came back: bought on a later day, at most `days` days
    after it. Not yet known: the horizon has not passed by `as_of`, whether or not they have bought since, so that quick
    returns do not flatter the young answers. Without an answer is who had given none so many days after their first
    purchase as people typically let pass between a purchase and their answer (the median); they are followed from then,
    and also from their answer if one came later.
    """
    seen = observed(engine, question.filters)
    if seen is None:
        return SatisfactionReturn(question)
    scale = question.scale or next(iter(scales(engine)), Scale())
    kept = _kept(engine, question, scale, seen)
    holes: dict[str, Filling] = {"landmarks": kept}
    people = engine.query(*statement("people_followed", holes)).iloc[0]
    values = {"threshold": scale.satisfied_from, "as_of": seen.as_of}
    rooms = kept_rows(engine, *statement("satisfaction_rooms", holes, values, {"chosen": "customers_with_score"}))
    return SatisfactionReturn(
        question,
        scale,
        seen.as_of,
        scores=_scores(engine.query(*statement("outcomes_by_score", holes)), scale),
        rooms=rooms.sort_values(["is_satisfied", "outcome"], ascending=[False, True], ignore_index=True),
        customers=int(people["customers"]),
        not_yet_known=int(people["not_yet_known"]),
        kept=kept,
        engine=engine,
    )


def _kept(engine: Engine, question: ReturnQuestion, scale: Scale, seen: Observed) -> str:
    """Return the name of the kept table with one row per customer and group; its columns stand in the step's head."""
    filters = replace(question.filters, as_of=seen.as_of)
    holes: dict[str, Filling] = {
        "orders_looked_at": filters.conditions("orders"),
        "answers_looked_at": filters.conditions("satisfaction"),
    }
    gap = kept_rows(engine, *statement("typical_gap", holes, scale.values))
    values = scale.values | {"days": question.days, "typical_gap": int(gap["typical_gap"].iloc[0])}
    values |= seen.values("first_day", "last_day", "as_of", "first_number", "last_number", "as_of_number")
    return engine.keep(*statement("satisfaction_return", holes, values, {"landmarks": "landmarks_of_answers"}))


def _scores(counted: pd.DataFrame, scale: Scale) -> pd.DataFrame:
    counted = counted.assign(score=counted["score"].astype(float).fillna(-1))
    table = counted.pivot_table(index="score", columns="outcome", values="customers", fill_value=0, aggfunc="sum")
    table = table.reindex(columns=list(OUTCOMES), fill_value=0).astype("int64").reset_index()
    table = pd.concat([table[table["score"] >= 0], table[table["score"] < 0]], ignore_index=True)
    table["score"] = table["score"].where(table["score"] >= 0)
    table.insert(1, "label", ["no answer" if pd.isna(each) else f"{each:g}" for each in table["score"]])
    table["is_satisfied"] = pd.Series(
        [None if pd.isna(each) else bool(each >= scale.satisfied_from) for each in table["score"]], dtype=object
    )
    table["customers"] = table[list(OUTCOMES)].sum(axis=1)
    table["known"] = table["came_back"] + table["did_not"]
    table["return_rate"] = table["came_back"] / table["known"].where(table["known"] > 0)
    table["low"], table["high"] = wilson(table["came_back"], table["known"])
    return table
