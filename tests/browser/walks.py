"""Walks through every state a page can be in: those of residents in one language, and those of staff."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from playwright.sync_api import Page

from tests.browser.site import Site

LANGUAGES = ("en", "cy", "pl", "ur")

HOME: tuple[tuple[str, str], ...] = (
    ("near", "yes"),
    ("safe", "not_very"),
    ("dark_place", "park"),
    ("better", "young_place"),
    ("club_days", "friday"),
    ("good", "3"),
    ("years", "4"),
    ("change", "More lights. \u0632\u06cc\u0627\u062f\u06c1 \u0628\u062a\u06cc\u0627\u06ba"),
    ("first", "yes"),
    ("area", "LS9"),
    ("age", "under_16"),
    ("heard_how", "school"),
    ("before", "no"),
)
"""Answers that lead through every question of the example survey."""

SHAPES: tuple[tuple[str, str], ...] = (("walk", "yes"), ("week", "10"), ("health", "a_little"))


def residents_states(page: Page, language: str) -> Iterator[str]:
    """Brings the page into each state in turn and gives the state's name."""
    yield from _home(page, language)
    for state, address in (
        ("what people said", f"/s/home/what-people-said?lang={language}"),
        ("closed", f"/s/shut?lang={language}"),
        ("not found", f"/s/nowhere?lang={language}"),
    ):
        page.goto(address)
        yield state
    if language in {"en", "ur"}:  # the languages of that survey
        yield from _shapes(page, language)
    if language == "en":
        page.goto("/s/young")
        yield "young people's first page"


def _home(page: Page, language: str) -> Iterator[str]:
    page.goto(f"/s/home?lang={language}")
    yield "first page"
    go_on(page)
    for question, value in HOME:
        yield question
        if question == "better":
            tick_all(page)
            go_on(page)
            yield "an error at choices"
            untick_all(page)
        if question == "years":
            page.fill("#answer", "400")
            go_on(page)
            yield "an error at a box"
        give(page, value)
        go_on(page)
    yield "thanks"
    page.goto("/s/home")
    yield "first page, begun before"
    page.goto("/s/home/tell-me")
    yield "tell me"
    page.fill("#phone", "12")
    page.click(".panel .button")
    yield "tell me, an error"
    page.fill("#phone", "07700 900999")
    page.click(".panel .button")
    yield "will be told"
    page.goto("/s/home/delete-my-answers")
    yield "delete?"
    page.click("form .button")
    yield "deleted"


def _shapes(page: Page, language: str) -> Iterator[str]:
    page.goto(f"/s/shapes?lang={language}")
    go_on(page)
    yield "shapes: walk"
    go_on(page)
    yield "an error: an answer is needed"
    for question, value in SHAPES:
        if question != "walk":
            yield f"shapes: {question}"
        give(page, value)
        go_on(page)
    page.click("form[action*=finish-here] button")
    yield "finished here"


def go_on(page: Page) -> None:
    """Presses the one filled button."""
    page.locator(".button:not(.second)").last.click()
    page.wait_for_load_state()


def give(page: Page, value: str) -> None:
    choice = page.locator(f'input[name=answer][value="{value}"]')
    if choice.count():
        choice.check(force=True)  # the real input covers its card unseen
    else:
        page.fill("#answer", value)


def tick_all(page: Page) -> None:
    for choice in page.locator("input[type=checkbox][name=answer]").all():
        choice.check(force=True)


def untick_all(page: Page) -> None:
    for choice in page.locator("input[type=checkbox][name=answer]").all():
        choice.uncheck(force=True)


def staff_pages(page: Page, site: Site) -> Iterator[str]:
    """Opens one page of every kind that staff see, by following every link from the first one; gives its address."""
    seen: set[str] = set()
    waiting = [f"{site.staff}/"]
    while waiting:
        address = waiting.pop()
        if (kind := _kind(address)) in seen:
            continue
        seen.add(kind)
        page.goto(address)
        waiting += [link for link in page.locator("a[href]").evaluate_all(HREFS) if _is_staff_page(link, site)]
        yield address


def staff_errors(page: Page, addresses: list[str]) -> Iterator[str]:
    """Sends every form that adds or changes something emptied, and gives the page that asks to look again."""
    for address in addresses:
        page.goto(address)
        form = page.locator("main form[method=post]:has(.in:visible)").first
        if not form.count():
            continue
        for box in form.locator("input.in:visible, textarea.in:visible").all():
            box.fill("")
        form.locator("button").first.click()
        page.wait_for_load_state()
        if page.title().startswith("Error:"):
            yield f"{address}, sent empty"


HREFS = "links => links.map(link => link.href.split('#')[0])"


def _is_staff_page(link: str, site: Site) -> bool:
    parts = urlsplit(link)
    inside = link.startswith((site.staff, f"{site.url}/account", f"{site.url}/organisations"))
    like_another = "/surveys/shapes/" in parts.path or "/surveys/young/" in parts.path
    return inside and not like_another and not parts.path.endswith(".csv")


def _kind(address: str) -> str:
    """Addresses that differ only in an id or a value are one kind of page; a full survey and an empty one are two."""
    parts = urlsplit(address)
    path = re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "*", parts.path)
    path = re.sub(r"/(questions|states)/[a-z0-9_]+$", r"/\1/*", path)
    return path + "?" + ",".join(sorted(pair.split("=")[0] for pair in parts.query.split("&")))
