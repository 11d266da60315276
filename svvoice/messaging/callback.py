"""The address to which the provider reports: it carries, signed, which of our texts it is about."""

from __future__ import annotations

from uuid import UUID

from itsdangerous import BadData, URLSafeSerializer

from svvoice.settings import Settings

PATH = "/sms/status"


def callback_address(settings: Settings, organisation_id: UUID, outbox_id: UUID) -> str:
    return f"{settings.public_url}{PATH}?m={_signer(settings).dumps([organisation_id.hex, outbox_id.hex])}"


def read_callback(settings: Settings, signed: str) -> tuple[UUID, UUID] | None:
    """The organisation and the text's id in its outbox; None where the words were not signed by us."""
    try:
        organisation_id, outbox_id = _signer(settings).loads(signed)
        return UUID(organisation_id), UUID(outbox_id)
    except (BadData, ValueError, TypeError, AttributeError):
        return None


def _signer(settings: Settings) -> URLSafeSerializer:
    return URLSafeSerializer(settings.secret_key, salt="a text in the outbox")
