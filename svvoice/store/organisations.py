"""Organisations: who they are, by slug and by id."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from svvoice.store.tables import OrganisationRow


def name_of(session: Session, organisation_id: UUID) -> str:
    return session.execute(select(OrganisationRow.name).where(OrganisationRow.id == organisation_id)).scalar_one()


def all_slugs(session: Session) -> dict[str, UUID]:
    """Every organisation's id by its slug, in order."""
    rows = session.execute(select(OrganisationRow.slug, OrganisationRow.id).order_by(OrganisationRow.slug))
    return {slug: organisation_id for slug, organisation_id in rows}
