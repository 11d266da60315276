"""One-time links: invitations and ways to sign in, handed over by a person. Each works once; only a hash is kept."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, delete, insert, select, update
from sqlalchemy.orm import Session

from svvoice.store.members import token_hash
from svvoice.store.tables import AccountRow, OneTimeLinkRow, OrganisationRow

KEPT = timedelta(days=30)
"""Links that no longer work are kept this long, then deleted."""


class Purpose(StrEnum):
    INVITE = "invite"
    """Joins an organisation in a role, as a new person or as the one who is signed in."""
    SIGN_IN = "sign_in"
    """Signs one account in."""
    RESET = "reset"
    """Gives one account a new password."""


@dataclass(frozen=True)
class OneTimeLink:
    """A link that works now. `sign_in_name` and `name` are the account's, where it is bound to one."""

    purpose: Purpose
    organisation_id: UUID
    organisation_name: str
    role: str
    account_id: UUID | None
    sign_in_name: str | None
    name: str | None
    expires_at: datetime


def make(
    session: Session,
    organisation_id: UUID,
    *,
    purpose: Purpose,
    role: str,
    account_id: UUID | None = None,
    now: datetime,
    lasting: timedelta,
) -> str:
    """A new link's token: 256 random bits, seen only by whoever hands it over."""
    session.execute(delete(OneTimeLinkRow).where(OneTimeLinkRow.expires_at <= now - KEPT))
    token = secrets.token_urlsafe(32)
    session.execute(
        insert(OneTimeLinkRow).values(
            token_hash=token_hash(token),
            purpose=purpose,
            organisation_id=organisation_id,
            role=role,
            account_id=account_id,
            made_at=now,
            expires_at=now + lasting,
            used_at=None,
        )
    )
    return token


def working(session: Session, token: str, now: datetime, *, hold: bool = False) -> OneTimeLink | None:
    """The link, if it works now; None once used, expired or ended, or where there never was one.

    With `hold` nobody else can use it until this transaction ends.
    """
    query = _LINK.where(OneTimeLinkRow.token_hash == token_hash(token), *_works(now))
    if hold:
        query = query.with_for_update(of=OneTimeLinkRow)
    row = session.execute(query).one_or_none()
    if row is None:
        return None
    return OneTimeLink(Purpose(row[0]), *row[1:])


def use(session: Session, token: str, now: datetime) -> bool:
    """Says whether this was its one use."""
    used = session.execute(
        update(OneTimeLinkRow)
        .where(OneTimeLinkRow.token_hash == token_hash(token), *_works(now))
        .values(used_at=now)
        .returning(OneTimeLinkRow.token_hash)
    )
    return used.one_or_none() is not None


def end_of_account(session: Session, account_id: UUID, now: datetime, organisation_id: UUID | None = None) -> None:
    """Ends the links of a person whose password or role has changed; only one organisation's, where one is given."""
    ours = [] if organisation_id is None else [OneTimeLinkRow.organisation_id == organisation_id]
    session.execute(
        update(OneTimeLinkRow).where(OneTimeLinkRow.account_id == account_id, *_works(now), *ours).values(used_at=now)
    )


def end_invitations(session: Session, organisation_id: UUID, now: datetime) -> None:
    """Ends what is open: an owner who is sent away must not come back by a link they made before."""
    session.execute(
        update(OneTimeLinkRow)
        .where(
            OneTimeLinkRow.organisation_id == organisation_id,
            OneTimeLinkRow.purpose == Purpose.INVITE,
            *_works(now),
        )
        .values(used_at=now)
    )


def _works(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return OneTimeLinkRow.used_at.is_(None), OneTimeLinkRow.expires_at > now


_LINK = (
    select(
        OneTimeLinkRow.purpose,
        OneTimeLinkRow.organisation_id,
        OrganisationRow.name,
        OneTimeLinkRow.role,
        OneTimeLinkRow.account_id,
        AccountRow.sign_in_name,
        AccountRow.name,
        OneTimeLinkRow.expires_at,
    )
    .join(OrganisationRow, OrganisationRow.id == OneTimeLinkRow.organisation_id)
    .outerjoin(AccountRow, AccountRow.id == OneTimeLinkRow.account_id)
)
