"""The loopback network as its page speaks to it: texting as a resident, looking at what arrived, choosing a fault."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlencode, urlsplit

from svvoice.messaging.loopback.ledger import Direction, Fault
from svvoice.settings import Settings

SECONDS = 40.0
"""Longer than the network waits for the application, twice."""


class NetworkAway(Exception):
    """The loopback network is not running, or not where the settings say."""


@dataclass(frozen=True)
class Shown:
    """One text as the network shows it, with what it costs."""

    sid: str
    direction: Direction
    body: str
    status: str
    error_code: int | None
    is_plain: bool
    """Whether plain letters were enough (GSM-7)."""
    units: int
    parts: int

    @property
    def is_theirs(self) -> bool:
        return self.direction is Direction.INBOUND


class Remote:
    """Every call raises NetworkAway where the network cannot be reached."""

    def __init__(self, settings: Settings) -> None:
        self._address = urlsplit(settings.twilio_api_url)
        words = f"{settings.twilio_account_sid}:{settings.twilio_auth_token}"
        self._headers = {"Authorization": f"Basic {base64.b64encode(words.encode()).decode()}"}

    def text(self, number: str, ours: str, body: str) -> None:
        """Texts one of our numbers; returns when the reply is there."""
        self._ask("POST", "texts", {"from": number, "to": ours, "body": body})

    def messages(self, number: str, ours: str) -> list[Shown]:
        """The texts between two numbers, oldest first."""
        found = self._ask("GET", f"messages?{urlencode({'number': number})}")["messages"]
        return [_shown(one) for one in found if one["ours"] == ours]

    def phones(self) -> list[str]:
        """Phones that have been used, in order."""
        return [str(phone) for phone in self._ask("GET", "phones")["phones"]]

    def fault(self) -> Fault:
        return Fault(self._ask("GET", "fault")["fault"])

    def set_fault(self, fault: Fault) -> None:
        self._ask("POST", "fault", {"fault": str(fault)})

    def _ask(self, method: str, path: str, form: dict[str, str] | None = None) -> dict[str, Any]:
        connection = HTTPConnection(self._address.hostname or "", self._address.port, timeout=SECONDS)
        headers = {**self._headers, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            connection.request(method, f"/phone/{path}", urlencode(form or {}), headers)
            response = connection.getresponse()
            paper: dict[str, Any] = json.loads(response.read())
        except (OSError, HTTPException, ValueError) as error:
            raise NetworkAway(type(error).__name__) from error
        finally:
            connection.close()
        if response.status >= 300:
            raise NetworkAway(f"status {response.status}")
        return paper


def _shown(one: dict[str, Any]) -> Shown:
    return Shown(
        sid=one["sid"],
        direction=Direction(one["direction"]),
        body=one["body"],
        status=one["status"],
        error_code=one["error_code"],
        is_plain=one["encoding"] == "GSM-7",
        units=one["units"],
        parts=one["parts"],
    )
