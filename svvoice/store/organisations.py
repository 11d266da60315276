"""Organisations: who they are, by slug and by id, and how a new one begins."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from svvoice.store.once import add_once
from svvoice.store.tables import OrganisationRow


def add(session: Session, *, slug: str, name: str, now: datetime, is_example: bool = False) -> UUID | None:
    """The new organisation's id; None where the slug is taken. Its owners must use two steps, in an example nobody."""
    organisation_id = uuid4()
    values = {
        "id": organisation_id,
        "slug": slug,
        "name": name,
        "is_example": is_example,
        "two_step": "nobody" if is_example else "owners",
        "created_at": now,
    }
    return organisation_id if add_once(session, OrganisationRow, values) else None


def name_of(session: Session, organisation_id: UUID) -> str:
    return session.execute(select(OrganisationRow.name).where(OrganisationRow.id == organisation_id)).scalar_one()


def all_slugs(session: Session) -> dict[str, UUID]:
    """Every organisation's id by its slug, in order."""
    rows = session.execute(select(OrganisationRow.slug, OrganisationRow.id).order_by(OrganisationRow.slug))
    return {row.slug: row.id for row in rows}


def lock(session: Session, organisation_id: UUID) -> None:
    """Holds off other changes to its members until this transaction ends: two owners may leave at once."""
    session.execute(select(OrganisationRow.id).where(OrganisationRow.id == organisation_id).with_for_update())
