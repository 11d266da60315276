"""Decisions: a reason is owed, publishing happens once, and everybody who asked is told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from svvoice.core.sms_text import segments
from svvoice.store import audit, opt_outs
from tests.cast import Cast
from tests.plans.street import (
    DECISION,
    FIRST_DAY,
    Street,
    finding_id,
    hidden,
    makes_finding,
    publishes,
    text,
    writes_decision,
)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SVVOICE_NOW", "2026-11-24T12:00:00+00:00")


@pytest.fixture
def evident(street: Street, cast: Cast) -> Street:
    """A promise with evidence under it."""
    street.people_answer(20, {"safe": "no"})
    ben = cast.client("ben")
    evidence = street.address("plan/{promise}/evidence?finding={finding}", finding=finding_id(makes_finding(ben)))
    assert ben.post(evidence, data={"direction": "supports", "note": ""}).status_code == 303
    return street


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ("reason_en", "Give the reason: nobody takes a bare yes or no."),
        ("otherwise_en", "Say what you would have done without these voices."),
        ("heard_en", "Say what people told you."),
        ("verdict", "Choose one."),
        ("difference", "Choose one."),
    ],
)
def test_a_decision_says_what_and_why(evident: Street, cast: Cast, missing: str, sentence: str) -> None:
    form = {name: words for name, words in DECISION.items() if name != missing}
    response = cast.client("ben").post(evident.address("plan/{promise}/decision"), data=form)
    assert response.status_code == 422
    assert sentence in text(response)
    assert "Six new lights" in response.get_data(as_text=True) or missing == "reason_en"


def test_what_is_not_ours_to_decide_owes_no_otherwise(evident: Street, cast: Cast) -> None:
    ben = cast.client("ben")
    decision = writes_decision(ben, evident, verdict="not_ours", otherwise_en="")
    publishes(ben, decision)
    assert "Not ours to decide Six new lights by 31 March." in text(ben.get("/s/street/what-people-said"))


def test_a_language_has_all_of_the_words_or_none(evident: Street, cast: Cast) -> None:
    form = {**DECISION, "heard_cy": "Mae Leeds Road yn rhy dywyll."}
    response = cast.client("ben").post(evident.address("plan/{promise}/decision"), data=form)
    assert response.status_code == 422
    assert "Write all of it in Welsh, or leave all of Welsh empty." in text(response)


def test_a_draft_is_nobodys_business_and_can_be_changed(evident: Street, cast: Cast) -> None:
    ben = cast.client("ben")
    first = writes_decision(ben, evident)
    assert "Six new lights" not in text(ben.get("/s/street/what-people-said"))
    assert "The decision on promise 1 is written" not in text(ben.get("/o/hillside/plan"))  # late comes first
    second = writes_decision(ben, evident, reason_en="Eight new lights.")
    assert second == first
    page = text(ben.get(first))
    assert "Eight new lights." in page
    assert "Six new lights" not in page


def test_publishing_twice_tells_people_once(evident: Street, cast: Cast) -> None:
    for number in range(3):
        evident.asks_to_be_told(f"+44770090010{number}")
    ben = cast.client("ben")
    decision = writes_decision(ben, evident)
    seen = hidden(ben.get(decision), "seen")
    assert "Published. 3 people will be texted, by day only." in publishes(ben, decision, seen)
    assert "nobody is texted twice" in publishes(ben, decision, seen)
    assert len(evident.texts()) == 3
    with evident.database.reading() as session:
        actions = [event.action for event in audit.events(session, evident.ours)]
    assert actions.count("decision.published") == 1


def test_only_what_was_looked_at_is_published(evident: Street, cast: Cast) -> None:
    evident.asks_to_be_told("+447700900101")
    ben = cast.client("ben")
    decision = writes_decision(ben, evident)
    seen = hidden(ben.get(decision), "seen")
    writes_decision(ben, evident, reason_en="No lights at all.", verdict="no")
    assert "Somebody has changed the words since you looked." in publishes(ben, decision, seen)
    assert "No lights at all." not in text(ben.get("/s/street/what-people-said"))
    assert evident.texts() == {}


def test_who_said_stop_is_not_texted_and_who_came_back_is(evident: Street, cast: Cast) -> None:
    stays, stopped, back = (evident.asks_to_be_told(f"+44770090010{number}") for number in range(3))
    with evident.database.transaction() as session:
        for number in (stopped, back):
            opt_outs.stop(session, evident.ours, number, word="STOP", source="sms", message_sid=None, now=FIRST_DAY)
        later = FIRST_DAY + timedelta(days=1)
        opt_outs.start(session, evident.ours, back, word="START", source="sms", message_sid=None, now=later)
    ben = cast.client("ben")
    page = publishes(ben, writes_decision(ben, evident))
    assert "2 people will be texted" in page
    assert set(evident.texts()) == {stays, back}


def test_each_person_reads_it_in_a_language_that_has_the_words(evident: Street, cast: Cast) -> None:
    welsh = evident.asks_to_be_told("+447700900101", "cy")
    polish = evident.asks_to_be_told("+447700900102", "pl")
    in_welsh = {
        "heard_cy": "Mae Leeds Road yn rhy dywyll.",
        "reason_cy": "Chwe golau newydd.",
        "otherwise_cy": "Dau olau yn unig.",
    }
    ben = cast.client("ben")
    decision = writes_decision(ben, evident, **in_welsh)
    publishes(ben, decision)
    texts = evident.texts()
    assert "Mae Leeds Road yn rhy dywyll." in texts[welsh]
    assert "/s/street/what-people-said?lang=cy" in texts[welsh]
    assert "Leeds Road is too dark at night." in texts[polish]
    assert "lang=" not in texts[polish]


def test_a_long_decision_still_fits_two_parts(evident: Street, cast: Cast) -> None:
    told = evident.asks_to_be_told("+447700900101")
    ben = cast.client("ben")
    publishes(ben, writes_decision(ben, evident, heard_en="Leeds Road is far too dark. " * 10))
    body = evident.texts()[told]
    assert segments(body).count == 1
    assert body == (
        "Hillside Trust: We decided: Yes. Read more: http://127.0.0.1:8000/s/street/what-people-said Text STOP to end."
    )


def test_a_change_of_mind_is_a_new_decision_and_both_stay(
    evident: Street, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    ben = cast.client("ben")
    first = writes_decision(ben, evident)
    publishes(ben, first)
    monkeypatch.setenv("SVVOICE_NOW", "2026-12-01T12:00:00+00:00")
    with_session = cast.client("ben")
    second = writes_decision(with_session, evident, verdict="part", reason_en="Four lights, not six.")
    assert second != first
    publishes(with_session, second)
    page = text(with_session.get("/s/street/what-people-said"))
    assert page.index("In part Four lights, not six.") < page.index("Yes Six new lights by 31 March.")
    assert "Publish it" not in text(with_session.get(first))


def test_another_organisation_cannot_look_at_or_publish_it(evident: Street, cast: Cast) -> None:
    decision = writes_decision(cast.client("ben"), evident)
    sam = cast.client("sam")
    theirs = decision.replace("hillside", "riverside")
    assert sam.get(theirs).status_code == 404
    assert sam.post(f"{theirs}/publish", data={"seen": "x"}).status_code == 404
    assert sam.post(f"{decision}/publish", data={"seen": "x"}).status_code == 404
    assert cast.client("cat").post(f"{decision}/publish", data={"seen": "x"}).status_code == 403


def test_a_promise_without_evidence_is_said_to_reach_nobody(street: Street, cast: Cast) -> None:
    ben = cast.client("ben")
    page = text(ben.get(writes_decision(ben, street)))
    assert "No evidence stands under this promise" in page
