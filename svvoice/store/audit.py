"""The audit log: who did what, when. Ids only, never an answer or a number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from svvoice.store.tables import AuditEventRow


@dataclass(frozen=True)
class AuditEvent:
    at: datetime
    account_id: UUID | None
    action: str
    subject: str


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
    rows = session.execute(
        select(AuditEventRow.at, AuditEventRow.account_id, AuditEventRow.action, AuditEventRow.subject)
        .where(AuditEventRow.organisation_id == organisation_id)
        .order_by(AuditEventRow.at.desc(), AuditEventRow.id)
        .limit(limit)
    )
    return [AuditEvent(*row) for row in rows]
