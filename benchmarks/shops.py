"""Invented shops whose truth is known: nothing changes in them, or one thing does."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

FIRST_DAY = np.datetime64("2023-01-01")


@dataclass(frozen=True)
class Shop:
    """How customers of a shop come and buy.

    months: of data. newcomers: customers who first buy, per month. gap_days: mean days between purchases while a
    customer stays. spread: shape of the gamma distribution of rates, smaller is more unequal. stay_days: mean days until
    they leave for good. years_before: how long the shop has been open when the data begins. season: how far trade swings
    over the year, 0 to 1. fall: points by which the share back within 90 days falls for those who come in the last half
    year, 0 to 1.
    """

    months: int = 24
    newcomers: int = 80
    gap_days: float = 60
    spread: float = 1.0
    stay_days: float = 365
    years_before: float = 0
    season: float = 0
    fall: float = 0


def purchases(shop: Shop, luck: np.random.Generator) -> pd.DataFrame:
    """Return one row per purchase day of a customer: customer, ordered_at, day; only those within the data."""
    days, before = round(shop.months * 30.4), round(shop.years_before * 365)
    count = luck.poisson(shop.newcomers * (days + before) / 30.4)
    came = (
        _kept(luck.uniform(-before, days, 2 * count), shop, luck)[:count]
        if shop.season
        else luck.uniform(-before, days, count)
    )
    rate = luck.gamma(shop.spread, 1 / (shop.spread * shop.gap_days), len(came))
    leaves = came + luck.exponential(shop.stay_days, len(came))
    if shop.fall:
        never = (came > days - 183 - 90) & (luck.random(len(came)) < shop.fall)
        leaves = np.where(never, came, leaves)
    times = luck.poisson(rate * (np.minimum(leaves, days) - came).clip(0) * (1 + shop.season))
    who = np.repeat(np.arange(len(came)), times)
    until = np.minimum(leaves, days)[who]
    at = luck.uniform(came[who], np.maximum(until, came[who]))
    keep = luck.random(len(at)) < _busy(at, shop) / (1 + shop.season)
    customer, moment = np.concatenate([np.arange(len(came)), who[keep]]), np.concatenate([came, at[keep]])
    inside = (moment >= 0) & (moment < days)
    day = FIRST_DAY + np.floor(moment[inside]).astype("timedelta64[D]")
    rows = pd.DataFrame({"customer": [f"c{number}" for number in customer[inside]], "day": day})
    return rows.drop_duplicates(ignore_index=True).assign(ordered_at=lambda found: found["day"])


def _busy(at: np.ndarray, shop: Shop) -> np.ndarray:
    return 1 + shop.season * np.sin(2 * np.pi * at / 365)


def _kept(at: np.ndarray, shop: Shop, luck: np.random.Generator) -> np.ndarray:
    return at[luck.random(len(at)) < _busy(at, shop) / 2]
