"""Opens pages in a browser that is watched: nothing may leave the site's own address or complain in the console."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page, Playwright, Request

from tests.browser.installing import browser_path
from tests.browser.site import Site

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-lcd-text",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PHONE = (390, 844)
SMALL_PHONE = (320, 568)
DESK = (1280, 900)


def start(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=browser_path(), args=ARGUMENTS)


@dataclass
class Watched:
    """Opens windows, and remembers what went wrong in any of them."""

    browser: Browser
    site: Site
    signed_in: Any = None
    """The stored state of an officer who has signed in; empty for everyone else."""
    wrong: list[str] = field(default_factory=list)
    windows: list[BrowserContext] = field(default_factory=list)

    def window(self, size: tuple[int, int] = PHONE, *, script: bool = False, staff: bool = False, **more: Any) -> Page:
        """A new window of a new browser profile. Script is off unless a test must measure with it."""
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            java_script_enabled=script,
            base_url=self.site.url,
            storage_state=self.signed_in if staff else None,
            **{"locale": "en-GB", **more},
        )
        context.set_default_timeout(10_000)
        context.on("request", self._is_ours)
        context.on("console", self._is_quiet)
        context.on("dialog", self._opened)
        self.windows.append(context)
        return context.new_page()

    def close(self) -> None:
        for context in self.windows:
            context.close()

    def _is_ours(self, request: Request) -> None:
        if not request.url.startswith(self.site.url + "/"):
            self.wrong.append(f"left the site: {request.url}")

    def _is_quiet(self, message: ConsoleMessage) -> None:
        # A page with the status 404, 410 or 422 is noted by the browser itself; those states are meant. So is the
        # phone's 503: no phone network runs beside these tests.
        status = "5" if message.location["url"].endswith("/phone") else "4"
        meant = message.text.startswith(f"Failed to load resource: the server responded with a status of {status}")
        if message.type in {"error", "warning"} and not meant:
            self.wrong.append(f"console: {message.text}")

    def _opened(self, dialog: Dialog) -> None:
        self.wrong.append(f"dialog: {dialog.message}")
        dialog.dismiss()


@contextmanager
def watched(browser: Browser, site: Site, signed_in: Any = None) -> Iterator[Watched]:
    one = Watched(browser, site, signed_in)
    try:
        yield one
    finally:
        one.close()


def sign_in(browser: Browser, site: Site) -> Any:
    """The stored state of the example organisation's owner, signed in by a link as `make run` prints it."""
    context = browser.new_context(base_url=site.url)
    page = context.new_page()
    page.goto(site.sign_in_link())
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/o/**")
    state = context.storage_state()
    context.close()
    return state
