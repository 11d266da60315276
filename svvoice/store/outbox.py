"""Texts that we start: queued with what caused them, claimed by one worker at a time, and what became of each.

`queued` → `sending` (claimed, with a lease) → `accepted`, `refused`, or `unknown` where nobody can say. An unknown one,
or one whose lease ran out, is doubtful: it is looked up at the provider before anything else happens to it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, case, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from svvoice.store.outbox_claims import Claimed, still_ours
from svvoice.store.tables import OutboxRow


class State(StrEnum):
    """Where a text is. The last four are ends."""

    QUEUED = "queued"
    SENDING = "sending"
    UNKNOWN = "unknown"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    NEEDS_A_LOOK = "needs_a_look"


def queue(
    session: Session,
    organisation_id: UUID,
    *,
    contact_id: UUID,
    phone_hash: str,
    sender: str,
    cause_id: UUID,
    language: str,
    body: str,
    due_at: datetime,
    now: datetime,
) -> bool:
    """Puts a text in the queue: one for each number and cause. A repeat changes nothing and says False."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    made = session.execute(
        insert(OutboxRow)
        .values(
            organisation_id=organisation_id,
            id=uuid4(),
            contact_id=contact_id,
            phone_hash=phone_hash,
            sender=sender,
            cause_id=cause_id,
            language=language,
            body=body,
            state=State.QUEUED.value,
            attempts=0,
            due_at=due_at,
            created_at=now,
            changed_at=now,
        )
        .on_conflict_do_nothing(index_elements=("organisation_id", "contact_id", "cause_id"))
        .returning(OutboxRow.id)
    )
    return made.scalar_one_or_none() is not None


def postpone(session: Session, organisation_id: UUID, until: datetime, now: datetime) -> None:
    """Nothing of this organisation that is due goes out before then."""
    session.execute(
        update(OutboxRow)
        .where(OutboxRow.organisation_id == organisation_id, OutboxRow.state == "queued", OutboxRow.due_at <= now)
        .values(due_at=until, changed_at=now)
    )


def record(
    session: Session,
    claimed: Claimed,
    becomes: State,
    *,
    now: datetime,
    sid: str | None = None,
    code: int | None = None,
    due_at: datetime | None = None,
) -> bool:
    """What became of a text that this worker had claimed. False where it is no longer ours: then nothing changes.

    A text that goes back to the queue was surely not taken, so that the try does not count.
    """
    # That the provider has it is true whoever says so; everything else only the holder of the lease may say.
    whose = _being_sent(claimed) if becomes is State.ACCEPTED else still_ours(claimed)
    values: dict[str, Any] = {"state": becomes.value, "lease_until": None, "error_code": code, "changed_at": now}
    if sid is not None:
        values["provider_sid"] = sid
    if due_at is not None:
        values["due_at"] = due_at
    if becomes is State.QUEUED:
        values["attempts"] = OutboxRow.attempts - 1
    changed = session.execute(
        update(OutboxRow)
        .where(*whose)
        .values(**values)
        .returning(OutboxRow.id)
        .execution_options(synchronize_session=False)
    )
    return changed.scalar_one_or_none() is not None


def held(session: Session, organisation_id: UUID, sids: Iterable[str]) -> set[str]:
    """Those of the provider's ids that already belong to one of our texts."""
    rows = session.execute(
        select(OutboxRow.provider_sid).where(
            OutboxRow.organisation_id == organisation_id, OutboxRow.provider_sid.in_(tuple(sids))
        )
    )
    return {sid for sid in rows.scalars() if sid is not None}


def record_status(
    session: Session,
    organisation_id: UUID,
    outbox_id: UUID,
    *,
    sid: str,
    status: str,
    lower: Iterable[str],
    code: int | None,
    now: datetime,
) -> str | None:
    """What the network says of a text, if that is higher than what it said before (`lower` are the statuses below it).

    A word from the network also proves that it took the text. Gives the number's hash where something changed.
    """
    changed = session.execute(
        update(OutboxRow)
        .where(
            OutboxRow.organisation_id == organisation_id,
            OutboxRow.id == outbox_id,
            or_(OutboxRow.provider_sid.is_(None), OutboxRow.provider_sid == sid),
            or_(OutboxRow.status.is_(None), OutboxRow.status.in_(tuple(lower))),
        )
        .values(
            state=case((OutboxRow.state.in_(_UNPROVEN), State.ACCEPTED.value), else_=OutboxRow.state),
            lease_until=None,
            provider_sid=sid,
            status=status,
            error_code=func.coalesce(code, OutboxRow.error_code),
            changed_at=now,
        )
        .returning(OutboxRow.phone_hash)
        .execution_options(synchronize_session=False)
    )
    return changed.scalar_one_or_none()


_UNPROVEN = (State.QUEUED.value, State.SENDING.value, State.UNKNOWN.value, State.NEEDS_A_LOOK.value)


def _being_sent(claimed: Claimed) -> tuple[ColumnElement[bool], ...]:
    return (
        OutboxRow.organisation_id == claimed.organisation_id,
        OutboxRow.id == claimed.id,
        OutboxRow.state.in_(("sending", "unknown")),
    )
