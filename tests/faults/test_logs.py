"""Logs hold ids only: a made-up number and made-up words go through every flow and every crash, and stand in no log."""

from __future__ import annotations

import html
import logging
import random
import resource
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from urllib.parse import quote, urlencode
from uuid import uuid4

import psutil  # type: ignore[import-untyped]
import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from svvoice.messaging.loopback.ledger import Fault
from svvoice.messaging.quiet import QuietSender
from svvoice.messaging.sender import Outcome, Refused, Trouble, Unknown
from svvoice.messaging.worker import run, work_once
from svvoice.settings import Settings
from svvoice.store import arrivals, messages, responses
from svvoice.store.database import Database
from svvoice.store.sealing import Sealer
from svvoice.store.tables import SenderRow
from svvoice.web import errors
from tests.databases import fresh_address
from tests.environment import ENVIRONMENT
from tests.faults.canaries import NUMBER, SPELLINGS, WORDS, forms_of_writing, traces_in
from tests.faults.kills import fill
from tests.faults.people import ACTION, INBOUND, TURN, Reply, ask
from tests.faults.servers import Server, running
from tests.faults.standing import application
from tests.messaging.networks import running_network
from tests.messaging.people import Town
from tests.people import TextPerson, WebPerson, signature

pytestmark = pytest.mark.xdist_group("faults")


def test_control_every_way_of_writing_them_is_found() -> None:
    assert [written for written in forms_of_writing() if not traces_in(f"[ERROR] it was {written}.")] == []
    assert traces_in("[ERROR] answering.answer: RuntimeError at /srv/store/responses.py:12") == []


def test_no_flow_and_no_crash_of_the_server_leaves_a_trace(address: str, tmp_path: Path) -> None:
    fill(address)
    log = tmp_path / "server.log"
    with running(address, log) as server:
        on_pages(server)
        by_text(server)
        for strange in strange_requests():
            raw(server, strange)
        if address.startswith("sqlite"):
            on_a_full_disk(server)
        crashing(server)
        server.stop()
    said = log.read_text(encoding="utf-8", errors="replace")
    assert traces_in(said) == []
    assert "Traceback" not in said
    assert "127.0.0.1" not in said  # nobody's address either


def on_pages(server: Server) -> None:
    """Every page of a survey, and what people mistype."""
    person = Browser(server, "/s/park/near?lang=en&via=zebrasong")
    for values in (["no"], ["trees", "other"], ["4"], ["twelve zebrasong"], ["12"], [WORDS], [WORDS], ["from_16"]):
        person.posts({"answer": values, "other": WORDS})
    person.posts({"skip": "1"})
    person.posts({"answer": WORDS, "turn": f"{WORDS}.forged"})
    person.opens("/s/park/thank-you?lang=en")
    for number in (*SPELLINGS, f"{NUMBER} zebrasong"):
        person.posts({"phone": number}, "/s/park/tell-me")
    for path in ("delete-my-answers", "someone-else", "finish-here"):
        person.posts({"answer": WORDS}, f"/s/park/{path}")
    for path in (
        f"/s/{quote(WORDS)}",
        f"/s/park/{quote(WORDS)}",
        f"/{quote(NUMBER)}",
        f"/?q={quote(WORDS)}",
        f"/join/{quote(WORDS)}",
    ):
        ask(server.port, "GET", path, headers={"Cookie": f"svvoice-answers={quote(WORDS)}", "Accept-Language": WORDS})
    ask(server.port, "POST", "/sign-in", urlencode({"sign_in_name": WORDS, "password": WORDS}))
    ask(server.port, "GET", "/", headers={"Host": "zebrasong.example.org", "User-Agent": WORDS, "Referer": WORDS})


def by_text(server: Server) -> None:
    """A whole conversation with every command, a repeat, and texts that are not ours."""
    said = ["PARK", "no", WORDS, "trees", "5", "12", WORDS, "LS7", WORDS, "16 to 24", "HELP", WORDS, "STOP", WORDS]
    for words in [*said, "START", "PARK", "DELETE", "DELETE", WORDS]:
        delivered(server, words)
    delivered(server, WORDS, sid="SM1")
    delivered(server, WORDS, sid="SM1")
    delivered(server, WORDS, forged=WORDS)
    delivered(server, WORDS, OptOutType=WORDS, NumMedia=WORDS, MediaUrl0=f"https://example.org/{quote(WORDS)}")
    delivered(server, WORDS, To=NUMBER)
    delivered(server, WORDS, From=WORDS)
    delivered(server, WORDS * 400)
    status = {"MessageSid": WORDS, "MessageStatus": WORDS, "To": NUMBER, "ErrorCode": WORDS}
    path = f"/sms/status?m={quote(WORDS)}"
    ask(server.port, "POST", path, urlencode(status), {"X-Twilio-Signature": signature(path, status)})


def delivered(server: Server, words: str, sid: str | None = None, forged: str | None = None, **more: str) -> None:
    form = {"MessageSid": sid or f"SM{uuid4().hex}", "From": NUMBER, "To": ENVIRONMENT["TWILIO_FROM"], "Body": words}
    form |= more
    ask(server.port, "POST", INBOUND, urlencode(form), {"X-Twilio-Signature": forged or signature(INBOUND, form)})


def strange_requests() -> list[bytes]:
    """What broken programs, proxies and attackers send: answers where a server looks for its own words."""
    words, number = WORDS.encode(), NUMBER.encode()
    form = b"Content-Type: application/x-www-form-urlencoded\r\n"
    to_page = b"POST /s/park/near HTTP/1.1\r\nHost: 127.0.0.1\r\n" + form
    return [
        b"answer=" + words + b"\r\n\r\n",
        b"GET /s/park/" + words + b" HTTP/1.1\r\n\r\n",
        b"GET /s/park?zebrasong HTTP/9.zebrasong\r\n\r\n",
        b"zebrasong /s/park HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + words + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + number + b"\x00\r\n\r\n",
        b"GET /" + b"zebrasong" * 1000 + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"zebrasong" * 2000 + b"\r\n\r\n",
        to_page + b"Content-Length: 5\r\n\r\nanswer=" + words + b"&phone=" + number,
        to_page + b"Content-Length: zebrasong\r\n\r\nanswer=" + words,
        to_page + b"Content-Length: 500\r\n\r\nanswer=" + words,
        to_page + b"Transfer-Encoding: chunked\r\n\r\n" + words + b"\r\n" + number,
        to_page + b"Transfer-Encoding: zebrasong\r\n\r\n",
        to_page.replace(b"x-www-form-urlencoded", b"zebrasong") + b"Content-Length: 9\r\n\r\nzebrasong",
        to_page.replace(form, b"Content-Type: multipart/form-data; boundary=zebrasong\r\n")
        + b"Content-Length: 9\r\n\r\nzebrasong",
        to_page + b"Content-Length: 99999\r\n\r\nanswer=" + words * 3000,
    ]


def raw(server: Server, sent: bytes) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=0.5) as line:
        try:
            line.sendall(sent)
            line.shutdown(socket.SHUT_WR)
            while line.recv(65536):
                pass
        except OSError:
            return


def on_a_full_disk(server: Server) -> None:
    """A disk that takes nothing while people answer."""
    for size in (0, resource.RLIM_INFINITY):
        for process in server.workers():
            _, most = psutil.Process(process).rlimit(psutil.RLIMIT_FSIZE)
            psutil.Process(process).rlimit(psutil.RLIMIT_FSIZE, (size, most))
        Browser(server, "/s/park/change?lang=en").posts({"answer": WORDS})
        delivered(server, WORDS)


def crashing(server: Server) -> None:
    """kill -9 while the words are on their way."""
    chance = random.Random(5)
    for _ in range(3):
        body = urlencode({"turn": "x", "answer": WORDS}).encode()
        head = f"POST /s/park/near HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        with socket.create_connection(("127.0.0.1", server.port), timeout=5) as line:
            line.sendall(head + body[:-3])
            server.kill_a_worker(chance)
        server.wait_until_ready()


class Browser:
    """A browser at the park survey that sends whatever it is told to."""

    def __init__(self, server: Server, first: str) -> None:
        self._server, self._cookie, self._page = server, "", ""
        self.opens(first)

    def opens(self, path: str) -> None:
        self._take(ask(self._server.port, "GET", path, headers=self._headers))

    def posts(self, fields: dict[str, str | list[str]], path: str | None = None) -> None:
        turn, action = TURN.search(self._page), ACTION.search(self._page)
        where = path or (html.unescape(action.group(1)) if action else "/s/park/near")
        sent = {"turn": html.unescape(turn.group(1)) if turn else "", **fields}
        self._take(ask(self._server.port, "POST", where, urlencode(sent, doseq=True), self._headers))

    @property
    def _headers(self) -> dict[str, str]:
        return {"Cookie": self._cookie} if self._cookie else {}

    def _take(self, reply: Reply | None) -> None:
        assert reply is not None
        self._cookie = reply.cookie or self._cookie
        if reply.status == 303:
            self.opens(reply.location)
        else:
            self._page = reply.text


FAILING = (
    (responses, "start"),
    (responses, "record"),
    (responses, "seen_submission"),
    (messages, "keep"),
    (arrivals, "arrival"),
)


def fail(kind: type[Exception]) -> Callable[..., None]:
    def failing(*_: object, **__: object) -> None:
        raise kind(f"could not keep {WORDS} of {NUMBER}")

    return failing


@pytest.fixture
def answering(tmp_path: Path) -> Iterator[tuple[WebPerson, TextPerson]]:
    url = fresh_address("sqlite", tmp_path)
    fill(url)
    with application(url) as app:
        person = WebPerson(app.test_client(), "park")
        person.starts()
        yield person, TextPerson(app.test_client(), NUMBER)


@pytest.mark.parametrize("kind", [RuntimeError, ValueError, KeyError])
@pytest.mark.parametrize(("module", "name"), FAILING, ids=[name for _, name in FAILING])
def test_an_error_that_holds_an_answer_is_logged_without_it(
    answering: tuple[WebPerson, TextPerson],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    module: ModuleType,
    name: str,
    kind: type[Exception],
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr(module, name, fail(kind))
    assert 500 in statuses(answering)
    assert f"{kind.__name__} at " in caplog.text
    assert traces_in(caplog.text + "".join(capfd.readouterr())) == []


def test_control_an_error_logged_with_its_words_would_be_found(
    answering: tuple[WebPerson, TextPerson], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(responses, "record", fail(RuntimeError))
    monkeypatch.setattr(errors, "where", str)
    assert 500 in statuses(answering)
    assert traces_in(caplog.text) != []


def statuses(answering: tuple[WebPerson, TextPerson]) -> set[int]:
    person, phone = answering
    return {person.answers("no").status_code, *(phone.delivers(words).status_code for words in ("PARK", "no", WORDS))}


def test_an_error_of_the_database_does_not_repeat_what_went_into_the_statement(database: Database) -> None:
    with pytest.raises(IntegrityError) as refused, database.transaction() as session:
        session.execute(insert(SenderRow).values(number=NUMBER, organisation_id=uuid4()))
    assert NUMBER not in str(refused.value)


class FailingSender(QuietSender):
    """A provider that fails in every way, one after the other; its errors repeat what they were given."""

    def __init__(self, stop: threading.Event) -> None:
        super().__init__()
        self._stop = stop
        self._outcomes: Iterator[Outcome | Exception] = iter(
            (
                RuntimeError(f"{WORDS} {NUMBER}"),
                Unknown("ReadTimeout"),
                Refused(21211, Trouble.NUMBER),
                Refused(0, Trouble.LATER, 0.0),
                Refused(20003, Trouble.SETUP),
            )
        )

    def send(self, to: str, body: str, sender: str, callback_address: str, valid_for: int) -> Outcome:
        outcome = next(self._outcomes, None)
        if outcome is None or (isinstance(outcome, Refused) and outcome.trouble is Trouble.SETUP):
            self._stop.set()
        if isinstance(outcome, Exception):
            raise outcome
        return outcome or Unknown("nothing")


def test_the_worker_goes_on_after_an_error_and_logs_no_number_and_no_words(
    database: Database, sealer: Sealer, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    town = Town(database, sealer, settings).found()
    for last in range(5):
        town.queue(f"{NUMBER[:-1]}{last}", WORDS)
    town.queue(NUMBER, WORDS)
    stop = threading.Event()
    desk = replace(town.desk(FailingSender(stop)), stop=stop)
    run(desk, poll=0.01)
    assert "RuntimeError at " in caplog.text
    assert "the provider says 20003" in caplog.text
    assert traces_in(caplog.text) == []


def test_the_texting_provider_s_client_logs_no_number_and_no_words(
    database: Database, sealer: Sealer, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    town = Town(database, sealer, settings).found()
    with running_network("http://127.0.0.1:1") as network:
        for last, fault in enumerate(Fault):
            network.fault(fault, 1)
            town.queue(f"{NUMBER[:-1]}{last}", WORDS)
            work_once(town.desk(network.sender(settings, seconds=0.5)))
            town.clock.wait(minutes=20)
    assert {"accepted", "refused"} <= set(town.rows("state"))
    assert traces_in(caplog.text) == []
