"""An officer, from the link to sign in to the page on which everybody reads what was decided."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.opening import DESK, Watched
from tests.browser.site import Site

PROMISE = "Cars go slower on Mill Street"
CLAIM = "would rather have more street lights than slower cars"
HEARD, REASON, OTHERWISE = "Slow the cars down.", "A crossing comes first, by May.", "We would have waited a year."

FOCUS = """() => {
    const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
    const middle = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    const outline = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    return {words: one.outerHTML.slice(0, 80), outline,
        uncovered: one === middle || one.contains(middle) || !!middle && middle.contains(one)};
}"""


def test_an_officer_makes_a_finding_decides_with_the_keyboard_and_everybody_reads_it(
    people: Watched, site: Site
) -> None:
    page = people.window(DESK)
    page.goto(site.sign_in_link())
    page.get_by_role("button", name="Sign in as Example owner").click()
    _makes_a_finding(page)
    _puts_it_under_promises(page)
    _decides_with_the_keyboard(page)
    page.get_by_role("button", name="Publish it and text").click()
    expect(page.get_by_role("status")).to_contain_text("will be texted, by day only.")

    anyone = people.window()
    anyone.goto("/s/home/what-people-said?lang=en")
    decision = anyone.get_by_role("article").filter(has_text=HEARD)
    expect(decision).to_contain_text(REASON)
    expect(decision).to_contain_text(f"Without you: {OTHERWISE}")
    expect(anyone.get_by_text("No answer yet.")).to_have_count(0)


def _makes_a_finding(page: Page) -> None:
    page.get_by_role("navigation").get_by_role("link", name="Surveys").click()
    page.get_by_role("link", name="What is it like to live around here?", exact=True).click()
    page.get_by_role("link", name="See the results").click()
    expect(page.get_by_text("reached the end")).to_be_visible()
    page.get_by_role("link", name="Make this a finding: What would make your street better?").click()
    page.get_by_label("More street lights").check()
    page.get_by_label("What it says, in your own words").fill(CLAIM)
    page.get_by_role("button", name="See the sentence").click()
    expect(page.locator(".people").filter(has_text="So it will read")).to_contain_text(CLAIM)
    page.get_by_role("button", name="Keep this finding").click()
    expect(page.get_by_role("status")).to_contain_text("The finding is kept")


def _puts_it_under_promises(page: Page) -> None:
    """It supports one promise and goes against another: both ways are shown."""
    finding = page.url
    for promise, direction, tag in (
        ("Leeds Road is lit after dark", "Supports the promise", "Supports"),
        (PROMISE, "Goes against it", "Goes against"),
    ):
        page.goto(finding)
        page.get_by_role("link", name=promise).click()
        page.get_by_label(direction).check()
        page.get_by_role("button", name="Put it under the promise").click()
        evidence = page.get_by_role("article").filter(has_text=promise).locator(".evidence").filter(has_text=CLAIM)
        expect(evidence.locator(".tag")).to_have_text(tag)


def _decides_with_the_keyboard(page: Page) -> None:
    """From the plan to the decision as it will be read, without a mouse; where one is can be seen at each step."""
    page.goto(page.url.split("#")[0])
    tab_to(page, page.get_by_role("article").filter(has_text=PROMISE).get_by_role("link", name="Write the decision"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Write the decision")
    tab_to(page, page.get_by_label("Yes", exact=True))
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("In part")).to_be_checked()
    for label, words in (
        ("You said", HEARD),
        ("What we will do, or why not", REASON),
        ("What would you have done without these voices?", OTHERWISE),
    ):
        tab_to(page, page.get_by_role("textbox", name=label))
        page.keyboard.type(words)
    tab_to(page, page.get_by_label("They changed what we will do"))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="Keep it and look at it"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Look at the decision")


def tab_to(page: Page, wanted: Locator) -> None:
    """Presses Tab until the thing has the focus. Whatever has it on the way must show it and be in view."""
    for _ in range(80):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        assert focus["outline"], f"no outline at {focus['words']}"
        assert focus["uncovered"], f"hidden at {focus['words']}"
        if wanted.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError("The focus never got there.")
