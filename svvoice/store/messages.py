"""Texts that came in: one row for each message id for ever, with the reply it was given."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from svvoice.store.tables import InboundMessageRow

_KEEP = insert(InboundMessageRow)


def keep(
    session: Session,
    organisation_id: UUID,
    message_sid: str,
    *,
    contact_id: UUID | None,
    sender: str,
    body: str,
    media: int,
    reading: str,
    response_id: UUID | None,
    reply: str,
    now: datetime,
) -> None:
    """Keeps a message together with how it was read and what it was answered."""
    values = {
        "organisation_id": organisation_id,
        "message_sid": message_sid,
        "contact_id": contact_id,
        "sender": sender,
        "body": body,
        "media": media,
        "received_at": now,
        "reading": reading,
        "response_id": response_id,
        "reply": reply,
    }
    session.connection().execute(_KEEP, values)
