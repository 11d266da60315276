"""A newcomer writes a survey, publishes it and answers it: without script, in few clicks."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.looking import Faults, look
from tests.browser.opening import DESK, SMALL_PHONE, Watched
from tests.browser.site import Site
from tests.browser.walks import give, go_on

MOST_CLICKS = 60
TARGET = 24


class Hand:
    """Counts every click, tick and choice."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0

    def clicks_on(self, what: Locator) -> None:
        self.clicks += 1
        what.click()

    def chooses(self, box: Locator, words: str) -> None:
        self.clicks += 2
        box.select_option(label=words)

    def writes(self, label: str, words: str) -> None:
        self.clicks += 1
        self.page.get_by_label(label, exact=True).fill(words)

    def presses(self, words: str) -> None:
        self.clicks_on(self.page.get_by_role("button", name=words, exact=True).first)

    def follows(self, words: str) -> None:
        self.clicks_on(self.page.get_by_role("link", name=words, exact=True).first)


def test_a_newcomer_writes_publishes_and_answers_a_survey_in_few_clicks(people: Watched, site: Site) -> None:
    page = people.window(DESK)
    page.goto(site.sign_in_link())
    hand = Hand(page)
    hand.clicks_on(page.get_by_role("button", name="Sign in as Example owner"))
    hand.follows("New survey")
    hand.writes("What is it about?", "Benches on Mill Street")
    hand.presses("Begin")
    _writes_two_questions(hand)
    hand.follows("All questions")
    hand.follows("Go to publishing")
    hand.presses("Publish this survey")
    expect(page.get_by_role("status")).to_contain_text("Published as version 1. It takes answers now.")
    assert hand.clicks < MOST_CLICKS
    _answers(people)
    page.get_by_role("link", name="See the results").click()
    expect(page.get_by_text("More benches").first).to_be_visible()


def _writes_two_questions(hand: Hand) -> None:
    page = hand.page
    hand.writes("The question", "Do you sit on Mill Street?")
    hand.chooses(page.get_by_label("How it is answered"), "Yes or no")
    hand.presses("Add this question")
    hand.follows("All questions")
    hand.writes("The question", "What would help most?")
    hand.writes("Options, one on each line", "More benches\nMore shade\nNothing")
    hand.presses("Add this question")
    hand.chooses(page.get_by_label("Ask this only if, 1"), "The answer is Yes")
    hand.presses("Save")
    expect(page.get_by_role("status")).to_contain_text("Saved.")
    expect(page.locator(".preview")).to_contain_text("1 More benches")
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("heading", name="What would help most?")).to_be_visible()
    expect(frame.get_by_text("More benches")).to_be_visible()


def _answers(people: Watched) -> None:
    phone = people.window()
    phone.goto("/s/benches-mill-street")
    go_on(phone)
    give(phone, "yes")
    go_on(phone)
    give(phone, "more_benches")
    go_on(phone)
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Thank you")


def test_the_builders_pages_in_trouble_can_be_used_by_everybody(people: Watched, site: Site) -> None:
    """What the walk through all staff pages does not meet: questions, stale forms, changes to a live survey."""
    page, faults = people.window(SMALL_PHONE, script=True, staff=True), Faults()
    page.goto(f"{site.staff}/surveys/shapes/builder")
    addresses = page.locator(".asked a").evaluate_all("links => links.map(link => link.href)")
    assert len(addresses) == 3
    for address in addresses:
        page.goto(address)
        look(page, address.removeprefix(site.url), faults, TARGET)
    for name, words in (("words", ""), ("words", "Something else altogether?")):
        page.goto(addresses[0])
        page.get_by_label("The question", exact=True).fill(words)
        page.get_by_role("button", name="Save").first.click()
        look(page, f"{name}: {words}", faults, TARGET)
    stale = people.window(SMALL_PHONE, script=True, staff=True)
    stale.goto(addresses[1])
    page.goto(addresses[1])
    page.get_by_label("Why we ask", exact=True).fill("To know.")
    _saves_twice(page)
    stale.get_by_label("Why we ask", exact=True).fill("To learn.")
    _saves_twice(stale)
    expect(stale.get_by_text("Somebody else changed this question meanwhile")).to_be_visible()
    look(stale, "stale", faults, TARGET)
    assert faults == Faults(looked_at=faults.looked_at)


def _saves_twice(page: Page) -> None:
    """Saves, and says so again where the page first tells what it does."""
    page.get_by_role("button", name="Save").first.click()
    if page.get_by_text("Read what this does, then save").count():
        page.get_by_role("button", name="Save").first.click()
