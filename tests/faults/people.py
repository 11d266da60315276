"""People who answer over a network that breaks: each keeps at it until told that the answer is in, and notes that."""

from __future__ import annotations

import gzip
import html
import http.client
import random
import re
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit
from uuid import UUID, uuid4

from svvoice.answering import turns
from tests.environment import ENVIRONMENT
from tests.people import message_in, signature

SLUG = "park"
TURN = re.compile(r'name="turn" value="([^"]+)"')
ACTION = re.compile(r'<form[^>]*action="([^"]+)"')
INBOUND = "/sms/inbound"
PATIENCE = 60.0
"""Seconds that somebody goes on trying before the test fails."""


@dataclass(frozen=True)
class Reply:
    status: int
    location: str
    text: str
    cookie: str | None
    retry_after: str | None


def ask(port: int, method: str, path: str, body: str = "", headers: Mapping[str, str] | None = None) -> Reply | None:
    """One request over a connection of its own; None where it broke before the whole reply was there."""
    sent = {"Accept-Encoding": "gzip", **(headers or {})}
    if method == "POST":
        sent["Content-Type"] = "application/x-www-form-urlencoded"
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request(method, path, body.encode() if method == "POST" else None, sent)
        came = connection.getresponse()
        content = came.read()
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()
    plain = gzip.decompress(content) if came.headers["Content-Encoding"] == "gzip" else content
    cookie = (came.headers["Set-Cookie"] or "").partition(";")[0] or None
    return Reply(came.status, came.headers["Location"] or "", plain.decode(), cookie, came.headers["Retry-After"])


@dataclass
class Told:
    """What people were told is in. `web`: response → question → what is stored; `texts`: message id → reply."""

    web: dict[UUID, dict[str, str]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    by_text: dict[str, dict[str, str]] = field(default_factory=dict)
    """Number → question → what is stored."""
    tries_again: int = 0
    surprises: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def acknowledged(self) -> int:
        with self.lock:
            return sum(len(said) for said in self.web.values()) + len(self.texts)


class UnexpectedReplyError(AssertionError):
    """Somebody got a reply that this moment of the survey does not allow for."""


@dataclass
class Person:
    """Somebody with a phone that tries again by itself."""

    port: int
    told: Told
    chance: random.Random

    def insists(self, method: str, path: str, body: str = "", headers: Mapping[str, str] | None = None) -> Reply:
        """The same request until it is answered with anything but trouble on the other side."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            reply = ask(self.port, method, path, body, headers)
            if reply is not None and reply.status < 500:
                return reply
            with self.told.lock:
                self.told.tries_again += 1
                if reply is not None and reply.status == 500:
                    self.told.surprises.append(f"{method} {path}: 500")
            time.sleep(self.chance.uniform(0.1, 0.4))
        raise UnexpectedReplyError(f"{method} {path}: no answer in {PATIENCE} s")

    def answers_all(self) -> None:
        raise NotImplementedError


@dataclass
class WebPerson(Person):
    """A browser without script."""

    cookie: str | None = None

    def answers_all(self) -> None:
        """The whole survey, once."""
        page = self._get(f"/s/{SLUG}?lang=en")
        start = re.search(rf'href="(/s/{SLUG}/[a-z0-9_]+\?[^"]+)"', page.text)
        if start is None:
            raise UnexpectedReplyError(page.text)
        page = self._get(html.unescape(start.group(1)))
        answers = chosen(self.chance)
        while (turn := TURN.search(page.text)) and "Thank you" not in page.text:
            page = self._answers(page, html.unescape(turn.group(1)), answers)
        if "Thank you" not in page.text:
            raise UnexpectedReplyError(page.text)

    def _answers(self, page: Reply, signed: str, answers: Mapping[str, Sequence[str]]) -> Reply:
        turn = turns.read(signed, SLUG, ENVIRONMENT["SECRET_KEY"])
        action = ACTION.search(page.text)
        if turn is None or action is None:
            raise UnexpectedReplyError(page.text)
        values = answers[turn.question_id]
        body = urlencode({"turn": signed, "answer": values}, doseq=True)
        reply = self._insists_with_cookie("POST", html.unescape(action.group(1)), body)
        if reply.status not in {200, 303}:
            raise UnexpectedReplyError(f"{reply.status} after {turn.question_id}")
        with self.told.lock:
            self.told.web.setdefault(turn.response_id, {})[turn.question_id] = "|".join(values)
        return self._get(reply.location) if reply.status == 303 else reply

    def _get(self, path: str) -> Reply:
        reply = self._insists_with_cookie("GET", path)
        while reply.status == 303:
            reply = self._insists_with_cookie("GET", reply.location)
        if reply.status != 200:
            raise UnexpectedReplyError(f"{reply.status} at {urlsplit(path).path}")
        return reply

    def _insists_with_cookie(self, method: str, path: str, body: str = "") -> Reply:
        reply = self.insists(method, path, body, {"Cookie": self.cookie} if self.cookie else {})
        self.cookie = reply.cookie or self.cookie
        return reply


@dataclass
class TextPerson(Person):
    """A phone whose texts reach us through a provider that delivers again until it hears something."""

    number: str = ""
    to: str = ENVIRONMENT["TWILIO_FROM"]

    def answers_all(self) -> None:
        """The keyword, then the whole survey, once."""
        answers = chosen(self.chance)
        self.texts("PARK")
        reply = ""
        for question, values in answers.items():
            reply = self.texts(WORDS[question].get("|".join(values), "|".join(values)))
            with self.told.lock:
                self.told.by_text.setdefault(self.number, {})[question] = "|".join(values)
        if "Thank you" not in reply:
            raise UnexpectedReplyError(reply)

    def texts(self, words: str, sid: str | None = None) -> str:
        form = {"MessageSid": sid or f"SM{uuid4().hex}", "From": self.number, "To": self.to, "Body": words}
        form["NumMedia"] = "0"
        reply = self.insists("POST", INBOUND, urlencode(form), {"X-Twilio-Signature": signature(INBOUND, form)})
        if reply.status != 200:
            raise UnexpectedReplyError(f"{reply.status} to a text")
        with self.told.lock:
            self.told.texts[form["MessageSid"]] = message_in(reply.text)
        return message_in(reply.text)


# What somebody texts for what is stored, where the two differ.
WORDS: Mapping[str, Mapping[str, str]] = {
    "near": {},
    "use": {"weekly": "every week", "monthly": "every month", "never": "never"},
    "want": {"trees": "trees", "trees|seats": "1 and 2", "lights": "3"},
    "rating": {},
    "visits": {},
    "change": {},
    "area": {},
    "age": {"from_16": "16 to 24", "from_25": "25 or over"},
}


def chosen(chance: random.Random) -> dict[str, tuple[str, ...]]:
    """What one person answers, question by question in the survey's order, as it is stored."""
    near = chance.choice(("yes", "no"))
    return {
        "near": (near,),
        **({"use": (chance.choice(("weekly", "monthly", "never")),)} if near == "yes" else {}),
        "want": chance.choice((("trees",), ("trees", "seats"), ("lights",))),
        "rating": (chance.choice("45"),),
        "visits": (str(chance.randint(6, 60)),),
        "change": (f"Benches by the gate {uuid4().hex[:8]}",),
        "area": (chance.choice(("LS7", "BD3", "HX1")),),
        "age": (chance.choice(("from_16", "from_25")),),
    }
