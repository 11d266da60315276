"""Nobody's script runs: what residents, colleagues and authors write stays words, on every page that shows it."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta
from itertools import cycle
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from svvoice import clock
from svvoice.accounts import actions as accounts
from svvoice.accounts import link_actions
from svvoice.accounts.link_actions import NewPerson
from svvoice.core.decisions import Difference, Verdict
from svvoice.core.evidence import Direction, Refused
from svvoice.plans import actions as planning
from svvoice.plans import decision_actions, finding_actions
from svvoice.plans.actions import By
from svvoice.plans.decision_actions import Published, Written
from svvoice.plans.finding_actions import Frozen
from svvoice.plans.numbers import Asked, finding_of
from svvoice.store import colleagues, plans
from svvoice.store.decisions import Decided
from svvoice.store.plans import Commitment
from tests.browser.opening import DESK, Watched
from tests.browser.payloads import PAYLOADS
from tests.browser.site import Site
from tests.browser.walks import staff_pages

TURN = re.compile(r'name="turn" value="([^"]+)"')
WORDS = cycle([PAYLOADS[place * 27 % len(PAYLOADS)] for place in range(len(PAYLOADS))])
"""In leaps, so that neighbours are not alike: a survey refuses choices that read the same."""


def _survey() -> dict[str, Any]:
    """A survey whose author writes scripts wherever words go."""
    options = [{"id": f"option_{place}", "text": {"en": next(WORDS)}} for place in range(4)]
    pick = {"id": "pick", "kind": "single_choice", "other": True, "text": {"en": next(WORDS)}, "options": options}
    write = {"id": "write", "kind": "text", "text": {"en": next(WORDS)}}
    return {
        "svvoice": 1,
        "slug": "harm",
        "default_language": "en",
        "languages": ["en"],
        **{place: {"en": next(WORDS)} for place in ("title", "intro", "thanks")},
        "questions": [
            {**question, "hint": {"en": next(WORDS)}, "why": {"en": next(WORDS)}} for question in (pick, write)
        ],
    }


@pytest.fixture(scope="module")
def harmed(site: Site) -> Site:
    """The site after people of every kind have written every payload."""
    site.publish(_survey())
    for payload in PAYLOADS:
        _answer(site, payload)
    _colleague(site)
    _decision(site)
    return site


def _answer(site: Site, payload: str) -> None:
    page = _open(f"{site.url}/s/harm/pick")
    page = _open(f"{site.url}/s/harm/pick", turn=_turn(page), answer="other", other=payload)
    _open(f"{site.url}/s/harm/write", turn=_turn(page), answer=payload)


def _open(address: str, **fields: str) -> str:
    with urlopen(address, urlencode(fields).encode() if fields else None) as answer:  # noqa: S310 - our own server
        return str(answer.read().decode())


def _turn(page: str) -> str:
    found = TURN.search(page)
    assert found
    return html.unescape(found.group(1))


def _colleague(site: Site) -> None:
    with site.database.reading() as session:
        owner = colleagues.first_owner(session, site.organisation_id)
    assert owner is not None
    token = accounts.invite(site.database, site.organisation_id, "viewer", owner.account_id, clock.now())
    person = NewPerson(PAYLOADS[0], PAYLOADS[1].casefold(), "a long enough pass phrase")
    link_actions.join_as_new(site.database, token, person, clock.now())


def _decision(site: Site) -> None:
    """A promise, how it stands, a finding, evidence, an answer to it, and a decision, in words that are scripts."""
    database, ours, by = site.database, site.organisation_id, By(None, clock.now())
    with database.reading() as session:
        outcome = plans.outcomes_of(session, ours)[0]
    soon = date.today() + timedelta(days=30)  # noqa: DTZ011 - any day in the future
    promise = Commitment(uuid4(), outcome.id, {"en": next(WORDS)}, next(WORDS), soon, soon, "planned")
    planning.add_promise(database, ours, promise, by)
    planning.say_progress(database, ours, uuid4(), by, commitment_id=promise.id, words=next(WORDS), name=next(WORDS))
    asked = Asked("harm", "pick", ("other",), next(WORDS))
    seen = finding_of(finding_actions.numbers(database, ours, asked), asked)
    assert not isinstance(seen, Refused), seen
    kept = finding_actions.freeze(database, ours, asked, seen.content_hash, by)
    assert isinstance(kept, Frozen)
    finding_actions.attach(
        database, ours, promise.id, kept.finding_id, by, direction=Direction.AGAINST, note=next(WORDS)
    )
    decided = Decided(Verdict.NO, {"en": next(WORDS)}, {"en": next(WORDS)}, {"en": next(WORDS)}, Difference.CHANGED)
    written = decision_actions.write(database, ours, promise.id, decided, by)
    assert isinstance(written, Written)
    done = decision_actions.publish(
        database, ours, promise.id, written.decision_id, by,
        seen=decision_actions.digest(decided), name="Leeds Road", public_url=site.url,
    )  # fmt: skip
    assert isinstance(done, Published)


def _window(people: Watched, *, staff: bool) -> Page:
    """A browser that runs scripts and does not heed our policy: only the pages themselves are left to stop them."""
    page = people.window(DESK, script=True, staff=staff, bypass_csp=True)
    page.context.expose_function("hit", lambda: people.wrong.append(f"a script ran on {page.url}"))
    return page


def test_a_hundred_scripts_in_answers_stay_words_for_staff(people: Watched, harmed: Site) -> None:
    page = _window(people, staff=True)
    for question in ("pick", "write"):
        read: list[str] = []
        page.goto(f"{harmed.staff}/surveys/harm/results/{question}")
        while True:
            read += page.locator("blockquote").all_inner_texts()
            if not (older := page.get_by_role("link", name="Older")).count():
                break
            older.click()
        assert {" ".join(one.split()) for one in PAYLOADS} - {" ".join(one.split()) for one in read} == set()
    assert len(PAYLOADS) >= 100


def test_no_script_runs_on_any_staff_page(people: Watched, harmed: Site) -> None:
    page = _window(people, staff=True)
    addresses = {address.removeprefix(harmed.staff) for address in staff_pages(page, harmed)}
    assert {"/surveys/harm", "/surveys/harm/results", "/plan", "/colleagues", "/surveys/harm/findings/new"} <= addresses


def test_no_script_runs_on_any_page_that_residents_see(people: Watched, harmed: Site) -> None:
    page = _window(people, staff=False)
    all_at_once = "\n".join(PAYLOADS)
    page.goto("/s/harm/what-people-said")
    expect(page.locator("article.decision")).to_have_count(1)
    page.goto("/s/harm")
    page.get_by_role("link", name="Start").click()
    page.locator("input[value=other]").check()
    page.locator("#other").fill(all_at_once.replace("\n", " "))
    page.get_by_role("button", name="Continue").click()
    page.locator("#answer").fill(all_at_once + "x" * 5000)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.locator("#answer").fill(all_at_once)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("link", name="Change my answers").click()
    expect(page.locator("#answer")).to_have_value(all_at_once)
    page.get_by_role("link", name="Back").click()
    expect(page.locator("#other")).to_have_value(re.compile("^<script>hit"))


def test_a_script_that_is_not_stopped_is_noticed(people: Watched) -> None:
    """The tests above would be blind where the alarm did not ring."""
    page = _window(people, staff=False)
    page.goto("/healthz")
    page.set_content(f"<p>{PAYLOADS[0]}")
    page.wait_for_timeout(200)
    assert people.wrong == [f"a script ran on {page.url}"]
    people.wrong.clear()


@pytest.mark.parametrize("address", ["/", "/s/home", "/s/home/near", "/s/home/what-people-said", "/sign-in", "/s/x"])
def test_the_policy_of_every_page_allows_no_script(people: Watched, address: str) -> None:
    response = people.window().goto(address)
    assert response is not None
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script" not in policy
