"""How a person signs in and out, and changes their password."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from svvoice.accounts import passwords
from svvoice.accounts.outcomes import CodeNeeded, PasswordRefused, SignedIn, TooManyTries, WrongPassword
from svvoice.accounts.tries import WINDOW, Counter
from svvoice.store import accounts, audit, members, one_time_links, sign_ins, two_step
from svvoice.store.accounts import Person
from svvoice.store.database import Database, Session


def sign_in(
    database: Database, sign_in_name: str, password: str, counters: Sequence[Counter], now: datetime, family: str = ""
) -> SignedIn | CodeNeeded | WrongPassword | TooManyTries:
    """Signs in with a casefolded name and a password; where the account has a second step, that is still to come.

    The same answer, in about the same time, whether or not there is such a name.
    """
    checked = check_password(database, sign_in_name, password, counters, now)
    if not isinstance(checked, Person):
        return checked
    with database.transaction() as session:
        if accounts.person(session, checked.id).password_hash != checked.password_hash:
            return WrongPassword()  # changed while this try was on its way
        if checked.password_hash and passwords.is_outdated(checked.password_hash):
            accounts.set_password(session, checked.id, passwords.hashed(password))
        return first_step_done(session, checked.id, now, family)


def check_password(
    database: Database, sign_in_name: str, password: str, counters: Sequence[Counter], now: datetime
) -> Person | WrongPassword | TooManyTries:
    """The person, if it is their password.

    The try is kept before anything is looked at, and taken back where it did not fail. So of many tries at the same
    moment no more than the limit get through, and no transaction stays open while the password is worked on.
    """
    tries, full = begin_try(database, counters, now)
    with database.reading() as session:
        person = accounts.called(session, sign_in_name)
    right = not full and passwords.is_right(person.password_hash if person else None, password)
    if full or right:
        with database.transaction() as session:
            sign_ins.take_back(session, tries)
    if full:
        return TooManyTries()
    return person if right and person else WrongPassword()


def begin_try(database: Database, counters: Sequence[Counter], now: datetime) -> tuple[list[UUID], bool]:
    """Counts a try before anything is looked at: its ids, to take back, and whether there were too many before it."""
    with database.transaction() as session:
        sign_ins.forget_tries(session, now - WINDOW)
        tries = sign_ins.note_tries(session, [counter.key for counter in counters], now)
    with database.reading() as session:
        full = any(sign_ins.tries(session, counter.key, now - WINDOW) > counter.most for counter in counters)
    return tries, full


def change_password(
    database: Database,
    account_id: UUID,
    current: str,
    new: str,
    counters: Sequence[Counter],
    now: datetime,
    family: str = "",
) -> SignedIn | WrongPassword | TooManyTries | PasswordRefused:
    """A new password for whoever knows the current one (or has none yet); every other browser is signed out."""
    with database.reading() as session:
        person = accounts.person(session, account_id)
        names = [membership.organisation_name for membership in members.memberships_of(session, account_id)]
    if weak := passwords.weakness(new, (person.name, person.sign_in_name, *names)):
        return PasswordRefused(weak)
    if person.password_hash is not None:
        checked = check_password(database, person.sign_in_name, current, counters, now)
        if not isinstance(checked, Person):
            return checked
    password_hash = passwords.hashed(new)
    with database.transaction() as session:
        if accounts.person(session, account_id).password_hash != person.password_hash:
            return WrongPassword()  # changed in another browser meanwhile
        password_set(session, account_id, password_hash, now)
        return SignedIn(sign_ins.begin(session, account_id, now, family))


def sign_out(database: Database, token: str) -> None:
    with database.transaction() as session:
        sign_ins.end(session, token)


def sign_out_everywhere(database: Database, account_id: UUID, now: datetime) -> None:
    with database.transaction() as session:
        sign_ins.end_all(session, account_id)
        note_everywhere(session, account_id, "account.signed_out_everywhere", now)


def sign_out_others(database: Database, account_id: UUID, token: str, now: datetime) -> None:
    with database.transaction() as session:
        sign_ins.end_others(session, account_id, token)
        note_everywhere(session, account_id, "account.signed_out_elsewhere", now)


def sign_out_one(database: Database, account_id: UUID, browser_id: str, now: datetime) -> None:
    """Nothing happens where that browser is signed out already, or is not this person's."""
    with database.transaction() as session:
        if sign_ins.end_one(session, account_id, browser_id):
            note_everywhere(session, account_id, "account.signed_out_elsewhere", now)


def first_step_done(session: Session, account_id: UUID, now: datetime, family: str) -> SignedIn | CodeNeeded:
    """Within a transaction, after a right password or a link: in, or on to the code."""
    accounts.person(session, account_id)  # held: nobody sets up an app in between
    if two_step.is_on(session, account_id):
        return CodeNeeded(sign_ins.wait(session, account_id, now))
    return signed_in(session, account_id, now, family)


def signed_in(session: Session, account_id: UUID, now: datetime, family: str) -> SignedIn:
    """Within a transaction: a new token for a browser, noted in each organisation of the account."""
    note_everywhere(session, account_id, "account.signed_in", now)
    return SignedIn(sign_ins.begin(session, account_id, now, family))


def password_set(session: Session, account_id: UUID, password_hash: str, now: datetime) -> None:
    """Within a transaction: the new password, and the end of all that the old one had opened."""
    accounts.set_password(session, account_id, password_hash)
    sign_ins.end_all(session, account_id)
    one_time_links.end_of_account(session, account_id, now)
    note_everywhere(session, account_id, "account.password_changed", now)


def note_everywhere(session: Session, account_id: UUID, action: str, now: datetime) -> None:
    for membership in members.memberships_of(session, account_id):
        audit.note(
            session,
            membership.organisation_id,
            action=action,
            subject=str(account_id),
            account_id=account_id,
            now=now,
        )
