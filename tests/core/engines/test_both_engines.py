"""Every question of tests/core/analyses/asked.py, and its variants, answered alike by DuckDB and by a Spark cluster."""

import dataclasses
import json
import math
import os
import random
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from retention_core.analyses.complaints.complaints_behind import complaints_behind
from retention_core.analyses.complaints.response_times import ResponseQuestion, response_times
from retention_core.analyses.customers.cohort_question import CohortQuestion
from retention_core.analyses.customers.cohort_retention import cohort_retention
from retention_core.analyses.customers.days_active import days_active
from retention_core.analyses.customers.lifecycle import lifecycle
from retention_core.analyses.customers.return_within import return_within
from retention_core.analyses.customers.returning_revenue import returning_revenue
from retention_core.analyses.satisfaction.satisfaction_return import ReturnQuestion, satisfaction_return
from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.filters import Filters
from retention_core.periods import Period
from tests.acceptance import adapters
from tests.cluster import same_rows, serving
from tests.core.analyses.asked import ASKED, Ask
from tests.tables import add_answers, add_complaints, add_customers, add_orders

FIRST = datetime(2025, 9, 1)
NAMES = ("سارا", "علی‌رضا", "مریم", "آرش", "O'Brien", "Zoë", "a;b")
JALALI = Period("month", "jalali")
FEW = Filters(
    date(2025, 10, 1), date(2026, 1, 31), date(2026, 3, 1), {"channel": ("web", "فروشگاه")}, count_refunds=True
)


def _cohorts(**switches: object) -> Ask:
    return lambda engine: cohort_retention(engine, CohortQuestion(**switches))


VARIED: dict[str, Ask] = {
    "weeks": _cohorts(period=Period("week", week_start=6)),
    "days": _cohorts(period=Period("day"), filters=FEW),
    "years": _cohorts(period=Period("year")),
    "Jalali months": _cohorts(period=JALALI),
    "Jalali quarters": _cohorts(period=Period("quarter", "jalali"), filters=FEW),
    "fiscal quarters": _cohorts(period=Period("quarter", year_start=4)),
    "refunds are visits": _cohorts(filters=Filters(count_refunds=True)),
    "accounts": _cohorts(unit="account"),
    "two purchases": _cohorts(least_purchases=2, returned="in_or_after"),
    "segment that some lack": _cohorts(segment="product", segment_of="each_purchase", filters=FEW),
    "what brings in and back": _cohorts(starts={"product": ("چای",)}, returns={"channel": ("web",)}),
    "gross in every purchase": _cohorts(measure="gross_revenue_retention", cohort_by="every_purchase"),
    "net": _cohorts(measure="net_revenue_retention", period=Period("week")),
    "lifetime value": _cohorts(measure="lifetime_value", own_windows=True),
    "orders of joined": _cohorts(measure="orders", cohort_by="joined", period=Period("quarter")),
    "brackets of days": _cohorts(period=Period("day"), brackets=(7, 23, 61)),
    "days active in a Jalali month": lambda engine: days_active(
        engine, Filters(), JALALI, JALALI.number(date(2026, 1, 5))
    ),
    "lifecycle by week": lambda engine: lifecycle(engine, FEW, Period("week")),
    "return within a month": lambda engine: return_within(engine, FEW, days=30),
    "revenue by Jalali month": lambda engine: returning_revenue(engine, Filters(), JALALI),
    "waits by month": lambda engine: response_times(engine, ResponseQuestion(period=Period(), filters=FEW)),
    "complaints behind, open": lambda engine: complaints_behind(engine, ResponseQuestion("first_response")),
    "satisfaction within a month": lambda engine: satisfaction_return(engine, ReturnQuestion(days=30, filters=FEW)),
}


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """A cluster, one for this file."""
    with serving() as found:
        yield found


@pytest.fixture(scope="module")
def both(url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple]:
    """A shop of made-up customers, in a workspace of its own and in the cluster."""
    stored = DuckDBEngine()
    fill(stored, random.Random(7))
    cluster = same_rows(stored, url, tmp_path_factory.mktemp("cluster"))
    yield stored, cluster
    cluster.close()
    stored.close()


def fill(engine: DuckDBEngine, chance: random.Random) -> None:
    """Three hundred customers with orders, refunds, complaints and answers, some without a customer, channel or amount."""
    people = [f"{chance.choice(NAMES)} {number}" for number in range(300)]

    def moment() -> datetime:
        return FIRST + timedelta(seconds=chance.randrange(212 * 86400))

    rows = [(who, moment(), _amount(chance)) for who in people for _ in range(chance.choice((1, 1, 2, 3, 6)))]
    segments = {
        "channel": ("web", "فروشگاه", None),
        "product": ("چای", "Coffee", None),
        "account": ("a", "b", "c", None),
    }
    columns = {name: [chance.choice(values) for _ in rows] for name, values in segments.items()}
    add_orders(engine, rows, order_id=[f"o{place}" for place in range(len(rows))], **columns)
    complaints = [(chance.choice([*people, None]), *_waited(moment(), chance)) for _ in range(150)]
    states = [chance.choice(("open", "closed", None)) for _ in complaints]
    closed = [opened + timedelta(days=9) if chance.random() < 0.2 else None for _, opened, _, _ in complaints]
    more = {"status": states, "is_closed": [each and each == "closed" for each in states], "closed_at": closed}
    add_complaints(
        engine, complaints, complaint_id=[f"c{each}" for each in range(150)], team=["t", None, "u"] * 50, **more
    )
    add_answers(engine, [(who, moment(), chance.randint(1, 5)) for who in chance.sample(people, 180)])
    add_customers(engine, [(who, moment()) for who in chance.sample(people, 120)])


def _amount(chance: random.Random) -> float | None:
    return chance.choice((None, -5.25, 10.0, 0.0, round(chance.uniform(1, 900), 4), round(chance.uniform(1, 90), 2)))


def _waited(opened: datetime, chance: random.Random) -> tuple[datetime, datetime | None, datetime | None]:
    answered, resolved = (opened + timedelta(hours=chance.randint(-1, 400)) for _ in range(2))
    return opened, answered if chance.random() < 0.8 else None, resolved if chance.random() < 0.7 else None


@pytest.mark.parametrize("name", [*ASKED, *VARIED])
def test_both_engines_answer_alike(both, name: str) -> None:
    ask = {**ASKED, **VARIED}[name]
    stored, cluster = (told(ask(engine)) for engine in both)
    assert_alike(cluster, stored, name)


def test_the_questions_find_something_to_tell(both) -> None:
    cells = cohort_retention(both[1], CohortQuestion())
    assert len(told(cells)) > 0
    assert both[1].query("SELECT count(*) AS n FROM orders")["n"].iloc[0] > 700


def test_the_cluster_gives_the_tables_that_peers_assert(
    acceptance_cases: Path, url: str, tmp_path: Path, monkeypatch
) -> None:
    asked = []

    def of_the_cluster(engine: DuckDBEngine, question: CohortQuestion) -> object:
        folder = tmp_path / str(len(asked))
        folder.mkdir()
        cluster = same_rows(engine, url, folder)
        asked.append(question)
        try:
            return cohort_retention(cluster, question)
        finally:
            cluster.close()

    monkeypatch.setattr(adapters, "cohort_retention", of_the_cluster)
    for case in json.loads((acceptance_cases / "retention_cases.json").read_text())["cases"]:
        found = adapters.retention_table(case)
        for key in set(case["expected"]) - {"rows_asserted", "independently_verified"}:
            assert found[key] == case["expected"][key], (case["id"], key)
    assert len(asked) > 2


@pytest.mark.skipif(
    "COMEBACK_SPARK_URL" not in os.environ,
    reason="pysail 0.7 reads a local time to which an interval was added, and an instant as a local time, by the clock of UTC",
)
def test_an_hour_that_the_clock_shows_twice_is_read_alike(url: str, tmp_path: Path) -> None:
    stored = DuckDBEngine()
    stored.set_setting("time_zone", "Europe/Berlin")
    autumn, spring = datetime(2025, 10, 26), datetime(2026, 3, 29)
    hours = [autumn, spring]
    moments = [each + timedelta(minutes=45 * step) for each in hours for step in range(9)]
    add_orders(stored, [(f"k{place}", each, 1.0) for place, each in enumerate(moments)])
    pairs = [(first, second) for first in moments for second in moments if second >= first and second.day == first.day]
    add_complaints(stored, [("k1", first, second, None) for first, second in pairs])
    cluster = same_rows(stored, url, tmp_path)
    for sql in (
        "SELECT ordered_at, ordered_second FROM orders ORDER BY ordered_at",
        "SELECT row_number, opened_second, first_response_second FROM complaints ORDER BY row_number",
        "SELECT day, ends_second FROM day_ends WHERE day BETWEEN DATE '2025-10-24' AND DATE '2026-04-02' ORDER BY day",
    ):
        assert_alike(told(cluster.query(sql)), told(stored.query(sql)), sql)
    cluster.close()
    stored.close()


# What names a customer, a kept table or an engine is each engine's own.
_OWN = ("customer_key", "engine", "kept", "landmarks")


def told(answer: object) -> object:
    """Return an answer as plain values that can be compared: rows in an order of their own."""
    if isinstance(answer, pd.DataFrame):
        rows = answer.drop(columns=[name for name in _OWN if name in answer])
        plain = [tuple(_value(each) for each in row) for row in rows.reset_index(drop=True).itertuples(index=False)]
        return [tuple(rows.columns), [_value(each) for each in answer.index], sorted(plain, key=repr)]
    if isinstance(answer, pd.Series):
        return {_value(key): _value(value) for key, value in answer.items()}
    if dataclasses.is_dataclass(answer) and not isinstance(answer, type):
        names = [field.name for field in dataclasses.fields(answer) if field.name not in _OWN]
        return {name: told(getattr(answer, name)) for name in names}
    if isinstance(answer, Mapping):
        return {key: told(value) for key, value in answer.items()}
    if isinstance(answer, list | tuple):
        return [told(each) for each in answer]
    return _value(answer)


def _value(value: object) -> object:
    if isinstance(value, np.ndarray):
        return [_value(each) for each in value]
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, pd.Timestamp | np.datetime64):
        return pd.Timestamp(value).isoformat()
    if isinstance(value, bool | np.bool_):
        return bool(value)
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float):
        return None if math.isnan(value) else float(f"{value:.12g}")
    return float(value) if isinstance(value, int) else value


def assert_alike(found: object, expected: object, place: str) -> None:
    """Assert that two told answers agree: counts exactly, sums to 1e-9."""
    if isinstance(expected, dict):
        assert isinstance(found, dict), place
        assert set(found) == set(expected), place
        for key in expected:
            assert_alike(found[key], expected[key], f"{place}: {key}")
    elif isinstance(expected, list | tuple):
        assert isinstance(found, list | tuple), place
        assert len(found) == len(expected), f"{place}: {found} instead of {expected}"
        for number, (one, other) in enumerate(zip(found, expected, strict=True)):
            assert_alike(one, other, f"{place}: {number}")
    elif isinstance(expected, float):
        assert found == pytest.approx(expected, rel=1e-12, abs=1e-9), place
    else:
        assert found == expected, place
