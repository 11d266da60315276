"""Phone numbers, sealed: found by a keyed hash, opened only to send."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from svvoice.store.sealing import Sealer
from svvoice.store.tables import ContactRow, InboundMessageRow


@dataclass(frozen=True)
class Contact:
    """A number without the number."""

    id: UUID
    phone_hash: str
    language: str | None
    pending: str | None
    """What we asked outside a survey, such as `delete`."""
    pending_at: datetime | None


_CONTACT = select(
    ContactRow.id, ContactRow.phone_hash, ContactRow.language, ContactRow.pending, ContactRow.pending_at
).where(ContactRow.organisation_id == bindparam("organisation"))
_BY_HASH = _CONTACT.where(ContactRow.phone_hash == bindparam("hash"))
_BY_ID = _CONTACT.where(ContactRow.id == bindparam("contact"))
_LOCKED = _BY_ID.with_for_update()
_SEALED = select(ContactRow.phone_sealed).where(
    ContactRow.organisation_id == bindparam("organisation"), ContactRow.id == bindparam("contact")
)


def find_or_make(session: Session, sealer: Sealer, organisation_id: UUID, number: str, now: datetime) -> Contact:
    """The contact of a number in E.164; made at its first text. Two at once get the same one."""
    values = {"organisation": organisation_id, "hash": sealer.hash(number)}
    row = session.connection().execute(_BY_HASH, values).one_or_none()
    return Contact(*row) if row else make(session, sealer, organisation_id, number, now)


def make(session: Session, sealer: Sealer, organisation_id: UUID, number: str, now: datetime) -> Contact:
    """The contact of a number that had none a moment ago."""
    _make(session, sealer, organisation_id, number, now)
    values = {"organisation": organisation_id, "hash": sealer.hash(number)}
    return Contact(*session.connection().execute(_BY_HASH, values).one())


def by_id(session: Session, organisation_id: UUID, contact_id: UUID) -> Contact | None:
    row = session.connection().execute(_BY_ID, {"organisation": organisation_id, "contact": contact_id}).one_or_none()
    return Contact(*row) if row else None


def number_of(session: Session, sealer: Sealer, organisation_id: UUID, contact_id: UUID) -> str | None:
    """The number itself, in E.164; None where it is gone."""
    values = {"organisation": organisation_id, "contact": contact_id}
    sealed = session.execute(_SEALED, values).scalar_one_or_none()
    return sealer.open(sealed) if sealed is not None else None


def lock(session: Session, organisation_id: UUID, contact_id: UUID) -> bool:
    """One change at a time to one number's conversations. Says whether another may have come before: then look again.
    (On SQLite the transaction itself is already alone.)"""
    if session.connection().dialect.name != "postgresql":
        return False
    session.connection().execute(_LOCKED, {"organisation": organisation_id, "contact": contact_id})
    return True


def set_language(session: Session, organisation_id: UUID, contact_id: UUID, language: str) -> None:
    session.execute(
        update(ContactRow)
        .where(ContactRow.organisation_id == organisation_id, ContactRow.id == contact_id)
        .values(language=language)
    )


def set_pending(session: Session, organisation_id: UUID, contact_id: UUID, pending: str | None, now: datetime) -> None:
    """What we have just asked this person outside a survey; None when it is settled."""
    session.execute(
        update(ContactRow)
        .where(ContactRow.organisation_id == organisation_id, ContactRow.id == contact_id)
        .values(pending=pending, pending_at=now if pending else None)
    )


def erase(session: Session, organisation_id: UUID, contact_id: UUID) -> None:
    """The number, its conversations, and every text to and from it are gone. Message ids stay, without words or tie.

    Conversations, wishes to be told and waiting texts go with the number by the database's own rule.
    """
    session.execute(
        update(InboundMessageRow)
        .where(InboundMessageRow.organisation_id == organisation_id, InboundMessageRow.contact_id == contact_id)
        .values(body="", reply="", contact_id=None, response_id=None)
    )
    session.execute(
        delete(ContactRow).where(ContactRow.organisation_id == organisation_id, ContactRow.id == contact_id)
    )


def _make(session: Session, sealer: Sealer, organisation_id: UUID, number: str, now: datetime) -> None:
    # Somebody may make the same one at this moment: then this waits for them and does nothing.
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    session.execute(
        insert(ContactRow)
        .values(
            organisation_id=organisation_id,
            id=uuid4(),
            phone_hash=sealer.hash(number),
            phone_sealed=sealer.seal(number),
            language=None,
            pending=None,
            pending_at=None,
            created_at=now,
        )
        .on_conflict_do_nothing(index_elements=("organisation_id", "phone_hash"))
    )
