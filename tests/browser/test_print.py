"""The plan and the results on paper: what is said stays, what can only be pressed goes."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.opening import DESK, Watched
from tests.browser.site import Site

SEEN = "all => all.filter(one => one.checkVisibility()).map(one => one.outerHTML.slice(0, 90))"


@pytest.mark.parametrize("address", ["plan", "surveys/home/results"])
def test_on_paper_there_is_nothing_to_press(people: Watched, site: Site, address: str) -> None:
    page = people.window(DESK, staff=True)
    page.goto(f"{site.staff}/{address}")
    page.emulate_media(media="print")
    pressed = page.locator("nav, button, .side, .skip, .btn, .noprint, input:not([type=hidden]), select")
    assert pressed.evaluate_all(SEEN) == []
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_promise_stands_whole_on_paper(people: Watched, site: Site) -> None:
    page = people.window(DESK, staff=True)
    page.goto(f"{site.staff}/plan")
    page.emulate_media(media="print")
    promise = page.get_by_role("article").first
    expect(promise.get_by_text("What we say")).to_be_visible()
    expect(promise.get_by_text("What people say")).to_be_visible()
    assert promise.evaluate("one => getComputedStyle(one).breakInside") == "avoid"
    assert page.pdf(format="A4").startswith(b"%PDF-")


def test_a_question_on_paper_is_the_question_and_its_answers(people: Watched) -> None:
    page = people.window()
    page.goto("/s/home/near?lang=en")
    page.emulate_media(media="print")
    assert page.locator("button, .top a, .switch, .help").evaluate_all(SEEN) == []
    expect(page.locator(".card")).to_have_count(2)
