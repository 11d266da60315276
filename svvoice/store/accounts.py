"""Accounts: the people who sign in, and the hash of the password each one has."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from svvoice.store.once import add_once
from svvoice.store.tables import AccountRow


@dataclass(frozen=True)
class Person:
    """An account with what is needed to check a password. `password_hash` is None until one is chosen."""

    id: UUID
    sign_in_name: str
    name: str
    password_hash: str | None


def add(session: Session, *, sign_in_name: str, name: str, password_hash: str | None, now: datetime) -> UUID | None:
    """The new account's id; None where the sign-in name is taken. `sign_in_name` is casefolded."""
    account_id = uuid4()
    values = {
        "id": account_id,
        "sign_in_name": sign_in_name,
        "name": name,
        "password_hash": password_hash,
        "created_at": now,
    }
    return account_id if add_once(session, AccountRow, values) else None


def called(session: Session, sign_in_name: str) -> Person | None:
    row = session.execute(_PERSON.where(AccountRow.sign_in_name == sign_in_name)).one_or_none()
    return Person(*row) if row else None


def person(session: Session, account_id: UUID) -> Person:
    """The account, held until the transaction ends: its password cannot change in between."""
    return Person(*session.execute(_PERSON.where(AccountRow.id == account_id).with_for_update()).one())


def names(session: Session, account_ids: Collection[UUID]) -> dict[UUID, str]:
    """The names of these people, whether or not they still work anywhere."""
    rows = session.execute(select(AccountRow.id, AccountRow.name).where(AccountRow.id.in_(account_ids)))
    return {row.id: row.name for row in rows}


def set_password(session: Session, account_id: UUID, password_hash: str) -> None:
    session.execute(update(AccountRow).where(AccountRow.id == account_id).values(password_hash=password_hash))


_PERSON = select(AccountRow.id, AccountRow.sign_in_name, AccountRow.name, AccountRow.password_hash)
