"""The main path in a real browser: start, look, upload, see the chart; nothing leaves the machine, no error shows."""

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
from playwright.sync_api import Page, expect, sync_playwright

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

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> Iterator[str]:
    """A server of the dashboard on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        "dashboard.py",
        f"--server.port={port}",
        "--server.headless=true",
    ]
    home = tmp_path_factory.mktemp("workspaces")
    server = subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | {"COMEBACK_WORKSPACES": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    for _ in range(120):
        try:
            urllib.request.urlopen(f"{url}/_stcore/health")
            break
        except OSError:
            time.sleep(0.5)
    yield url
    server.terminate()
    server.wait()


@pytest.fixture
def page(address) -> Iterator[Page]:
    """A fresh tab at 1280 pixels that remembers its errors and what it asked for from outside."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        tab = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        tab.errors = []  # type: ignore[attr-defined]
        tab.outside = []  # type: ignore[attr-defined]
        tab.on("pageerror", lambda error: tab.errors.append(str(error)))  # type: ignore[attr-defined]
        tab.on("console", lambda message: tab.errors.append(message.text) if message.type == "error" else None)  # type: ignore[attr-defined]
        tab.on(
            "request",
            lambda request: (
                None if request.url.startswith((address, "data:", "blob:")) else tab.outside.append(request.url)
            ),
        )  # type: ignore[attr-defined]
        tab.set_default_timeout(60_000)
        expect.set_options(timeout=60_000)
        yield tab
        browser.close()


def test_open_upload_a_csv_and_see_the_cohort_chart(page, address, tmp_path) -> None:
    orders = tmp_path / "till.csv"
    lines = [f"{n},C{n % 40},{1 + n % 28:02d}/{1 + n // 40:02d}/2026,{n % 7 + 1}.50" for n in range(200)]
    orders.write_text("receipt no;".replace(";", ",") + "customer code,sale date,total\n" + "\n".join(lines) + "\n")
    page.goto(address)
    expect(page.get_by_text("Of customers who first bought in")).to_be_visible()
    page.get_by_role("button", name="Your data").click()
    page.get_by_text("Upload", exact=True).click()
    page.locator("input[type=file]").set_input_files(orders)
    page.get_by_role("button", name="Load 200 rows into orders").click()
    expect(page.get_by_text("is loaded: 200 purchases from 200 rows")).to_be_visible()
    page.get_by_role("link", name="See whether they come back").click()
    expect(page.locator(".js-plotly-plot .heatmaplayer").first).to_be_attached()
    assert "workspace=Private" in page.url
    assert page.errors == []
    assert page.outside == []


def test_a_cold_deep_link_opens_its_page_with_its_switches(page, address) -> None:
    page.goto(f"{address}/cohort-retention?period=Quarter&branch=Harbour")
    expect(page.get_by_text("Back in quarter 1").first).to_be_visible()
    expect(page.get_by_text("Branch: Harbour").first).to_be_visible()
    expect(page.get_by_text("Page not found")).to_have_count(0)


def test_two_readings_of_a_date_are_asked_about_before_loading(page, address, tmp_path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("customer,date,amount\na,01/02/2026,5\nb,03/04/2026,6\na,05/06/2026,7\n")
    page.goto(f"{address}/upload")
    page.locator("input[type=file]").set_input_files(path)
    load = page.get_by_role("button", name="Load 3 rows into orders")
    expect(load).to_be_disabled()
    page.get_by_text("day first (31/12)", exact=False).last.click()
    expect(load).to_be_enabled()
    load.click()
    expect(page.get_by_text("is loaded: 3 purchases from 3 rows")).to_be_visible()
    page.get_by_role("button", name="Undo this upload").click()
    expect(page.get_by_role("button", name="Load 3 rows into orders")).to_be_visible()


def test_an_event_log_with_two_closing_codes_is_loaded(page, address, tmp_path) -> None:
    path = tmp_path / "log.csv"
    lines = [
        f"{case},K{case % 5},{code},2026-01-{day:02} 10:00"
        for case in range(20)
        for code, day in ((10, 1 + case % 20), (60 + 10 * (case % 2), 3 + case % 20))
    ]
    path.write_text("case,customer,code,at\n" + "\n".join(lines) + "\n")
    page.goto(f"{address}/upload")
    page.locator("input[type=file]").set_input_files(path)
    load = page.get_by_role("button", name="Load 40 rows into complaints").first
    expect(load).to_be_disabled()
    for code in (60, 70):
        page.get_by_text(f"“{code}”: the last event of 10").click()
        expect(load).to_be_enabled()
    expect(page.get_by_text("where it is 60 or 70")).to_be_visible()
    load.click()
    expect(page.get_by_text("is loaded: 20 complaints from 40 rows")).to_be_visible()


def test_a_file_that_is_no_table_gets_a_clear_word_and_the_dashboard_lives_on(page, address, tmp_path) -> None:
    path = tmp_path / "paper.csv"
    path.write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    page.goto(f"{address}/upload")
    page.locator("input[type=file]").set_input_files(path)
    expect(page.get_by_text("This is not a text file.")).to_be_visible()
    page.get_by_role("link", name="Overview").click()
    expect(page.get_by_text("Of customers who first bought in")).to_be_visible()


def test_one_persons_upload_is_invisible_to_the_next(page, address, tmp_path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("customer,date,amount\nzelda-private,2026-01-31,5\n")
    page.goto(f"{address}/upload")
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Load 1 row into orders").click()
    expect(page.get_by_text("is loaded: ")).to_be_visible()
    other = page.context.browser.new_context().new_page()
    other.goto(f"{address}/cohort-retention?workspace=Private")
    expect(other.get_by_text("No orders here yet")).to_be_visible()
