"""Our numbers, and whose each one is."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from svvoice.store.tables import SenderRow


def organisation_of(session: Session, number: str) -> UUID | None:
    return session.execute(select(SenderRow.organisation_id).where(SenderRow.number == number)).scalar_one_or_none()


def numbers_of(session: Session, organisation_id: UUID) -> list[str]:
    """Every number of the organisation's pool, in order."""
    rows = session.execute(
        select(SenderRow.number).where(SenderRow.organisation_id == organisation_id).order_by(SenderRow.number)
    )
    return list(rows.scalars())


def add(session: Session, organisation_id: UUID, number: str) -> None:
    session.execute(insert(SenderRow).values(number=number, organisation_id=organisation_id))
