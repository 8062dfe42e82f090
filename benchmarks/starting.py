"""From the start of the server to the first chart in Chromium, beside an empty app with the same imports.

Run as `python -m benchmarks.starting --runs 5`. Ours shows the overview of the sample shop, which it loads meanwhile.
Both start in turn, each time with a browser that knows neither.
"""

import argparse
import tempfile
from pathlib import Path

from playwright.sync_api import Browser

from benchmarks.in_chromium import EMPTY, OURS, chromium, first_chart, server, tab
from benchmarks.measured import Goal, Seconds, Subject, Table, number
from benchmarks.results import printed

ALLOWED = 1.5


def measure(runs: int = 5) -> Subject:
    """Start both so often, in turn, after one start each that counts nowhere."""
    taken: dict[str, list[float]] = {OURS: [], EMPTY: []}
    with chromium() as browser, tempfile.TemporaryDirectory() as folder:
        for _ in range(runs + 1):
            for script in taken:
                taken[script].append(_start(browser, script, Path(folder)))
    ours, empty = (Seconds(tuple(seconds[1:])) for seconds in taken.values())
    ratio = ours.median / empty.median
    lines = [["empty app", *_cells(empty), "1"], ["ours", *_cells(ours), number(ratio)]]
    table = Table(f"{runs} starts of each, in turn", ("", "median, s", "quickest, s", "slowest, s", "to empty"), lines)
    return Subject(
        "From start to first chart", [table], [Goal("start to first chart, times an empty app", ratio, ALLOWED)]
    )


def _start(browser: Browser, script: str, folder: Path) -> float:
    with server(script, folder) as (address, started), tab(browser) as page:
        return first_chart(page, address) - started


def _cells(seconds: Seconds) -> list[str]:
    return [number(one) for one in (seconds.median, min(seconds.runs), max(seconds.runs))]


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--runs", type=int, default=5)
    print(printed(measure(arguments.parse_args().runs)))
