"""Claiming texts of the outbox: ours alone to send, for as long as the lease lasts, whichever database it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, literal_column, or_, select, union, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from svvoice.store.tables import OutboxRow


@dataclass(frozen=True)
class Claimed:
    """A text that this worker alone may send until its lease ends."""

    organisation_id: UUID
    id: UUID
    contact_id: UUID
    phone_hash: str
    sender: str
    body: str
    attempts: int
    """Calls to the provider that may have been taken, this one included."""
    lease_until: datetime | None
    created_at: datetime


# Written out, not handed over: only so do both databases use the small index of texts in flight.
_IN_FLIGHT: ColumnElement[str] = literal_column("'sending'")


def organisations_with_work(session: Session, now: datetime) -> list[UUID]:
    """Organisations that have a text due now, or one in doubt."""
    # The one look across organisations: it reads no text and no number, only whose turn it is.
    kinds = (
        _is_due(OutboxRow, now),
        and_(OutboxRow.state == "unknown", OutboxRow.due_at <= now),
        and_(OutboxRow.state == "sending", OutboxRow.lease_until <= now),
    )
    due = union(*(select(OutboxRow.organisation_id).where(kind) for kind in kinds))
    return list(session.execute(due, execution_options={"across_organisations": True}).scalars())


def claim(session: Session, organisation_id: UUID, *, lease_until: datetime, now: datetime) -> Claimed | None:
    """The text that has waited longest, now ours to send; none for a number that has one on its way. Commit first."""
    return _claim(session, organisation_id, _is_due, 1, lease_until, now)


def claim_doubtful(session: Session, organisation_id: UUID, *, lease_until: datetime, now: datetime) -> Claimed | None:
    """A text of which nobody knows whether it was sent, now ours to look up."""
    return _claim(session, organisation_id, _is_doubtful, 0, lease_until, now)


def send_again(session: Session, claimed: Claimed, lease_until: datetime, now: datetime) -> Claimed | None:
    """A text that the provider surely does not have, ours for one more try; None where it is no longer ours."""
    return _one(
        session.execute(
            update(OutboxRow)
            .where(*still_ours(claimed))
            .values(attempts=OutboxRow.attempts + 1, lease_until=lease_until, changed_at=now)
            .returning(*_CLAIMED)
            .execution_options(synchronize_session=False)
        ).all()
    )


_CLAIMED = (
    OutboxRow.organisation_id,
    OutboxRow.id,
    OutboxRow.contact_id,
    OutboxRow.phone_hash,
    OutboxRow.sender,
    OutboxRow.body,
    OutboxRow.attempts,
    OutboxRow.lease_until,
    OutboxRow.created_at,
)


def _claim(
    session: Session, organisation_id: UUID, wanted: Any, attempts: int, lease_until: datetime, now: datetime
) -> Claimed | None:
    chosen = _chosen(organisation_id, wanted, now)
    statement = (
        update(OutboxRow)
        .where(OutboxRow.organisation_id == organisation_id, OutboxRow.id.in_(select(chosen.c.id)))
        .values(
            state="sending",
            lease_until=lease_until,
            attempts=OutboxRow.attempts + attempts,
            changed_at=now,
        )
        .returning(*_CLAIMED)
        .execution_options(synchronize_session=False)
    )
    try:
        with session.begin_nested():
            return _one(session.execute(statement).all())
    except IntegrityError:  # another worker took a text for the same number at this very moment
        return None


def _chosen(organisation_id: UUID, wanted: Any, now: datetime) -> Any:
    """The row to claim, locked; rows that another worker is claiming are passed over."""
    row, busy = aliased(OutboxRow), aliased(OutboxRow)
    on_its_way = exists().where(
        busy.organisation_id == organisation_id,
        busy.phone_hash == row.phone_hash,
        busy.state == _IN_FLIGHT,
        busy.id != row.id,
    )
    return (
        select(row.id)
        .where(row.organisation_id == organisation_id, wanted(row, now), ~on_its_way)
        .order_by(row.due_at)  # and nothing else: so the index alone finds the first of a large wave
        .limit(1)
        .with_for_update(skip_locked=True)
        .cte("chosen")
    )


def _is_due(row: Any, now: datetime) -> ColumnElement[bool]:
    return and_(row.state == "queued", row.due_at <= now)


def _is_doubtful(row: Any, now: datetime) -> ColumnElement[bool]:
    return or_(and_(row.state == "unknown", row.due_at <= now), and_(row.state == "sending", row.lease_until <= now))


def still_ours(claimed: Claimed) -> tuple[ColumnElement[bool], ...]:
    """The row, only while nobody else has claimed it since."""
    return (
        OutboxRow.organisation_id == claimed.organisation_id,
        OutboxRow.id == claimed.id,
        OutboxRow.state == "sending",
        OutboxRow.lease_until == claimed.lease_until,
    )


def _one(rows: Any) -> Claimed | None:
    return Claimed(*rows[0]) if rows else None
