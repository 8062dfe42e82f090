"""From a click on a filter to the drawn chart in Chromium, beside a button of an empty app.

Run as `python -m benchmarks.filter_change --rows 10000000`. The cohort page of a saved workspace is asked for one branch
after the other, three at a time, so that every change is a question that nobody has asked before.
"""

import argparse
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page

from benchmarks.generated import BRANCHES
from benchmarks.in_chromium import EMPTY, OURS, all_drawn, chromium, click_to_chart, server, tab
from benchmarks.loaded import home, loaded
from benchmarks.measured import Goal, Seconds, Subject, Table, number
from benchmarks.results import printed

CHANGES = 30
ALLOWED = 3
_AT_ONCE = 3


def measure(rows: int, changes: int = CHANGES) -> Subject:
    """Change a filter so often, and press the button of the empty app as often, before and after it."""
    folder = loaded(rows).folder
    with chromium() as browser, tempfile.TemporaryDirectory() as nowhere:
        before = _pressed(browser, Path(nowhere), changes // 2)
        ours = _filtered(browser, folder.name, changes)
        empty = before + _pressed(browser, Path(nowhere), changes // 2)
    ours_taken, empty_taken = Seconds(tuple(ours)), Seconds(tuple(empty))
    ratio = ours_taken.p95 / empty_taken.p95
    lines = [
        ["empty rerun", *_cells(empty_taken), "1", "1"],
        [
            "a filter of the cohort page",
            *_cells(ours_taken),
            number(ours_taken.median / empty_taken.median),
            number(ratio),
        ],
    ]
    head = ("", "p50, s", "p95, s", "slowest, s", "p50 to empty", "p95 to empty")
    goal = Goal(
        f"filter change in Chromium, {rows / 1e6:g} million orders, p95, times that of an empty rerun", ratio, ALLOWED
    )
    title = f"{rows:,} orders, {changes} changes, each a new question"
    return Subject("From click to chart", [Table(title, head, lines)], [goal])


def _filtered(browser: Browser, workspace: str, changes: int) -> list[float]:
    with server(OURS, home()) as (address, _), tab(browser) as page:
        taken = []
        for change in range(changes):
            if change % _AT_ONCE == 0:
                page.goto(f"{address}/cohort-retention?workspace={workspace}")
                all_drawn(page)
            taken.append(_choose(page, f"Branch {1 + change % BRANCHES:02}"))
        return taken


def _choose(page: Page, branch: str) -> float:
    """Add a branch to the filter, and return the seconds from the click on its name to the chart."""
    page.get_by_role("combobox", name="Branch").click()
    page.keyboard.type(branch)
    page.get_by_role("option", name=branch).click()
    return click_to_chart(page)


def _pressed(browser: Browser, folder: Path, times: int) -> list[float]:
    with server(EMPTY, folder) as (address, _), tab(browser) as page:
        page.goto(address)
        all_drawn(page)
        return [_press(page) for _ in range(times)]


def _press(page: Page) -> float:
    page.get_by_role("button", name="Again").click()
    return click_to_chart(page)


def _cells(seconds: Seconds) -> list[str]:
    return [number(one) for one in (seconds.median, seconds.p95, max(seconds.runs))]


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--rows", type=int, default=10_000_000)
    arguments.add_argument("--changes", type=int, default=CHANGES)
    given = arguments.parse_args()
    print(printed(measure(given.rows, given.changes)))
