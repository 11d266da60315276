"""A resident texts from an old phone, and gets one clear text back each time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from svvoice.application import create_app
from svvoice.core.sms_text import segments
from svvoice.store.database import Database
from svvoice.store.tables import (
    AnswerRow,
    ContactRow,
    ConversationRow,
    InboundMessageRow,
    OptOutRow,
    ResponseRow,
    TellBackRow,
)
from tests.cast import NUMBERS, Cast
from tests.conftest import Hands
from tests.people import TextPerson, message_in, signature
from tests.publishing import document, publish

POND = {
    "svvoice": 1, "slug": "pond", "default_language": "en", "languages": ["en"], "title": {"en": "The pond"},
    "keyword": "POND",
    "questions": [
        {"id": "ducks", "kind": "yes_no", "text": {"en": "More ducks?"}},
        {"id": "why", "kind": "text", "text": {"en": "Why?"}},
    ],
}  # fmt: skip


@pytest.fixture
def park(cast: Cast, database: Database, hands: Hands) -> None:
    publish(database, cast.hillside, document("park"))


@pytest.fixture
def person(park: None, client: FlaskClient) -> TextPerson:
    return TextPerson(client)


@pytest.fixture
def app(environment: dict[str, str]) -> Any:
    """With Advanced Opt-Out set to leave STOP, START and HELP to us."""
    app = create_app({**environment, "TWILIO_OPT_OUT": "svvoice"})
    yield app
    app.extensions["svvoice"].database.close()


def kept(database: Database, cast: Cast) -> dict[str, tuple[str, str | None]]:
    with database.reading() as session:
        rows = session.execute(
            select(AnswerRow.question_id, AnswerRow.state, AnswerRow.value).where(
                AnswerRow.organisation_id == cast.hillside
            )
        )
        return {question: (state, value) for question, state, value in rows}


def count(database: Database, cast: Cast, table: Any) -> int:
    with database.reading() as session:
        where = table.organisation_id == cast.hillside
        return session.execute(select(func.count()).select_from(table).where(where)).scalar_one()


def readings(database: Database, cast: Cast) -> list[str]:
    with database.reading() as session:
        rows = session.execute(
            select(InboundMessageRow.reading)
            .where(InboundMessageRow.organisation_id == cast.hillside)
            .order_by(InboundMessageRow.received_at)
        )
        return list(rows.scalars())


def test_the_first_text_says_who_why_what_it_costs_and_how_to_stop(person: TextPerson) -> None:
    reply = person.texts("park")
    assert reply == (
        "Hillside asks about your park. Normal text price. http://127.0.0.1:8000/s/park STOP ends it.\n"
        "Do you live near the park?\nReply with a number.\n1 Yes\n2 No"
    )
    assert segments(reply).count <= 3


def test_a_whole_conversation(person: TextPerson) -> None:
    said = [person.texts(words) for words in ("PARK", "yes", "2", "1,3", "5", "3", "more shade", "ls9", "19")]
    assert said[1:] == [
        "How often do you go?\n1 Every week\n2 Every month\n3 Never",
        "What does it need?\nYou can choose up to 3: 1 3\n"
        "1 Trees\n2 Seats\n3 Lights\n4 None of these\n5 Something else",
        "How good is it?\nReply with a number from 1 to 5.",
        "How many visits last month?\nReply with a number from 0 to 60.",
        "Nearly done.\nWhat would you change?\nReply in your own words.",
        "First part of your postcode?\nReply with the first part only, like LS9.",
        "How old are you?\n1 Under 16\n2 16 to 24\n3 25 or over",
        "Thank you. We have your answers.\nShall we text you what we decide? Reply YES.",
    ]


def test_a_repeated_delivery_is_given_the_same_reply_and_kept_once(
    person: TextPerson, database: Database, cast: Cast, hands: Hands
) -> None:
    person.texts("park")
    sid = f"SM{uuid4().hex}"
    first = person.delivers("yes", sid).data
    person.texts("weekly nonsense")
    hands.waits(days=2)
    assert person.delivers("yes", sid).data == first
    assert kept(database, cast) == {"near": ("answered", "yes")}


def test_twenty_deliveries_at_once_are_one_answer(
    person: TextPerson, app: Flask, database: Database, cast: Cast
) -> None:
    person.texts("park")
    sid = f"SM{uuid4().hex}"

    def deliver(_: int) -> bytes:
        return bytes(TextPerson(app.test_client(), person.number).delivers("yes", sid).data)

    with ThreadPoolExecutor(8) as pool:
        replies = set(pool.map(deliver, range(20)))
    assert len(replies) == 1
    assert "How often do you go?" in message_in(replies.pop().decode())
    assert count(database, cast, InboundMessageRow) == 2
    assert count(database, cast, ResponseRow) == 1


def test_what_does_not_read_is_asked_again_then_skip_is_offered_then_it_is_kept(
    person: TextPerson, database: Database, cast: Cast
) -> None:
    person.texts("park")
    first = person.texts("purple")
    second = person.texts("I said purple")
    third = person.texts("purple!!")
    assert first.startswith("Sorry, we did not get that. Reply 1 for yes or 2 for no.\nDo you live near")
    assert "SKIP" not in first
    assert "Or text SKIP." in second
    assert third.startswith("We kept your words. Here is the next question.\nWhat does it need?")
    assert kept(database, cast) == {"near": ("unclear", None)}


def test_after_three_questions_given_up_we_fall_silent_until_something_reads(person: TextPerson) -> None:
    person.texts("park")
    replies = [person.texts(f"auto reply number {n}") for n in "abcdefghi"]
    assert replies[-1] == ""
    assert person.texts("loop") == ""
    assert person.texts("7 visits").startswith("Nearly done.\nWhat would you change?")


def test_skip_back_and_help_leave_nothing_lost(person: TextPerson, database: Database, cast: Cast) -> None:
    person.texts("park")
    person.texts("yes")
    assert person.texts("SKIP").startswith("What does it need?")
    assert person.texts("back").startswith("How often do you go?")
    assert "Childline 0800 1111" in person.texts("help?")
    assert person.texts("never").startswith("What does it need?")
    assert kept(database, cast) == {"near": ("answered", "yes"), "use": ("answered", "never")}


def test_back_at_the_first_question_says_so(person: TextPerson) -> None:
    person.texts("park")
    assert person.texts("back").startswith("This is the first question.\nDo you live near")


def test_language_lists_them_by_their_own_names_and_a_name_chooses(person: TextPerson) -> None:
    person.texts("park")
    assert person.texts("LANGUAGE") == "Text the name of your language: English, Cymraeg, Polski, اردو"
    assert "کیا آپ پارک کے پاس رہتے ہیں؟" in person.texts("اردو")
    assert "کتنی بار؟" in person.texts("جی ہاں")


def test_a_survey_can_be_begun_in_a_language(person: TextPerson) -> None:
    assert "Czy mieszkasz blisko parku?" in person.texts("park polski")


def test_stop_is_confirmed_once_then_there_is_silence(person: TextPerson, database: Database, cast: Cast) -> None:
    person.texts("park")
    assert person.texts("stopp") == "You will get no more texts from Hillside Trust. Text START to begin again."
    assert [person.texts(words) for words in ("STOP", "yes", "hello?", "2", "help", "back")] == [""] * 6
    assert count(database, cast, OptOutRow) == 2
    assert kept(database, cast) == {}


@pytest.mark.parametrize("word", ["STOP", "stop", "Stop.", " stopio ", "rezygnuję", "بند کریں", "UNSUBSCRIBE", "END"])
def test_stop_is_known_in_every_language(person: TextPerson, word: str) -> None:
    person.texts("park")
    person.texts(word)
    assert person.texts("1") == ""


@pytest.mark.parametrize("words", ["Stop the buses being late", "shop", "top", "bus stop"])
def test_a_stop_word_inside_an_answer_is_not_stop(person: TextPerson, words: str) -> None:
    for text in ("park", "no", "skip", "skip", "skip"):
        person.texts(text)
    assert "postcode" in person.texts(words)


def test_after_start_the_keyword_goes_on_with_the_open_question(
    person: TextPerson, database: Database, cast: Cast
) -> None:
    person.texts("park")
    person.texts("yes")
    person.texts("STOP")
    assert person.texts("START") == "You can get texts from Hillside Trust again. Text PARK to go on."
    assert person.texts("PARK") == "Welcome back.\nHow often do you go?\n1 Every week\n2 Every month\n3 Never"
    person.texts("3")
    assert kept(database, cast) == {"near": ("answered", "yes"), "use": ("answered", "never")}
    assert count(database, cast, ResponseRow) == 1


def test_a_fresh_keyword_after_stop_is_a_wish_to_go_on(person: TextPerson) -> None:
    person.texts("STOP")
    assert "Do you live near the park?" in person.texts("PARK")
    assert "How often" in person.texts("yes")


def test_a_second_keyword_asks_which_and_changes_when_said_again(
    person: TextPerson, database: Database, cast: Cast
) -> None:
    publish(database, cast.hillside, POND)
    person.texts("park")
    asked = person.texts("pond")
    assert asked.startswith("You are in the middle of: Your park. Text POND again to change to: The pond.")
    assert "Do you live near the park?" in asked
    assert "More ducks?" in person.texts("pond")
    person.texts("yes")
    assert kept(database, cast) == {"ducks": ("answered", "yes")}


def test_more_words_soon_after_a_written_answer_are_added_to_it(
    person: TextPerson, database: Database, cast: Cast, hands: Hands
) -> None:
    for text in ("park", "no", "skip", "skip", "skip", "More trees"):
        person.texts(text)
    assert person.texts("and somewhere to sit") == ""
    assert kept(database, cast)["change"] == ("answered", "More trees\nand somewhere to sit")
    hands.waits(minutes=3)
    assert "first part of your postcode" in person.texts("and a pond")


def test_the_same_words_within_three_seconds_are_the_networks(
    park: None, client: FlaskClient, database: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch, hands: Hands
) -> None:
    person = TextPerson(client)
    person.texts("park")
    person.texts("1")
    monkeypatch.setattr("svvoice.clock.now", lambda: hands.moment)
    hands.waits(seconds=1)
    assert person.texts("1") == ""
    assert kept(database, cast) == {"near": ("answered", "yes")}
    hands.waits(seconds=9)
    assert person.texts("1").startswith("What does it need?")


def test_a_text_that_fits_only_the_question_before_is_kept_and_asked_about(
    person: TextPerson, database: Database, cast: Cast
) -> None:
    for text in ("park", "yes", "1", "trees", "5"):
        person.texts(text)
    person.texts("4 out of 5")
    assert "unplaced" in readings(database, cast)
    assert kept(database, cast)["rating"] == ("answered", "5")


def test_a_late_answer_within_thirty_days_is_welcomed_back(
    person: TextPerson, database: Database, cast: Cast, hands: Hands
) -> None:
    person.texts("park")
    hands.waits(days=20)
    assert person.texts("yes").startswith("Welcome back.\nHow often do you go?")
    assert kept(database, cast) == {"near": ("answered", "yes")}


def test_after_thirty_days_the_words_are_kept_and_the_keyword_told(
    person: TextPerson, database: Database, cast: Cast, hands: Hands
) -> None:
    person.texts("park")
    hands.waits(days=31)
    assert "Text PARK to answer: Your park" in person.texts("yes")
    assert kept(database, cast) == {}
    assert readings(database, cast) == ["keyword", "unplaced"]


def test_an_unknown_text_is_kept_and_told_how_to_begin(person: TextPerson, database: Database, cast: Cast) -> None:
    reply = person.texts("hello is anybody there")
    assert reply == "Sorry, we do not know what that is about.\nText PARK to answer: Your park"
    assert readings(database, cast) == ["unplaced"]


def test_yes_after_the_thanks_asks_to_be_told_and_is_not_an_answer(
    person: TextPerson, database: Database, cast: Cast
) -> None:
    for text in ("park", "no", "skip", "skip", "skip", "skip", "skip", "skip"):
        person.texts(text)
    before = kept(database, cast)
    assert person.texts("Yes please") == "Thank you. We will text you once, when we have decided."
    assert count(database, cast, TellBackRow) == 1
    assert kept(database, cast) == before


def test_delete_asks_once_then_takes_everything_away(person: TextPerson, database: Database, cast: Cast) -> None:
    for text in ("park", "no", "trees please"):
        person.texts(text)
    assert person.texts("delete").startswith("Shall we delete your number")
    assert person.texts("DELETE").startswith("Your number and your answers are gone.")
    for table in (ContactRow, ConversationRow, ResponseRow, AnswerRow):
        assert count(database, cast, table) == 0
    with database.reading() as session:
        bodies = session.execute(
            select(InboundMessageRow.body, InboundMessageRow.contact_id).where(
                InboundMessageRow.organisation_id == cast.hillside
            )
        ).all()
    assert {tuple(row) for row in bodies} == {("", None)}
    assert count(database, cast, OptOutRow) == 1, "a mark that nobody can read back keeps us from texting again"


def test_a_repeated_delete_does_not_bring_the_number_back(person: TextPerson, database: Database, cast: Cast) -> None:
    person.texts("park")
    person.texts("delete")
    person.texts("delete", sid="SM-the-second-one")
    person.delivers("delete", "SM-the-second-one")
    assert count(database, cast, ContactRow) == 0


def test_one_organisation_never_hears_of_anothers_texts(person: TextPerson, database: Database, cast: Cast) -> None:
    publish(database, cast.riverside, POND)
    person.texts("park")
    other = TextPerson(person.client, person.number, NUMBERS["riverside"])
    assert "More ducks?" in other.texts("pond")
    assert "PARK" not in other.texts("what")
    assert "How often do you go?" in person.texts("yes")


def test_the_number_stands_nowhere_in_the_clear(person: TextPerson, database: Database, cast: Cast) -> None:
    person.texts("park")
    person.texts("yes")
    with database.reading() as session:
        sealed, hashed = session.execute(
            select(ContactRow.phone_sealed, ContactRow.phone_hash).where(ContactRow.organisation_id == cast.hillside)
        ).one()
    assert b"7700900101" not in bytes(sealed)
    assert "7700900101" not in hashed


@pytest.mark.parametrize("mutated", ["MessageSid", "From", "To", "Body", "NumMedia"])
def test_a_changed_field_breaks_the_signature(person: TextPerson, mutated: str, database: Database, cast: Cast) -> None:
    form = {"MessageSid": "SM1", "From": person.number, "To": person.to, "Body": "park", "NumMedia": "0"}
    signed = signature("/sms/inbound", form)
    changed = {**form, mutated: form[mutated] + "1"}
    response = person.client.post("/sms/inbound", data=changed, headers={"X-Twilio-Signature": signed})
    assert response.status_code == 403
    assert count(database, cast, InboundMessageRow) == 0


def test_a_missing_signature_is_refused(person: TextPerson) -> None:
    form = {"MessageSid": "SM1", "From": person.number, "To": person.to, "Body": "park"}
    assert person.client.post("/sms/inbound", data=form).status_code == 403


@pytest.mark.parametrize("fields", [{}, {"MessageSid": "SM1"}, {"From": "+447700900101", "To": "+447700900142"}])
def test_a_signed_request_without_its_fields_is_refused_plainly(person: TextPerson, fields: dict[str, str]) -> None:
    headers = {"X-Twilio-Signature": signature("/sms/inbound", fields)}
    response = person.client.post("/sms/inbound", data=fields, headers=headers)
    assert response.status_code == 400
    assert "MessageSid" in response.get_data(as_text=True)


@pytest.mark.parametrize("number", ["+447700900142", "60006", "Council", "whatsapp:+447700900101"])
def test_machines_and_our_own_numbers_are_not_answered(
    person: TextPerson, number: str, database: Database, cast: Cast
) -> None:
    assert TextPerson(person.client, number).texts("park") == ""
    assert count(database, cast, ContactRow) == 0


@pytest.mark.parametrize(
    "words",
    [
        "",
        " ",
        "\u200f",
        "🦆",
        "x" * 1600,
        "a\x00b",
        "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
    ],
)
def test_odd_texts_get_a_kind_reply(person: TextPerson, words: str) -> None:
    person.texts("park")
    assert person.texts(words).startswith("Sorry")


def test_silence_is_an_empty_response(person: TextPerson) -> None:
    person.texts("stop")
    response = person.delivers("hello")
    assert response.status_code == 200
    assert response.mimetype == "text/xml"
    assert message_in(response.get_data(as_text=True)) == ""
    assert b"<Response" in response.data
    assert b"<Message" not in response.data


def test_twilios_own_words_are_left_to_twilio_by_default(
    environment: dict[str, str], park: None, database: Database, cast: Cast
) -> None:
    app = create_app({**environment, "TWILIO_OPT_OUT": "twilio"})
    person = TextPerson(app.test_client())
    person.texts("park")
    assert person.texts("HELP") == ""
    assert person.texts("STOP") == ""
    assert count(database, cast, OptOutRow) == 1
    assert person.texts("START") == ""
    other = TextPerson(app.test_client(), "+447700900102")
    assert other.texts("stopio").startswith("You will get no more texts"), "a word that Twilio does not know"
    app.extensions["svvoice"].database.close()


def test_where_twilio_says_it_has_answered_we_stay_silent(person: TextPerson, database: Database, cast: Cast) -> None:
    person.texts("park")
    assert person.texts("ARRET", OptOutType="STOP") == ""
    assert count(database, cast, OptOutRow) == 1
    assert person.texts("1") == ""
