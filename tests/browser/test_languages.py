"""Every language on the pages that anyone can read; right to left where it is written so."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from svvoice.language import speech
from tests.browser.opening import SMALL_PHONE, Watched
from tests.browser.walks import LANGUAGES, give, go_on

MIRRORED = "one => new DOMMatrix(getComputedStyle(one).transform).a"
"""-1 where a thing is mirrored, 1 where it is not."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_anyone_reads_what_people_said_in_their_own_language(people: Watched, language: str) -> None:
    page, say = people.window(SMALL_PHONE), speech(language).say
    page.goto(f"/s/home/what-people-said?lang={language}")
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("html")).to_have_attribute("dir", "rtl" if language == "ur" else "ltr")
    expect(page.get_by_role("heading", level=1)).to_have_text(say("What people said"))
    expect(page.locator("article.decision")).not_to_have_count(0)
    in_another = page.locator("main [lang]").evaluate_all("all => all.map(one => one.lang)")
    assert [tag for tag in in_another if tag != language] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_browser_s_own_language_is_taken_where_none_is_chosen(people: Watched, language: str) -> None:
    page = people.window(SMALL_PHONE, locale=f"{language}-GB")
    page.goto("/s/home")
    expect(page.locator("html")).to_have_attribute("lang", language)


def test_in_urdu_the_page_is_mirrored_and_numbers_are_not(people: Watched) -> None:
    page = people.window(SMALL_PHONE, script=True)
    _second_question(page, "ur")
    back, main = page.locator(".top > a"), page.locator("main")
    assert back.locator("svg").evaluate(MIRRORED) == -1
    assert page.locator(".bar").evaluate(MIRRORED) == -1
    assert _middle(page, ".top > a") > 160 > _middle(page, ".switch")
    for card in main.locator(".card").all():
        ring, words, box = card.locator(".ring"), card.locator(".words"), card.bounding_box()
        assert box is not None
        assert ring.evaluate("one => [one.tagName, one.dir]") == ["BDI", "ltr"]
        assert ring.evaluate("one => one.getBoundingClientRect().left") > box["x"] + box["width"] / 2
        assert words.evaluate("one => getComputedStyle(one).direction") == "rtl"
    give(page, "quite")
    assert page.locator(":checked + label .tick").evaluate("one => getComputedStyle(one).transform") == "none"
    assert [
        one for one in page.locator(".help bdi").evaluate_all("all => all.map(one => one.dir)") if one != "ltr"
    ] == []


def test_in_english_nothing_is_mirrored(people: Watched) -> None:
    page = people.window(SMALL_PHONE, script=True)
    _second_question(page, "en")
    assert page.locator(".top > a svg").evaluate(MIRRORED) == 1
    assert _middle(page, ".top > a") < 160 < _middle(page, ".switch")


def _second_question(page: Page, language: str) -> None:
    page.goto(f"/s/home?lang={language}")
    go_on(page)
    give(page, "yes")
    go_on(page)


def _middle(page: Page, selector: str) -> float:
    box = page.locator(selector).bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2
