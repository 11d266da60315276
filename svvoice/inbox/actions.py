"""What staff do with texts that need a person: read them, and mark them as seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from svvoice.errors import NotFound
from svvoice.store import attention, audit
from svvoice.store.attention import InDoubt, Pulse, Unplaced
from svvoice.store.database import Database

STANDS_STILL = timedelta(minutes=10)
"""A text that is due and has waited so long: the worker stands still, or the provider does not take any."""


@dataclass(frozen=True)
class ToSee:
    """What nobody has marked as seen."""

    unplaced: tuple[Unplaced, ...]
    in_doubt: tuple[InDoubt, ...]


@dataclass(frozen=True)
class Health:
    """How texting stands, with how many texts wait for a person."""

    pulse: Pulse
    unplaced: int
    need_a_look: int
    stands_still: bool


def read_texts(database: Database, organisation_id: UUID, account_id: UUID, now: datetime) -> ToSee:
    """Notes in the audit log that somebody read people's words, if there are any."""
    with database.transaction() as session:
        found = ToSee(
            tuple(attention.unplaced(session, organisation_id, now)),
            tuple(attention.in_doubt(session, organisation_id, now)),
        )
        if found.unplaced:
            audit.note(
                session, organisation_id, action="texts.read", subject="unplaced", account_id=account_id, now=now
            )
    return found


def mark_seen(database: Database, organisation_id: UUID, text: str, account_id: UUID, now: datetime) -> None:
    """Takes one text off the list: `text` is a message id or the id of one of ours. Once; a repeat changes nothing.

    Raises NotFound where the organisation has no such text.
    """
    with database.transaction() as session:
        if attention.is_seen(session, organisation_id, text):
            return
        waiting = {one.sid for one in attention.unplaced(session, organisation_id, now)}
        waiting |= {str(one.id) for one in attention.in_doubt(session, organisation_id, now)}
        if text not in waiting:
            raise NotFound("text")
        audit.note(session, organisation_id, action=attention.SEEN, subject=text, account_id=account_id, now=now)


def health(database: Database, organisation_id: UUID, now: datetime) -> Health:
    with database.reading() as session:
        pulse = attention.pulse(session, organisation_id, now)
        unplaced = len(attention.unplaced(session, organisation_id, now))
        in_doubt = len(attention.in_doubt(session, organisation_id, now))
    still = pulse.waiting_since is not None and now - pulse.waiting_since > STANDS_STILL
    return Health(pulse, unplaced, in_doubt, still)
