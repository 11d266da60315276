"""How many numbers were left from one place lately: a keyed hash of the address, kept for an hour."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from svvoice.store.sealing import Sealer
from svvoice.store.sign_ins import NUMBERS_LEFT
from svvoice.store.tables import SignInAttemptRow

WINDOW = timedelta(hours=1)


def key_of(sealer: Sealer, place: str) -> str:
    """The address cannot be read from it."""
    return NUMBERS_LEFT + sealer.hash(f"place:{place}")


def is_full(session: Session, key: str, most: int, now: datetime) -> bool:
    """Whether so many were left within the last hour. Those who ask at the same moment wait for one another."""
    if session.connection().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtext(key))))
    found = select(func.count()).where(SignInAttemptRow.key == key, SignInAttemptRow.at > now - WINDOW)
    return session.execute(found).scalar_one() >= most


def note(session: Session, key: str, now: datetime) -> None:
    session.execute(insert(SignInAttemptRow).values(id=uuid4(), key=key, at=now))


def forget(session: Session, now: datetime) -> int:
    """Takes away what no longer counts."""
    done = session.execute(
        delete(SignInAttemptRow)
        .where(SignInAttemptRow.key.like(f"{NUMBERS_LEFT}%"), SignInAttemptRow.at <= now - WINDOW)
        .returning(SignInAttemptRow.id)
    )
    return len(done.all())
