"""What needs a person: texts that found no place, texts whose fate nobody knows, and whether texts go out at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from svvoice.store.tables import AuditEventRow, InboundMessageRow, OutboxRow

SEEN = "text.seen"
LOOK_BACK = timedelta(days=30)
"""As long as the words of such texts are kept (`store.retention`)."""
MOST = 200


@dataclass(frozen=True)
class Unplaced:
    """A text that came in and belonged to nothing open. Whose it is, is not said."""

    sid: str
    our_number: str
    words: str
    media: int
    received_at: datetime


@dataclass(frozen=True)
class InDoubt:
    """A text of ours of which nobody knows whether it arrived."""

    id: UUID
    our_number: str
    words: str
    language: str
    begun_at: datetime


@dataclass(frozen=True)
class Pulse:
    """How texting stands for one organisation at one moment."""

    waiting: int
    """Texts that are due and not sent."""
    waiting_since: datetime | None
    held_back_code: int | None
    """The provider's code where it refuses our account or number, and texts wait for that."""
    in_doubt: int
    """Texts that are being looked up at the provider."""
    last_handled_at: datetime | None
    """When the worker last did anything with a text of this organisation."""


def unplaced(session: Session, organisation_id: UUID, now: datetime) -> list[Unplaced]:
    """Those of the last 30 days that nobody has marked as seen, newest first, 200 at most."""
    rows = session.execute(
        select(
            InboundMessageRow.message_sid,
            InboundMessageRow.sender,
            InboundMessageRow.body,
            InboundMessageRow.media,
            InboundMessageRow.received_at,
        )
        .where(
            InboundMessageRow.organisation_id == organisation_id,
            InboundMessageRow.contact_id.is_not(None),  # otherwise its words are gone
            InboundMessageRow.reading == "unplaced",
            InboundMessageRow.received_at > now - LOOK_BACK,
            InboundMessageRow.message_sid.not_in(_seen(organisation_id, now)),
        )
        .order_by(InboundMessageRow.received_at.desc(), InboundMessageRow.message_sid)
        .limit(MOST)
    )
    return [Unplaced(*row) for row in rows]


def in_doubt(session: Session, organisation_id: UUID, now: datetime) -> list[InDoubt]:
    """Our texts of the last 30 days that need a look and were not marked as seen, newest first, 200 at most."""
    seen = set(session.execute(_seen(organisation_id, now)).scalars())
    rows = session.execute(
        select(OutboxRow.id, OutboxRow.sender, OutboxRow.body, OutboxRow.language, OutboxRow.created_at)
        .where(
            OutboxRow.organisation_id == organisation_id,
            OutboxRow.state == "needs_a_look",
            OutboxRow.changed_at > now - LOOK_BACK,
        )
        .order_by(OutboxRow.created_at.desc(), OutboxRow.id)
        .limit(MOST)
    )
    return [InDoubt(*row) for row in rows if str(row.id) not in seen]


def pulse(session: Session, organisation_id: UUID, now: datetime) -> Pulse:
    """How many texts wait, since when, and when one was last handled."""
    late = _ours(organisation_id, OutboxRow.state == "queued", OutboxRow.due_at <= now)
    waiting, since = session.execute(select(func.count(), func.min(OutboxRow.due_at)).where(late)).one()
    held_back = session.execute(
        select(OutboxRow.error_code)
        .where(_ours(organisation_id, OutboxRow.state == "queued", OutboxRow.error_code.is_not(None)))
        .order_by(OutboxRow.changed_at.desc())
        .limit(1)
    ).scalar_one_or_none()
    doubtful = or_(OutboxRow.state == "unknown", and_(OutboxRow.state == "sending", OutboxRow.lease_until <= now))
    in_question = session.execute(select(func.count()).where(_ours(organisation_id, doubtful))).scalar_one()
    handled = or_(OutboxRow.attempts > 0, OutboxRow.state == "refused")
    last = session.execute(select(func.max(OutboxRow.changed_at)).where(_ours(organisation_id, handled))).scalar_one()
    return Pulse(waiting, since, held_back, in_question, last)


def _ours(organisation_id: UUID, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(OutboxRow.organisation_id == organisation_id, *conditions)


def _seen(organisation_id: UUID, now: datetime) -> Select[str]:
    return select(AuditEventRow.subject).where(
        AuditEventRow.organisation_id == organisation_id,
        AuditEventRow.action == SEEN,
        AuditEventRow.at > now - LOOK_BACK,
    )


def is_seen(session: Session, organisation_id: UUID, text: str) -> bool:
    """Whether somebody marked it before."""
    found = session.execute(
        select(AuditEventRow.id)
        .where(
            AuditEventRow.organisation_id == organisation_id,
            AuditEventRow.action == SEEN,
            AuditEventRow.subject == text,
        )
        .limit(1)
    )
    return found.first() is not None
