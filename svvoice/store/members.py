"""Who is signed in, and for which organisation: the two questions asked before every staff page."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select, update
from sqlalchemy.orm import Session

from svvoice.store.tables import AccountRow, MembershipRow, OrganisationRow, SecondStepRow, SignInSessionRow

IDLE = timedelta(hours=2)
LONGEST = timedelta(hours=12)
NOTED_EVERY = timedelta(minutes=1)
"""Often enough for IDLE; so that looking at pages seldom writes."""


@dataclass(frozen=True)
class Account:
    id: UUID
    name: str
    seen_at: datetime
    """When its browser was last noted here."""
    lacks_second_step: bool
    """An organisation of theirs asks for two steps, and they have not set them up yet."""


@dataclass(frozen=True)
class Membership:
    organisation_id: UUID
    slug: str
    organisation_name: str
    is_example: bool
    role: str


def token_hash(token: str) -> str:
    """Tokens have 256 random bits, so a plain hash is enough to make the stored one useless."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def account_of_session(session: Session, token: str, now: datetime) -> Account | None:
    """The account that a browser's token signs in; None once idle or too old."""
    row = session.execute(
        select(AccountRow.id, AccountRow.name, SignInSessionRow.seen_at, second_step_missing().label("missing"))
        .join(SignInSessionRow, SignInSessionRow.account_id == AccountRow.id)
        .where(
            SignInSessionRow.token_hash == token_hash(token),
            SignInSessionRow.seen_at > now - IDLE,
            SignInSessionRow.created_at > now - LONGEST,
        )
    ).one_or_none()
    return Account(row.id, row.name, row.seen_at, row.missing) if row else None


def second_step_missing() -> ColumnElement[bool]:
    """For a statement on accounts: whether an organisation asks this one for two steps, and there is only one."""
    asks = or_(
        OrganisationRow.two_step == "everybody",
        and_(OrganisationRow.two_step == "owners", MembershipRow.role == "owner"),
    )
    asked = exists().where(
        MembershipRow.account_id == AccountRow.id, OrganisationRow.id == MembershipRow.organisation_id, asks
    )
    return and_(asked, ~exists().where(SecondStepRow.account_id == AccountRow.id))


def lacks_second_step(session: Session, account_id: UUID) -> bool:
    return session.execute(select(second_step_missing()).where(AccountRow.id == account_id)).scalar_one()


def note_seen(session: Session, token: str, now: datetime) -> None:
    session.execute(
        update(SignInSessionRow).where(SignInSessionRow.token_hash == token_hash(token)).values(seen_at=now)
    )


def membership_in(session: Session, account_id: UUID, organisation_slug: str) -> Membership | None:
    """What this account is in the organisation at that address; None as well where there is no such organisation."""
    row = session.execute(
        _MEMBERSHIP.where(MembershipRow.account_id == account_id, OrganisationRow.slug == organisation_slug)
    ).one_or_none()
    return Membership(*row) if row else None


def memberships_of(session: Session, account_id: UUID) -> list[Membership]:
    rows = session.execute(_MEMBERSHIP.where(MembershipRow.account_id == account_id).order_by(OrganisationRow.slug))
    return [Membership(*row) for row in rows]


_MEMBERSHIP = select(
    OrganisationRow.id, OrganisationRow.slug, OrganisationRow.name, OrganisationRow.is_example, MembershipRow.role
).join(MembershipRow, MembershipRow.organisation_id == OrganisationRow.id)
