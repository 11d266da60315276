"""Our numbers, and whose each one is: the door through which a text finds its organisation."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam, insert, select
from sqlalchemy.orm import Session

from svvoice.store.tables import OrganisationRow, SenderRow

_DOOR = (
    select(SenderRow.number, SenderRow.organisation_id, OrganisationRow.name)
    .join(OrganisationRow, OrganisationRow.id == SenderRow.organisation_id)
    .where((SenderRow.number == bindparam("ours")) | (SenderRow.number == bindparam("theirs")))
)


@dataclass(frozen=True)
class Door:
    """Whose number was texted."""

    organisation_id: UUID
    organisation_name: str


def door(session: Session, ours: str, theirs: str) -> Door | None:
    """The organisation that is texted at `ours`; None where nobody is, or where `theirs` is a number of ours too:
    two machines of ours must not begin to talk."""
    rows = session.connection().execute(_DOOR, {"ours": ours, "theirs": theirs}).all()
    found = {row.number: Door(row.organisation_id, row.name) for row in rows}
    return None if theirs in found else found.get(ours)


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
