"""The link in a real browser: it holds all that is chosen, on every page, and says what it cannot show."""

import re

from playwright.sync_api import Page, expect

from tests.browser.tab import opened, settled

WEB = "Channel: Web"
MISSING = "Not everything that was asked for is here."


def count_refunds(page: Page) -> None:
    page.get_by_text("Count refunds as visits").click()
    settled(page)
    expect(page.get_by_text("refunds counted as visits")).to_be_visible()


def by_menu(page: Page, section: str, title: str) -> None:
    page.get_by_role("button", name=section, exact=True).click()
    page.get_by_text(title, exact=True).last.click()
    settled(page)


def test_the_link_holds_the_filters_on_every_page_and_a_reload_shows_the_same(page: Page, address: str) -> None:
    opened(page, f"{address}/?channel=Web")
    expect(page.get_by_text(WEB).first).to_be_visible()
    count_refunds(page)
    by_menu(page, "Complaints", "Response times")
    expect(page.get_by_text("How long do people wait, and who waits now?")).to_be_visible()
    page.wait_for_url(re.compile("/response-times.*channel=Web.*refunds=true"))
    page.reload()
    settled(page)
    expect(page.get_by_text(f"{WEB} · ")).to_be_visible()
    expect(page.get_by_text("refunds counted as visits")).to_be_visible()
    by_menu(page, "Customers", "Cohort retention")
    page.wait_for_url(re.compile("/cohort-retention.*channel=Web.*refunds=true"))
    page.go_back()
    settled(page)
    expect(page.get_by_text("How long do people wait, and who waits now?")).to_be_visible()
    expect(page.get_by_text("refunds counted as visits")).to_be_visible()
    page.wait_for_url(re.compile("/response-times.*channel=Web.*refunds=true"))


def test_a_link_of_the_page_carries_the_filters_on_and_switches_come_back(page: Page, address: str) -> None:
    opened(page, f"{address}/cohort-retention?channel=Web&period=Quarter&least=2")  # an old link
    expect(page.get_by_text("Back in quarter 1").first).to_be_visible()
    page.get_by_role("link", name="Overview").click()
    settled(page)
    expect(page.get_by_text("Are we keeping our customers?")).to_be_visible()
    page.wait_for_url("**/?channel=Web")
    page.get_by_test_id("stPageLink").get_by_text("Cohort retention").click()
    settled(page)
    expect(page.get_by_text("Back in quarter 1").first).to_be_visible()
    page.wait_for_url(re.compile("/cohort-retention.*period=quarter.*least=2"))


def test_what_a_link_cannot_have_is_said_until_something_else_is_asked(page: Page, address: str) -> None:
    opened(page, f"{address}/cohort-retention?channel=Fax&returned=Foo&from=2031-01-01&zzz=1")
    expect(page.get_by_text(MISSING)).to_be_visible()
    for said in ("Channel: “Fax”", "Returned means: “Foo”", "From: “1 Jan 2031”", "no switch “zzz”"):
        expect(page.get_by_text(said)).to_be_visible()
    by_menu(page, "Complaints", "Response times")
    expect(page.get_by_text("How long do people wait, and who waits now?")).to_be_visible()
    expect(page.get_by_text(MISSING)).to_have_count(0)


def test_a_link_to_a_workspace_of_another_machine_shows_no_other_one(page: Page, address: str) -> None:
    opened(page, f"{address}/cohort-retention?workspace=Elsewhere&channel=Web")
    expect(page.get_by_text("There is no workspace “Elsewhere” here.")).to_be_visible()
    expect(page.get_by_text("The cohort table")).to_have_count(0)
    page.get_by_role("button", name="Open Sample shop").click()
    settled(page)
    expect(page.get_by_text("The cohort table")).to_be_visible()
    expect(page.get_by_text(WEB).first).to_be_visible()
    page.wait_for_url("**/cohort-retention?channel=Web")


def test_the_way_from_an_empty_workspace_to_the_sample_leads_there(page: Page, address: str) -> None:
    opened(page, f"{address}/upload?workspace=Private")
    page.get_by_text("Or look at the sample shop first").click()
    settled(page)
    expect(page.get_by_text("Of customers who first bought in").first).to_be_visible()
    expect(page.get_by_text("Sample shop · ").first).to_be_visible()
    page.wait_for_function("location.search === ''")


def speak(page: Page, language: str, name: str) -> None:
    """Choose a language in the bar. language: what the list is called now. name: of the one that is chosen."""
    page.get_by_role("combobox", name=language).click()
    page.get_by_role("option", name=name).click()
    settled(page)


def test_the_language_can_be_changed_there_and_back_and_nothing_else_changes(page: Page, address: str) -> None:
    opened(page, f"{address}/cohort-retention?period=quarter&channel=Web")
    expect(page.get_by_text("Back in quarter 1").first).to_be_visible()
    speak(page, "Language", "فارسی")
    expect(page.get_by_text("فروشگاه نمونه").first).to_be_visible()
    expect(page.locator("body")).not_to_contain_text("Sample shop")
    page.wait_for_url(re.compile("lang=fa"))
    page.wait_for_timeout(500)
    speak(page, "زبان", "English")
    expect(page.get_by_text("Back in quarter 1").first).to_be_visible()
    expect(page.get_by_text(WEB).first).to_be_visible()
    page.wait_for_url(re.compile(r"cohort-retention\?(period=quarter&channel=Web|channel=Web&period=quarter)$"))
