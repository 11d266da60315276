"""What a person does with a one-time link that was handed to them: join, sign in, choose a new password."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from svvoice.accounts import passwords
from svvoice.accounts.outcomes import (
    AlreadyHere,
    CodeNeeded,
    LinkEnded,
    NameTaken,
    PasswordRefused,
    PasswordSet,
    SignedIn,
)
from svvoice.accounts.sign_in_actions import first_step_done, password_set, signed_in
from svvoice.store import accounts, audit, colleagues, one_time_links, sign_ins
from svvoice.store.database import Database, Session
from svvoice.store.one_time_links import OneTimeLink, Purpose


@dataclass(frozen=True)
class NewPerson:
    """What somebody who is new here says of themselves. `sign_in_name` is casefolded."""

    name: str
    sign_in_name: str
    password: str


def look_at(database: Database, token: str, now: datetime) -> OneTimeLink | None:
    """What a link is for, without using it up: programs that preview messages open links too."""
    with database.reading() as session:
        return _good(session, token, now)


def sign_in(database: Database, token: str, now: datetime, family: str = "") -> SignedIn | CodeNeeded | LinkEnded:
    """Stands for the password: where the account has a second step, its code is still to come."""
    with database.transaction() as session:
        link = _good(session, token, now, hold=True)
        if link is None or link.purpose is not Purpose.SIGN_IN or link.account_id is None:
            return LinkEnded()
        one_time_links.use(session, token, now)
        return first_step_done(session, link.account_id, now, family)


def join_as_new(
    database: Database, token: str, person: NewPerson, now: datetime, family: str = ""
) -> SignedIn | LinkEnded | NameTaken | PasswordRefused:
    """Uses an invitation: a new account, in the organisation and role of the link, signed in."""
    link = look_at(database, token, now)
    if link is None or link.purpose is not Purpose.INVITE:
        return LinkEnded()
    if weak := passwords.weakness(person.password, (person.name, person.sign_in_name, link.organisation_name)):
        return PasswordRefused(weak)
    password_hash = passwords.hashed(person.password)
    with database.transaction() as session:
        if _good(session, token, now, hold=True) is None:
            return LinkEnded()
        account_id = accounts.add(
            session, sign_in_name=person.sign_in_name, name=person.name, password_hash=password_hash, now=now
        )
        if account_id is None:
            return NameTaken()
        return _joined(session, token, link, account_id, now, family)


def join_as_myself(
    database: Database, token: str, account_id: UUID, browser: str, now: datetime, family: str = ""
) -> SignedIn | LinkEnded | AlreadyHere:
    """Uses an invitation for the account that is signed in; its browser gets a new token with the new role."""
    with database.transaction() as session:
        link = _good(session, token, now, hold=True)
        if link is None or link.purpose is not Purpose.INVITE:
            return LinkEnded()
        if colleagues.one(session, link.organisation_id, account_id):
            return AlreadyHere()
        sign_ins.end(session, browser)
        return _joined(session, token, link, account_id, now, family)


def reset_password(
    database: Database, token: str, password: str, now: datetime
) -> PasswordSet | LinkEnded | PasswordRefused:
    """Uses a link for a new password: the person is signed out everywhere, and their other links end. A second
    step stays as it is."""
    link = look_at(database, token, now)
    if link is None or link.purpose is not Purpose.RESET or link.account_id is None:
        return LinkEnded()
    if weak := passwords.weakness(password, (link.name or "", link.sign_in_name or "", link.organisation_name)):
        return PasswordRefused(weak)
    password_hash = passwords.hashed(password)
    with database.transaction() as session:
        if _good(session, token, now, hold=True) is None:
            return LinkEnded()
        one_time_links.use(session, token, now)
        password_set(session, link.account_id, password_hash, now)
    return PasswordSet()


def _joined(session: Session, token: str, link: OneTimeLink, account_id: UUID, now: datetime, family: str) -> SignedIn:
    one_time_links.use(session, token, now)
    colleagues.add(session, link.organisation_id, account_id, link.role, now)
    audit.note(
        session,
        link.organisation_id,
        action=f"colleague.joined_as_{link.role}",
        subject=str(account_id),
        account_id=account_id,
        now=now,
    )
    return signed_in(session, account_id, now, family)


def _good(session: Session, token: str, now: datetime, *, hold: bool = False) -> OneTimeLink | None:
    """The link, if it works and the account it is bound to still has, in that organisation, the role it had."""
    link = one_time_links.working(session, token, now, hold=hold)
    if link is None or link.account_id is None:
        return link
    colleague = colleagues.one(session, link.organisation_id, link.account_id)
    return link if colleague is not None and colleague.role == link.role else None
