"""A server and a tab of Chromium, and a stopwatch inside the page: from a click to the last change of a chart."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.measured import ROOT

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
OURS, EMPTY = "dashboard.py", "benchmarks/empty_app.py"
_FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync")
_PATIENCE = 60_000  # milliseconds
_QUIET = 400  # milliseconds without a change after which all is drawn
# What the page notes: `clicked`, when a pointer last went down; `drawn`, when a chart last changed; `first`, when one
# first stood there; all in milliseconds of the clock of this machine. Plotly draws charts as `.main-svg`. What is taken
# apart after it has left the page is no change of a chart.
_STOPWATCH = """
window.seen = {clicked: 0, drawn: 0, first: 0, changed: 0};
addEventListener("pointerdown", () => { seen.clicked = Date.now() }, true);
const isChart = node => node.nodeType === 1 && node.isConnected && node.closest(".js-plotly-plot");
const holdsChart = node => node.nodeType === 1 && (isChart(node) || node.querySelector(".js-plotly-plot"));
new MutationObserver(changes => {
    const drawn = changes.some(change => isChart(change.target) || [...change.addedNodes].some(holdsChart));
    requestAnimationFrame(() => {
        seen.changed = Date.now();
        if (drawn) seen.drawn = seen.changed;
        if (!seen.first && document.querySelector(".js-plotly-plot .main-svg")) seen.first = seen.changed;
    });
}).observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
"""
_IS_DRAWN = f"""() => {{
    const app = document.querySelector(".stApp");
    return app && app.dataset.testScriptState === "notRunning" && seen.drawn >= seen.clicked
        && Date.now() - seen.changed > {_QUIET} && document.querySelector(".js-plotly-plot .main-svg")
}}"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Open a Chromium; raise LookupError where this machine has none."""
    if CHROMIUM is None:
        raise LookupError("There is no Chromium on this machine.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(_FLAGS))
        yield browser
        browser.close()


@contextmanager
def server(script: str, workspaces: Path) -> Iterator[tuple[str, float]]:
    """Start a script on a server of its own; yield its address and the moment of its start, in seconds."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", script, f"--server.port={port}", "--server.headless=true"]
    started = time.time()
    process = subprocess.Popen(  # noqa: S603 - our own command
        command,
        cwd=ROOT,
        env=os.environ | {"COMEBACK_WORKSPACES": str(workspaces)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_until_healthy(address)
        yield address, started
    finally:
        process.terminate()
        process.wait()


@contextmanager
def tab(browser: Browser) -> Iterator[Page]:
    """Open a tab that knows nothing of earlier ones, with the stopwatch in every page it opens."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(_STOPWATCH)
    page = context.new_page()
    page.set_default_timeout(_PATIENCE)
    yield page
    context.close()


def first_chart(page: Page, address: str) -> float:
    """Open an address and return the moment at which its first chart stood there, in seconds."""
    page.goto(address, wait_until="commit")
    page.wait_for_function("() => window.seen && seen.first", polling=20)
    return float(page.evaluate("seen.first")) / 1000


def all_drawn(page: Page) -> None:
    """Wait until a chart has changed since the last click, nothing runs, and nothing has changed for a moment."""
    page.wait_for_function(_IS_DRAWN, polling=50)


def click_to_chart(page: Page) -> float:
    """Return the seconds from the last click until a chart last changed, once all is drawn."""
    all_drawn(page)
    seen = page.evaluate("seen")
    return float(seen["drawn"] - seen["clicked"]) / 1000


def _wait_until_healthy(address: str) -> None:
    for _ in range(6000):
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=5)  # noqa: S310 - our own server
            return
        except OSError:
            time.sleep(0.02)
    raise TimeoutError("The server did not start.")
