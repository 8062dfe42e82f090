"""A switch of a page redraws its part alone, driven over the server's websocket as a browser does it."""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from benchmarks.people_tab import Tab

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 180.0  # beside other tests the server is slow to shake hands, and takes long for its first page


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of the dashboard on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "dashboard.py", f"--server.port={port}", "--server.headless=true"],
        cwd=ROOT,
        env=os.environ | {"COMEBACK_WORKSPACES": str(tmp_path_factory.mktemp("workspaces"))},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    yield f"127.0.0.1:{port}"
    server.kill()
    server.wait()


def with_tab(host: str, page: str, query: str, look: Callable[[Tab], Awaitable[None]]) -> None:
    """Open a page in a tab as soon as the server answers, and look at it."""

    async def opened() -> None:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                async with Tab(host, page, query) as tab:
                    await tab.redraw()
                    await look(tab)
                    return
            except (OSError, EOFError):  # not there yet, or too busy to shake hands in time
                assert time.monotonic() < until
                await asyncio.sleep(0.2)

    asyncio.run(asyncio.wait_for(opened(), PATIENCE))


async def choose(tab: Tab, key: str, place: int) -> str:
    """Choose an option of a switch by its place; return it."""
    switch = tab.widget(key)
    await tab.redraw({switch: [switch.options[place]]})
    assert not tab.errors
    return switch.options[place]


def test_a_switch_of_the_page_draws_neither_bar_nor_menu_and_stands_in_the_address(host) -> None:
    async def look(tab: Tab) -> None:
        assert {"workspace", "dates", "returned", "tab_shown"} <= tab.drawn
        await choose(tab, "returned", 2)
        assert "returned" in tab.drawn
        assert not {"workspace", "dates", "lang"} & tab.drawn
        assert tab.query == "returned=by"
        assert any("bought again within" in text for text in tab.said)

    with_tab(host, "cohort-retention", "", look)


def test_a_tab_draws_its_part_alone(host) -> None:
    async def look(tab: Tab) -> None:
        await choose(tab, "tab_shown", 5)
        assert "workspace" not in tab.drawn
        assert tab.query == "tab=who_pays"

    with_tab(host, "cohort-retention", "", look)


def test_the_whole_page_holds_what_its_part_chose_and_the_part_what_the_bar_chose(host) -> None:
    async def look(tab: Tab) -> None:
        await choose(tab, "returned", 1)
        await choose(tab, "dates", 3)
        assert "workspace" in tab.drawn
        assert set(tab.query.split("&")) == {"dates=last_365", "returned=in_or_after"}
        await choose(tab, "period", 2)
        assert "workspace" not in tab.drawn
        assert set(tab.query.split("&")) == {"dates=last_365", "returned=in_or_after", "period=quarter"}
        await choose(tab, "returned", 0)
        assert set(tab.query.split("&")) == {"dates=last_365", "period=quarter"}

    with_tab(host, "cohort-retention", "", look)


def test_the_part_speaks_the_language_of_the_page(host) -> None:
    async def look(tab: Tab) -> None:
        whole = list(tab.said)
        await choose(tab, "returned", 1)
        assert any(text in whole and "\u06a9" in text for text in tab.said)  # such as the question, in Persian

    with_tab(host, "cohort-retention", "lang=fa", look)


def test_what_is_missing_is_said_until_something_else_is_chosen(host) -> None:
    async def look(tab: Tab) -> None:
        assert "period" in tab.drawn
        await choose(tab, "returned", 1)
        assert "workspace" in tab.drawn  # the note stands on the page, which is drawn whole to be rid of it
        await choose(tab, "returned", 0)
        assert "workspace" not in tab.drawn

    with_tab(host, "cohort-retention", "returned=never", look)


def test_the_page_of_waits_draws_its_part_alone(host) -> None:
    async def look(tab: Tab) -> None:
        await choose(tab, "wait_until", 0)
        assert "workspace" not in tab.drawn
        assert tab.query == "wait_until=first_response"

    with_tab(host, "response-times", "", look)
