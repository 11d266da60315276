"""A fifteen-year-old with a cracked screen: no script, no account, a bad connection."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from svvoice.store.database import Database, Session
from svvoice.store.tables import AnswerRow, ResponseRow
from tests.cast import Cast
from tests.conftest import Hands
from tests.people import WebPerson
from tests.publishing import document, publish


@pytest.fixture
def park(cast: Cast, database: Database, hands: Hands) -> None:
    publish(database, cast.hillside, document("park"))


@pytest.fixture
def person(park: None, client: FlaskClient) -> WebPerson:
    return WebPerson(client, "park")


def kept(database: Database, cast: Cast) -> list[dict[str, str | None]]:
    """The answers of each response, the first response first."""
    with database.reading() as session:
        ids = session.execute(
            select(ResponseRow.id).where(ResponseRow.organisation_id == cast.hillside).order_by(ResponseRow.started_at)
        ).scalars()
        return [_answers_of(session, cast, response_id) for response_id in ids.all()]


def _answers_of(session: Session, cast: Cast, response_id: UUID) -> dict[str, str | None]:
    rows = session.execute(
        select(AnswerRow.question_id, AnswerRow.value).where(
            AnswerRow.organisation_id == cast.hillside, AnswerRow.response_id == response_id
        )
    )
    return {row.question_id: row.value for row in rows}


def response(database: Database, cast: Cast, column: Any) -> Any:
    with database.reading() as session:
        return session.execute(select(column).where(ResponseRow.organisation_id == cast.hillside)).scalar_one()


def ticked(person: WebPerson) -> list[str]:
    """What the page shows as chosen."""
    inputs = re.findall(r"<input[^>]*>", person.text)
    return [value for tag in inputs if " checked" in tag for value in re.findall(r'value="([^"]*)"', tag)]


def test_the_first_page_says_who_asks_and_sets_nothing(person: WebPerson) -> None:
    page = person.opens()
    assert page.status_code == 200
    assert "Hillside Trust" in person.text
    assert "Your park" in person.text
    assert "PARK" in person.text
    assert "Set-Cookie" not in page.headers
    assert "<script" not in person.text


def test_looking_at_a_question_sets_and_keeps_nothing(person: WebPerson, database: Database, cast: Cast) -> None:
    page = person.starts()
    assert "Set-Cookie" not in page.headers
    assert kept(database, cast) == []


def test_the_first_answer_sets_one_strict_cookie_for_this_survey(person: WebPerson) -> None:
    page = person.starts()
    page = person.client.post(person.action, data={"turn": person.turn, "answer": "yes"})
    cookies = page.headers.getlist("Set-Cookie")
    assert len(cookies) == 1
    assert "Path=/s/park" in cookies[0]
    assert "HttpOnly" in cookies[0]
    assert "SameSite=Lax" in cookies[0]
    assert "Max-Age=604800" in cookies[0]


def test_a_later_answer_is_answered_by_a_redirect(person: WebPerson) -> None:
    person.starts()
    person.answers("yes")
    response = person.client.post(person.action, data={"turn": person.turn, "answer": "weekly"})
    assert response.status_code == 303
    assert response.headers["Location"].startswith("/s/park/want?lang=en")


def test_a_double_tap_counts_once(person: WebPerson, database: Database, cast: Cast) -> None:
    person.starts()
    action, turn = person.action, person.turn
    for _ in range(2):
        person.client.post(action, data={"turn": turn, "answer": "yes"})
    assert kept(database, cast) == [{"near": "yes"}]


def test_five_posts_at_once_are_one_person(person: WebPerson, app: Flask, database: Database, cast: Cast) -> None:
    person.starts()
    action, turn = person.action, person.turn

    def post(_: int) -> int:
        return app.test_client().post(action, data={"turn": turn, "answer": "yes"}).status_code

    with ThreadPoolExecutor(5) as pool:
        assert list(pool.map(post, range(5))) == [200] * 5
    assert kept(database, cast) == [{"near": "yes"}]


def test_an_old_page_sent_again_unchanged_changes_nothing(person: WebPerson, database: Database, cast: Cast) -> None:
    person.starts()
    action, first = person.action, person.turn
    person.sends({"answer": "yes"})
    person.goes_back()
    person.answers("no")
    person.client.post(action, data={"turn": first, "answer": "yes"})
    assert kept(database, cast)[0]["near"] == "no"


def test_an_old_page_sent_again_with_another_answer_changes_it(
    person: WebPerson, database: Database, cast: Cast
) -> None:
    person.starts()
    action, first = person.action, person.turn
    person.sends({"answer": "yes"})
    person.client.post(action, data={"turn": first, "answer": "no"})
    assert kept(database, cast) == [{"near": "no"}]


def test_a_browser_without_cookies_goes_on_by_the_page_alone(
    person: WebPerson, app: Flask, database: Database, cast: Cast
) -> None:
    person.starts()
    for values in (["yes"], ["monthly"], ["seats"]):
        person.client = app.test_client(use_cookies=False)
        person.answers(*values)
    assert person.heading == "How good is it?"
    assert kept(database, cast) == [{"near": "yes", "use": "monthly", "want": "seats"}]


def test_the_same_phone_goes_on_tomorrow(person: WebPerson, hands: Hands) -> None:
    person.starts()
    person.answers("yes")
    hands.waits(days=1)
    person.opens()
    person.starts()
    assert person.heading == "How often do you go?"


def test_after_seven_days_the_phone_begins_anew(person: WebPerson, hands: Hands) -> None:
    person.starts()
    person.answers("yes")
    hands.waits(days=8)
    person.starts()
    assert person.heading == "Do you live near the park?"


def test_going_back_shows_what_was_chosen(person: WebPerson) -> None:
    person.starts()
    person.answers("yes")
    person.goes_back()
    assert ticked(person) == ["yes"]


@pytest.mark.parametrize(
    ("answers", "sent", "sentence"),
    [
        (["no"], ["trees", "none"], "Untick “None of these”, or untick the others."),
        (["no"], ["trees", "seats", "lights", "other"], "Choose no more than 3."),
        ([], ["yes", "no"], "Choose just one."),
        ([], ["maybe"], "Choose one of the answers on this page."),
        (["no", None], ["9"], "Choose one of the answers on this page."),
        (["no", None, None], ["99"], "Write a number from 0 to 60."),
        (["no", None, None], ["🦆"], "Write a number, such as 3."),
        (["no", None, None], ["2.5"], "Write a whole number, such as 3."),
        (["no", None, None, None], ["x" * 5001], "Your answer is too long. Please use fewer than 5000 letters."),
        (["no", None, None, None, None], ["Leeds"], "Write the first part of your postcode, such as CF10."),
    ],
)
def test_an_answer_that_does_not_fit_is_shown_again_with_its_sentence(
    person: WebPerson, database: Database, cast: Cast, answers: list[str | None], sent: list[str], sentence: str
) -> None:
    person.starts()
    for value in answers:
        person.answers(value) if value else person.skips()
    before = kept(database, cast)
    person.answers(*sent)
    assert person.page is not None
    assert person.page.status_code == 422
    assert person.text.count(sentence) == 2, "on top and at the field"
    assert "<title>Error: " in person.text
    assert kept(database, cast) == before


def test_what_was_typed_is_kept_when_it_does_not_fit(person: WebPerson) -> None:
    person.starts()
    person.answers("no")
    person.skips()
    person.skips()
    person.answers("about ninety-nine <b>")
    assert "about ninety-nine &lt;b&gt;" in person.text


def test_a_page_from_another_tab_is_asked_again(person: WebPerson, database: Database, cast: Cast) -> None:
    person.starts()
    action, first_tab = person.action, person.turn
    person.starts()
    person.answers("yes")
    response = person.client.post(action, data={"turn": first_tab, "answer": "no"})
    assert response.status_code == 422
    assert "You started on this phone before." in response.get_data(as_text=True)
    assert kept(database, cast) == [{"near": "yes"}]


@pytest.mark.parametrize("turn", ["", "nonsense", "eyJhIjoxfQ.AAAA"])
def test_a_page_that_we_did_not_sign_changes_nothing(
    person: WebPerson, database: Database, cast: Cast, turn: str
) -> None:
    person.starts()
    response = person.client.post(person.action, data={"turn": turn, "answer": "yes"})
    assert response.status_code == 422
    assert "This page was too old." in response.get_data(as_text=True)
    assert kept(database, cast) == []


def test_the_next_person_on_a_shared_phone_starts_afresh(person: WebPerson, database: Database, cast: Cast) -> None:
    finishes(person)
    old_turn = person.turn
    person.client.post("/s/park/someone-else?lang=en", data={"turn": old_turn})
    person.starts()
    assert ticked(person) == []
    person.answers("no")
    assert [answers["near"] for answers in kept(database, cast)] == ["yes", "no"]


def test_a_page_of_somebody_who_has_finished_changes_nothing(person: WebPerson, database: Database, cast: Cast) -> None:
    person.starts()
    action, turn = person.action, person.turn
    person.answers("yes")
    person.client.post("/s/park/finish-here?lang=en", data={"turn": turn})
    response = person.client.post(action, data={"turn": turn, "answer": "no"})
    assert response.status_code == 422
    assert "The last person has finished." in response.get_data(as_text=True)
    assert kept(database, cast) == [{"near": "yes"}]


def test_answers_can_be_deleted_from_the_same_phone(person: WebPerson, database: Database, cast: Cast) -> None:
    finishes(person)
    person.page = person.client.get("/s/park/delete-my-answers?lang=en")
    response = person.client.post("/s/park/delete-my-answers?lang=en", data={"turn": person.turn})
    assert "Your answers are gone." in response.get_data(as_text=True)
    assert kept(database, cast) == []


def test_a_finished_answer_can_still_be_changed(person: WebPerson, database: Database, cast: Cast) -> None:
    finishes(person)
    assert response(database, cast, ResponseRow.status) == "complete"
    person.page = person.client.get("/s/park/near?lang=en")
    person.answers("no")
    assert response(database, cast, ResponseRow.status) == "complete"
    assert kept(database, cast)[0]["near"] == "no"


def test_the_link_that_brought_somebody_is_kept(person: WebPerson, database: Database, cast: Cast) -> None:
    person.via = "library"
    person.starts()
    person.answers("yes")
    assert response(database, cast, ResponseRow.collector) == "library"


def test_another_language_keeps_the_answers(person: WebPerson, database: Database, cast: Cast) -> None:
    person.starts()
    person.answers("yes")
    person.reads_in("ur")
    assert 'lang="ur" dir="rtl"' in person.text
    person.answers("weekly")
    assert response(database, cast, ResponseRow.language) == "ur"
    assert kept(database, cast) == [{"near": "yes", "use": "weekly"}]


def test_a_person_finishes_on_the_version_on_which_they_began(
    person: WebPerson, database: Database, cast: Cast
) -> None:
    person.starts()
    person.answers("yes")
    changed = document("park")
    changed["questions"][1]["text"]["en"] = "Do you ever go?"
    changed["questions"] = [changed["questions"][0], changed["questions"][1]]
    publish(database, cast.hillside, changed)
    person.opens()
    person.starts()
    assert person.heading == "How often do you go?"
    person.answers("weekly")
    assert person.heading == "What does it need?"
    newcomer = WebPerson(person.client.application.test_client(), "park")
    newcomer.starts()
    newcomer.answers("yes")
    assert newcomer.heading == "Do you ever go?"


def test_words_that_databases_cannot_hold_are_cleaned_not_lost(
    person: WebPerson, database: Database, cast: Cast
) -> None:
    person.starts()
    person.answers("no")
    person.skips()
    person.skips()
    person.skips()
    body = b"turn=" + person.turn.encode() + b"&answer=Caf%C3%A9%00+%F0%9F%8C%B3+%ED%A0%80ok%FF"
    person.client.post(person.action, data=body, content_type="application/x-www-form-urlencoded")
    value = kept(database, cast)[0]["change"]
    assert value is not None
    assert value.startswith("Café 🌳")
    assert "\x00" not in value
    value.encode("utf-8")


@pytest.mark.parametrize("link", ["/s/nowhere", "/s/park/nothing", "/s/park/about-you", "/nowhere", "/s/PARK"])
def test_what_is_not_there_has_a_plain_page(person: WebPerson, link: str) -> None:
    response = person.client.get(link)
    assert response.status_code == 404
    assert "We cannot find that page" in response.get_data(as_text=True)


def test_the_not_found_page_is_in_the_language_of_the_browser(person: WebPerson) -> None:
    response = person.client.get("/s/nowhere", headers={"Accept-Language": "ur"})
    assert 'lang="ur" dir="rtl"' in response.get_data(as_text=True)


def test_a_body_over_64_kilobytes_is_refused_plainly(person: WebPerson) -> None:
    person.starts()
    response = person.client.post(person.action, data={"turn": person.turn, "answer": "x" * 70_000})
    assert response.status_code == 413
    assert "That was too long" in response.get_data(as_text=True)


def test_a_forged_host_is_refused(person: WebPerson) -> None:
    response = person.client.get("/s/park", headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert "evil.example" not in response.get_data(as_text=True)


def test_a_closed_survey_says_so_and_keeps_nothing_more(
    person: WebPerson, database: Database, cast: Cast, hands: Hands
) -> None:
    closing = document("park") | {"closes": "2026-02-05"}
    publish(database, cast.hillside, closing)
    person.starts()
    person.answers("yes")
    action, turn = person.action, person.turn
    hands.waits(days=4)
    response = person.client.post(action, data={"turn": turn, "answer": "weekly"})
    assert response.status_code == 410
    assert "This last answer came too late to be saved." in response.get_data(as_text=True)
    assert kept(database, cast) == [{"near": "yes"}]
    assert "This survey has closed" in person.client.get("/s/park").get_data(as_text=True)


def test_a_survey_that_is_not_open_yet_says_when(
    client: FlaskClient, cast: Cast, database: Database, hands: Hands
) -> None:
    publish(database, cast.hillside, document("park") | {"opens": "2026-03-01"})
    page = client.get("/s/park").get_data(as_text=True)
    assert "It opens on 1 March 2026." in page


def test_an_under_18_survey_does_not_show_earlier_answers_after_a_break(
    client: FlaskClient, cast: Cast, database: Database, hands: Hands
) -> None:
    publish(database, cast.hillside, document("park") | {"audience": "under_18"} | without_numbers())
    person = WebPerson(client, "park")
    person.starts()
    person.answers("yes")
    person.goes_back()
    assert ticked(person) == ["yes"]
    hands.waits(hours=2)
    person.page = client.get("/s/park/near?lang=en")
    assert ticked(person) == []
    person.starts()
    assert person.heading == "How often do you go?"


def without_numbers() -> dict[str, Any]:
    """Young people are asked for age bands only, and for no other number."""
    questions = [question for question in document("park")["questions"] if question["kind"] != "number"]
    return {"questions": questions}


def finishes(person: WebPerson) -> None:
    person.starts()
    for value in ("yes", "weekly", "trees", "4", "3", "More shade", "LS9", "from_16"):
        person.answers(value)
    assert "thank-you" in person.text or "Thank you" in person.text


def test_the_number_of_responses_is_one_for_each_person(person: WebPerson, database: Database, cast: Cast) -> None:
    finishes(person)
    with database.reading() as session:
        count = session.execute(
            select(func.count()).select_from(ResponseRow).where(ResponseRow.organisation_id == cast.hillside)
        ).scalar_one()
    assert count == 1
