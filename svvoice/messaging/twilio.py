"""Twilio: the only file that knows it. What its codes mean is the table at the top."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Protocol

from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]

from svvoice.settings import Settings

# The validator and the client write addresses and fields to their logs.
logging.getLogger("twilio").setLevel(logging.WARNING)


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
