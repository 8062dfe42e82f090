"""One tab of a browser in tests: what went wrong in it, and waiting until the dashboard has drawn all."""

import re
from dataclasses import dataclass, field

from playwright.sync_api import Page, expect

PATIENCE_MILLISECONDS = 60_000


@dataclass(frozen=True)
class Tab:
    """One tab. errors: what its console complained of. outside: addresses other than the server's that it asked for."""

    page: Page
    errors: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, page: Page, address: str) -> "Tab":
        """Begin to listen to a page that has opened nothing yet."""
        tab = cls(page)
        page.set_default_timeout(PATIENCE_MILLISECONDS)
        page.on("pageerror", lambda error: tab.errors.append(str(error)))
        page.on("console", lambda message: tab.errors.append(message.text) if message.type == "error" else None)
        page.on("request", lambda request: tab.note_request(request.url, address))
        return tab

    def note_request(self, url: str, address: str) -> None:
        """Keep an address that is not the server's."""
        if not url.startswith((address, "data:", "blob:")):
            self.outside.append(url)


def settled(page: Page) -> None:
    """Wait until the dashboard has drawn all and no run of its script is under way or about to begin.

    What is clicked while it still draws may be answered by the run before: use it after goto, reload and each click
    that makes a run. A run begins a moment after the click, so that it must be at rest for two looks in a row.
    """
    app = page.locator(".stApp")
    for _ in range(2):
        expect(app).to_have_attribute("data-test-script-state", re.compile("notRunning"))
        page.wait_for_timeout(200)
    expect(app).to_have_attribute("data-test-script-state", re.compile("notRunning"))


def opened(page: Page, url: str) -> None:
    """Open an address and wait until all is drawn."""
    page.goto(url)
    settled(page)
