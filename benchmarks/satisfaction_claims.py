"""How often is a shop told that the satisfied come back more or less often than the others, and how often rightly?

Run as `python -m benchmarks.satisfaction_claims --shops 400`. Every shop is drawn anew and put into a workspace; what is
printed is the share of shops that are told of a difference, plainly and among customers alike, beside what it may be; how
often the interval covers the truth; and how many of those who answer have nobody alike. It ends with an error where a
share lies outside.

Customers buy at random, each at a rate of their own (gamma), from their first purchase on. Each is asked once, on a day
of their own; whether they answer and what they say follow from the story of the shop.
"""

import argparse
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from retention_core.analyses.intervals import difference
from retention_core.analyses.satisfaction.satisfaction_return import (
    ReturnQuestion,
    SatisfactionReturn,
    satisfaction_return,
)
from retention_core.engines.duckdb_engine import DuckDBEngine

FIRST_DAY = np.datetime64("2024-01-01")
DAYS, HORIZON = 730, 90
Chance = Callable[[np.ndarray, np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Story:
    """What happens in a shop.

    answers, satisfied: chance to answer, and to be satisfied, by purchases up to the day asked and by the customer's own
    purchases a day, which nobody sees. effect: how much likelier the satisfied come back. told: share of shops that may
    be told of a difference, from and to. within: the longest time from the first purchase to the day asked.
    """

    name: str
    answers: Chance
    satisfied: Chance
    effect: float = 0.0
    told: tuple[float, float] = (0.0, 0.07)
    within: int = DAYS
    customers: int = 3000


def always(chance: float) -> Chance:
    """Return the same chance for everybody."""
    return lambda purchases, _: np.full(len(purchases), chance)


def more_with_purchases(purchases: np.ndarray, _: np.ndarray) -> np.ndarray:
    """Who has bought more answers more."""
    return np.minimum(0.2 + 0.05 * purchases, 0.9)


def less_with_purchases(purchases: np.ndarray, _: np.ndarray) -> np.ndarray:
    """Who has bought more is satisfied less."""
    return np.clip(0.95 - 0.06 * purchases, 0.05, 0.95)


def less_with_rate(purchases: np.ndarray, rate: np.ndarray) -> np.ndarray:
    """Who buys faster by nature is satisfied less, whatever they have bought so far."""
    return np.clip(0.9 - 25 * rate, 0.1, 0.9)


STORIES = (
    Story("nothing, those who have bought more answer more and score lower", more_with_purchases, less_with_purchases),
    Story("nothing, the same with 1,000 customers", more_with_purchases, less_with_purchases, customers=1000),
    Story("nothing at all", always(0.4), always(0.6)),
    Story("ten points, nothing else", always(0.67), always(0.6), effect=0.1, told=(0.8, 1.0)),
    Story("ten points, more answer more, score lower", more_with_purchases, less_with_purchases, 0.1, told=(0.0, 1.0)),
    Story("unseen: the fast score lower", always(0.5), less_with_rate, told=(0.0, 1.0)),
    Story("unseen, asked within 20 days", always(0.5), less_with_rate, told=(0.0, 1.0), within=20),
)


def shop(story: Story, chance: np.random.Generator) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Draw one shop: orders (customer_key, day) and answers (customer_key, day, score), days from the first on."""
    count = story.customers
    rate = np.minimum(chance.gamma(0.8, 1 / (0.8 * 70), count), 2 / HORIZON)
    first = chance.integers(0, 500, count)
    times = chance.poisson(rate * (DAYS - first))
    buyer = np.repeat(np.arange(count), times)
    day = first[buyer] + 1 + np.floor(chance.random(len(buyer)) * (DAYS - first[buyer] - 1)).astype(int)
    asked = first + 1 + np.floor(chance.random(count) * np.minimum(story.within, DAYS - HORIZON - first)).astype(int)
    so_far = 1 + np.bincount(buyer[day <= asked[buyer]], minlength=count)
    has_answered = chance.random(count) < story.answers(so_far, rate)
    is_satisfied = chance.random(count) < story.satisfied(so_far, rate)
    is_drawn = is_satisfied & (chance.random(count) < story.effect * np.exp(rate * HORIZON))
    is_back = np.bincount(buyer[(day > asked[buyer]) & (day <= asked[buyer] + HORIZON)], minlength=count) > 0
    drawn = np.flatnonzero(is_drawn & ~is_back)
    orders = pd.DataFrame(
        {
            "customer_key": np.concatenate([np.arange(count), buyer, drawn]),
            "day": np.concatenate([first, day, asked[drawn] + chance.integers(1, HORIZON, len(drawn))]),
        }
    )
    answers = pd.DataFrame({"customer_key": np.arange(count), "day": asked, "score": np.where(is_satisfied, 5, 2)})
    return orders, answers[has_answered]


def told(engine: DuckDBEngine, orders: pd.DataFrame, answers: pd.DataFrame) -> SatisfactionReturn:
    """Put a shop into the workspace in place of the one before, and ask."""
    with engine.transaction() as cursor:
        for table, moment, rows in (
            ("orders", "ordered_at", orders.assign(amount=1, is_refund=False)),
            ("satisfaction", "answered_at", answers.assign(scale_top=5)),
        ):
            at = FIRST_DAY + rows["day"].to_numpy().astype("timedelta64[D]")
            rows = rows.assign(**{moment: at, "day": at}, row_number=range(len(rows)))
            cursor.register("added", rows)
            cursor.execute(f"DELETE FROM stored_{table}")
            cursor.execute(f"INSERT INTO stored_{table} BY NAME SELECT * REPLACE (day::DATE AS day) FROM added")
            cursor.unregister("added")
    return satisfaction_return(engine, ReturnQuestion(HORIZON))


def plainly(answer: SatisfactionReturn) -> bool:
    """Return whether the plain comparison would claim a difference."""
    _, low, high = difference(answer.share(True), answer.share(False))
    return low > 0 or high < 0


def told_in(story: Story, shops: int) -> pd.DataFrame:
    """Return one row per shop of a story: plain, claimed, covered, thin, difference, answers, left_out (a share).

    covered: whether the interval holds the truth; NaN where none is shown.
    """
    engine, rows = DuckDBEngine(), []
    for number in range(shops):
        answer = told(engine, *shop(story, np.random.default_rng([2026, number])))
        alike = answer.alike
        people = alike.compared + alike.left_out
        rows.append(
            {
                "plain": plainly(answer),
                "claimed": alike.is_claimed,
                "covered": float(alike.low <= story.effect <= alike.high) if alike.is_known else np.nan,
                "thin": alike.history_is_thin,
                "difference": alike.difference,
                "answers": people,
                "left_out": alike.left_out / people,
            }
        )
    engine.close()
    return pd.DataFrame(rows)


def main(shops: int) -> None:
    """Tell every story, print what the shops were told, and end with an error where that is not allowed."""
    outside = []
    print(f"{'what is true':<64} plain  alike  may be       cover  points  answers  alone  thin")
    for story in STORIES:
        found = told_in(story, shops)
        mean, (least, most) = found.mean(), story.told
        print(
            f"{story.name:<64} {mean['plain']:5.1%}  {mean['claimed']:5.1%}  {least:.0%} to {most:.0%}  "
            f"{mean['covered']:7.1%}  {mean['difference'] * 100:6.1f}  {mean['answers']:7.0f}  {mean['left_out']:5.1%}"
            f"  {mean['thin']:4.0%}",
            flush=True,
        )
        if not least <= mean["claimed"] <= most:
            outside.append(story.name)
    if outside:
        raise SystemExit(f"Told too often or too seldom: {'; '.join(outside)}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shops", type=int, default=400)
    main(parser.parse_args().shops)
