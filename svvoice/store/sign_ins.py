"""Signed-in browsers, and the tries that are counted so that nobody can guess on and on."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from svvoice.store.members import IDLE, LONGEST, token_hash
from svvoice.store.tables import SignInAttemptRow, SignInSessionRow


@dataclass(frozen=True)
class SignedInBrowser:
    began_at: datetime
    seen_at: datetime
    is_this_one: bool


def begin(session: Session, account_id: UUID, now: datetime) -> str:
    """Signs a browser in. Its token: 256 random bits, of which only the hash is kept."""
    token = secrets.token_urlsafe(32)
    session.execute(delete(SignInSessionRow).where(SignInSessionRow.created_at <= now - LONGEST))
    session.execute(
        insert(SignInSessionRow).values(
            token_hash=token_hash(token), account_id=account_id, created_at=now, seen_at=now
        )
    )
    return token


def end(session: Session, token: str) -> None:
    session.execute(delete(SignInSessionRow).where(SignInSessionRow.token_hash == token_hash(token)))


def end_all(session: Session, account_id: UUID) -> None:
    """Signs a person out in every browser."""
    session.execute(delete(SignInSessionRow).where(SignInSessionRow.account_id == account_id))


def browsers_of(session: Session, account_id: UUID, token: str, now: datetime) -> list[SignedInBrowser]:
    """Where a person is signed in, the latest first; `token` is the browser that asks."""
    rows = session.execute(
        select(SignInSessionRow.created_at, SignInSessionRow.seen_at, SignInSessionRow.token_hash)
        .where(
            SignInSessionRow.account_id == account_id,
            SignInSessionRow.seen_at > now - IDLE,
            SignInSessionRow.created_at > now - LONGEST,
        )
        .order_by(SignInSessionRow.created_at.desc(), SignInSessionRow.token_hash)
    )
    return [SignedInBrowser(row.created_at, row.seen_at, row.token_hash == token_hash(token)) for row in rows]


def note_tries(session: Session, keys: Iterable[str], now: datetime) -> list[UUID]:
    """Counts one try under each key. Its ids, for `take_back`."""
    rows = [{"id": uuid4(), "key": key, "at": now} for key in keys]
    session.execute(insert(SignInAttemptRow), rows)
    return [row["id"] for row in rows]  # type: ignore[misc]


def take_back(session: Session, tries: Iterable[UUID]) -> None:
    """These tries did not fail after all, or were never looked at."""
    session.execute(delete(SignInAttemptRow).where(SignInAttemptRow.id.in_(list(tries))))


def tries(session: Session, key: str, since: datetime) -> int:
    return session.execute(
        select(func.count()).where(SignInAttemptRow.key == key, SignInAttemptRow.at > since)
    ).scalar_one()


def forget_tries(session: Session, before: datetime) -> None:
    """Takes away tries that no longer count, and with them the hash of where they came from."""
    session.execute(delete(SignInAttemptRow).where(SignInAttemptRow.at <= before))
