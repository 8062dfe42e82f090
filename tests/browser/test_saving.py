"""What people take away, in a real browser: a document that needs no network and prints whole, and pictures of slides."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from retention_core.reports.html import as_html
from tests.browser.tab import Tab, opened, settled
from tests.core.reports.small_answer import FRAME, small_answer

PAGE_WIDTH, PAGE_HEIGHT = 680, 1009  # pixels of A4 between margins of 15 mm
PNG = b"\x89PNG"


@pytest.fixture
def document(browser: Browser, tmp_path: Path) -> Iterator[Tab]:
    """A saved document, opened in a tab that has no network, when its charts are drawn."""
    path = tmp_path / "saved.html"
    path.write_bytes(as_html(small_answer(), FRAME))
    context = browser.new_context(viewport={"width": 900, "height": 900}, offline=True)
    tab = Tab.of(context.new_page(), path.as_uri())
    tab.page.goto(path.as_uri())
    tab.page.wait_for_selector("main[aria-busy=false]")
    yield tab
    context.close()


def test_a_saved_page_shows_its_charts_as_pictures_without_any_network(document: Tab) -> None:
    pictures = document.page.locator("figure img")
    assert pictures.count() == 1
    assert pictures.first.get_attribute("src").startswith("data:image/svg+xml")
    assert pictures.first.evaluate("each => each.naturalWidth") == PAGE_WIDTH
    assert document.outside == []
    assert document.errors == []


def test_what_a_hostile_file_says_runs_nothing(document: Tab) -> None:
    assert document.page.evaluate("document.images.length") == 1
    assert document.page.get_by_text("<script>alert(1)</script>").first.is_visible()


def test_a_saved_page_prints_no_chart_over_the_end_of_a_page(document: Tab) -> None:
    document.page.set_viewport_size({"width": PAGE_WIDTH, "height": PAGE_HEIGHT})
    document.page.emulate_media(media="print")
    box = document.page.locator("figure img").first.bounding_box()
    assert box is not None
    assert box["width"] <= PAGE_WIDTH
    assert box["height"] <= PAGE_HEIGHT
    assert document.page.locator("figure").first.evaluate("each => getComputedStyle(each).breakInside") == "avoid"
    assert document.page.evaluate("document.documentElement.scrollWidth") <= PAGE_WIDTH


def save(page: Page, key: str, path: Path) -> str:
    with page.expect_download() as download:
        page.locator(f".st-key-{key} button:visible").click()
    download.value.save_as(path)
    return download.value.suggested_filename


def test_a_page_is_saved_as_one_document(tab: Tab, address: str, tmp_path: Path) -> None:
    opened(tab.page, f"{address}/response-times")
    name = save(tab.page, "save_page", tmp_path / "page.html")
    assert name.startswith("comeback-response-times-")
    assert name.endswith(".html")
    text = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "How long do people wait, and who waits now?" in text
    assert text.count('class="chart"') == 5  # waits, shares, open ones; curves and control chart of the tabs


def test_a_slide_is_saved_as_a_picture_in_both_formats(tab: Tab, address: str, tmp_path: Path) -> None:
    opened(tab.page, f"{address}/response-times")
    tab.page.locator(".st-key-save_slide button:visible").click()
    tab.page.wait_for_selector(".st-key-slide_figure .main-svg")
    settled(tab.page)
    assert save(tab.page, "slide_save", tmp_path / "slide.png").endswith("-waits.png")
    picture = (tmp_path / "slide.png").read_bytes()
    assert picture[:4] == PNG
    assert int.from_bytes(picture[16:20], "big") == 2 * 1280
    settled(tab.page)
    tab.page.locator(".st-key-slide_format button").nth(1).click()
    settled(tab.page)
    assert save(tab.page, "slide_save", tmp_path / "slide.svg").endswith("-waits.svg")
    assert "were resolved within" in (tmp_path / "slide.svg").read_text(encoding="utf-8")


def test_a_printed_page_shrinks_its_charts_whole(tab: Tab, address: str) -> None:
    opened(tab.page, f"{address}/response-times")
    chart = tab.page.locator(".js-plotly-plot .svg-container").first
    chart.wait_for()
    drawn = chart.bounding_box()
    tab.page.set_viewport_size({"width": 1280, "height": 900})
    tab.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    layer = chart.locator(".main-svg").first
    assert layer.get_attribute("viewBox") == f"0 0 {drawn['width']:g} {drawn['height']:g}"
    tab.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert layer.get_attribute("viewBox") is None
