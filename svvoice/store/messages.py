"""Texts that came in: one row for each message id for ever, with the reply it was given."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, insert, select
from sqlalchemy.orm import Session

from svvoice.store.tables import InboundMessageRow

_EARLIER = select(InboundMessageRow.reply).where(
    InboundMessageRow.organisation_id == bindparam("organisation"), InboundMessageRow.message_sid == bindparam("sid")
)

_KEEP = insert(InboundMessageRow)
_LAST_OF_MANY = (
    select(InboundMessageRow.message_sid)
    .where(
        InboundMessageRow.organisation_id == bindparam("organisation"),
        InboundMessageRow.contact_id == bindparam("contact"),
        InboundMessageRow.received_at > bindparam("since"),
    )
    .order_by(InboundMessageRow.received_at)
    .offset(bindparam("before_it"))
    .limit(1)
)


def earlier_reply(session: Session, organisation_id: UUID, message_sid: str) -> str | None:
    """The reply that this message was given before, word for word; None where it is new."""
    values = {"organisation": organisation_id, "sid": message_sid}
    return session.connection().execute(_EARLIER, values).scalar_one_or_none()


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


def many_lately(session: Session, organisation_id: UUID, contact_id: UUID, since: datetime, limit: int) -> bool:
    """Whether a number has texted at least `limit` times since then: perhaps a machine that answers us."""
    values = {"organisation": organisation_id, "contact": contact_id, "since": since, "before_it": limit - 1}
    return session.connection().execute(_LAST_OF_MANY, values).first() is not None
