"""The real client against the loopback network, over HTTP: what it takes, refuses, loses and reports."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
from twilio.base.exceptions import TwilioRestException  # type: ignore[import-untyped]
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]
from twilio.rest import Client  # type: ignore[import-untyped]

from svvoice.messaging.loopback.ledger import Fault, Ledger
from svvoice.messaging.loopback.webhooks import Answer, signature, texts_in
from svvoice.messaging.sender import Accepted, Refused, Trouble, Unknown
from svvoice.messaging.twilio import TwilioSender
from svvoice.messaging.twiml import reply_xml
from tests.environment import ENVIRONMENT
from tests.messaging.networks import ACCOUNT, TOKEN, RunningNetwork
from tests.messaging.people import OUR_NUMBER
from tests.messaging.settings import SETTINGS

ANNA = "+447700900201"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def _send(sender: TwilioSender, to: str = ANNA, body: str = "Hello", ours: str = OUR_NUMBER) -> object:
    return sender.send(to, body, ours, "http://127.0.0.1:1/sms/status?m=x", 3600)


def _client(network: RunningNetwork) -> Client:
    return network.sender(SETTINGS)._client


def test_the_real_client_sends_a_text_and_finds_it_again(network: RunningNetwork) -> None:
    sender = network.sender(SETTINGS)
    sent = _send(sender)
    assert isinstance(sent, Accepted)
    assert sender.find(ANNA, "Hello", LONG_AGO) == (sent.sid,)
    assert sender.find(ANNA, "Hello?", LONG_AGO) == ()
    assert sender.find("+447700900202", "Hello", LONG_AGO) == ()
    assert sender.find(ANNA, "Hello", datetime.now(UTC) + timedelta(hours=1)) == ()


def test_the_client_sees_its_own_words_and_numbers_again(network: RunningNetwork) -> None:
    message = _client(network).messages.create(to=ANNA, from_=OUR_NUMBER, body="Ŵyn & ‘£5’ 👍\nاردو")
    assert (message.to, message.from_, message.body) == (ANNA, OUR_NUMBER, "Ŵyn & ‘£5’ 👍\nاردو")
    assert (message.status, message.direction, message.num_segments) == ("queued", "outbound-api", "1")
    assert message.account_sid == ACCOUNT
    assert _client(network).messages(message.sid).fetch().body == message.body


def test_a_messaging_service_stands_in_for_the_sender(network: RunningNetwork) -> None:
    message = _client(network).messages.create(to=ANNA, messaging_service_sid="MG" + "1" * 32, body="Hello")
    assert (message.from_, message.messaging_service_sid) == (None, "MG" + "1" * 32)


@pytest.mark.parametrize(
    ("to", "ours", "expected"),
    [
        ("+15005550001", OUR_NUMBER, Refused(21211, Trouble.NUMBER)),
        ("+15005550002", OUR_NUMBER, Refused(21612, Trouble.NUMBER)),
        ("+15005550003", OUR_NUMBER, Refused(21408, Trouble.SETUP)),
        ("+15005550004", OUR_NUMBER, Refused(21610, Trouble.STOPPED)),
        ("+15005550009", OUR_NUMBER, Refused(21614, Trouble.NUMBER)),
        ("07700 900201", OUR_NUMBER, Refused(21211, Trouble.NUMBER)),
        (ANNA, "+15005550001", Refused(21212, Trouble.SETUP)),
        (ANNA, "+15005550007", Refused(21606, Trouble.SETUP)),
        (ANNA, "+15005550008", Refused(21611, Trouble.LATER)),
    ],
)
def test_each_magic_number_is_refused_with_its_code(
    network: RunningNetwork, to: str, ours: str, expected: Refused
) -> None:
    assert _send(network.sender(SETTINGS), to, ours=ours) == expected
    assert network.ledger.messages() == []


def test_a_text_without_words_or_too_long_is_refused(network: RunningNetwork) -> None:
    sender = network.sender(SETTINGS)
    assert _send(sender, body="") == Refused(21602, Trouble.NUMBER)
    assert _send(sender, body="x" * 1601) == Refused(21617, Trouble.NUMBER)
    assert isinstance(_send(sender, body="x" * 1600), Accepted)


def test_a_wrong_token_gets_nothing(network: RunningNetwork) -> None:
    wrong = network.sender(SETTINGS)
    wrong._client.auth = (ACCOUNT, "another token")
    assert _send(wrong) == Refused(20003, Trouble.SETUP)
    for headers in ({}, {"Authorization": "Basic !!"}, {"Authorization": "Bearer x"}):
        for path in ("/phone/messages", f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"):
            assert requests.get(network.address + path, headers=headers, timeout=5).status_code == 401


def test_another_account_is_not_found(network: RunningNetwork) -> None:
    with pytest.raises(TwilioRestException) as raised:
        _client(network).api.v2010.accounts("AC" + "9" * 32).messages.create(to=ANNA, from_=OUR_NUMBER, body="x")
    assert (raised.value.status, raised.value.code) == (404, 20404)


@pytest.mark.parametrize(
    ("fault", "expected", "kept"),
    [
        (Fault.STOPPED, Refused(21610, Trouble.STOPPED), 0),
        (Fault.TOO_MANY, Refused(20429, Trouble.LATER, 2.0), 0),
        (Fault.FAILS, Unknown("status 500"), 0),
        (Fault.TAKES_AND_FAILS, Unknown("status 500"), 1),
        (Fault.BREAKS, Unknown("ConnectionError"), 1),
        (Fault.HANG, Unknown("ReadTimeout"), 1),
    ],
)
def test_each_fault_is_told_apart_and_goes_away_again(
    network: RunningNetwork, fault: Fault, expected: object, kept: int
) -> None:
    sender = network.sender(SETTINGS, seconds=0.5)
    network.fault(fault, times=1)
    assert _send(sender) == expected
    assert len(network.ledger.messages()) == kept
    found = sender.find(ANNA, "Hello", LONG_AGO)
    assert isinstance(found, tuple)
    assert len(found) == kept
    assert isinstance(_send(sender), Accepted)


def test_a_network_that_is_not_there_surely_took_nothing() -> None:
    nowhere = TwilioSender(SETTINGS, 1.0)
    assert _send(nowhere) == Refused(0, Trouble.LATER)
    assert isinstance(nowhere.find(ANNA, "Hello", LONG_AGO), Unknown)


def test_answers_that_are_not_twilios_are_unknown(network: RunningNetwork, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("svvoice.messaging.loopback.papers.message", lambda *_: {"hello": "world"})
    assert isinstance(_send(network.sender(SETTINGS)), Unknown)


def test_texts_are_listed_newest_first_page_by_page_and_by_time_sent(network: RunningNetwork) -> None:
    client = _client(network)
    sids = [client.messages.create(to=ANNA, from_=OUR_NUMBER, body=str(n)).sid for n in range(5)]
    client.messages.create(to="+447700900202", from_=OUR_NUMBER, body="to another")
    _until(lambda: all(message.status == "delivered" for message in network.ledger.messages()))
    assert [message.sid for message in client.messages.list(to=ANNA, page_size=2)] == sids[::-1]
    soon, past = datetime.now(UTC) + timedelta(minutes=5), datetime.now(UTC) - timedelta(minutes=5)
    assert len(client.messages.list(to=ANNA, date_sent_after=past, date_sent_before=soon)) == 5
    assert client.messages.list(to=ANNA, date_sent_after=soon) == []
    assert len(client.messages.list(from_=OUR_NUMBER)) == 6


def test_a_text_can_be_taken_out_of_the_providers_memory(network: RunningNetwork) -> None:
    message = _client(network).messages.create(to=ANNA, from_=OUR_NUMBER, body="x")
    assert _client(network).messages(message.sid).delete()
    assert network.ledger.messages() == []


def test_the_network_signs_as_the_real_validator_checks() -> None:
    fields = {"Body": "‘Ŵ’ & + 👍\n", "From": ANNA, "Empty": ""}
    address = "http://127.0.0.1:8000/sms/status?m=a.b_c-d"
    assert RequestValidator(TOKEN).validate(address, fields, signature(TOKEN, address, fields))


def test_the_reply_in_twiml_is_read_word_for_word() -> None:
    reply = '1 < 2 & "3" ‘£’\n👍 اردو ]]>'
    assert texts_in(Answer(200, reply_xml(reply))) == [reply]
    assert texts_in(Answer(200, reply_xml(""))) == []
    assert texts_in(Answer(200, reply_xml("a\x00\ud800\x0bb"))) == ["ab"]
    assert texts_in(Answer(500, reply_xml("x"))) == []
    assert texts_in(Answer(200, "not xml")) == []


def test_what_was_texted_is_there_after_a_restart(tmp_path: Path) -> None:
    path = str(tmp_path / "phone.db")
    first = Ledger(path)
    first.set_fault(Fault.HANG)
    first.keep("inbound", ANNA, OUR_NUMBER, "HOME", status="received", sid="SM1")  # type: ignore[arg-type]
    first.close()
    second = Ledger(path)
    assert [(message.sid, message.body) for message in second.messages(ANNA)] == [("SM1", "HOME")]
    assert (second.fault(), second.phones()) == (Fault.HANG, [ANNA])
    second.close()


def test_the_program_listens_on_this_machine_only_and_ends_cleanly_when_told(tmp_path: Path) -> None:
    program = [sys.executable, "-m", "svvoice.messaging.loopback", "--port", "0", "--keep", str(tmp_path / "phone.db")]
    process = subprocess.Popen(program, env={**os.environ, **ENVIRONMENT}, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        address = process.stdout.readline().split()[-1]
        assert address.startswith("http://127.0.0.1:")
        answer = requests.get(f"{address}/phone/phones", auth=(ACCOUNT, TOKEN), timeout=5)
        assert answer.json() == {"phones": []}
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0


def test_the_program_says_what_it_lacks(tmp_path: Path) -> None:
    bare = {name: value for name, value in os.environ.items() if not name.startswith("TWILIO")}
    program = [sys.executable, "-m", "svvoice.messaging.loopback", "--keep", str(tmp_path / "phone.db")]
    done = subprocess.run(program, env=bare, capture_output=True, text=True, timeout=30, check=False)
    assert (done.returncode, "TWILIO_ACCOUNT_SID" in done.stdout) == (1, True)


def _until(is_so: object, seconds: float = 5.0) -> None:
    end = time.monotonic() + seconds
    while not is_so():  # type: ignore[operator]
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.01)
