"""The people of one organisation and their roles, always asked through the organisation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, delete, exists, func, select, update
from sqlalchemy.orm import Session

from svvoice.store.once import add_once
from svvoice.store.tables import AccountRow, MembershipRow, SecondStepRow


@dataclass(frozen=True)
class Colleague:
    account_id: UUID
    name: str
    sign_in_name: str
    role: str
    since: datetime
    has_two_steps: bool = False


def everyone(session: Session, organisation_id: UUID) -> list[Colleague]:
    """All of them, the longest here first."""
    rows = session.execute(_colleagues(organisation_id).order_by(MembershipRow.since, AccountRow.sign_in_name))
    return [Colleague(*row) for row in rows]


def one(session: Session, organisation_id: UUID, account_id: UUID) -> Colleague | None:
    """None where this account does not work here, whoever it is elsewhere."""
    row = session.execute(_colleagues(organisation_id).where(MembershipRow.account_id == account_id)).one_or_none()
    return Colleague(*row) if row else None


def first_owner(session: Session, organisation_id: UUID) -> Colleague | None:
    owners = (colleague for colleague in everyone(session, organisation_id) if colleague.role == "owner")
    return next(owners, None)


def owners(session: Session, organisation_id: UUID) -> int:
    return session.execute(
        select(func.count()).where(MembershipRow.organisation_id == organisation_id, MembershipRow.role == "owner")
    ).scalar_one()


def add(session: Session, organisation_id: UUID, account_id: UUID, role: str, now: datetime) -> bool:
    """Says whether the person is new here."""
    values = {"organisation_id": organisation_id, "account_id": account_id, "role": role, "since": now}
    return add_once(session, MembershipRow, values)


def set_role(session: Session, organisation_id: UUID, account_id: UUID, role: str) -> None:
    session.execute(
        update(MembershipRow)
        .where(MembershipRow.organisation_id == organisation_id, MembershipRow.account_id == account_id)
        .values(role=role)
    )


def remove(session: Session, organisation_id: UUID, account_id: UUID) -> None:
    session.execute(
        delete(MembershipRow).where(
            MembershipRow.organisation_id == organisation_id, MembershipRow.account_id == account_id
        )
    )


def works_elsewhere(session: Session, organisation_id: UUID, account_id: UUID) -> bool:
    """Whether the account belongs to any other organisation too."""
    others = select(func.count()).where(
        MembershipRow.account_id == account_id, MembershipRow.organisation_id != organisation_id
    )
    return bool(session.execute(others).scalar_one())


def _colleagues(organisation_id: UUID) -> Select[UUID, str, str, str, datetime, bool]:
    return (
        select(
            AccountRow.id,
            AccountRow.name,
            AccountRow.sign_in_name,
            MembershipRow.role,
            MembershipRow.since,
            exists().where(SecondStepRow.account_id == AccountRow.id),
        )
        .join(MembershipRow, MembershipRow.account_id == AccountRow.id)
        .where(MembershipRow.organisation_id == organisation_id)
    )
