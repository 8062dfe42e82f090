"""Generate the sample shop: two years of orders, complaints and survey answers that tell a story we wrote.

Run as `python -m data.generate`; the same seed gives the same files. The story, which a test finds again:

1. A complaint resolved within five days costs nothing; one that waits longer costs most of the returns.
2. The most satisfied do not return more often: among the fives are passers-by who never come again.
3. The branch Harbour answers complaints about three times as slowly as the others.
4. The last month, October 2026, is unfinished.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

FOLDER = Path(__file__).parent / "sample"
SEED = 20261017
FIRST_DAY = datetime(2024, 10, 1)
END = datetime(2026, 10, 17, 20)
CUSTOMERS = 5200

BRANCHES = {"North": 0.38, "Old Town": 0.34, "Harbour": 0.28}
CHANNELS = {"Shop": 0.58, "Web": 0.32, "Phone": 0.10}
PRODUCTS = {"Coffee": 14, "Tea": 11, "Chocolate": 19, "Gift box": 42, "Equipment": 88}
REASONS = {"Late delivery": 0.34, "Wrong item": 0.22, "Damaged": 0.2, "Billing": 0.14, "Staff": 0.1}
EMPLOYEES = {
    "North": ("Ada", "Bruno", "Chiara"),
    "Old Town": ("Dario", "Elif", "Farid"),
    "Harbour": ("Goran", "Hanna", "Ines"),
}

PASSER_BY_SHARE = 0.2
RETURN_CHANCE = 0.70
COMPLAINT_CHANCE = 0.09
SURVEY_CHANCE = 0.22
SLOW_AFTER = timedelta(days=5)
CHANCE_AFTER_QUICK, CHANCE_AFTER_SLOW = 1.08, 0.28
MEDIAN_RESOLUTION_DAYS = {"North": 1.6, "Old Town": 1.9, "Harbour": 5.4}


@dataclass(frozen=True)
class Customer:
    """Who buys. is_passer_by: delighted, and never seen again."""

    code: str
    branch: str
    channel: str
    is_passer_by: bool
    first_at: datetime


class Shop:
    """The generator: one seeded stream of chance, three lists of rows."""

    def __init__(self, seed: int = SEED) -> None:
        self.chance = np.random.default_rng(seed)
        self.orders: list[dict[str, object]] = []
        self.complaints: list[dict[str, object]] = []
        self.answers: list[dict[str, object]] = []

    def open_for_two_years(self) -> None:
        """Let every customer come, buy, complain and answer."""
        days = (END - FIRST_DAY).days
        arrivals = np.sort(self.chance.beta(1.15, 1.0, CUSTOMERS) * days)
        for number, day in enumerate(arrivals):
            self._follow(
                Customer(
                    code=f"K{10_000 + number}",
                    branch=self._pick(BRANCHES),
                    channel=self._pick(CHANNELS),
                    is_passer_by=bool(self.chance.random() < PASSER_BY_SHARE),
                    first_at=self._opening_hours(FIRST_DAY + timedelta(days=float(day))),
                )
            )

    def _follow(self, customer: Customer) -> None:
        at, visits = customer.first_at, 0
        while at < END:
            order_id = self._buy(customer, at)
            chance = 0.0 if customer.is_passer_by else RETURN_CHANCE + 0.02 * min(visits, 5)
            chance *= self._complain(customer, at)
            self._answer(customer, at, order_id)
            visits += 1
            if self.chance.random() >= chance:
                return
            at = self._opening_hours(at + timedelta(days=float(self.chance.lognormal(3.6, 0.75)) + 1))

    def _buy(self, customer: Customer, at: datetime) -> str:
        order_id = f"R{100_000 + len(self.orders)}"
        product = list(PRODUCTS)[int(self.chance.choice(5, p=[0.34, 0.22, 0.2, 0.16, 0.08]))]
        quantity = int(self.chance.integers(1, 5))
        amount = round(quantity * PRODUCTS[product] * float(self.chance.uniform(0.9, 1.1)), 2)
        employee = EMPLOYEES[customer.branch][int(self.chance.integers(3))]
        order = {
            "order_id": order_id,
            "customer_id": customer.code,
            "order_date": f"{at:%Y-%m-%d %H:%M}",
            "amount": amount,
            "quantity": quantity,
            "product": product,
            "channel": customer.channel,
            "branch": customer.branch,
            "employee": employee,
        }
        self.orders.append(order)
        back_at = self._opening_hours(at + timedelta(days=float(self.chance.uniform(2, 14))))
        if self.chance.random() < 0.025 and back_at < END:
            refund = {"order_id": f"{order_id}-B", "order_date": f"{back_at:%Y-%m-%d %H:%M}"}
            self.orders.append(order | refund | {"amount": -amount, "quantity": -quantity})
        return order_id

    def _complain(self, customer: Customer, bought_at: datetime) -> float:
        """Perhaps add a complaint; return by how much it changes the chance of another purchase."""
        if self.chance.random() >= COMPLAINT_CHANCE:
            return 1.0
        opened = self._opening_hours(bought_at + timedelta(days=float(self.chance.uniform(0.5, 6))))
        resolution_days = MEDIAN_RESOLUTION_DAYS[customer.branch] * float(self.chance.lognormal(0, 0.85))
        resolved = opened + timedelta(days=resolution_days)
        first = opened + timedelta(days=resolution_days * float(self.chance.beta(2, 4)))
        if opened < END:
            self.complaints.append(
                {
                    "complaint_id": f"B{1000 + len(self.complaints)}",
                    "customer_id": customer.code,
                    "opened_at": f"{opened:%Y-%m-%d %H:%M}",
                    "first_response_at": f"{first:%Y-%m-%d %H:%M}" if first < END else "",
                    "resolved_at": f"{resolved:%Y-%m-%d %H:%M}" if resolved < END else "",
                    "reason": self._pick(REASONS),
                    "branch": customer.branch,
                    "channel": customer.channel,
                    "employee": EMPLOYEES[customer.branch][int(self.chance.integers(3))],
                }
            )
        return CHANCE_AFTER_QUICK if resolved - opened <= SLOW_AFTER else CHANCE_AFTER_SLOW

    def _answer(self, customer: Customer, bought_at: datetime, order_id: str) -> None:
        """Perhaps add an answer to the survey; what it says has nothing to do with coming back, but for passers-by."""
        if self.chance.random() >= SURVEY_CHANCE:
            return
        at = self._opening_hours(bought_at + timedelta(days=float(self.chance.uniform(1, 9))))
        odds = [0, 0, 0.03, 0.17, 0.8] if customer.is_passer_by else [0.06, 0.1, 0.21, 0.33, 0.3]
        score = int(self.chance.choice(5, p=odds)) + 1
        if at < END:
            self.answers.append(
                {
                    "answer_id": f"A{5000 + len(self.answers)}",
                    "customer_id": customer.code,
                    "order_id": order_id,
                    "answered_at": f"{at:%Y-%m-%d %H:%M}",
                    "score": score,
                    "branch": customer.branch,
                }
            )

    def _opening_hours(self, at: datetime) -> datetime:
        """Move a moment into the opening hours of its day; Sundays are closed."""
        at = at + timedelta(days=1) if at.weekday() == 6 else at
        return at.replace(hour=int(self.chance.integers(9, 20)), minute=int(self.chance.integers(60)), second=0)

    def _pick(self, shares: dict[str, float]) -> str:
        return str(self.chance.choice(list(shares), p=list(shares.values())))


def generate(folder: Path = FOLDER) -> None:
    """Write orders.csv, complaints.csv and satisfaction.csv, each sorted by its moment."""
    shop = Shop()
    shop.open_for_two_years()
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows, moment in (
        ("orders", shop.orders, "order_date"),
        ("complaints", shop.complaints, "opened_at"),
        ("satisfaction", shop.answers, "answered_at"),
    ):
        frame = pd.DataFrame(rows).sort_values([moment, next(iter(rows[0]))])
        frame.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")


if __name__ == "__main__":
    generate()
    for path in sorted(FOLDER.glob("*.csv")):
        print(f"{path.name}: {len(path.read_text().splitlines()) - 1:,} rows, {path.stat().st_size:,} bytes")
