"""Requests that the loopback network makes to the application, signed as Twilio signs them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlencode, urlsplit

SECONDS = 15
"""So long Twilio waits for an answer."""


@dataclass(frozen=True)
class Answer:
    """What the application said; status 0 where it could not be reached."""

    status: int
    body: str


def signature(token: str, address: str, fields: Mapping[str, str]) -> str:
    """Twilio's signature: the exact address, then the fields by name, keyed with the account's token."""
    words = address + "".join(name + fields[name] for name in sorted(fields))
    return base64.b64encode(hmac.new(token.encode(), words.encode(), hashlib.sha1).digest()).decode()


def post(token: str, address: str, fields: Mapping[str, str], seconds: float = SECONDS) -> Answer:
    """Sends a signed form and reads the answer. Raises nothing: people's phones do not crash when we do."""
    parts = urlsplit(address)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=seconds)
    path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Twilio-Signature": signature(token, address, fields),
        "User-Agent": "loopback-phone",
        "Accept": "*/*",
    }
    try:
        connection.request("POST", path, urlencode(fields), headers)
        response = connection.getresponse()
        return Answer(response.status, response.read().decode("utf-8", "replace"))
    except (OSError, HTTPException):
        return Answer(0, "")
    finally:
        connection.close()


def texts_in(answer: Answer) -> list[str]:
    """The texts that an answer in TwiML sends back, in order; none where it is not TwiML."""
    if answer.status != 200:
        return []
    try:
        response = ElementTree.fromstring(answer.body)  # noqa: S314 - written by our own application
    except ElementTree.ParseError:
        return []
    texts = ["".join(message.itertext()) for message in response.iter("Message")]
    return [text for text in texts if text]
