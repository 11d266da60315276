"""The phone simulator, with the loopback network and the application talking over HTTP."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient

from svvoice.application import create_app
from svvoice.messaging.loopback.ledger import Direction, Fault
from svvoice.messaging.loopback.remote import Shown
from svvoice.messaging.phone_screen import fresh_phone, in_pence, languages_of, pence_of, read_as, summary
from svvoice.store.database import Database
from svvoice.store.readings import Reading
from tests.cast import Cast
from tests.messaging.networks import RunningNetwork, running_application
from tests.messaging.people import OUR_NUMBER
from tests.publishing import document, publish

ANNA = "+447700900201"


@pytest.fixture
def park(cast: Cast, database: Database) -> None:
    """Hillside asks about the park, by the keyword PARK."""
    publish(database, cast.hillside, document("park"))


def _words(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def _text(client: FlaskClient, body: str, **more: str) -> str:
    form = {"number": ANNA, "line": OUR_NUMBER, "body": body, **more}
    answer = client.post("/phone/text", data=form, follow_redirects=True)
    assert answer.status_code == 200, answer.text
    return answer.text


def _bubbles(page: str) -> list[tuple[str, str]]:
    found = re.findall(r'<li class="bubble( theirs)?"[^>]*>.*?<p[^>]*>(.*?)</p>', page, re.DOTALL)
    return [("resident" if theirs else "us", html.unescape(words)) for theirs, words in found]


def _read(page: str) -> list[str]:
    return [html.unescape(words) for words in re.findall(r"Read as “(.*?)”", page)]


def test_an_empty_phone_tells_what_can_be_texted(park: None, client: FlaskClient, served: RunningNetwork) -> None:
    page = client.get("/phone").text
    assert "Text one of these words: PARK Your park" in _words(page)
    assert "0 texts from us, 0 parts, 0p so far." in page
    assert 'value="PARK"' in client.get("/phone?keyword=PARK").text


def test_a_talk_is_shown_from_both_sides_with_how_it_was_read_and_what_it_costs(
    park: None, client: FlaskClient, served: RunningNetwork
) -> None:
    for body in ("PARK", "yes", "dunno", "اردو"):
        page = _text(client, body)
    bubbles = _bubbles(page)
    assert [who for who, _ in bubbles] == ["resident", "us"] * 4
    assert bubbles[1][1].startswith("Hillside asks about your park.")
    assert bubbles[3][1] == "How often do you go?\n1 Every week\n2 Every month\n3 Never"
    assert _read(page) == [
        "Keyword: starts the survey",
        "Answer: yes",
        "Not understood: fits no answer",
        "Language: Urdu",
    ]
    assert 'dir="rtl" lang="ur">کتنی بار؟' in page
    parts = [
        int(cell) for cell in re.findall(r'<td class="number">(\d+)(?: <span|</td>\s*<td class="number">\d+p)', page)
    ]
    assert f"4 texts from us, {sum(parts)} parts, {sum(parts) * 4}p so far." in page


def test_a_quick_word_is_sent_whatever_stands_in_the_box(
    park: None, client: FlaskClient, served: RunningNetwork
) -> None:
    _text(client, "PARK")
    assert _bubbles(_text(client, "half a thou", quick="SKIP"))[2] == ("resident", "SKIP")


def test_the_network_says_stop_itself_and_delivers_nothing_more(
    park: None, client: FlaskClient, served: RunningNetwork
) -> None:
    _text(client, "PARK")
    bubbles = _bubbles(_text(client, "STOP"))
    assert [words for who, words in bubbles[2:] if who == "us"] == [
        "You will get no more texts from this number. Text START to get them again. (Said by the network.)"
    ]
    page = _text(client, "PARK")
    assert "Not delivered: this number said STOP to the network." in page


def test_where_stop_is_left_to_us_the_network_is_silent(park: None, app: Flask) -> None:
    with running_application(app, answers_stop=False) as network:
        network.text(ANNA, OUR_NUMBER, "STOP")
        assert [message["direction"] for message in network.messages(ANNA)] == ["inbound"]


def test_the_same_text_brought_twice_is_answered_once_with_the_same_bytes(
    park: None, client: FlaskClient, served: RunningNetwork
) -> None:
    served.fault(Fault.TWICE)
    done = served.text(ANNA, OUR_NUMBER, "PARK")
    first, second = done["answers"]
    assert first == second
    assert len(done["replies"]) == 1
    again = served.text(ANNA, OUR_NUMBER, "PARK", sid=done["sid"])
    assert {answer["body"] for answer in again["answers"]} == {first["body"]}


def test_a_new_phone_is_another_person(park: None, client: FlaskClient, served: RunningNetwork) -> None:
    _text(client, "PARK")
    page = client.get("/phone").text
    fresh = re.search(r'class="button second" href="([^"]+)"', page)
    assert fresh
    other = client.get(html.unescape(fresh.group(1))).text
    assert _bubbles(other) == []
    assert "07700 900201" in other


def test_each_of_our_numbers_can_be_texted(park: None, client: FlaskClient, served: RunningNetwork) -> None:
    page = _text(client, "PARK", line="+447700900143")
    assert "Riverside Trust" in page
    assert _read(page) == ["Unplaced: fits nothing that is open"]


def test_a_fault_is_chosen_and_kept(park: None, client: FlaskClient, served: RunningNetwork) -> None:
    form = {"number": ANNA, "line": OUR_NUMBER, "fault": "too_many"}
    page = client.post("/phone/network", data=form, follow_redirects=True).text
    assert re.search(r'value="too_many" checked', page)
    assert served.ledger.fault() is Fault.TOO_MANY
    client.post("/phone/network", data={**form, "fault": "nonsense"})
    assert served.ledger.fault() is Fault.TOO_MANY


def test_nothing_is_sent_without_words_and_the_page_says_so(
    park: None, client: FlaskClient, served: RunningNetwork
) -> None:
    answer = client.post("/phone/text", data={"number": ANNA, "line": OUR_NUMBER, "body": ""})
    assert answer.status_code == 422
    assert "Error: A phone to try it on" in answer.text
    assert "Write something first." in answer.text
    assert served.ledger.messages() == []


def test_a_real_persons_number_cannot_be_played_with(park: None, client: FlaskClient, served: RunningNetwork) -> None:
    for number in ("+447400123456", "nonsense", ""):
        client.post("/phone/text", data={"number": number, "line": OUR_NUMBER, "body": "PARK"})
    assert served.ledger.messages() == []


def test_markup_in_a_text_stays_words(park: None, client: FlaskClient, served: RunningNetwork) -> None:
    page = _text(client, "<script>alert(1)</script>")
    assert "<script" not in page
    assert _bubbles(page)[0] == ("resident", "<script>alert(1)</script>")


def test_forms_carry_a_token_and_are_refused_without_it(
    app: Flask, park: None, client: FlaskClient, served: RunningNetwork
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    page = client.get("/phone").text
    assert page.count('name="csrf_token"') == 2
    for path in ("/phone/text", "/phone/network"):
        assert client.post(path, data={"number": ANNA, "body": "x", "fault": "hang"}).status_code == 400
    assert served.ledger.messages() == []


def test_without_the_network_the_page_says_how_to_start_it(park: None, client: FlaskClient) -> None:
    answer = client.get("/phone")
    assert answer.status_code == 503
    assert "python -m svvoice.messaging.loopback" in answer.text
    assert client.post("/phone/text", data={"number": ANNA, "line": OUR_NUMBER, "body": "x"}).status_code == 503


def test_without_a_number_of_ours_the_page_says_what_is_missing(client: FlaskClient, served: RunningNetwork) -> None:
    assert client.get("/phone").status_code == 404


@pytest.fixture
def real_texting(environment: dict[str, str]) -> Iterator[Flask]:
    app = create_app({**environment, "TWILIO_API_URL": ""})
    yield app
    app.extensions["svvoice"].database.close()


def test_where_texts_go_to_twilio_there_is_no_simulator(real_texting: Flask) -> None:
    assert real_texting.test_client().get("/phone").status_code == 404


def _shown(direction: Direction, body: str, parts: int = 1, error_code: int | None = None) -> Shown:
    return Shown("SM1", direction, body, "delivered", error_code, True, len(body), parts)


def test_only_our_own_delivered_texts_are_counted() -> None:
    texts = [
        _shown(Direction.INBOUND, "PARK"),
        _shown(Direction.REPLY, "one", 2),
        _shown(Direction.API, "two", 1),
        _shown(Direction.NETWORK, "three"),
        _shown(Direction.REPLY, "four", 3, 21610),
    ]
    assert summary(texts, Decimal("4.5")) == "2 texts from us, 3 parts, 13.5p so far."


@pytest.mark.parametrize(
    ("amount", "words"),
    [("0", "0p"), ("4", "4p"), ("4.50", "4.5p"), ("10", "10p"), ("100", "£1.00"), ("1234.5", "£12.34")],
)
def test_prices_are_written_as_people_write_them(amount: str, words: str) -> None:
    assert in_pence(Decimal(amount)) == words


def test_a_price_that_is_none_is_nothing() -> None:
    assert [pence_of(words) for words in ("4", "x", "-1", "")] == [Decimal(4), Decimal(0), Decimal(0), Decimal(0)]


def test_what_the_application_never_saw_is_said() -> None:
    assert read_as(None, "PARK") == "Did not reach us"
    assert read_as(Reading("command:skip", None), "SKIP") == "Command: SKIP"
    assert read_as(Reading("answer", "weekly"), "1") == "Answer: weekly"


def test_a_language_holds_until_the_next_and_not_for_words_of_other_letters() -> None:
    texts = [
        _shown(Direction.INBOUND, "polski"),
        _shown(Direction.REPLY, "Jak często?"),
        _shown(Direction.NETWORK, "Said by the network"),
        _shown(Direction.REPLY, "کتنی بار؟"),
    ]
    assert languages_of(texts, {"SM1": Reading("command:language", None)}) == ["pl", "pl", "en", ""]


def test_a_fresh_phone_is_one_that_nobody_has_used() -> None:
    assert fresh_phone([]) == "+447700900200"
    assert fresh_phone(["+447700900200", "+447700900201"]) == "+447700900202"
    assert fresh_phone(f"+447700900{last:03}" for last in range(1000)) == "+447700900200"
