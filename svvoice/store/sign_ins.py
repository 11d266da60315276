"""Signed-in browsers, and the tries that are counted so that nobody can guess on and on."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, delete, func, insert, select
from sqlalchemy.orm import Session

from svvoice.store.members import IDLE, LONGEST, token_hash
from svvoice.store.tables import SignInAttemptRow, SignInSessionRow, WaitingSignInRow

WAITS = timedelta(minutes=10)
"""How long the password stands for before the code has to be there."""

NUMBERS_LEFT = "numbers:"
"""How the keys begin under which `store.asks` counts something else, and for longer."""


@dataclass(frozen=True)
class SignedInBrowser:
    """`family` is such as Firefox; empty where it is none that we know. `id` says nothing about its token."""

    id: str
    family: str
    began_at: datetime
    seen_at: datetime
    is_this_one: bool


def begin(session: Session, account_id: UUID, now: datetime, family: str = "") -> str:
    """Signs a browser in. Its token: 256 random bits, of which only the hash is kept."""
    token = secrets.token_urlsafe(32)
    session.execute(delete(SignInSessionRow).where(SignInSessionRow.created_at <= now - LONGEST))
    session.execute(
        insert(SignInSessionRow).values(
            token_hash=token_hash(token), account_id=account_id, created_at=now, seen_at=now, browser=family
        )
    )
    return token


def wait(session: Session, account_id: UUID, now: datetime) -> str:
    """Notes a browser that gave the password. Its token opens nothing but the page that asks for the code."""
    token = secrets.token_urlsafe(32)
    session.execute(delete(WaitingSignInRow).where(WaitingSignInRow.created_at <= now - WAITS))
    session.execute(
        insert(WaitingSignInRow).values(token_hash=token_hash(token), account_id=account_id, created_at=now)
    )
    return token


def waiting(session: Session, token: str, now: datetime) -> UUID | None:
    """The account that this browser gave the password of, while it may still give the code."""
    return session.execute(select(WaitingSignInRow.account_id).where(*_waits(token, now))).scalar_one_or_none()


def end_waiting(session: Session, token: str, now: datetime) -> bool:
    """Says whether the browser was still waiting."""
    ended = delete(WaitingSignInRow).where(*_waits(token, now)).returning(WaitingSignInRow.account_id)
    return session.execute(ended).one_or_none() is not None


def end(session: Session, token: str) -> None:
    session.execute(delete(SignInSessionRow).where(SignInSessionRow.token_hash == token_hash(token)))


def end_all(session: Session, account_id: UUID) -> None:
    """Signs a person out in every browser, and stops those that still wait for their code."""
    session.execute(delete(SignInSessionRow).where(SignInSessionRow.account_id == account_id))
    session.execute(delete(WaitingSignInRow).where(WaitingSignInRow.account_id == account_id))


def end_others(session: Session, account_id: UUID, token: str) -> None:
    """Signs a person out in every browser but this one."""
    others = (SignInSessionRow.account_id == account_id, SignInSessionRow.token_hash != token_hash(token))
    session.execute(delete(SignInSessionRow).where(*others))
    session.execute(delete(WaitingSignInRow).where(WaitingSignInRow.account_id == account_id))


def end_one(session: Session, account_id: UUID, browser_id: str) -> bool:
    """Signs this one browser of the person out; says whether it was signed in."""
    ended = (
        delete(SignInSessionRow)
        .where(SignInSessionRow.account_id == account_id, SignInSessionRow.token_hash == browser_id)
        .returning(SignInSessionRow.account_id)
    )
    return session.execute(ended).one_or_none() is not None


def browsers_of(session: Session, account_id: UUID, token: str, now: datetime) -> list[SignedInBrowser]:
    """Where a person is signed in, the latest first; `token` is the browser that asks."""
    rows = session.execute(
        select(
            SignInSessionRow.token_hash, SignInSessionRow.browser, SignInSessionRow.created_at, SignInSessionRow.seen_at
        )
        .where(
            SignInSessionRow.account_id == account_id,
            SignInSessionRow.seen_at > now - IDLE,
            SignInSessionRow.created_at > now - LONGEST,
        )
        .order_by(SignInSessionRow.created_at.desc(), SignInSessionRow.token_hash)
    )
    return [SignedInBrowser(*row, is_this_one=row.token_hash == token_hash(token)) for row in rows]


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
    ours = SignInAttemptRow.key.not_like(f"{NUMBERS_LEFT}%")
    session.execute(delete(SignInAttemptRow).where(SignInAttemptRow.at <= before, ours))


def _waits(token: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return WaitingSignInRow.token_hash == token_hash(token), WaitingSignInRow.created_at > now - WAITS
