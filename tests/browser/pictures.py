"""Pictures of the pages: a few for the docs, and all of them for looking (`python -m tests.browser.pictures`)."""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser import opening
from tests.browser.opening import DESK, PHONE, Watched
from tests.browser.site import ROOT, Site, serve
from tests.browser.small_png import smaller
from tests.browser.walks import give, go_on, residents_states, staff_pages

FOR_DOCS = ROOT / "docs" / "pictures"
FOR_LOOKING = ROOT / "screenshots"
NARROW, WIDE = (360, 780), DESK
TOP_OF_RESULTS = (1280, 640)


def main() -> int:
    FOR_DOCS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, serve(Path(folder)) as site, sync_playwright() as playwright:
        browser = opening.start(playwright)
        with opening.watched(browser, site, opening.sign_in(browser, site)) as people:
            pictures_for_docs(people)
            if "--docs" not in sys.argv:
                shutil.rmtree(FOR_LOOKING, ignore_errors=True)
                pictures_for_looking(people, site)
        browser.close()
    return 0


def pictures_for_docs(people: Watched) -> None:
    for language, name in (("en", "question"), ("ur", "question-ur")):
        page = people.window(PHONE)
        page.goto(f"/s/home?lang={language}")
        go_on(page)
        give(page, "yes")
        go_on(page)
        give(page, "quite")
        _keep(page, name)
    page = people.window(TOP_OF_RESULTS, staff=True)
    page.goto(f"{people.site.staff}/surveys/home/results")
    _keep(page, "results")


def _keep(page: Page, name: str) -> None:
    (FOR_DOCS / f"{name}.png").write_bytes(smaller(page.screenshot()))


def pictures_for_looking(people: Watched, site: Site) -> None:
    """Every page at two widths, in light and dark; what residents see in two languages."""
    for size in (NARROW, WIDE):
        for language in ("en", "ur"):
            page = people.window(size)
            for number, state in enumerate(residents_states(page, language)):
                _take(page, f"{size[0]}-{language}-{number:02d}-{state}")
        page = people.window(size, staff=True)
        for address in staff_pages(page, site):
            _take(page, f"{size[0]}-staff-{address.removeprefix(site.url)}")


def _take(page: Page, name: str) -> None:
    file = re.sub(r"[^a-z0-9]+", "-", re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "x", name)).strip("-")
    for colours in ("dark", "light"):
        page.emulate_media(color_scheme="dark" if colours == "dark" else "light")
        folder = FOR_LOOKING / colours
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=folder / f"{file}.png", full_page=True)


if __name__ == "__main__":
    sys.exit(main())
