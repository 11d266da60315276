"""Every page in every state: usable by everybody, on the smallest phone, in light and dark, with no script in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser import opening
from tests.browser.looking import Faults, look, violations
from tests.browser.opening import SMALL_PHONE, Watched
from tests.browser.site import Site
from tests.browser.walks import LANGUAGES, residents_states, staff_addresses, staff_errors

RESIDENTS_TARGET, STAFF_TARGET = 44, 24
"""Least height of what can be pressed, in CSS pixels."""

WHO = (*LANGUAGES, "staff")

Seen = Callable[[str], Faults]


@pytest.fixture(scope="module")
def seen(browser: Browser, site: Site, signed_in: Any) -> Seen:
    """All pages of one language, or of staff, looked at once for all the tests here."""
    kept: dict[str, Faults] = {}

    def seen_by(who: str) -> Faults:
        if who not in kept:
            with opening.watched(browser, site, signed_in) as people:
                kept[who] = _staff(people, site) if who == "staff" else _residents(people, who)
                kept[who].unrest += people.wrong
        return kept[who]

    return seen_by


def _residents(people: Watched, language: str) -> Faults:
    page, faults = people.window(SMALL_PHONE, script=True), Faults()
    for state in residents_states(page, language):
        look(page, state, faults, RESIDENTS_TARGET)
    return faults


def _staff(people: Watched, site: Site) -> Faults:
    page, faults = people.window(SMALL_PHONE, script=True, staff=True), Faults()
    addresses = staff_addresses(page, site)
    for address in addresses:
        page.goto(address)
        look(page, address.removeprefix(site.url), faults, STAFF_TARGET)
    for state in staff_errors(page, addresses):
        look(page, state.removeprefix(site.url), faults, STAFF_TARGET)
    page = people.window(SMALL_PHONE, script=True)
    for address in ("/", "/sign-in", "/join/ended", "/phone", f"{site.staff}/nowhere"):
        page.goto(address)
        look(page, address.removeprefix(site.url), faults, STAFF_TARGET)
    return faults


@pytest.mark.parametrize("who", WHO)
def test_no_page_breaks_a_rule_of_accessibility(seen: Seen, who: str) -> None:
    assert seen(who).axe == []


@pytest.mark.parametrize("who", WHO)
def test_nothing_scrolls_sideways_on_the_smallest_phone_with_large_or_spaced_text(seen: Seen, who: str) -> None:
    assert (seen(who).sideways, seen(who).clipped) == ([], [])


@pytest.mark.parametrize("who", WHO)
def test_everything_that_can_be_pressed_is_large_enough_for_a_thumb(seen: Seen, who: str) -> None:
    assert seen(who).small_targets == []


@pytest.mark.parametrize("who", WHO)
def test_no_page_holds_script_or_asks_another_server_or_complains(seen: Seen, who: str) -> None:
    assert (seen(who).scripts, seen(who).unrest) == ([], [])


def test_every_state_was_looked_at(seen: Seen) -> None:
    """The other tests would be blind where a walk ended early."""
    assert {language: len(seen(language).looked_at) for language in LANGUAGES} == {
        "en": 32,
        "cy": 26,
        "pl": 26,
        "ur": 31,
    }
    assert len(seen("staff").looked_at) >= 45


def test_these_eyes_see(people: Watched) -> None:
    """What breaks the rules on purpose is found: otherwise an empty list of faults would mean nothing."""
    page, faults = people.window(SMALL_PHONE, script=True), Faults()
    page.set_content(
        "<!doctype html><html lang=en><title>x</title><h1 style='color:#999'>Pale</h1><main><input>"
        "<button style='height:20px;width:900px'>Wide</button><p style='overflow:hidden;height:5px'>Cut off</p>"
        "<script></script></main>"
    )
    look(page, "broken", faults, RESIDENTS_TARGET)
    rules = {line.split(", ")[1].split(":")[0] for line in faults.axe}
    assert {"label", "region", "color-contrast"} <= rules
    assert [bool(found) for found in (faults.sideways, faults.clipped, faults.small_targets, faults.scripts)] == [
        True
    ] * 4


def test_dark_colours_are_looked_at_too(people: Watched) -> None:
    page = people.window(SMALL_PHONE, script=True)
    page.set_content(
        "<!doctype html><html lang=en><title>x</title>"
        "<style>@media (prefers-color-scheme: dark) {h1 {color: #eee} p {color: #6b6b6b}}</style>"
        "<main><h1>Too pale in the dark</h1><p>Not dark enough</p></main>"
    )
    assert {line.split(":")[0] for line in violations(page)} == {
        "dark, color-contrast",
        "dark, color-contrast-enhanced",
    }
