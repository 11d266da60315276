"""What a person does about the second step: sets it up, signs in with it, makes new recovery codes, turns it off."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from svvoice.accounts import codes
from svvoice.accounts.outcomes import (
    CodesMade,
    OfferEnded,
    OnAlready,
    SignedIn,
    SignInEnded,
    TooManyTries,
    TurnedOff,
    WrongCode,
)
from svvoice.accounts.sign_in_actions import begin_try, note_everywhere, signed_in
from svvoice.accounts.tries import Counter
from svvoice.store import accounts, one_time_links, sign_ins, two_step
from svvoice.store.accounts import Person
from svvoice.store.database import Database, Session
from svvoice.store.sealing import Sealer

Outcome = TypeVar("Outcome")


@dataclass(frozen=True)
class Try:
    """A code that somebody typed, and what it counts towards where it is wrong."""

    code: str
    counters: Sequence[Counter]
    now: datetime


def waiting_person(database: Database, token: str, now: datetime) -> Person | None:
    """Who gave the password in this browser and may still give the code."""
    with database.reading() as session:
        account_id = sign_ins.waiting(session, token, now)
        return accounts.person(session, account_id) if account_id else None


def finish_sign_in(
    database: Database, sealer: Sealer, token: str, account_id: UUID, tried: Try, family: str
) -> SignedIn | WrongCode | TooManyTries | SignInEnded:
    """Signs in the browser that waits for its code."""

    def finish(session: Session) -> SignedIn | SignInEnded:
        if not sign_ins.end_waiting(session, token, tried.now):
            return SignInEnded()
        return signed_in(session, account_id, tried.now, family)

    return _with_code(database, sealer, account_id, tried, finish)


def set_up(
    database: Database, sealer: Sealer, browser: str, account_id: UUID, offer: str, tried: Try, family: str
) -> CodesMade | WrongCode | OfferEnded | OnAlready:
    """Keeps the app whose secret was offered to this browser, once it shows the right code; others are signed out."""
    secret = two_step.offered(sealer, browser, offer)
    if secret is None:
        return OfferEnded()
    step = codes.step_of(secret, codes.tidy(tried.code), tried.now)
    if step is None:
        return WrongCode()
    with database.transaction() as session:
        accounts.person(session, account_id)
        if not two_step.set_up(session, sealer, account_id, secret, step, tried.now):
            return OnAlready()
        made = _new_codes(session, sealer, account_id)
        token = _begin_again(session, account_id, "account.two_step_on", tried.now, family)
        return CodesMade(made, token)


def make_codes(
    database: Database, sealer: Sealer, account_id: UUID, tried: Try
) -> CodesMade | WrongCode | TooManyTries:
    """Ten new recovery codes for whoever has a right code now; the earlier ones end."""

    def make(session: Session) -> CodesMade:
        note_everywhere(session, account_id, "account.recovery_codes_made", tried.now)
        return CodesMade(_new_codes(session, sealer, account_id), None)

    return _with_code(database, sealer, account_id, tried, make)


def turn_off(
    database: Database, sealer: Sealer, account_id: UUID, tried: Try, family: str
) -> TurnedOff | WrongCode | TooManyTries:
    """Takes the app away for whoever has a right code now; other browsers are signed out."""

    def turn(session: Session) -> TurnedOff:
        two_step.take_away(session, account_id)
        return TurnedOff(_begin_again(session, account_id, "account.two_step_off", tried.now, family))

    return _with_code(database, sealer, account_id, tried, turn)


def _with_code(
    database: Database, sealer: Sealer, account_id: UUID, tried: Try, then: Callable[[Session], Outcome]
) -> Outcome | WrongCode | TooManyTries:
    """What follows a right code, in the transaction that uses the code up. A wrong one stays counted as a try."""
    tries, full = begin_try(database, tried.counters, tried.now)
    with database.transaction() as session:
        if full:
            sign_ins.take_back(session, tries)
            return TooManyTries()
        accounts.person(session, account_id)  # held: nobody takes the app away in between
        if not _use(session, sealer, account_id, tried):
            return WrongCode()
        sign_ins.take_back(session, tries)
        return then(session)


def _use(session: Session, sealer: Sealer, account_id: UUID, tried: Try) -> bool:
    """Uses up the code of the app, or a recovery code."""
    code = codes.tidy(tried.code)
    if codes.is_of_app(code):
        app = two_step.app_of(session, sealer, account_id)
        step = codes.step_of(app.secret, code, tried.now) if app else None
        return step is not None and two_step.take_code(session, account_id, step)
    if not two_step.use_recovery_code(session, sealer, account_id, codes.plain(code)):
        return False
    note_everywhere(session, account_id, "account.recovery_code_used", tried.now)
    return True


def _new_codes(session: Session, sealer: Sealer, account_id: UUID) -> tuple[str, ...]:
    made = codes.new_recovery_codes()
    two_step.keep_recovery_codes(session, sealer, account_id, [codes.plain(code) for code in made])
    return tuple(made)


def _begin_again(session: Session, account_id: UUID, action: str, now: datetime, family: str) -> str:
    """The end of all that was open for the account, and a new token for this browser."""
    sign_ins.end_all(session, account_id)
    one_time_links.end_of_account(session, account_id, now)
    note_everywhere(session, account_id, action, now)
    return sign_ins.begin(session, account_id, now, family)
