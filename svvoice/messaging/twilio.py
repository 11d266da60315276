"""Twilio: the only file that knows it. What its codes mean is the table at the top."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Protocol
from urllib.parse import urlsplit

from requests.exceptions import ConnectionError as NoConnection
from requests.exceptions import ConnectTimeout, RequestException
from twilio.base.exceptions import TwilioException  # type: ignore[import-untyped]
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]

from svvoice.core.sms_text import tidy
from svvoice.messaging.sender import Accepted, Outcome, Refused, Trouble, Unknown
from svvoice.settings import Settings

# What Twilio's codes mean for us. A code that is not here is final for its text; 429 is later, 5xx is unknown.
TROUBLE = {
    21610: Trouble.STOPPED,  # said STOP
    21211: Trouble.NUMBER,  # not a number
    21614: Trouble.NUMBER,  # not a mobile
    21612: Trouble.NUMBER,  # cannot be reached from our sender
    21617: Trouble.NUMBER,  # longer than 1,600 letters
    30004: Trouble.NUMBER,  # blocked
    30005: Trouble.NUMBER,  # unknown, perhaps given to somebody else
    30006: Trouble.NUMBER,  # a landline
    20429: Trouble.LATER,  # too many requests
    21611: Trouble.LATER,  # our sender's queue is full
    30001: Trouble.LATER,  # the same, at the network
    30003: Trouble.LATER,  # switched off or out of reach
    30008: Trouble.LATER,  # the network does not say why
    20003: Trouble.SETUP,  # wrong account or token
    20404: Trouble.SETUP,  # no such account
    21212: Trouble.SETUP,  # our sender is not a number
    21408: Trouble.SETUP,  # the country is not allowed
    21606: Trouble.SETUP,  # our sender cannot text
    21703: Trouble.SETUP,  # the messaging service has no number
    30002: Trouble.SETUP,  # the account is suspended
    30007: Trouble.SETUP,  # filtered as spam
}

SECONDS = 10.0
"""So long an answer may take. Twilio's client has no limit of its own."""
LONGEST_VALIDITY = 36_000
CLOCKS_DIFFER = timedelta(minutes=2)

# The validator and the client write addresses and fields to their logs, and so does what carries them: a number may
# stand in an address.
logging.getLogger("twilio").setLevel(logging.WARNING)
logging.getLogger("urllib3").setLevel(logging.ERROR)


class Fields(Protocol):
    """The fields of a form, repeated ones too: what a web request holds."""

    def __iter__(self) -> Iterator[str]: ...
    def getlist(self, key: str, /) -> list[str]: ...


def signature_is_valid(settings: Settings, path: str, form: Fields, signature: str | None) -> bool:
    """Whether Twilio sent this form to this path (with its query), signed with our token or the one before it."""
    if not signature:
        return False
    # A query without anything in it is how a path without one is sometimes handed over.
    address = settings.public_url + path.removesuffix("?")
    tokens = [token for token in (settings.twilio_auth_token, settings.twilio_auth_token_old) if token]
    try:
        return any(RequestValidator(token).validate(address, form, signature) for token in tokens)
    except ValueError:  # letters that cannot be signed
        return False


def trouble_of(code: int) -> Trouble:
    """What a code means for what we do next."""
    return TROUBLE.get(code, Trouble.NUMBER)


class TwilioSender:
    """Sends through Twilio, or through the loopback phone where `TWILIO_API_URL` says so. One for each worker."""

    def __init__(self, settings: Settings, seconds: float = SECONDS) -> None:
        self._service = settings.twilio_messaging_service_sid
        self._http = _http_client(settings.twilio_api_url, seconds)
        self._client = _client(settings, self._http)

    def send(self, to: str, body: str, sender: str, callback_address: str, valid_for: int) -> Outcome:
        who: dict[str, str] = {"messaging_service_sid": self._service} if self._service else {}
        if sender.startswith("+"):
            who["from_"] = sender
        try:
            message = self._client.messages.create(
                to=to,
                body=body,
                status_callback=callback_address,
                validity_period=max(1, min(valid_for, LONGEST_VALIDITY)),
                smart_encoded=True,
                **who,
            )
        except TwilioException as error:
            return _refusal(error, self._http.retry_after)
        except RequestException as error:
            return _no_answer(error)
        except (ValueError, KeyError, TypeError) as error:  # an answer that is not Twilio's
            return Unknown(type(error).__name__)
        return Accepted(str(message.sid)) if message.sid else Unknown("an answer without an id")

    def find(self, to: str, body: str, since: datetime) -> tuple[str, ...] | Unknown:
        # Not asked by sender or by time sent: a text that still waits at Twilio has neither yet.
        try:
            messages = self._client.messages.list(to=to, limit=200)
        except (TwilioException, RequestException, ValueError, KeyError, TypeError) as error:
            return Unknown(type(error).__name__)
        found = [
            message
            for message in messages
            if message.direction == "outbound-api"
            and tidy(message.body or "") == tidy(body)
            and message.date_created is not None
            and message.date_created >= since - CLOCKS_DIFFER
        ]
        return tuple(str(message.sid) for message in sorted(found, key=lambda message: message.date_created))


def _client(settings: Settings, http: Any) -> Any:
    from twilio.rest import Client  # type: ignore[import-untyped] # a fifth of a second that only the worker pays

    return Client(settings.twilio_account_sid, settings.twilio_auth_token, http_client=http)


def _http_client(instead: str, seconds: float) -> Any:
    """Twilio's own client with a time limit, kept from Twilio where another address is given."""
    from twilio.http.http_client import TwilioHttpClient  # type: ignore[import-untyped]

    class HttpClient(TwilioHttpClient):  # type: ignore[misc]
        retry_after: float | None = None

        def request(self, method: str, url: str, *rest: Any, **more: Any) -> Any:
            self.retry_after = None
            response = super().request(method, _moved(url, instead), *rest, **more)
            self.retry_after = _seconds(response.headers.get("Retry-After"))
            return response

    client = HttpClient(timeout=seconds)
    if instead:
        client.session.trust_env = False  # a proxy of the machine must not come between us and the loopback phone
    return client


def _moved(url: str, instead: str) -> str:
    if not instead:
        return url
    address = urlsplit(url)
    return f"{instead.rstrip('/')}{address.path}{'?' + address.query if address.query else ''}"


def _refusal(error: TwilioException, retry_after: float | None) -> Outcome:
    status, code = getattr(error, "status", 0), getattr(error, "code", None)
    if not isinstance(status, int) or not 400 <= status < 500:
        return Unknown(f"status {status}")
    number = code if isinstance(code, int) else status
    if status == 429:
        return Refused(number, Trouble.LATER, retry_after)
    if status in (401, 403, 404):
        return Refused(number, TROUBLE.get(number, Trouble.SETUP), retry_after)
    if status == 408:
        return Unknown("status 408")
    return Refused(number, trouble_of(number), retry_after)


def _no_answer(error: RequestException) -> Outcome:
    """A connection that was never made cannot have carried a text; any other silence is unknown."""
    reason = getattr(error.args[0] if error.args else None, "reason", None)
    never_made = isinstance(error, ConnectTimeout) or type(reason).__name__ == "NewConnectionError"
    if isinstance(error, NoConnection) and never_made:
        return Refused(0, Trouble.LATER)
    return Unknown(type(error).__name__)


def _seconds(header: str | None) -> float | None:
    """`Retry-After` in seconds; a date or nonsense is as if it were not there."""
    return float(header) if header and header.isascii() and header.isdigit() and len(header) < 6 else None
