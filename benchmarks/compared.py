"""Our answers beside those of others: the same table from everybody, and how long each needs for it.

Run as `python -m benchmarks.compared --rows 20000000`. Each peer runs in a process of its own, with the data in its
memory before it is asked and with two threads. Peers are asked over the ids of customers as text, as files bring them,
and the best of them also over whole numbers, which our loading makes of them.
"""

import argparse
from collections.abc import Callable, Sequence
from typing import Any

from benchmarks.analyses import Taken, ask_all
from benchmarks.loaded import loaded
from benchmarks.measured import ChildFailed, Goal, Seconds, Subject, Table, in_child, number
from benchmarks.plain import floor, plain_files
from benchmarks.questions import QUESTIONS
from benchmarks.results import printed
from retention_core.engines.duckdb_engine import DuckDBEngine
from retention_core.filters import Filters

PEERS = ("polars", "chdb", "duckdb", "pandas")
OVER_NUMBERS = ("polars", "duckdb")
PANDAS_ROWS = 20_000_000  # beyond, its memory and our patience end
TIMES_AS_FAST = 5
Rows = list[list[int]]


def _cohort_rows(answer: Any) -> Rows:
    cells = answer.cells[answer.cells["customers"] > 0]
    return cells[["cohort", "period_number", "customers"]].astype(int).values.tolist()  # type: ignore[no-any-return]


def _money_rows(answer: Any) -> Rows:
    cells = answer.cells.assign(hundredths=(answer.cells["revenue"].astype(float) * 100).round())
    cells = cells[cells["orders"] > 0]
    return cells[["cohort", "period_number", "hundredths"]].astype(int).values.tolist()  # type: ignore[no-any-return]


def _back_rows(answer: Any) -> Rows:
    columns = ["cohort", "customers", "known", "came_back", "repeat_customers"]
    cohorts = answer.cohorts[answer.cohorts["customers"] > 0]
    return cohorts[columns].astype(int).values.tolist()  # type: ignore[no-any-return]


def _wait_rows(answer: Any) -> Rows:
    columns = ["period", "complaints", "answered", "within_1_day", "within_3_days", "within_5_days"]
    return answer.periods[columns].astype(int).values.tolist()  # type: ignore[no-any-return]


# what everybody is asked -> our question, whether one channel is chosen, and our answer as their rows
SAME: dict[str, tuple[str, bool, Callable[[Any], Rows]]] = {
    "cohorts by month": ("cohorts by month", False, _cohort_rows),
    "cohorts by month, one channel": ("cohorts by month", True, _cohort_rows),
    "cohorts by week": ("cohorts by week", False, _cohort_rows),
    "back within 90 days": ("back within 90 days", False, _back_rows),
    "revenue by cohort": ("revenue by cohort", False, _money_rows),
    "response times by week": ("response times by week", False, _wait_rows),
}


def our_answers(engine: DuckDBEngine) -> dict[str, Rows]:
    """Return our rows for each question that everybody is asked."""
    web = Filters(segments={"channel": ("Web",)})
    return {
        name: sorted(as_rows(QUESTIONS[ours].ask(engine, web if is_filtered else Filters())))
        for name, (ours, is_filtered, as_rows) in SAME.items()
    }


def measure(rows: int, runs: int = 3, ours: dict[str, Taken] | None = None, peers: Sequence[str] = PEERS) -> Subject:
    """Ask everybody. ours: our times where they are known already."""
    ours = ours or ask_all(rows, runs, only=tuple({name for name, _, _ in SAME.values()}))
    engine = DuckDBEngine(loaded(rows).folder)
    answers = our_answers(engine)
    engine.close()
    found = {peer: _asked(peer, "customer_id", rows, runs) for peer in peers}
    found |= {f"{peer}, numbers": _asked(peer, "customer_key", rows, runs) for peer in OVER_NUMBERS if peer in peers}
    base = floor(rows)[1].median
    lines, goals = [], []
    for name, (question, is_filtered, _) in SAME.items():
        first = (ours[question].new_filter if is_filtered else ours[question].first).median
        others = {peer: _median(told[name]) for peer, told in found.items() if told}
        best = min(seconds for peer, seconds in others.items() if "numbers" not in peer)
        cells = [_cell(told.get(name), answers[name]) for told in found.values()]
        lines.append([name, number(first), number(ours[question].again.median), *cells, number(best / first)])
        if question == "cohorts by month":
            goals.append(
                Goal(f"{name}, asked first: times as fast as the best peer", best / first, TIMES_AS_FAST, at_least=True)
            )
    head = ("question", "ours first, s", "again, s", *(f"{peer}, s" for peer in found), "best to ours")
    note = (
        "First: nothing of it is kept; of “one channel”: a filter that nobody has asked for. Again: asked a second "
        "time, as peers always are: their data is in memory and warm. “Numbers”: the peer is given whole numbers "
        "for customers, which costs it nothing here. Best: of the peers over ids as text. Ours does more than the peers: states, "
        f"intervals, medians with open complaints, labels. The floor takes {number(base)} s again."
    )
    return Subject("The same questions, asked of others", [Table(f"{rows:,} orders", head, lines, note)], goals)


def _asked(peer: str, key: str, rows: int, runs: int) -> dict[str, Any]:
    """Return what a peer needs for each question and what it answers, nothing where it is not asked or gives up."""
    if peer == "pandas" and rows > PANDAS_ROWS:
        return {}
    times = 1 if peer == "pandas" and rows > PANDAS_ROWS // 4 else runs
    try:
        found: dict[str, Any] = in_child("benchmarks.peers", peer, plain_files(rows), key, times).answer
    except ChildFailed as failure:
        print(failure)
        return {}
    return found


def _median(told: dict[str, Any]) -> float:
    return Seconds(tuple(told["seconds"])).median


def _cell(told: dict[str, Any] | None, ours: Rows) -> str:
    if told is None:
        return "–"
    return number(_median(told)) + ("" if told["rows"] == ours else " ANOTHER TABLE")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--rows", type=int, default=20_000_000)
    arguments.add_argument("--runs", type=int, default=3)
    arguments.add_argument("--peers", default=",".join(PEERS))
    given = arguments.parse_args()
    print(printed(measure(given.rows, given.runs, peers=given.peers.split(","))))
