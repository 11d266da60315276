"""Reports about our texts: only signed ones count, and what they say only climbs."""

from __future__ import annotations

import random
from collections.abc import Callable
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from svvoice.messaging.callback import callback_address, read_callback
from svvoice.messaging.loopback.webhooks import signature
from svvoice.messaging.sender import Unknown
from svvoice.messaging.status import STATUSES
from svvoice.messaging.twilio import signature_is_valid
from svvoice.messaging.worker import work_once
from svvoice.settings import Settings
from svvoice.store import opt_outs
from tests.environment import ENVIRONMENT
from tests.messaging.people import Town
from tests.messaging.settings import SETTINGS

ANNA = "+447700900201"
TOKEN = ENVIRONMENT["TWILIO_AUTH_TOKEN"]


def _report(client: FlaskClient, address: str, **fields: str) -> TestResponse:
    parts = urlsplit(address)
    signed = signature(TOKEN, address, fields)
    return client.post(f"{parts.path}?{parts.query}", data=fields, headers={"X-Twilio-Signature": signed})


@pytest.fixture
def text(town: Town, app: Flask) -> tuple[UUID, str]:
    """A text that was sent, and the address for reports about it."""
    town.queue(ANNA)
    work_once(town.desk())
    (row,) = town.rows("id")
    return row, callback_address(town.settings, town.organisation_id, row)


def test_a_report_is_kept_and_answered_with_nothing(town: Town, client: FlaskClient, text: tuple[UUID, str]) -> None:
    answer = _report(client, text[1], MessageSid="SM" + "0" * 32, MessageStatus="delivered")
    assert (answer.status_code, answer.data) == (204, b"")
    assert town.rows("state", "status", "error_code") == [("accepted", "delivered", None)]


def test_forms_token_is_not_asked_of_the_provider(app: Flask, town: Town, text: tuple[UUID, str]) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    answer = _report(app.test_client(), text[1], MessageSid="SM" + "0" * 32, MessageStatus="sent")
    assert (answer.status_code, town.rows("status")) == (204, ["sent"])


def test_shuffled_and_repeated_reports_end_in_the_highest(
    town: Town, client: FlaskClient, text: tuple[UUID, str]
) -> None:
    chance = random.Random(7)
    reports = [chance.choice(STATUSES[:-1]) for _ in range(200)]
    highest = -1
    for status in reports:
        _report(client, text[1], MessageSid="SM" + "0" * 32, MessageStatus=status)
        highest = max(highest, STATUSES.index(status))
        assert town.rows("status") == [STATUSES[highest]]


def test_reports_about_two_ways_of_ending_end_the_same_in_any_order(town: Town, app: Flask) -> None:
    for order in (("undelivered", "delivered"), ("delivered", "undelivered"), ("failed", "sent", "delivered")):
        town.queue(ANNA, str(order))
        work_once(town.desk())
        address = callback_address(town.settings, town.organisation_id, town.rows("id")[-1])
        for status in order:
            _report(app.test_client(), address, MessageSid=town.quiet.texts[-1].sid, MessageStatus=status)
        town.clock.wait(minutes=1)
    assert town.rows("status") == ["delivered"] * 3


@pytest.mark.parametrize("status", ["receiving", "partially_delivered", "", "DROP TABLE", "délivré"])
def test_what_we_do_not_know_is_acknowledged_and_left(
    town: Town, client: FlaskClient, text: tuple[UUID, str], status: str
) -> None:
    assert _report(client, text[1], MessageSid="SM1", MessageStatus=status).status_code == 204
    assert town.rows("status") == [None]


def test_a_report_about_another_providers_text_is_left(town: Town, client: FlaskClient, text: tuple[UUID, str]) -> None:
    assert _report(client, text[1], MessageSid="SM" + "9" * 32, MessageStatus="delivered").status_code == 204
    assert town.rows("status") == [None]


def test_a_report_that_overtakes_the_answer_proves_that_the_text_was_taken(town: Town, app: Flask) -> None:
    town.queue(ANNA)
    sid = "SM" + "5" * 32

    def reports_first() -> None:
        address = callback_address(town.settings, town.organisation_id, town.rows("id")[0])
        _report(app.test_client(), address, MessageSid=sid, MessageStatus="delivered")

    town.quiet.on_send = reports_first
    town.quiet.next_answers = [Unknown("timed out")]
    work_once(town.desk())
    assert town.rows("state", "provider_sid", "status") == [("accepted", sid, "delivered")]
    town.clock.wait(minutes=10)
    assert work_once(town.desk()).handled == 0


def test_a_stop_told_by_report_goes_to_the_ledger(town: Town, client: FlaskClient, text: tuple[UUID, str]) -> None:
    fields = {"MessageSid": "SM" + "0" * 32, "MessageStatus": "undelivered", "ErrorCode": "21610"}
    for _ in range(2):
        assert _report(client, text[1], **fields).status_code == 204
    assert town.rows("status", "error_code") == [("undelivered", 21610)]
    with town.database.reading() as session:
        assert opt_outs.is_stopped(session, town.organisation_id, town.contact(ANNA).phone_hash)


def test_words_that_we_did_not_sign_name_no_text(town: Town, client: FlaskClient, text: tuple[UUID, str]) -> None:
    base = "http://127.0.0.1:8000/sms/status"
    foreign = callback_address(Settings(secret_key="another key" * 4), town.organisation_id, text[0])
    signed_elsewhere = foreign.split("?m=")[1]
    for words in ("", "x", signed_elsewhere, text[1].split("?m=")[1][:-1] + "!"):
        answer = _report(client, f"{base}?m={words}", MessageSid="SM" + "0" * 32, MessageStatus="delivered")
        assert answer.status_code == 204
    assert town.rows("status") == [None]


def test_an_address_names_exactly_its_own_text() -> None:
    organisation_id, outbox_id = uuid4(), uuid4()
    signed = callback_address(SETTINGS, organisation_id, outbox_id).split("?m=")[1]
    assert read_callback(SETTINGS, signed) == (organisation_id, outbox_id)
    for place in range(len(signed)):
        wrong = signed[:place] + ("A" if signed[place] != "A" else "B") + signed[place + 1 :]
        assert read_callback(SETTINGS, wrong) in (None, (organisation_id, outbox_id))


FIELDS = [
    ("MessageSid", "SM" + "0" * 32),
    ("MessageStatus", "delivered"),
    ("Body", "‘Ŵ’ & + 👍\r\nاردو"),
    ("Empty", ""),
    ("MediaUrl", "https://example.org/1"),
    ("MediaUrl", "https://example.org/2"),
]
PATH = "/sms/status?m=caf%C3%A9+x.y_z-"

Change = Callable[[list[tuple[str, str]]], list[tuple[str, str]]]


def _signed() -> str:
    made: str = RequestValidator(TOKEN).compute_signature("http://127.0.0.1:8000" + PATH, MultiDict(FIELDS))
    return made


def test_a_form_as_it_was_signed_is_let_in_with_repeated_and_empty_fields() -> None:
    assert signature_is_valid(SETTINGS, PATH, MultiDict(FIELDS), _signed())


@pytest.mark.parametrize("place", range(len(FIELDS)))
def test_every_field_changed_taken_away_or_added_is_refused(place: int) -> None:
    name, value = FIELDS[place]
    changed = [
        [*FIELDS[:place], (name, value + "x"), *FIELDS[place + 1 :]],
        [*FIELDS[:place], (name + "x", value + "y"), *FIELDS[place + 1 :]],
        [*FIELDS[:place], *FIELDS[place + 1 :]],
        [*FIELDS, (name, value + "more")],
        [*FIELDS, (f"New{place}", "")],
    ]
    assert [signature_is_valid(SETTINGS, PATH, MultiDict(form), _signed()) for form in changed] == [False] * 5


def test_another_path_query_host_or_token_is_refused() -> None:
    form = MultiDict(FIELDS)
    for path in (PATH + "x", PATH.replace("m=", "n="), "/sms/status", "/sms/status/?m=caf%C3%A9+x.y_z-"):
        assert not signature_is_valid(SETTINGS, path, form, _signed())
    for changed in (
        Settings(public_url="https://127.0.0.1:8000", twilio_auth_token=TOKEN),
        Settings(public_url="http://localhost:8000", twilio_auth_token=TOKEN),
        Settings(public_url="http://127.0.0.1:8000", twilio_auth_token=TOKEN + "x"),
    ):
        assert not signature_is_valid(changed, PATH, form, _signed())


@pytest.mark.parametrize("given", [None, "", "x", "é", "A" * 28])
def test_a_missing_or_wrong_signature_is_refused(given: str | None) -> None:
    assert not signature_is_valid(SETTINGS, PATH, MultiDict(FIELDS), given)


def test_an_empty_token_lets_nobody_in() -> None:
    settings = Settings(public_url="http://127.0.0.1:8000", twilio_auth_token="")
    signed = RequestValidator("").compute_signature("http://127.0.0.1:8000" + PATH, MultiDict(FIELDS))
    assert not signature_is_valid(settings, PATH, MultiDict(FIELDS), signed)


def test_the_token_before_is_let_in_while_it_is_being_changed() -> None:
    settings = Settings(
        public_url="http://127.0.0.1:8000", twilio_auth_token="the new one", twilio_auth_token_old=TOKEN
    )
    assert signature_is_valid(settings, PATH, MultiDict(FIELDS), _signed())


def test_an_empty_query_is_no_query() -> None:
    signed = signature(TOKEN, "http://127.0.0.1:8000/sms/inbound", {"Body": "x"})
    assert signature_is_valid(SETTINGS, "/sms/inbound?", MultiDict({"Body": "x"}), signed)


def test_the_page_refuses_what_is_not_signed(client: FlaskClient, town: Town, text: tuple[UUID, str]) -> None:
    path = text[1].removeprefix("http://127.0.0.1:8000")
    fields = {"MessageSid": "SM" + "0" * 32, "MessageStatus": "delivered"}
    for headers in ({}, {"X-Twilio-Signature": ""}, {"X-Twilio-Signature": "x"}):
        assert client.post(path, data=fields, headers=headers).status_code == 403
    right = signature(TOKEN, text[1], fields)
    answer = client.post(path, data={**fields, "ErrorCode": "21610"}, headers={"X-Twilio-Signature": right})
    assert (answer.status_code, town.rows("status")) == (403, [None])
