"""Who asked to be told what happens: a number for each survey, tied to no answer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from svvoice.store.once import add_once
from svvoice.store.tables import ContactRow, OptOutRow, TellBackRow


@dataclass(frozen=True)
class Waiting:
    """Somebody who waits to hear, in the language they asked in, of the survey they answered."""

    contact_id: UUID
    phone_hash: str
    language: str
    survey_id: UUID


def ask(
    session: Session, organisation_id: UUID, survey_id: UUID, contact_id: UUID, *, language: str, now: datetime
) -> bool:
    """Keeps that this number wants to hear of this survey. Says whether it is new; asking twice changes nothing."""
    key = {"organisation_id": organisation_id, "survey_id": survey_id, "contact_id": contact_id}
    return add_once(session, TellBackRow, {**key, "language": language, "asked_at": now})


def waiting(session: Session, organisation_id: UUID, survey_ids: Collection[UUID]) -> list[Waiting]:
    """Each number once, by what it asked first; without those who have said STOP since."""
    if not survey_ids:
        return []
    rows = session.execute(
        select(TellBackRow.contact_id, ContactRow.phone_hash, TellBackRow.language, TellBackRow.survey_id)
        .join(
            ContactRow,
            (ContactRow.organisation_id == TellBackRow.organisation_id) & (ContactRow.id == TellBackRow.contact_id),
        )
        .where(TellBackRow.organisation_id == organisation_id, TellBackRow.survey_id.in_(survey_ids))
        .order_by(TellBackRow.asked_at, TellBackRow.contact_id)
    )
    stopped = _stopped(session, organisation_id, survey_ids)
    people: dict[UUID, Waiting] = {}
    for row in rows:
        if row.phone_hash not in stopped:
            people.setdefault(row.contact_id, Waiting(*row))
    return list(people.values())


def _stopped(session: Session, organisation_id: UUID, survey_ids: Collection[UUID]) -> set[str]:
    """Whose latest word was STOP, in one statement for all."""
    rows = session.execute(
        select(OptOutRow.phone_hash, OptOutRow.event)
        .join(
            ContactRow,
            (ContactRow.organisation_id == OptOutRow.organisation_id) & (ContactRow.phone_hash == OptOutRow.phone_hash),
        )
        .join(
            TellBackRow,
            (TellBackRow.organisation_id == ContactRow.organisation_id) & (TellBackRow.contact_id == ContactRow.id),
        )
        .where(OptOutRow.organisation_id == organisation_id, TellBackRow.survey_id.in_(survey_ids))
        .order_by(OptOutRow.at, OptOutRow.id.desc())
    )
    latest = {row.phone_hash: row.event for row in rows}
    return {phone_hash for phone_hash, event in latest.items() if event == "stop"}


def forget(session: Session, organisation_id: UUID, contact_id: UUID) -> None:
    """This number wants to hear nothing more."""
    session.execute(
        delete(TellBackRow).where(TellBackRow.organisation_id == organisation_id, TellBackRow.contact_id == contact_id)
    )
