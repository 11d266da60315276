"""The loopback network's front door: Twilio's addresses under `/2010-04-01`, and `/phone` to play resident and fate."""

from __future__ import annotations

import base64
import binascii
import hmac
import json
import re
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from svvoice.core.sms_text import segments
from svvoice.messaging.loopback import papers
from svvoice.messaging.loopback.ledger import Fault, Message
from svvoice.messaging.loopback.network import Network

LONGEST_BODY = 64 * 1024
PHONE = re.compile(r"\+[1-9]\d{6,14}")
WAIT = 2
"""Seconds in `Retry-After`."""

Answer = tuple[int, dict[str, Any] | None]


def serve(network: Network, port: int) -> ThreadingHTTPServer:
    """A server on this machine alone; port 0 takes a free one. The caller runs `serve_forever` and ends it."""

    class Door(_Door):
        house = network

    server = ThreadingHTTPServer(("127.0.0.1", port), Door)
    server.daemon_threads = True
    return server


class _Door(BaseHTTPRequestHandler):
    house: Network
    protocol_version = "HTTP/1.1"
    timeout = 60

    def do_GET(self) -> None:
        self._answer({})

    def do_DELETE(self) -> None:
        self._answer({})

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > LONGEST_BODY:
            self.close_connection = True
            self._write(413, {"message": "too long"})
            return
        body = self.rfile.read(int(length)).decode("utf-8", "replace")
        self._answer(dict(parse_qsl(body, keep_blank_values=True)))

    def log_message(self, *_words: Any) -> None:
        """Nothing is logged: addresses hold numbers."""

    def _answer(self, form: dict[str, str]) -> None:
        address = urlsplit(self.path)
        asked = dict(parse_qsl(address.query, keep_blank_values=True))
        if not self._is_known():
            self._write(*papers.error(20003))
        elif address.path.startswith("/phone/"):
            self._write(*self._phone(address.path.removeprefix("/phone/"), asked, form))
        else:
            self._twilio(address.path, asked, form)

    def _is_known(self) -> bool:
        kind, _, words = self.headers.get("Authorization", "").partition(" ")
        try:
            given = base64.b64decode(words, validate=True)
        except binascii.Error:
            return False
        line = self.house.line
        return kind == "Basic" and hmac.compare_digest(given, f"{line.account_sid}:{line.token}".encode())

    def _twilio(self, path: str, asked: dict[str, str], form: dict[str, str]) -> None:
        base = f"/2010-04-01/Accounts/{self.house.line.account_sid}/Messages"
        one = re.fullmatch(re.escape(base) + r"/(\w+)\.json", path)
        if path == f"{base}.json" and self.command == "POST":
            self._take(form)
        elif path == f"{base}.json" and self.command == "GET":
            found = self.house.ledger.messages()
            self._write(200, papers.messages(self.house.line.account_sid, found, asked))
        elif one and self.command == "GET" and (kept := self.house.ledger.message(one.group(1))):
            self._write(200, papers.message(self.house.line.account_sid, kept))
        elif one and self.command == "DELETE" and self.house.ledger.remove(one.group(1)):
            self._write(204, None)
        else:
            self._write(*papers.error(20404))

    def _take(self, form: dict[str, str]) -> None:
        to, ours = form.get("To", ""), form.get("From") or form.get("MessagingServiceSid", "")
        if code := _wrong(to, ours, form.get("Body", "")):
            self._write(*papers.error(code))
            return
        ledger, line = self.house.ledger, self.house.line
        fault = ledger.take_fault(
            Fault.STOPPED, Fault.TOO_MANY, Fault.FAILS, Fault.TAKES_AND_FAILS, Fault.BREAKS, Fault.HANG
        )
        if fault is Fault.STOPPED or ledger.is_blocked(to, ours):
            self._write(*papers.error(21610))
        elif fault is Fault.TOO_MANY:
            self._write(*papers.error(20429), {"Retry-After": str(WAIT)})
        elif fault is Fault.FAILS:
            self._write(*papers.error(20500))
        else:
            kept = self.house.take(to, ours, form["Body"], form.get("StatusCallback", ""))
            self._say_taken(kept, fault, line.account_sid)

    def _say_taken(self, kept: Message, fault: Fault, account_sid: str) -> None:
        match fault:
            case Fault.TAKES_AND_FAILS:
                self._write(*papers.error(20500))
            case Fault.BREAKS:
                self.close_connection = True
            case Fault.HANG:
                self.house.stopping.wait(self.house.line.hang)
                self.close_connection = True
            case _:
                self._write(201, papers.message(account_sid, kept))

    def _phone(self, path: str, asked: dict[str, str], form: dict[str, str]) -> Answer:
        ledger = self.house.ledger
        match (self.command, path):
            case ("POST", "texts"):
                return self._text(form)
            case ("GET", "messages"):
                return 200, {"messages": [_shown(kept) for kept in ledger.messages(asked.get("number"))]}
            case ("GET", "phones"):
                return 200, {"phones": ledger.phones()}
            case ("GET", "fault"):
                return 200, {"fault": str(ledger.fault())}
            case ("POST", "fault") if form.get("fault") in list(Fault):
                times = form.get("times", "")
                ledger.set_fault(Fault(form["fault"]), int(times) if times.isdigit() else None)
                return 200, {"fault": form["fault"]}
            case _:
                return papers.error(20404)

    def _text(self, form: dict[str, str]) -> Answer:
        number, ours = form.get("from", ""), form.get("to", "")
        if not PHONE.fullmatch(number) or not ours:
            return papers.error(21211)
        media = form.get("media", "0")
        done = self.house.text(
            number,
            ours,
            form.get("body", ""),
            sid=form.get("sid") or None,
            media=int(media) if media.isdigit() else 0,
        )
        return 201, {
            "sid": done.message.sid,
            "answers": [{"status": answer.status, "body": answer.body} for answer in done.answers],
            "replies": [_shown(reply) for reply in done.replies],
        }

    def _write(self, status: int, paper: dict[str, Any] | None, more: dict[str, str] | None = None) -> None:
        body = b"" if paper is None else json.dumps(paper).encode()
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            for name, value in (more or {}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)
        except OSError:  # the caller did not wait
            self.close_connection = True


def _wrong(to: str, ours: str, body: str) -> int | None:
    """Twilio's code for what is wrong with a text, if anything is."""
    if to in papers.MAGIC_TO:
        return papers.MAGIC_TO[to]
    if ours in papers.MAGIC_FROM:
        return papers.MAGIC_FROM[ours]
    if not PHONE.fullmatch(to):
        return 21211
    if not ours:
        return 21603
    if not body:
        return 21602
    return 21617 if len(body) > 1600 else None


def _shown(kept: Message) -> dict[str, Any]:
    cost = segments(kept.body)
    return {
        "sid": kept.sid,
        "direction": str(kept.direction),
        "number": kept.number,
        "ours": kept.ours,
        "body": kept.body,
        "status": kept.status,
        "error_code": kept.error_code,
        "at": kept.created_at.isoformat(),
        "encoding": str(cost.encoding),
        "units": cost.units,
        "parts": max(1, cost.count),
    }
