"""Every page in every state: usable by everybody, on the smallest phone, in light and dark, with no script in it."""

from __future__ import annotations

import pytest

from tests.browser.looking import Faults, look, violations
from tests.browser.opening import SMALL_PHONE, Watched
from tests.browser.site import Site
from tests.browser.walks import residents_states, staff_errors, staff_pages

RESIDENTS_TARGET, STAFF_TARGET = 44, 24
"""Least height of what can be pressed, in CSS pixels."""


@pytest.mark.parametrize(("language", "states"), [("en", 32), ("cy", 26), ("pl", 26), ("ur", 31)])
def test_everybody_can_use_every_page_that_residents_see(people: Watched, language: str, states: int) -> None:
    faults = _residents(people, language)
    assert len(faults.looked_at) == states
    assert faults == Faults(looked_at=faults.looked_at)


def test_everybody_can_use_every_staff_page(people: Watched, site: Site) -> None:
    faults = _staff(people, site)
    assert len(faults.looked_at) >= 45
    assert faults == Faults(looked_at=faults.looked_at)


def _residents(people: Watched, language: str) -> Faults:
    page, faults = people.window(SMALL_PHONE, script=True), Faults()
    for state in residents_states(page, language):
        look(page, state, faults, RESIDENTS_TARGET)
    return faults


def _staff(people: Watched, site: Site) -> Faults:
    page, faults = people.window(SMALL_PHONE, script=True, staff=True), Faults()
    addresses = []
    for address in staff_pages(page, site):
        look(page, address.removeprefix(site.url), faults, STAFF_TARGET)
        addresses.append(address)
    for state in staff_errors(page, addresses):
        look(page, state.removeprefix(site.url), faults, STAFF_TARGET)
    page = people.window(SMALL_PHONE, script=True)
    for address in ("/", "/sign-in", "/join/ended", "/phone", f"{site.staff}/nowhere"):
        page.goto(address)
        look(page, address.removeprefix(site.url), faults, STAFF_TARGET)
    return faults


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
    assert all((faults.sideways, faults.clipped, faults.small_targets, faults.scripts)), faults


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
