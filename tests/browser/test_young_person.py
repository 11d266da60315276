"""Someone of fifteen, on the smallest phone, without script, on a bad line: what they said is what is kept."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from svvoice.language import speech
from svvoice.store.tables import AnswerRow, ResponseRow
from tests.browser.opening import SMALL_PHONE, Watched
from tests.browser.site import Site

VIA = "fifteen"


def test_a_young_person_answers_everything_on_a_small_phone_with_a_bad_line(people: Watched, site: Site) -> None:
    page = people.window(SMALL_PHONE)
    page.goto(f"/s/home?lang=en&via={VIA}")
    expect(page.get_by_role("heading", level=1)).to_have_text("What is it like to live around here?")
    expect(page.get_by_text("Only people who work on this")).to_be_visible()
    page.get_by_role("link", name="Start").click()

    _choose(page, "Do you live near Leeds Road?", "Yes")
    _choose(page, "How safe do you feel", "Very safe")
    _changes_their_mind(page)
    _choose(page, "Where is it darkest?", "Something else", other="Behind the shops")
    _chooses_too_many(page)
    _choose(page, "Which days should the youth club open?", "Friday", "Sunday")
    _choose(page, "How good is this area", "4")
    _writes_a_number_badly(page)
    _loses_the_connection(page)
    _reads_on_in_welsh(page)
    page = _comes_back_in_a_new_window(page)
    _finishes(page)

    assert _response(site) == ("complete", "web", "cy")
    assert _answers(site) == {
        "near": ("answered", "yes", None),
        "safe": ("answered", "not_very", None),
        "dark_place": ("answered", "other", "Behind the shops"),
        "better": ("answered", "lights|young_place", None),
        "club_days": ("answered", "friday|sunday", None),
        "good": ("answered", "4", None),
        "years": ("answered", "7", None),
        "change": ("answered", "Lights by the park, please.\nAnd a bus.", None),
        "first": ("answered", "yes", None),
        "area": ("skipped", None, None),
        "age": ("answered", "under_16", None),
        "heard_how": ("skipped", None, None),
        "before": ("answered", "no", None),
    }


def _card(page: Page, words: str) -> Locator:
    """The choice with these words, by the name that a screen reader says: its number, then its words, if it has any."""
    return page.locator("main").get_by_label(re.compile(rf"^(\d+ )?{words} ?$"))


def _choose(page: Page, question: str, *answers: str, other: str = "") -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(question)
    for answer in answers:
        _card(page, answer).check()
    if other:
        page.get_by_label("In your own words").fill(other)
    page.get_by_role("button", name="Continue").click()


def _changes_their_mind(page: Page) -> None:
    """Two pages back and forth: what was chosen is still chosen, and the other answer takes its place."""
    expect(page.get_by_role("heading", level=1)).to_contain_text("What would make your street better?")
    page.get_by_role("link", name="Back").click()
    expect(_card(page, "Very safe")).to_be_checked()
    _card(page, "Not very safe").check()
    page.get_by_role("button", name="Continue").click()


def _chooses_too_many(page: Page) -> None:
    everything = ("More street lights", "Slower cars", "A place for young people", "Cleaner pavements")
    for one in everything:
        _card(page, one).check()
    page.get_by_role("button", name="Continue").click()
    expect(page).to_have_title(re.compile("^Error: What would make your street better"))
    expect(page.get_by_role("alert")).to_be_focused()
    for one in everything:
        expect(_card(page, one)).to_be_checked()
    _card(page, "Slower cars").uncheck()
    _card(page, "Cleaner pavements").uncheck()
    page.get_by_role("button", name="Continue").click()


def _writes_a_number_badly(page: Page) -> None:
    box = page.get_by_role("textbox", name="How many years have you lived here?")
    box.fill("all my life")
    page.get_by_role("button", name="Continue").click()
    expect(box).to_have_value("all my life")
    box.fill("7")
    page.get_by_role("button", name="Continue").click()


def _loses_the_connection(page: Page) -> None:
    """The line goes while the answer is sent. It is sent again when the line is back, and once more by mistake."""
    box = page.get_by_role("textbox", name="What one thing would you change here?")
    box.fill("Lights by the park, please.\nAnd a bus.")
    page.context.set_offline(True)
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("chrome-error://**")
    page.context.set_offline(False)
    page.reload()
    page.reload()


def _reads_on_in_welsh(page: Page) -> None:
    expect(page.get_by_text("The last questions are about you.")).to_be_visible()
    _card(page, "Yes, first time").check()
    page.get_by_role("button", name="Continue").click()
    page.locator("summary").filter(has_text="English").click()
    page.get_by_role("link", name="Cymraeg").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Beth yw rhan gyntaf eich cod post?")
    expect(page.locator("html")).to_have_attribute("lang", "cy")
    page.locator("button[name=skip]").click()


def _comes_back_in_a_new_window(page: Page) -> Page:
    again = page.context.new_page()
    page.close()
    again.goto("/s/home")
    expect(again.locator("html")).to_have_attribute("lang", "cy")
    again.locator(".button").click()
    return again


def _finishes(page: Page) -> None:
    welsh = speech("cy").say
    page.locator("input[value=under_16]").check()
    page.locator("button.button").click()
    page.locator("button[name=skip]").click()
    page.locator("input[value=no]").check()
    page.locator("button.button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(welsh("Thank you. We have your answers."))
    page.get_by_role("button", name=welsh("I have finished")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(welsh("You have finished"))


def _response(site: Site) -> tuple[str, ...]:
    wanted = select(ResponseRow.status, ResponseRow.channel, ResponseRow.language).where(
        ResponseRow.organisation_id == site.organisation_id, ResponseRow.collector == VIA
    )
    with site.database.engine.connect() as connection:
        return tuple(connection.execute(wanted).one())


def _answers(site: Site) -> dict[str, tuple[str | None, ...]]:
    wanted = (
        select(AnswerRow.question_id, AnswerRow.state, AnswerRow.value, AnswerRow.other)
        .join(ResponseRow, ResponseRow.id == AnswerRow.response_id)
        .where(
            AnswerRow.organisation_id == site.organisation_id,
            ResponseRow.organisation_id == site.organisation_id,
            ResponseRow.collector == VIA,
        )
    )
    with site.database.engine.connect() as connection:
        return {question: tuple(rest) for question, *rest in connection.execute(wanted)}
