"""One site and one browser for all browser tests of a process; a watched profile for each test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser import opening
from tests.browser.installing import LEFT_OUT, browser_path
from tests.browser.opening import Watched
from tests.browser.site import Site, serve

HERE = Path(__file__).parent

# A text browser is nice to have: where the tests run by themselves it is no reason to fail.
collect_ignore = ["test_text_browser.py"] if os.environ.get("CI") == "true" and not shutil.which("w3m") else []


@pytest.hookimpl(tryfirst=True)  # before they are handed out to processes
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of them in one process: the site and the browser are started once."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if browser_path() is None:
        if os.environ.get("CI") == "true":
            pytest.fail(LEFT_OUT)
        pytest.skip(LEFT_OUT)
    with sync_playwright() as playwright:
        browser = opening.start(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serve(tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture(scope="session")
def signed_in(browser: Browser, site: Site) -> Any:
    return opening.sign_in(browser, site)


@pytest.fixture
def people(browser: Browser, site: Site, signed_in: Any) -> Iterator[Watched]:
    """Opens windows. Whatever the test is about: no request may leave the site, no page may complain."""
    with opening.watched(browser, site, signed_in) as people:
        yield people
        assert people.wrong == []
