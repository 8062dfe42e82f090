"""How often does the interval of the curve of next purchases hold the truth? In simulated shops whose truth is known.

Run as `python -m benchmarks.curve_coverage --shops 2000`. Customers enter evenly over two years; some never come back,
the others after an exponential wait. Printed is, for each kind of shop and each mark, the share of shops whose interval
holds the true share, in percent, and in brackets how many shops showed an interval there.
"""

import argparse

import numpy as np
import pandas as pd

from retention_core.analyses.customers.second_purchase import MARKS, SecondPurchase, follow_up_curve

SIZES = (40, 100, 400)
NEVER = (0.3, 0.6, 0.85)
MEAN_WAITS = (30, 150)
SPAN = 730
FAR = 10**6  # days until somebody comes back who never does


def main() -> None:
    """Simulate and print."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--shops", type=int, default=2_000)
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    luck = np.random.default_rng(given.seed)
    print(f"{'customers':>9} {'never back':>10} {'mean wait':>9}  " + "".join(f"{mark:>15}" for mark in MARKS))
    for size in SIZES:
        for never in NEVER:
            for wait in MEAN_WAITS:
                found = coverage(luck, given.shops, size, never, wait)
                shown = "".join(f"{100 * held:>8.1f} ({shops:>4})" for held, shops in found)
                print(f"{size:>9} {never:>10.0%} {wait:>9}  {shown}", flush=True)


def coverage(
    luck: np.random.Generator, shops: int, customers: int, never: float, mean_wait: float
) -> list[tuple[float, int]]:
    """Return, for each mark, the share of shops whose interval holds the truth, and how many show one.

    luck: where the shops come from. never: share of customers who never come back. mean_wait: of the others, in days.
    """
    truth = (1 - never) * (1 - np.exp(-np.array(MARKS) / mean_wait))
    held, shown = np.zeros(len(MARKS), int), np.zeros(len(MARKS), int)
    for _ in range(shops):
        answer = one_shop(luck, customers, never, mean_wait)
        low, high = np.array([answer.back_after(mark)[1:] for mark in MARKS]).T
        held += (low <= truth) & (truth <= high)
        shown += np.isfinite(low)
    return [(float(one / max(1, all_)), int(all_)) for one, all_ in zip(held, shown, strict=True)]


def one_shop(luck: np.random.Generator, customers: int, never: float, mean_wait: float) -> SecondPurchase:
    """Return the curve of one simulated shop, as it stands after two years."""
    followed = luck.integers(0, SPAN, customers)
    waits = np.ceil(luck.exponential(mean_wait, customers)).astype(int)
    waits = np.where(luck.random(customers) < never, FAR, waits)
    one_by_one = pd.DataFrame({"days": np.minimum(waits, followed), "came_back": waits <= followed, "customers": 1})
    counted = one_by_one.groupby("days", as_index=False).sum()
    follow_up = pd.DataFrame({"days": followed, "customers": 1}).groupby("days", as_index=False).sum()
    return SecondPurchase(follow_up_curve(counted, follow_up), customers, int(counted["came_back"].sum()))


if __name__ == "__main__":
    main()
