"""STOP and START: a ledger that only grows. The latest line holds for all numbers of the organisation's pool."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from svvoice.store.tables import ContactRow, ConversationRow, OptOutRow, OutboxRow

_LATEST = (
    select(OptOutRow.event, OptOutRow.at)
    .where(OptOutRow.organisation_id == bindparam("organisation"), OptOutRow.phone_hash == bindparam("hash"))
    .order_by(OptOutRow.at.desc(), OptOutRow.id)
    .limit(1)
)


def is_stopped(session: Session, organisation_id: UUID, phone_hash: str) -> bool:
    """Whether this number has said STOP and not START since."""
    latest = session.connection().execute(_LATEST, {"organisation": organisation_id, "hash": phone_hash}).one_or_none()
    return latest is not None and latest.event == "stop"


def stop(
    session: Session,
    organisation_id: UUID,
    phone_hash: str,
    *,
    word: str,
    source: str,
    message_sid: str | None,
    now: datetime,
) -> None:
    """Nothing more goes to this number: texts that wait are cancelled, open conversations end.

    `source` says how we know: `sms`, `web`, `carrier` or `staff`.
    """
    _write(session, organisation_id, phone_hash, "stop", word, source, message_sid, now)
    session.execute(
        update(OutboxRow)
        .where(
            OutboxRow.organisation_id == organisation_id,
            OutboxRow.phone_hash == phone_hash,
            OutboxRow.state == "queued",
        )
        .values(state="cancelled", changed_at=now)
    )
    contact = select(ContactRow.id).where(
        ContactRow.organisation_id == organisation_id, ContactRow.phone_hash == phone_hash
    )
    session.execute(
        update(ConversationRow)
        .where(
            ConversationRow.organisation_id == organisation_id,
            ConversationRow.contact_id.in_(contact),
            ConversationRow.state == "open",
        )
        .values(state="stopped")
    )


def start(
    session: Session,
    organisation_id: UUID,
    phone_hash: str,
    *,
    word: str,
    source: str,
    message_sid: str | None,
    now: datetime,
) -> None:
    """This number may be texted again. Nothing that was cancelled comes back."""
    _write(session, organisation_id, phone_hash, "start", word, source, message_sid, now)


def _write(
    session: Session,
    organisation_id: UUID,
    phone_hash: str,
    event: str,
    word: str,
    source: str,
    message_sid: str | None,
    now: datetime,
) -> None:
    latest = session.execute(_LATEST, {"organisation": organisation_id, "hash": phone_hash}).one_or_none()
    # A clock that stands still or goes back must not let an older line win.
    at = max(now, latest.at + timedelta(microseconds=1)) if latest else now
    session.execute(
        insert(OptOutRow).values(
            organisation_id=organisation_id,
            id=uuid4(),
            phone_hash=phone_hash,
            event=event,
            word=word,
            source=source,
            message_sid=message_sid,
            at=at,
        )
    )
