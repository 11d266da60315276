"""The audit log: who did what, when. Ids only, never an answer or a number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, insert, or_, select
from sqlalchemy.orm import Session

from svvoice.store.tables import AuditEventRow


@dataclass(frozen=True)
class AuditEvent:
    at: datetime
    account_id: UUID | None
    action: str
    subject: str
    id: UUID


def note(
    session: Session, organisation_id: UUID, *, action: str, subject: str, account_id: UUID | None, now: datetime
) -> None:
    session.execute(
        insert(AuditEventRow).values(
            organisation_id=organisation_id, id=uuid4(), at=now, account_id=account_id, action=action, subject=subject
        )
    )


def events(session: Session, organisation_id: UUID, limit: int = 200) -> list[AuditEvent]:
    """The latest events, newest first."""
    return _events(session, limit, AuditEventRow.organisation_id == organisation_id)


def events_before(session: Session, organisation_id: UUID, before: UUID | None, limit: int) -> list[AuditEvent] | None:
    """The latest events, or those that come after this one in the list; None where the organisation has no such one.

    The list goes on from an event and not from a number of rows: new ones on top move nothing.
    """
    if before is None:
        return events(session, organisation_id, limit)
    at = session.execute(
        select(AuditEventRow.at).where(AuditEventRow.organisation_id == organisation_id, AuditEventRow.id == before)
    ).scalar_one_or_none()
    if at is None:
        return None
    return _events(
        session,
        limit,
        AuditEventRow.organisation_id == organisation_id,
        AuditEventRow.at <= at,  # said once more, so that the index is used
        or_(AuditEventRow.at < at, AuditEventRow.id > before),
    )


def _events(session: Session, limit: int, *which: ColumnElement[bool]) -> list[AuditEvent]:
    rows = session.execute(
        select(
            AuditEventRow.at,
            AuditEventRow.account_id,
            AuditEventRow.action,
            AuditEventRow.subject,
            AuditEventRow.id,
        )
        .where(*which)
        .order_by(AuditEventRow.at.desc(), AuditEventRow.id)
        .limit(limit)
    )
    return [AuditEvent(*row) for row in rows]
