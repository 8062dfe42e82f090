"""The main path in a real browser: start, look, upload, see the chart; nothing leaves the machine, no error shows."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.tab import Tab, opened, settled


def test_open_upload_a_csv_and_see_the_cohort_chart(tab: Tab, address: str, tmp_path: Path) -> None:
    page = tab.page
    orders = tmp_path / "till.csv"
    lines = [f"{n},C{n % 40},{1 + n % 28:02d}/{1 + n // 40:02d}/2026,{n % 7 + 1}.50" for n in range(200)]
    orders.write_text("receipt no;".replace(";", ",") + "customer code,sale date,total\n" + "\n".join(lines) + "\n")
    opened(page, address)
    expect(page.get_by_text("Of customers who first bought in")).to_be_visible()
    page.get_by_role("button", name="Your data").click()
    page.get_by_text("Upload", exact=True).click()
    page.locator("input[type=file]").set_input_files(orders)
    settled(page)
    page.get_by_role("button", name="Load 200 rows into orders").click()
    expect(page.get_by_text("is loaded: 200 purchases from 200 rows")).to_be_visible()
    settled(page)
    page.get_by_role("link", name="See whether they come back").click()
    expect(page.locator(".js-plotly-plot .barlayer").first).to_be_attached()
    page.wait_for_url(re.compile("workspace=_private"))
    assert tab.errors == []
    assert tab.outside == []


def test_a_cold_deep_link_opens_its_page_with_its_switches(page: Page, address: str) -> None:
    opened(page, f"{address}/cohort-retention?period=Quarter&branch=Harbour")
    expect(page.get_by_text("Back in quarter 1").first).to_be_visible()
    expect(page.get_by_text("Branch: Harbour").first).to_be_visible()
    expect(page.get_by_text("Page not found")).to_have_count(0)


def test_two_readings_of_a_date_are_asked_about_before_loading(page: Page, address: str, tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("customer,date,amount\na,01/02/2026,5\nb,03/04/2026,6\na,05/06/2026,7\n")
    opened(page, f"{address}/upload")
    page.locator("input[type=file]").set_input_files(path)
    settled(page)
    load = page.get_by_role("button", name="Load 3 rows into orders")
    expect(load).to_be_disabled()
    page.get_by_text("day first (31/12)", exact=False).last.click()
    settled(page)
    expect(load).to_be_enabled()
    load.click()
    expect(page.get_by_text("is loaded: 3 purchases from 3 rows")).to_be_visible()
    settled(page)
    page.get_by_role("button", name="Undo this upload").click()
    expect(page.get_by_role("button", name="Load 3 rows into orders")).to_be_visible()


def test_an_event_log_with_two_closing_codes_is_loaded(page: Page, address: str, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    lines = [
        f"{case},K{case % 5},{code},2026-01-{day:02} 10:00"
        for case in range(20)
        for code, day in ((10, 1 + case % 20), (60 + 10 * (case % 2), 3 + case % 20))
    ]
    path.write_text("case,customer,code,at\n" + "\n".join(lines) + "\n")
    opened(page, f"{address}/upload")
    page.locator("input[type=file]").set_input_files(path)
    settled(page)
    load = page.get_by_role("button", name="Load 40 rows into complaints").first
    expect(load).to_be_disabled()
    for code in (60, 70):
        page.get_by_text(f"“{code}”: the last event of 10").click()
        settled(page)
        expect(load).to_be_enabled()
    expect(page.get_by_text("where it is 60 or 70")).to_be_visible()
    load.click()
    expect(page.get_by_text("is loaded: 20 complaints from 40 rows")).to_be_visible()


def test_a_file_that_is_no_table_gets_a_clear_word_and_the_dashboard_lives_on(
    page: Page, address: str, tmp_path: Path
) -> None:
    path = tmp_path / "paper.csv"
    path.write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    opened(page, f"{address}/upload")
    page.locator("input[type=file]").set_input_files(path)
    settled(page)
    expect(page.get_by_text("This is not a text file.")).to_be_visible()
    page.get_by_role("link", name="Overview").click()
    settled(page)
    expect(page.get_by_text("Of customers who first bought in")).to_be_visible()


def test_one_persons_upload_is_invisible_to_the_next(page: Page, address: str, tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("customer,date,amount\nzelda-private,2026-01-31,5\n")
    opened(page, f"{address}/upload")
    page.locator("input[type=file]").set_input_files(path)
    settled(page)
    page.get_by_role("button", name="Load 1 row into orders").click()
    expect(page.get_by_text("is loaded: ")).to_be_visible()
    assert page.context.browser is not None
    other = page.context.browser.new_context().new_page()
    opened(other, f"{address}/cohort-retention?workspace=Private")
    expect(other.get_by_text("No orders here yet")).to_be_visible()


@pytest.mark.parametrize(("button", "starts"), [("Download as Excel", b"PK"), ("Download as CSV", b"\xef\xbb\xbf")])
def test_the_table_of_cohorts_can_be_taken_away(page: Page, address: str, button: str, starts: bytes) -> None:
    opened(page, f"{address}/cohort-retention")
    with page.expect_download() as taken:
        page.get_by_role("button", name=button).first.click()
    assert Path(taken.value.path()).read_bytes().startswith(starts)
