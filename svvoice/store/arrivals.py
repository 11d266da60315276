"""A text arrives: whose number it came to, whether it came before, who sends it, and whether they said STOP."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, literal, select
from sqlalchemy.orm import Session, aliased

from svvoice.store.contacts import Contact
from svvoice.store.tables import ContactRow, InboundMessageRow, OptOutRow, OrganisationRow, SenderRow


@dataclass(frozen=True)
class Arrival:
    """What is known of a text before it is read."""

    organisation_id: UUID
    organisation_name: str
    from_ours: bool
    """It comes from a number of ours too: two machines of ours must not begin to talk."""
    earlier_reply: str | None
    """The reply that this message was given before, word for word; None where it is new."""
    has_stopped: bool
    """The number has said STOP, and not START since."""
    many_lately: bool
    """So many texts in the last hour that it may be a machine that answers us."""
    contact: Contact | None
    """None at a number's first text."""


_ours, _theirs, _earlier, _recent = (
    aliased(SenderRow),
    aliased(SenderRow),
    aliased(InboundMessageRow),
    aliased(InboundMessageRow),
)
_LATEST_OPT_OUT = (
    select(OptOutRow.event)
    .where(OptOutRow.organisation_id == _ours.organisation_id, OptOutRow.phone_hash == bindparam("hash"))
    .order_by(OptOutRow.at.desc(), OptOutRow.id)
    .limit(1)
    .correlate(_ours)
    .scalar_subquery()
)
_LAST_OF_MANY = (
    select(literal(1))
    .where(
        _recent.organisation_id == ContactRow.organisation_id,
        _recent.contact_id == ContactRow.id,
        _recent.received_at > bindparam("since"),
    )
    .order_by(_recent.received_at)
    .offset(bindparam("before_it"))
    .limit(1)
    .correlate(ContactRow)
    .scalar_subquery()
)
# One look for what every text asks first: made once, and run past the object mapper.
_ARRIVAL = (
    select(
        _ours.organisation_id,
        OrganisationRow.name,
        select(literal(1)).where(_theirs.number == bindparam("theirs")).scalar_subquery(),
        _earlier.reply,
        _LATEST_OPT_OUT,
        _LAST_OF_MANY,
        ContactRow.id,
        ContactRow.phone_hash,
        ContactRow.language,
        ContactRow.pending,
        ContactRow.pending_at,
    )
    .join(OrganisationRow, OrganisationRow.id == _ours.organisation_id)
    .outerjoin(
        _earlier, (_earlier.organisation_id == _ours.organisation_id) & (_earlier.message_sid == bindparam("sid"))
    )
    .outerjoin(
        ContactRow,
        (ContactRow.organisation_id == _ours.organisation_id) & (ContactRow.phone_hash == bindparam("hash")),
    )
    .where(_ours.number == bindparam("ours"))
)


def arrival(
    session: Session, *, ours: str, theirs: str, phone_hash: str, message_sid: str, since: datetime, many: int
) -> Arrival | None:
    """None where nobody has the number that was texted. `many` texts since then are too many."""
    values = {
        "ours": ours,
        "theirs": theirs,
        "hash": phone_hash,
        "sid": message_sid,
        "since": since,
        "before_it": many - 1,
    }
    row = session.connection().execute(_ARRIVAL, values).one_or_none()
    if row is None:
        return None
    organisation_id, name, from_ours, reply, event, last_of_many, *contact = row
    return Arrival(
        organisation_id,
        name,
        from_ours is not None,
        reply,
        event == "stop",
        last_of_many is not None,
        Contact(*contact) if contact[0] is not None else None,
    )
