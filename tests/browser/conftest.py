"""A server of the dashboard, and a tab of Chromium that looks at it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from tests.browser.tab import PATIENCE_MILLISECONDS, Tab

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the tests of this folder only where there is a Chromium."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"))
            item.add_marker(pytest.mark.filterwarnings("ignore::ResourceWarning"))


@pytest.fixture(scope="package")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of the dashboard on a free port; its workspaces lie in a folder of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py"]
    server = subprocess.Popen(
        [*command, f"--server.port={port}", "--server.headless=true"],
        cwd=ROOT,
        env=os.environ | {"COMEBACK_WORKSPACES": str(tmp_path_factory.mktemp("workspaces"))},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    _wait_until_healthy(url)
    yield url
    server.terminate()
    server.wait()


def _wait_until_healthy(url: str) -> None:
    for _ in range(120):
        try:
            urllib.request.urlopen(f"{url}/_stcore/health")
            return
        except OSError:
            time.sleep(0.5)
    pytest.fail("the server of the dashboard did not start")


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    """Playwright, no longer than this folder is tested: while it runs, no other test of the process can run a loop."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="package")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """One Chromium; each test has a context of its own, which knows nothing of the others."""
    expect.set_options(timeout=PATIENCE_MILLISECONDS)
    running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield running
    running.close()


@pytest.fixture
def tab(browser: Browser, address: str) -> Iterator[Tab]:
    """A fresh tab at 1280 pixels that remembers its errors and what it asked for from outside."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield Tab.of(context.new_page(), address)
    context.close()


@pytest.fixture
def page(tab: Tab) -> Page:
    """The page of the tab."""
    return tab.page
