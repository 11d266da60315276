"""People who answer the five questions over any transport: pages in a browser without script, or texts."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlencode
from uuid import uuid4

from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]

from benchmarks.survey import OUR_NUMBER, Script, number_of
from tests.environment import ENVIRONMENT

_ACTION = re.compile(r'<form method="post" action="([^"]+)"')
_TOKEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]+)"')
_INBOUND = "/sms/inbound"


@dataclass(frozen=True)
class Reply:
    """An answer to a request: the body is unpacked, `sent` is how many bytes it had on the way."""

    status: int
    location: str
    text: str
    sent: int


class Transport(Protocol):
    """Brings requests to an application and keeps one browser's cookies."""

    def get(self, address: str) -> Reply: ...
    def post(self, address: str, body: bytes, headers: Mapping[str, str]) -> Reply: ...


@dataclass(frozen=True)
class Text:
    """A text message as the provider brings it, signed."""

    body: bytes
    signature: str

    @property
    def headers(self) -> dict[str, str]:
        return {"X-Twilio-Signature": self.signature}


def first_page(transport: Transport, slug: str, language: str = "") -> Reply:
    return _shown(transport.get(f"/s/{slug}?lang={language}" if language else f"/s/{slug}"))


def answer_on_pages(transport: Transport, script: Script) -> int:
    """One person from the first page to the thanks. Gives the bytes that came; AssertionError where it fails."""
    page = first_page(transport, script.slug)
    start = re.search(rf'href="(/s/{script.slug}/[a-z_]+[^"]*)"', page.text)
    assert start, page.text
    came = page.sent
    page = _shown(transport.get(html.unescape(start.group(1))))
    came += page.sent
    for question, values in script.on_pages.items():
        action, (token, value) = html.unescape(_found(_ACTION, page)[0]), _found(_TOKEN, page)
        assert f"/s/{script.slug}/{question}" in action, page.text
        page = transport.post(action, form_body({token: html.unescape(value), "answer": list(values)}), {})
        came += page.sent
        if page.status == 303:
            page = _shown(transport.get(page.location))
            came += page.sent
    assert "Thank you" in _shown(page).text, page.text
    return came


def texts_of(person: int, script: Script) -> tuple[Text, ...]:
    """The keyword and every answer, signed as the provider signs."""
    return tuple(_text(number_of(person), words) for words in (script.keyword, *script.by_text))


def answer_by_text(transport: Transport, texts: Sequence[Text]) -> None:
    """One person's whole conversation. AssertionError where a reply is missing."""
    for text in texts:
        reply = _shown(transport.post(_INBOUND, text.body, text.headers))
        assert "<Message>" in reply.text, reply.text
    assert "Thank you" in reply.text, reply.text


def form_body(fields: Mapping[str, str | Sequence[str]]) -> bytes:
    return urlencode(fields, doseq=True).encode()


def _text(sender: str, words: str) -> Text:
    form = {"MessageSid": f"SM{uuid4().hex}", "From": sender, "To": OUR_NUMBER, "Body": words, "NumMedia": "0"}
    validator = RequestValidator(ENVIRONMENT["TWILIO_AUTH_TOKEN"])
    return Text(form_body(form), str(validator.compute_signature(ENVIRONMENT["PUBLIC_URL"] + _INBOUND, form)))


def _shown(reply: Reply) -> Reply:
    assert reply.status == 200, f"{reply.status} {reply.text}"
    return reply


def _found(pattern: re.Pattern[str], page: Reply) -> tuple[str, ...]:
    found = pattern.search(page.text)
    assert found, page.text
    return found.groups()
